"""Known gaps: which deviations of a portal its target file admits, and which of them have closed.

A gap is in force until its last day (Asia/Tokyo), in the browser and versions that it names. In force, it turns the
FAIL of a scenario that failed at its requirement into KNOWN GAP. One that excused nothing, though everything that
cites its requirement was carried out and passed, makes those scenarios UNEXPECTED PASS: the file is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from packaging.specifiers import SpecifierSet

from sekisho.japan import in_tokyo
from sekisho.language import say
from sekisho.manual.citations import CitedScenario
from sekisho.manual.citations import scenarios as all_cited
from sekisho.manual.rows import members
from sekisho.results import Gap, Run, Scenario
from sekisho.verdict import Verdict, worst

UNDECIDED = frozenset({Verdict.NOT_APPLICABLE})


def why_not(gap: Gap, browser: str, at: datetime) -> str:
    """Why a gap is no excuse in a browser ('chromium 156.0.8078.79') at a time; empty while it is in force."""
    name, _, number = browser.partition(" ")
    today = in_tokyo(at).date()
    if today > gap.until:
        return say(f"{gap.until:%Y-%m-%d} に期限が切れた", f"ran out on {gap.until:%Y-%m-%d}")
    if gap.browser and gap.browser not in {name, name.partition("-")[0]}:
        return say(f"{gap.browser} だけのもの", f"is for {gap.browser} only")
    if gap.versions and not _in_versions(gap.versions, number):
        return say(
            f"ブラウザーの版 {gap.versions} だけのもの（この版: {number or '不明'}）",
            f"is for the browser's versions {gap.versions} only (this one: {number or 'unknown'})",
        )
    return ""


def _in_versions(wanted: str, number: str) -> bool:
    found = re.match(r"\d+(\.\d+)*", number)
    return found is not None and SpecifierSet(wanted).contains(found[0])


def excuse(scenario: Scenario, gaps: Iterable[Gap], browser: str) -> Scenario:
    """A scenario as its target's gaps judge it: FAIL becomes KNOWN GAP, or its failure says why no gap excuses it."""
    if scenario.verdict is not Verdict.FAIL or scenario.failure is None:
        return scenario
    about = [gap for gap in gaps if set(members(gap.requirement)) & set(scenario.failure.requirement)]
    reasons = {gap: why_not(gap, browser, scenario.started) for gap in about}
    excusing = next((gap for gap, reason in reasons.items() if not reason), None)
    return _excused(scenario, excusing) if excusing else _not_excused(scenario, reasons)


def _excused(scenario: Scenario, gap: Gap) -> Scenario:
    assert scenario.failure
    steps = [
        step.model_copy(update={"verdict": Verdict.KNOWN_GAP, "reason": gap.reason})
        if step.verdict is Verdict.FAIL
        else step
        for step in scenario.steps
    ]
    failure = scenario.failure.model_copy(update={"verdict": Verdict.KNOWN_GAP})
    return scenario.model_copy(
        update={"verdict": Verdict.KNOWN_GAP, "gap": gap, "steps": steps, "failure": failure},
    )


def _not_excused(scenario: Scenario, reasons: dict[Gap, str]) -> Scenario:
    if not reasons:
        return scenario
    assert scenario.failure
    lines = [
        say(
            f"既知の不適合 {gap.requirement}（{gap.reason}）は、{reason}。",
            f"The known gap {gap.requirement} ({gap.reason}) {reason}.",
        )
        for gap, reason in reasons.items()
    ]
    did = "\n".join([scenario.failure.portal_did, *lines])
    return scenario.model_copy(update={"failure": scenario.failure.model_copy(update={"portal_did": did})})


def settle(run: Run, scenarios: list[Scenario], cited: Iterable[CitedScenario] | None = None) -> list[Scenario]:
    """The scenarios of a whole run with every UNEXPECTED PASS found, in their order; what has none is left as it is.

    A gap has closed only where all that cites its requirement was carried out: a part of the scenarios (--select, a
    shard before it is merged), or one that was BLOCKED or an ERROR, shows nothing. `cited` are the scenarios there
    are, of each manual; by default those in features/. Settling twice changes nothing.
    """
    everything = list(all_cited() if cited is None else cited)
    plain = [_unsettled(one) for one in scenarios]
    closed: dict[int, Gap] = {}
    for gap in run.gaps if not run.shard else []:
        closed |= dict.fromkeys(_passing(gap, run, plain, everything), gap)
    return [
        one.model_copy(update={"verdict": Verdict.UNEXPECTED_PASS, "gap": closed[number]}) if number in closed else one
        for number, one in enumerate(plain)
    ]


def _unsettled(scenario: Scenario) -> Scenario:
    """A scenario as it ended, whatever was concluded from others before."""
    if scenario.verdict is not Verdict.UNEXPECTED_PASS:
        return scenario
    warned = any(step.verdict is Verdict.WARNING for step in scenario.steps)
    return scenario.model_copy(update={"verdict": Verdict.WARNING if warned else Verdict.PASS, "gap": None})


def _passing(gap: Gap, run: Run, scenarios: list[Scenario], cited: list[CitedScenario]) -> list[int]:
    """The scenarios, by number, that show that a gap has closed; none where anything speaks against it."""
    ids = set(members(gap.requirement))
    about = [number for number, one in enumerate(scenarios) if ids & set(one.ids)]
    done = {_example(scenarios[number]) for number in about}
    if len(done) < sum(one.examples for one in cited if one.manual in run.manuals and ids & set(one.ids)):
        return []
    found = {number: _of_rows(scenarios[number], ids) for number in about}
    if any(why_not(gap, run.browser, scenarios[number].started) for number in about):
        return []
    if not all(verdict.passed or verdict in UNDECIDED for verdict in found.values()):
        return []
    return [number for number, verdict in found.items() if verdict.passed]


def _example(one: Scenario) -> tuple[str, ...]:
    """A scenario or one example of an outline, however often it was repeated."""
    return (one.feature, one.rule, one.name, *(f"{name}={value}" for name, value in one.example.items()))


def _of_rows(scenario: Scenario, ids: set[str]) -> Verdict:
    """What a scenario says of some rows that it cites: in the steps about them, or as a whole."""
    if not (scenario.verdict.passed or scenario.verdict in UNDECIDED):
        return scenario.verdict
    steps = [step.verdict for step in scenario.steps if ids & set(step.ids)] or [scenario.verdict]
    return worst([verdict for verdict in steps if verdict not in UNDECIDED] or steps)
