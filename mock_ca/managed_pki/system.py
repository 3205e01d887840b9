"""A system of the family as a whole: its parts put together, and what can be asked of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from mock_ca.managed_pki.figures import Figures
from mock_ca.managed_pki.issuing import Issuing
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.notices import Notices
from mock_ca.managed_pki.office import Kinds, Office
from mock_ca.managed_pki.portal import Portal
from mock_ca.managed_pki.provision import Provision
from mock_ca.managed_pki.renew import FOREIGN_RENEWS, Renewal
from mock_ca.managed_pki.rules import Rules
from mock_ca.managed_pki.service import FOREIGN_OPENS
from mock_ca.managed_pki.support_desk import SupportDesk
from mock_ca.managed_pki.traits import Traits
from mock_ca.managed_pki.words import CAPTIONS
from mock_ca.mock import Mock
from mock_ca.registry import Subscriber
from mock_ca.system import System
from mock_ca.web import Pages

SHARED = Path(__file__).with_name("templates")


class ManagedPki(System):
    """What a portal of the family says of itself: the class attributes; its own parts: the abstract methods.

    `common` is what its templates know beside the words.
    """

    figures: ClassVar[Figures]
    kinds: ClassVar[Kinds]
    words: ClassVar[Mapping[str, str]]
    templates: ClassVar[Path]
    common: ClassVar[Mapping[str, object]] = {}
    issuing_type: ClassVar[type[Issuing]] = Issuing

    def __init__(self, mock: Mock) -> None:
        """Put the parts together."""
        super().__init__(mock)
        words = {**CAPTIONS, **self.words}
        pages = Pages(self.templates, SHARED, words=words, **self.common)
        rules = Rules(mock, self.figures, words)
        self.office = Office(self.name, mock, pages, rules, self.kinds, words)
        self.issuing = self.issuing_type(self.office)
        letters = self.letters({site.key: self.url(site.key) for site in self.sites})
        self._notices = Notices(self.office, letters)
        self._provision = Provision(self.office, self.issuing, letters, self._notices, self.person)
        self._desk = SupportDesk(self.office, letters)
        self.renewal = self.renewal_site()

    @abstractmethod
    def letters(self, links: dict[str, str]) -> Letters:
        """Its mails and papers."""

    @abstractmethod
    def renewal_site(self) -> Renewal:
        """Its renewal site, which also works on what was accepted."""

    @abstractmethod
    def portal(self, key: str) -> Portal:
        """Any other of its sites."""

    @abstractmethod
    def person(self, wanted: Traits) -> Subscriber:
        """Someone new."""

    def title_of(self, key: str) -> str:
        """A site's title."""
        return next(site.title for site in self.sites if site.key == key)

    def app(self, key: str) -> web.Application:
        """The web application of one site."""
        return (self.renewal if key == self.renewal.key else self.portal(key)).app()

    def takes_anybody(self, key: str) -> bool:
        """Whether a defect lets a certificate of an unknown authority into a site."""
        return self.mock.defects.broken(FOREIGN_RENEWS if key == self.renewal.key else FOREIGN_OPENS)

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
            if self.office.subscriber(asked.user_id):
                self.renewal.work_on(asked)
