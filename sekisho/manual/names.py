"""What the scenarios of a manual call its sites and its kinds of users, and what those are in its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sekisho.language import Pair, say
from sekisho.machine.explaining import near
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

T = TypeVar("T")
SITES, KINDS = Pair("sites.○○.title か called", "title or called of [sites]"), "accounts.called"
TRAIT = "certificate"  # by which users differ who may hold several certificates


@dataclass(frozen=True)
class Names:
    """The names of one manual."""

    manual: Manual

    @property
    def sites(self) -> dict[str, str]:
        """The name of each site in files, by what scenarios call it."""
        sites = self.manual.about.sites.items()
        return {called: name for name, site in sites for called in (site.title, *site.called)}

    @property
    def kinds(self) -> Mapping[str, Mapping[str, str]]:
        """The traits of each kind of user, by what scenarios call it."""
        return self.manual.about.accounts.called

    def site(self, called: str) -> str:
        """The name of a site in files. Raises ConfigurationProblemError for what no site is called."""
        return self._known(called, self.sites, str(SITES))

    def kind(self, called: str) -> Mapping[str, str]:
        """The traits of a kind of user. Raises ConfigurationProblemError for what none is called."""
        return self._known(called, self.kinds, KINDS)

    def certificate(self, called: str) -> str:
        """The certificate of a kind of user who has one of several. Raises ConfigurationProblemError."""
        return self._known(called, {name: one[TRAIT] for name, one in self.kinds.items() if TRAIT in one}, KINDS)

    def _known(self, called: str, known: Mapping[str, T], key: str) -> T:
        if called not in known:
            path = self.manual / folders.ABOUT
            raise ConfigurationProblemError(
                say(
                    f"{path}: {key} に「{called}」がありません{near(called, known)}。",
                    f'{path}: {key} has no "{called}"{near(called, known)}.',
                )
            )
        return known[called]
