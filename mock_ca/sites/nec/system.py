"""The nec system: its sites, its authority and its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from mock_ca.authority import Title
from mock_ca.managed_pki.support_desk import new_password
from mock_ca.mock import Mock
from mock_ca.sites.nec.applications import Applications
from mock_ca.sites.nec.confirm import TITLE, Confirmation
from mock_ca.sites.nec.defects import DEFECTS
from mock_ca.sites.nec.figures import AUTHORITY, ISSUER, TITLES
from mock_ca.sites.nec.issuing import Issuing
from mock_ca.sites.nec.provision import Provision, wanted
from mock_ca.sites.nec.ra import Ra
from mock_ca.sites.nec.screens import Screens
from mock_ca.system import Asks, BadRequestError, Captions, Site, System
from mock_ca.web import Pages

# OpenSSL's default level refuses certificates with 1024-bit keys; the level below it does not.
SHORT_KEYS = "DEFAULT:@SECLEVEL=1"


class Nec(System):
    """NEC 電子証明書."""

    name = "nec"
    title = "NEC 電子証明書"
    sites = (
        Site("enrol", TITLES["issue"], Asks.NOTHING, 18481, "/ra/"),
        Site("confirm", TITLE, Asks.OPTIONAL, 18482, "/confirm/", ciphers=SHORT_KEYS),
    )
    issuers: ClassVar[Mapping[str, Title]] = {ISSUER: Title(AUTHORITY, self_signed=True)}
    captions: ClassVar[Captions] = Captions(
        states={
            "invited": "新規（発行メールを受け取った）",
            "active": "有効な証明書を持つ",
            "renewable": "更新メールを受け取った",
            "expired": "有効期限切れ",
            "revoked": "失効済み",
        },
        kinds={ISSUER: "電子証明書"},
    )
    defects = DEFECTS

    def __init__(self, mock: Mock) -> None:
        """Put the parts together."""
        super().__init__(mock)
        pages = Pages(Path(__file__).with_name("templates"))
        self._screens = Screens(pages)
        self._applications = Applications(mock, pages, self.url("enrol"))
        self._issuing = Issuing(mock)
        self._provision = Provision(mock, pages, self._applications, self._issuing)

    def app(self, key: str) -> web.Application:
        """The web application of one site."""
        if key == "confirm":
            return self._screens.app(Confirmation(self.mock, self._screens).routes())
        ra = Ra(self.mock, self._screens, self._applications, self._issuing, self.url("confirm"))
        return self._screens.app(ra.routes())

    async def provision(self, state: str, traits: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber in a state and describe his account. Raises BadRequestError."""
        account = await self._provision.make(wanted(state, traits, self.mock.suite))
        return {**account, "enrol_url": self.url("enrol"), "renew_url": self.url("enrol")}

    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The certificate is given up, and applied for anew with another password. Raises BadRequestError."""
        user = self.mock.subscribers.get(user_id)
        if user is None or user.system != self.name:
            raise BadRequestError(f"no subscriber {user_id!r}")
        password = new_password()
        with self.mock.registry.transaction():
            for held in self.mock.certificates.of_user(user_id):
                self.mock.certificates.revoke(held.serial, self.mock.clock.real())
            self.mock.requests.cancel_invitations(user_id, ISSUER)
            self.mock.subscribers.set_password(user_id, password)
            self._applications.apply(user, "reissue")
        self.mock.outbox.flush()
        return {"user_id": user_id, "login_password": password}

    def daily(self, day: date) -> None:
        """The manual knows no reminders."""

    async def resume(self) -> None:
        """Every event is complete in itself."""
