"""The danshin system as a whole: its sites, issuing CAs and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from mock_ca.mock import Mock
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.defects import DEFECTS
from mock_ca.sites.danshin.desk import SupportDesk
from mock_ca.sites.danshin.enrol import Enrolment
from mock_ca.sites.danshin.issuing import Issuing
from mock_ca.sites.danshin.letters import Letters
from mock_ca.sites.danshin.notices import Notices
from mock_ca.sites.danshin.provision import Provision
from mock_ca.sites.danshin.renew import Renewal
from mock_ca.sites.danshin.service import Service
from mock_ca.sites.system import Asks, Site, System
from mock_ca.web import Pages

TEMPLATES = Path(__file__).with_name("templates")
POLICY = "index.jsp?s=Site1&p=CA1/Nissay_Information_Technology_KDanshinnet_Browser"


class Danshin(System):
    """団信ネット and 団信Web."""

    name = "danshin"
    title = "団信ネット・団信Web"
    sites = (
        Site("enrol", "クライアント証明書の新規取得", Asks.NOTHING, 18443, Enrolment.prefix + POLICY),
        Site("renew", "クライアント証明書の更新", Asks.REQUIRED, 18444, f"{Renewal.prefix}index.jsp"),
        Site("service", "団信ネット（3社共用）", Asks.OPTIONAL, 18445, "/danshinnet/"),
        Site("nissay", "団信ネット（日本生命）", Asks.OPTIONAL, 18446, "/danshinnet-nissay/"),
        Site("web", "団信Web", Asks.OPTIONAL, 18447, "/danshinweb/"),
    )
    issuers: ClassVar = {
        rules.ISSUERS[rules.SHARED]: "Nissay Information Technology KDanshinnet CA",
        rules.ISSUERS[rules.NISSAY]: "Nissay Information Technology KDanshinnet Nissay CA",
    }
    defects = DEFECTS

    def __init__(self, mock: Mock) -> None:
        """Put the parts together."""
        super().__init__(mock)
        self._pages = Pages(TEMPLATES)
        self._issuing = Issuing(mock)
        letters = Letters(mock, self._pages, self.url("enrol"), self.url("renew"))
        self._notices = Notices(mock, letters)
        self._provision = Provision(mock, self._issuing, letters, self._notices)
        self._desk = SupportDesk(mock, letters)
        self._renewal = Renewal(mock, self._pages, "DanshinRenewalSession", self._issuing)

    def app(self, key: str) -> web.Application:
        """The web application of one site."""
        if key == "enrol":
            return Enrolment(self.mock, self._pages, "DanshinEnrolmentSession", self._issuing).app()
        if key == "renew":
            return self._renewal.app()
        site = next(site for site in self.sites if site.key == key)
        return Service(self.mock, self._pages, key, site.title, site.entrance).app()

    async def provision(self, state: str, traits: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber in a state and describe his account. Raises BadRequestError."""
        account = await self._provision.make(state, traits)
        return {**account, "enrol_url": self.url("enrol"), "renew_url": self.url("renew")}

    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The support desk. Raises BadRequestError."""
        return self._desk.reissue(user_id)

    def daily(self, day: date) -> None:
        """Send the reminders of a day."""
        self._notices.send(day)

    async def resume(self) -> None:
        """Issue what was accepted before the process was killed."""
        for asked in self.mock.requests.unfinished():
            user = self.mock.subscribers.get(asked.user_id)
            if user and user.system == self.name:
                self._renewal.work_on(asked)
