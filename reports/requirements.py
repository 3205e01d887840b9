"""What a scenario says about the rows it cites. The one rule every report and the coverage list follow.

- A step after the one that stopped the scenario is NOT REACHED, whatever it could have shown.
- A row cited by steps gets the worst of those steps: the rows of earlier steps passed, though a later one failed.
- A row cited only by the scenario as a whole (a tag) gets the scenario's verdict. Where the portal failed at something
  else on the way, it is NOT REACHED, or what the scenario's own checks had come to if all of them were made before.
- Of an UNEXPECTED PASS only the rows that its known gap names have that verdict; what else it cites passed.
- A row cited by several scenarios gets the worst of what they gave; one that could show nothing here (NOT APPLICABLE)
  counts only where none of them could.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sekisho.manual.rows import members
from sekisho.results import Scenario
from sekisho.verdict import Verdict, worst

DEVIATIONS = frozenset({Verdict.FAIL, Verdict.KNOWN_GAP})
AND = "かつ"
THEN = "ならば"
STOPS = frozenset({Verdict.FAIL, Verdict.KNOWN_GAP, Verdict.ERROR, Verdict.BLOCKED, Verdict.WAITING})


def step_verdicts(scenario: Scenario) -> list[Verdict]:
    """The verdict of each step, with everything behind the stop NOT REACHED.

    In a scenario that is not applicable as a whole, the steps behind the stop are not applicable either.
    """
    behind = Verdict.NOT_APPLICABLE if scenario.verdict is Verdict.NOT_APPLICABLE else Verdict.NOT_REACHED
    verdicts, stopped = [], False
    for step in scenario.steps:
        verdicts.append(behind if stopped or step.verdict is Verdict.NOT_REACHED else step.verdict)
        stopped = stopped or step.verdict in STOPS
    return verdicts


def given(scenario: Scenario) -> dict[str, Verdict]:
    """The verdict that one scenario gives each row it cites, by single id."""
    by_step = defaultdict(list)
    for step, verdict in zip(scenario.steps, step_verdicts(scenario), strict=True):
        for row_id in step.ids:
            by_step[row_id].append(verdict)
    found = {row_id: worst(verdicts) for row_id, verdicts in by_step.items()}
    whole = {row_id: _whole(scenario, row_id) for row_id in scenario.ids if row_id not in found} | found
    return _closed(scenario, whole) if scenario.verdict is Verdict.UNEXPECTED_PASS else whole


def _whole(scenario: Scenario, row_id: str) -> Verdict:
    """What the scenario as a whole says about a row."""
    failure = scenario.failure
    if failure is None or failure.verdict not in DEVIATIONS or row_id in failure.requirement:
        return scenario.verdict
    return worst(list(_own_checks(scenario)))


def _own_checks(scenario: Scenario) -> Iterator[Verdict]:
    """What became of the sentences that say what must be seen, and cite no row of their own."""
    kind = ""
    for step, verdict in zip(scenario.steps, step_verdicts(scenario), strict=True):
        kind = step.keyword if step.keyword != AND else kind
        if kind == THEN and not step.ids:
            yield verdict


def _closed(scenario: Scenario, found: dict[str, Verdict]) -> dict[str, Verdict]:
    admitted = members(scenario.gap.requirement) if scenario.gap else scenario.ids
    passed = {row_id: Verdict.PASS if verdict is scenario.verdict else verdict for row_id, verdict in found.items()}
    return passed | {row_id: scenario.verdict for row_id in admitted if row_id in found}


def requirements(scenarios: list[Scenario]) -> dict[str, Verdict]:
    """The verdict of every row that the scenarios of a run cite, by single id."""
    found = defaultdict(list)
    for scenario in scenarios:
        for row_id, verdict in given(scenario).items():
            found[row_id].append(verdict)
    return {row_id: together(verdicts) for row_id, verdicts in found.items()}


def together(verdicts: list[Verdict]) -> Verdict:
    """The worst of what was decided; NOT APPLICABLE only where nothing was."""
    return worst([verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE] or verdicts)
