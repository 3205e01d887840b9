"""A system of the family, made of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from mock_ca.authority import Title
from mock_ca.family.defects import defects_of
from mock_ca.family.letters import FamilyLetters
from mock_ca.family.service import FamilyService
from mock_ca.family.table import ENROL, RENEW, TRAIT, Table
from mock_ca.family.words import words_of
from mock_ca.managed_pki.enrol import Enrolment
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.office import Kinds
from mock_ca.managed_pki.portal import Paths, Portal
from mock_ca.managed_pki.provision import NAMES
from mock_ca.managed_pki.renew import Renewal
from mock_ca.managed_pki.system import ManagedPki
from mock_ca.managed_pki.traits import IN_WORDS, Traits
from mock_ca.registry import Request, Subscriber
from mock_ca.system import Asks, BadRequestError, Captions, Site

BOTH = "both"
ASKS = {ENROL: Asks.NOTHING, RENEW: Asks.REQUIRED}
PATHS = {ENROL: "/{}/ee/", RENEW: "/{}/renewal/"}
ANY_PORT = 0


class FamilySystem(ManagedPki):
    """A portal of which `table` says all that is its own."""

    table: ClassVar[Table]
    templates = Path(__file__).with_name("templates")

    def letters(self, links: dict[str, str]) -> Letters:
        """Its mails and its letter."""
        return FamilyLetters(self.office, links, self.table)

    def renewal_site(self) -> Renewal:
        """更新."""
        return FamilyRenewal(self.office, RENEW, self.table.sites[RENEW], _paths(self.table, RENEW), self.issuing)

    def portal(self, key: str) -> Portal:
        """Enrolment, and the services."""
        if key == ENROL:
            return Enrolment(self.office, key, self.table.sites[key], _paths(self.table, key), self.issuing)
        return FamilyService(self.office, key, self.table)

    def person(self, wanted: Traits) -> Subscriber:
        """Someone of the organization; with the addresses that a mail goes to."""
        user_id = self.mock.subscribers.new_user_id(self.name, f"{self.name}-{{:05d}}")
        told = {mail.to for mail in (*self.table.mails.values(), self.table.reminder)}
        return Subscriber(
            user_id=user_id,
            system=self.name,
            name=NAMES[int(user_id.rpartition("-")[2]) % len(NAMES)],
            organization=self.table.organization,
            units=self.table.units,
            mail=f"{user_id}@user.example",
            admin_mail=f"admin.{user_id}@user.example" if "admin" in told else "",
            password_mail=f"password.{user_id}@user.example" if "password" in told else "",
            pkcs12=wanted.suite,
        )

    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The support desk, where there is one. Raises BadRequestError."""
        if not self.table.reissue:
            raise BadRequestError(f"{self.name} does not reissue (reissue = false in its manual.toml)")
        told = await super().reissue(user_id)
        again = self.table.letter is not None and self.table.letter.reissue
        return {**told, "letter": str(self.mock.papers.newest(user_id) or "")} if again else told

    def daily(self, day: date) -> None:
        """Send the reminders of a day, where there are any."""
        if self.table.reminders:
            super().daily(day)


class FamilyRenewal(Renewal):
    """The renewal site; what it shows of a request depends on what requests have."""

    def receipt(self, asked: Request, status: str) -> list[tuple[str, str]]:
        """With a reference ID only where there are any."""
        return [line for line in super().receipt(asked, status) if line[1]]


def _paths(table: Table, key: str) -> Paths:
    return Paths(PATHS[key].format(table.id))


def system_of(a_table: Table) -> type[FamilySystem]:
    """The system that a table describes."""
    authorities = _authorities(a_table)
    several = {BOTH: tuple(a_table.kinds)} if a_table.several_each else {}
    choose = TRAIT if len(a_table.kinds) > 1 else ""
    titles = {which: a_table.called.get(which, which) for which in a_table.kinds}

    class Played(FamilySystem):
        table = a_table
        name, title = a_table.id, a_table.name
        sites = tuple(_site(a_table, key) for key in a_table.sites)
        issuers: ClassVar = {short: Title(common_name) for common_name, short in authorities.items()}
        defects = defects_of(a_table)
        figures = a_table.figures
        kinds = Kinds(
            issuers={which: authorities[kind.issuer] for which, kind in a_table.kinds.items()},
            choices={**{which: (which,) for which in a_table.kinds}, **several},
            trait=choose,
        )
        captions = Captions(
            states=IN_WORDS,
            kinds=titles,
            trait=choose,
            choices={**titles, **{name: a_table.called.get(name, "すべて") for name in several}},
        )
        words = words_of(a_table)
        common: ClassVar = {"portal": a_table}

    return Played


def _site(table: Table, key: str) -> Site:
    entrance = _paths(table, key).of("index") if key in PATHS else f"/{key}/"
    return Site(key, table.sites[key], ASKS.get(key, Asks.OPTIONAL), ANY_PORT, entrance)


def _authorities(table: Table) -> Mapping[str, str]:
    """The short name of each issuing CA, by its common name."""
    found: dict[str, str] = {}
    for which, kind in table.kinds.items():
        found.setdefault(kind.issuer, f"{table.id}-{which}" if found else table.id)
    return found
