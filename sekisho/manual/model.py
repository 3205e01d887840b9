"""What a manual says of itself (`manual.toml`): what it is called, its portal's sites, what its users have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sekisho.manual.family import Family
from sekisho.manual.section import Section

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Term = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]


class Site(Section):
    """One site of the portal, by whose name scenarios and target files speak of it."""

    title: str
    """What it is called in a word or two."""
    called: tuple[str, ...] = ()
    """What else scenarios call it: 「団信ネット」 for 「団信ネット（3社共用）」."""
    purpose: str
    """What a person does there, for whoever writes a target file."""
    shows: tuple[Term, ...] = ()
    """What its first page shows to somebody without a certificate, as `section.name` of the dialect.

    Empty for a site that asks for a certificate, or that only a personal link opens.
    """


class Declared(Section):
    """Something that users of this portal have and not every portal's: a target file gives it under the same name."""

    title: str = ""
    """What it is, for whoever writes a target file and in messages; may be left out where sekisho has words for it."""
    secret: bool = False
    """Whether it must be seen nowhere: a target file then names an environment variable, and its key ends in `_env`."""
    file: bool = False
    """Whether it is a file, whose path a target file gives."""


class Accounts(Section):
    """What the users of this portal have, beside a name and an address."""

    fields: Mapping[Name, Declared] = Field(default_factory=dict)
    """What they may have besides, by its name (`sekisho/manual/facts.py` has words for what several manuals have)."""

    passwords: bool = True
    """Whether they have a password to log in with, which a target file must name then."""
    usual: Mapping[str, str] = Field(default_factory=dict)
    """The traits of a user of whom nobody says otherwise. Who differs is given only to scenarios that ask for it."""
    certificates: tuple[str, ...] = Field(default=("shared",), min_length=1)
    """The certificates that a user may hold, the usual one first; `which` in a target file."""
    ending_days: int = Field(default=90, ge=1)
    """With how many days left a certificate is near its end: the first reminder has come, or renewal is open.

    Not said, it is the longest that a manual of ours has. A family says it by its figures.
    """
    called: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """What scenarios call a kind of user or of certificate, and the traits of who is meant."""
    gets: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """Keys of an account in a target file that the users have, with the traits of those who do; {} for all."""


class About(Section):
    """The whole file."""

    id: Name
    """The manual's name in commands and in the ids of results, whatever its folder is called."""
    name: str = Field(min_length=1)
    """The portal in a word or two, for tables."""
    title: str = Field(min_length=1)
    """The manual's full title."""
    program: str = ""
    """The desktop program that the manual brings: a package below mock_apps that stands in for it."""
    system: Literal["", "Windows", "macOS"] = ""
    """The system of the users' PCs, where the manual is for one alone: the browser tells sites that it is on that."""
    sites: Mapping[str, Site] = Field(min_length=1)
    accounts: Accounts = Accounts()
    family: Family | None = None
    """Where the portal is one of a family that the built-in mock plays: in what it differs from its sisters."""

    @property
    def ending_days(self) -> int:
        """With how many days left a user's certificate is near its end."""
        if self.family is None:
            return self.accounts.ending_days
        return max(self.family.renewal_days, *(self.family.reminder_days or ()), 0)
