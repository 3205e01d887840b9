"""What the scenarios of a manual need of a target, and which of them a target file cannot serve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sekisho.language import Pair, say
from sekisho.manual.accounts import Need, everything, told
from sekisho.manual.citations import scenarios as every_scenario
from sekisho.manual.folders import named
from sekisho.manual.model import About
from sekisho.target_file import claims
from sekisho.target_file.identities import days_left
from sekisho.target_file.model import AccountEntry, Target
from sekisho.target_file.people import Nobody, beyond_us, people
from sekisho.target_file.pool import Pool
from sekisho.target_file.secrets import secret
from sekisho.verdict import BlockedError, ConfigurationProblemError

CLOCK = frozenset({"pass_days", "pass_minutes", "wait_until"})
DESTRUCTIVE = "destructive"  # the tag of scenarios that revoke or reissue: what the portal loses for good
NOT_ALLOWED = Pair(
    "証明書の失効か再発行を行う（許すなら --allow-destructive）",
    "Revokes or reissues a certificate (to permit it: --allow-destructive)",
)


@dataclass(frozen=True)
class Unmet:
    """A scenario that a run would call BLOCKED: its id and name, and the sentence that the run would say."""

    scenario: str
    title: str
    reason: str


def needs(manual: str) -> list[Need]:
    """What the scenarios of a manual ask for, in the order of a run on a target and, in each, of asking."""
    late = movers()
    return sorted((one for one in everything() if one.manual == manual), key=lambda one: one.scenario in late)


def order() -> list[str]:
    """The ids of all scenarios in the order of the manuals."""
    return [one for each in every_scenario() for one in each.results]


def movers() -> set[str]:
    """The ids of the scenarios that have the portal's clock moved.

    They come last in a run on a target: days that pass do so for all its users, who then get mails and grow older.
    """
    return {one.scenario for one in everything() if one.by_people in CLOCK}


def of(scenario: str) -> list[Need]:
    """What one scenario asks for, by its id, in the order of asking."""
    return [one for one in everything() if one.scenario == scenario]


def unmet(
    target: Target, folder: Path, scenarios: Collection[str] | None = None, *, allow_destructive: bool = False
) -> list[Unmet]:
    """The scenarios that a whole run (or a run of these ids) would call BLOCKED, in its order.

    `folder` is the target file's. What an account's PKCS#12 file says counts where its password is known.
    """
    kept = set() if allow_destructive else destructive()
    nobody = isinstance(people(target.operator, folder), Nobody)
    pool = Pool(target.accounts, lambda entry: told_by(entry, folder), about(target), nobody=nobody)
    pool.reserve(claims.held(claims.identity(target)))
    left_out = set() if target.limits.beyond_manual else beyond()
    found = []
    for scenario, asked in groupby(needs(target.manual), key=lambda one: one.scenario):
        if (scenarios is None or scenario in scenarios) and scenario not in left_out:
            wanted = list(asked)
            reason = str(NOT_ALLOWED) if scenario in kept else _reason(wanted, pool, nobody=nobody)
            if reason:
                found.append(Unmet(scenario, wanted[0].title, reason))
    return found


def spares(target: Target, folder: Path, scenarios: Collection[str] | None = None) -> Counter[str]:
    """How many users of which kind are missing where no scenario leaves a user to the next, as when each fails.

    Counted are the scenarios that can be carried out at all. A kind is a state with its traits.
    """
    nobody = isinstance(people(target.operator, folder), Nobody)
    blocked = {one.scenario for one in unmet(target, folder, scenarios, allow_destructive=True)}
    pool = Pool(target.accounts, lambda entry: told_by(entry, folder), about(target), nobody=nobody)
    missing: Counter[str] = Counter()
    for scenario, asked in groupby(needs(target.manual), key=lambda one: one.scenario):
        if scenario not in blocked and (scenarios is None or scenario in scenarios):
            missing.update(_used_up([one for one in asked if not one.by_people], pool))
    return missing


def about(target: Target) -> About:
    """What the manual of a target says of itself."""
    return named(target.manual).about


def _used_up(wanted: list[Need], pool: Pool) -> Iterator[str]:
    """Take the users of one scenario for good; the kinds of those who are not there."""
    planned: list[AccountEntry] = []
    for count, need in enumerate(wanted, start=1):
        try:
            planned = pool.plan(wanted[:count])
        except BlockedError:
            yield (
                say(f"{need.state}（{told(need.traits)}）", f"{need.state} ({told(need.traits)})")
                if need.traits
                else need.state
            )
            break
    for entry in planned:
        pool.take(entry)


def destructive() -> set[str]:
    """The ids of the scenarios that revoke or reissue."""
    return {one for each in every_scenario() if DESTRUCTIVE in each.tags for one in each.results}


def beyond() -> set[str]:
    """The ids of the scenarios that go beyond the manual."""
    return {one for each in every_scenario() if each.beyond for one in each.results}


def _reason(wanted: list[Need], pool: Pool, *, nobody: bool) -> str:
    """Why a scenario cannot be carried out now; empty when it can, and its accounts are then used."""
    if nobody and (reason := clockless(wanted)):
        return reason
    users = [one for one in wanted if not one.by_people]
    try:
        planned = pool.plan(users)
    except BlockedError as error:
        return str(error)
    for need, entry in zip(users, planned, strict=True):
        if need.consumed:
            pool.take(entry)
    return ""


def clockless(wanted: Iterable[Need]) -> str:
    """Why a target that names nobody cannot have its clock moved; empty where nothing asks for that."""
    works = [one.by_people for one in wanted if one.by_people]
    return beyond_us(works) if CLOCK.intersection(works) else ""


def told_by(entry: AccountEntry, folder: Path) -> dict[str, str]:
    """What an account's PKCS#12 files say of the days it has left, as far as their passwords are known."""
    try:
        return days_left(entry, folder, lambda variable: secret(variable, folder))
    except ConfigurationProblemError:  # said elsewhere, with the file and the variable
        return {}
