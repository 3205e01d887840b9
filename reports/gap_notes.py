"""The known gaps of a target as the reports tell them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.reading import Results
from sekisho.language import say
from sekisho.results import Gap, Scenario
from sekisho.verdict import Verdict


@dataclass(frozen=True)
class Admitted:
    """A known gap that the target file admits, and the scenarios it excused, or that passed in spite of it."""

    gap: Gap
    scenarios: list[Scenario]

    @property
    def condition(self) -> str:
        """In which browser and versions it counts; empty for all."""
        return " ".join(one for one in (self.gap.browser, self.gap.versions) if one)


def admitted(results: Results) -> list[Admitted]:
    """Every gap of the run, in the order of the target file, then any other that a scenario names."""
    gaps = dict.fromkeys([*results.run.gaps, *(one.gap for one in results.scenarios if one.gap)])
    return [Admitted(gap, [one for one in results.scenarios if one.gap == gap]) for gap in gaps]


def told(scenario: Scenario) -> str:
    """What the gap of a scenario means for its verdict, in a sentence; empty without one."""
    gap = scenario.gap
    if gap is None:
        return ""
    if scenario.verdict is Verdict.UNEXPECTED_PASS:
        return say(
            f"既知の不適合 {gap.requirement}（{gap.reason}）が適合しました。gaps から外してください。",
            f"The known gap {gap.requirement} ({gap.reason}) has closed. Remove it from the target file's gaps.",
        )
    return say(
        f"既知の不適合 {gap.requirement}（{gap.reason}、{gap.until} まで）:",
        f"Known gap {gap.requirement} ({gap.reason}, until {gap.until}):",
    )
