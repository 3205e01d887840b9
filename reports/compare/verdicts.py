"""Scenarios whose verdict changed, and whether that is bad."""

from __future__ import annotations

from reports.compare.model import Picture, Turn, VerdictChange
from reports.compare.pairs import Repeated
from reports.requirements import step_verdicts
from reports.wording import verdict_name
from sekisho import results
from sekisho.language import say
from sekisho.manual.titles import titled
from sekisho.results import Scenario, Step
from sekisho.verdict import Verdict

DID = frozenset({Verdict.PASS, Verdict.WARNING, Verdict.UNEXPECTED_PASS})  # the portal did what its manual says
MISSED = frozenset({Verdict.FAIL, Verdict.KNOWN_GAP})
UNDECIDED = frozenset({Verdict.ERROR, Verdict.BLOCKED, Verdict.WAITING, Verdict.NOT_REACHED})
ORDER = list(Turn)


def changes(before: dict[str, Repeated], after: dict[str, Repeated]) -> list[VerdictChange]:
    """Every change, the bad ones first."""
    found = [_change(key, before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]
    return sorted((one for one in found if one), key=lambda one: ORDER.index(one.turn))


def _change(key: str, before: Repeated | None, after: Repeated | None) -> VerdictChange | None:
    was, became = (one.verdict if one else None for one in (before, after))
    if was is became:
        return None
    shown = after or before
    assert shown
    scenario = shown.worst
    return VerdictChange(
        turn=_turn(was, became),
        scenario=key,
        manual=scenario.manual,
        procedure=scenario.procedure,
        name=titled(scenario.name, scenario.example),
        ids=scenario.ids,
        before=was,
        after=became,
        reason=_reason(scenario) if after else "",
        pictures=_pictures(before, after),
    )


def _pictures(before: Repeated | None, after: Repeated | None) -> tuple[Picture | None, Picture | None]:
    """The screens of both runs where they went apart: nothing where only one of them has the scenario."""
    if before is None or after is None:
        return None, None
    both = before.worst, after.worst
    last = min(_reached(one) for one in both)
    return _last(both[0].steps[:last]), _last(both[1].steps[:last])


def _reached(scenario: Scenario) -> int:
    """How many steps the scenario carried out, the one that stopped it included."""
    verdicts = step_verdicts(scenario)
    return next((number for number, one in enumerate(verdicts) if one is Verdict.NOT_REACHED), len(verdicts))


def _last(steps: list[Step]) -> Picture | None:
    shown = [one for step in steps for one in step.evidence if isinstance(one, results.Picture)]
    return Picture(path=shown[-1].path, url=shown[-1].url, title=shown[-1].title) if shown else None


def _turn(was: Verdict | None, became: Verdict | None) -> Turn:
    if was is None or became is None:
        return Turn.ADDED if was is None else Turn.REMOVED
    if was in DID and became in MISSED:
        return Turn.REGRESSION
    if was in DID and became in UNDECIDED:
        return Turn.UNDECIDED
    if became in DID and was not in DID:
        return Turn.IMPROVEMENT
    return Turn.CHANGED


def _reason(scenario: Scenario) -> str:
    if scenario.failure:
        return scenario.failure.portal_did
    return " / ".join(dict.fromkeys(step.reason for step in scenario.steps if step.reason))


def told(change: VerdictChange) -> str:
    """Both verdicts in words: 適合 → 不適合."""
    return " → ".join(
        verdict_name(one) if one else say("未実施", "not carried out") for one in (change.before, change.after)
    )
