"""The obn system: its sites, its CA, its people, and what is done there each morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from aiohttp import web

from mock_ca.authority import Title
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.portal import Paths, Portal
from mock_ca.managed_pki.provision import NAMES
from mock_ca.managed_pki.renew import Renewal
from mock_ca.managed_pki.system import ManagedPki
from mock_ca.managed_pki.traits import Traits
from mock_ca.registry import Subscriber
from mock_ca.sites.obn.agent import Agent
from mock_ca.sites.obn.clerk import Clerk
from mock_ca.sites.obn.client import ClientSite
from mock_ca.sites.obn.defects import DEFECTS
from mock_ca.sites.obn.download import DownloadSite
from mock_ca.sites.obn.figures import CAPTIONS, FIGURES, ISSUER, KINDS
from mock_ca.sites.obn.issuing import ObnIssuing
from mock_ca.sites.obn.letters import ObnLetters
from mock_ca.sites.obn.renewal import ObnRenewal
from mock_ca.sites.obn.revocation import RevocationSite
from mock_ca.sites.obn.root import RootSite
from mock_ca.sites.obn.service import Billing
from mock_ca.sites.obn.words import WORDS
from mock_ca.system import Asks, ServerRoot, Site


def _below(address: str) -> Paths:
    """A site whose entrance has no slash at its end, and whose pages are below it."""
    return Paths(f"{address}/", "", (("index", address),))


ROOT = _below("/p/cert")
ENROL, RENEW, REVOKE = _below("/p/rcd"), _below("/p/ru"), _below("/p/rx")
SERVICE = Paths("/online/", "", (("index", "/online/"),))
CLIENT = _below("/p/rci")
AGENT = "/agent"
OTHERS: Mapping[str, tuple[type[Portal], Paths]] = {
    "root": (RootSite, ROOT),
    "revoke": (RevocationSite, REVOKE),
    "service": (Billing, SERVICE),
    "client": (ClientSite, CLIENT),
}


class Obn(ManagedPki):
    """オンライン請求ネットワーク関連システム 共通認証局."""

    name = "obn"
    title = "オンライン請求 共通認証局"
    sites = (
        Site("root", "ルート証明書ダウンロードサイト", Asks.NOTHING, 18461, ROOT.of("index")),
        Site("enrol", "電子証明書ダウンロードサイト", Asks.NOTHING, 18462, ENROL.of("index")),
        Site("renew", "電子証明書更新申請サイト", Asks.REQUIRED, 18463, RENEW.of("index")),
        Site("revoke", "電子証明書失効申請サイト", Asks.REQUIRED, 18464, REVOKE.of("index")),
        Site("service", "オンライン請求システム", Asks.OPTIONAL, 18465, SERVICE.of("index")),
        Site("agent", "MPKI クライアントの接続先", Asks.OPTIONAL, 18466, AGENT),
        Site("client", "MPKI クライアントダウンロードサイト", Asks.NOTHING, 18467, CLIENT.of("index")),
    )
    issuers: ClassVar = {"obn": Title(ISSUER, self_signed=True)}
    server_root = ServerRoot("obn-root", "Security Communication RootCA2")
    defects = DEFECTS
    figures = FIGURES
    kinds = KINDS
    captions = CAPTIONS
    words = WORDS
    issuing_type = ObnIssuing
    templates = Path(__file__).with_name("templates")

    def letters(self, links: dict[str, str]) -> Letters:
        """The printed notice and the mails, also those of the clerk."""
        letters = ObnLetters(self.office, links)
        self._clerk = Clerk(self.office, letters)
        return letters

    def renewal_site(self) -> Renewal:
        """/p/ru."""
        return ObnRenewal(self.office, "renew", self.title_of("renew"), RENEW, self.issuing)

    def portal(self, key: str) -> Portal:
        """The others."""
        title = self.title_of(key)
        if key == "enrol":
            return DownloadSite(self.office, key, title, ENROL, self.issuing)
        site, paths = OTHERS[key]
        return site(self.office, key, title, paths)

    def app(self, key: str) -> web.Application:
        """The web application of one site, or the agent's."""
        if key != "agent":
            return super().app(key)
        assert isinstance(self.issuing, ObnIssuing)
        return Agent(self.office, self.issuing).app(AGENT)

    def person(self, wanted: Traits) -> Subscriber:
        """A medical institution."""
        code = self.mock.subscribers.new_user_id(self.name, "011{:07d}")
        return Subscriber(
            user_id=code,
            system=self.name,
            name=NAMES[int(code) % len(NAMES)],
            organization="ReceiptOnline",
            units=("medical", "hokkaido"),
            mail=f"office.{code}@clinic.example",
            admin_mail="",
            password_mail="",
            pkcs12=wanted.suite,
        )

    def daily(self, day: date) -> None:
        """Revocations that are due, then reminders to those who are left."""
        self._clerk.work(day)
        super().daily(day)
