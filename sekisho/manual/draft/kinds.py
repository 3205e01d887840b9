"""The kinds of certificates of a new manual: what each is called, who issues it, and what it opens."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.manual import family_checks
from sekisho.manual.draft.answers import Answers

INVITED = "証明書の無い利用者がいる"


@dataclass(frozen=True)
class Kind:
    """One kind of certificates."""

    name: str
    called: str
    issuer: str
    opens: tuple[str, ...]
    """What scenarios call the services that it opens."""
    whose: str
    """Whose certificate it is, as the beginning of a scenario's name; empty where there is one kind."""
    invited: str
    """The premise that somebody was invited to fetch one."""


def kinds(answers: Answers) -> list[Kind]:
    """The kinds of certificates, the usual one first."""
    opens, accounts, sites = family_checks.kinds(answers), answers.accounts, answers.sites
    called = {traits.get("certificate", ""): name for name, traits in accounts.called.items()}
    found = list[Kind]()
    for name in accounts.certificates:
        given, many = answers.family.certificates.get(name), len(opens) > 1
        found.append(
            Kind(
                name=name,
                called=called.get(name, name),
                issuer=(given.issuer if given else None) or answers.family.issuer,
                opens=tuple(sites[one].title for one in opens[name]),
                whose=f"「{called[name]}」の" if many else "",
                invited=f"「{called[name]}」の{INVITED}" if found else INVITED,
            )
        )
    return found
