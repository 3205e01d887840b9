"""The gunma system: its sites, issuing CA and people."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from mock_ca.authority import Title
from mock_ca.mock import Mock
from mock_ca.sites.gunma.agent import FirstAgent, RenewalAgent
from mock_ca.sites.gunma.bank import SYSTEM, Bank
from mock_ca.sites.gunma.defects import DEFECTS
from mock_ca.sites.gunma.figures import ISSUER, ISSUER_NAME
from mock_ca.sites.gunma.issuing import Issuing
from mock_ca.sites.gunma.members import Members
from mock_ca.sites.gunma.notices import Notices
from mock_ca.sites.gunma.provision import Provision
from mock_ca.sites.gunma.site import BankSite
from mock_ca.sites.gunma.states import States
from mock_ca.sites.gunma.tokens import Tokens
from mock_ca.sites.gunma.visits import Visits
from mock_ca.system import Asks, BadRequestError, Captions, Site, System
from mock_ca.web import Pages

CAPTIONS = Captions(
    states={
        "invited": "証明書は未発行",
        "active": "発行済みの証明書を持つ",
        "renewable": "証明書を更新できる",
        "expired": "有効期限切れ",
        "revoked": "失効済み",
    },
    kinds={"bank": "電子証明書"},
    trait="role",
    choices={"master": "マスターユーザ", "manager": "管理者ユーザ", "general": "一般ユーザ"},
)
SITES: Mapping[str, type[BankSite | FirstAgent | RenewalAgent]] = {
    "bank": BankSite,
    "agent": FirstAgent,
    "agent-renew": RenewalAgent,
}


class Gunma(System):
    """法人向けインターネットバンキング."""

    name = SYSTEM
    title = "法人向けインターネットバンキング"
    sites = (
        Site("bank", "法人向けインターネットバンキング", Asks.OPTIONAL, 18471, "/"),
        Site("agent", "証明書発行アプリ（発行）", Asks.NOTHING, 18472, ""),
        Site("agent-renew", "証明書発行アプリ（更新）", Asks.REQUIRED, 18473, ""),
    )
    captions = CAPTIONS
    issuers: ClassVar = {ISSUER: Title(ISSUER_NAME)}
    defects = DEFECTS

    def __init__(self, mock: Mock) -> None:
        """Put the parts together."""
        super().__init__(mock)
        members = Members(mock.registry)
        self._bank = Bank(
            mock=mock,
            pages=Pages(Path(__file__).with_name("templates")),
            members=members,
            states=States(mock),
            tokens=Tokens(mock, members),
            issuing=Issuing(mock),
            visits=Visits(),
        )
        self._notices = Notices(self._bank, self.url("bank"))
        self._provision = Provision(self._bank, self._notices)

    def app(self, key: str) -> web.Application:
        """The web application of one site."""
        return SITES[key](self._bank).app()

    async def provision(self, state: str, traits: Mapping[str, Any]) -> dict[str, Any]:
        """Register a user in a state and describe his account. Raises BadRequestError."""
        return await self._provision.make(state, traits)

    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The bank's branch, which takes the form on paper: revoke, also a master user's. Raises BadRequestError."""
        certificate = self._bank.states.newest(user_id)
        if certificate is None:
            raise BadRequestError(f"{user_id!r} has no certificate")
        password = secrets.token_urlsafe(9)
        with self.mock.registry.transaction():
            self.mock.certificates.revoke(certificate.serial, self.mock.clock.real())
            self.mock.subscribers.set_password(user_id, password)
        return {"user_id": user_id, "login_password": password}

    def daily(self, day: date) -> None:
        """Write to those whose certificate ends soon."""
        self._notices.send(day)

    async def resume(self) -> None:
        """Nothing is left unfinished: a certificate is issued within one answer."""
