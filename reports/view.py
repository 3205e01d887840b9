"""The results arranged as the report shows them: procedures in the manual's order, each walked along the manual."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from reports.coverage import RowCoverage, coverage
from reports.reading import Results
from reports.requirements import requirements, step_verdicts, together
from sekisho.manual.rows import Row
from sekisho.results import Scenario, Step
from sekisho.verdict import Verdict

DECIDED = frozenset({Verdict.PASS, Verdict.WARNING, Verdict.KNOWN_GAP, Verdict.UNEXPECTED_PASS, Verdict.FAIL})


@dataclass(frozen=True)
class Stop:
    """One row of the manual within a procedure, shown by the scenario that says most about it."""

    row: RowCoverage
    verdict: Verdict
    scenario: Scenario
    steps: list[Step]
    whole: bool

    @property
    def seconds(self) -> float:
        """How long the row took: its steps, or the scenario when no single step carries it out."""
        return self.scenario.seconds if self.whole else sum(step.seconds for step in self.steps)


@dataclass(frozen=True)
class Part:
    """Scenarios that belong together, and what they come to."""

    anchor: str
    manual: str
    scenarios: list[Scenario]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of its scenarios; what does not apply does not count while something passed."""
        return together([scenario.verdict for scenario in self.scenarios])

    @property
    def counts(self) -> Counter[Verdict]:
        """How many scenarios gave each verdict."""
        return Counter(scenario.verdict for scenario in self.scenarios)

    @property
    def seconds(self) -> float:
        """The time its scenarios took, one after the other."""
        return sum(scenario.seconds for scenario in self.scenarios)


@dataclass(frozen=True)
class Procedure(Part):
    """One procedure of a manual with what the run says about it."""

    name: str
    stops: list[Stop]


@dataclass(frozen=True)
class Manual(Part):
    """One manual: its procedures that were run, and its rows, run or not."""

    procedures: list[Procedure]
    rows: list[RowCoverage]

    @property
    def total(self) -> int:
        """How many single items the manual has."""
        return sum(len(row.members) for row in self.rows)

    @property
    def examined(self) -> int:
        """How many of them were decided."""
        return self.total - len(self.undecided)

    @property
    def undecided(self) -> list[str]:
        """The others: nobody asked, or nothing here could answer."""
        found = requirements(self.scenarios)
        return [one for row in self.rows for one in row.members if found.get(one) not in DECIDED]


def manuals(results: Results, rows: list[RowCoverage]) -> list[Manual]:
    """The run's manuals in its order, then any other that a scenario names."""
    names = dict.fromkeys([*results.run.manuals, *(scenario.manual for scenario in results.scenarios)])
    found = procedures(results)
    return [
        Manual(
            f"manual-{name}",
            name,
            [scenario for scenario in results.scenarios if scenario.manual == name],
            [procedure for procedure in found if procedure.manual == name],
            [row for row in rows if row.manual == name],
        )
        for name in names
    ]


def procedures(results: Results) -> list[Procedure]:
    """Every procedure that was run, in the order of the manual."""
    groups = defaultdict(list)
    for scenario in results.scenarios:
        groups[scenario.manual, scenario.procedure].append(scenario)
    order = {one: number for number, row in enumerate(results.rows) for one in row.members}
    ordered = sorted(groups.items(), key=lambda group: _place(group[1], order))
    return [
        Procedure(f"procedure-{number}", manual, scenarios, name, _stops(results.rows, scenarios))
        for number, ((manual, name), scenarios) in enumerate(ordered, 1)
    ]


def _place(scenarios: list[Scenario], order: dict[str, int]) -> tuple[int, str]:
    """Where a procedure stands: at the row it cites most, and of equals at the first."""
    cited = Counter(order[one] for scenario in scenarios for one in scenario.ids if one in order)
    stems = Counter(one.rpartition("-")[0] for scenario in scenarios for one in scenario.ids)
    main = stems.most_common(1)[0][0] if stems else ""
    at_home = [order[one] for scenario in scenarios for one in scenario.ids if one in order and one.startswith(main)]
    return min(at_home or cited, default=len(order)), scenarios[0].feature


def _stops(rows: list[Row], scenarios: list[Scenario]) -> list[Stop]:
    by_id = {scenario.id: scenario for scenario in scenarios}
    cited = [row for row in coverage(rows, (), scenarios).rows if row.citations]
    return [_stop(row, by_id) for row in cited]


def _stop(row: RowCoverage, by_id: dict[str, Scenario]) -> Stop:
    """The row as shown by the scenario with the worst verdict, and of equals by the one that walks furthest."""
    results = [one for citation in row.citations for one in citation.results]
    verdict = together([one.verdict for one in results])
    candidates = [by_id[one.scenario_id] for one in results if one.verdict is verdict]
    scenario = max(candidates, key=lambda one: (bool(_own(row, one)), len({i for step in one.steps for i in step.ids})))
    own = _own(row, scenario)
    return Stop(row, verdict, scenario, own or scenario.steps, whole=not own)


def _own(row: RowCoverage, scenario: Scenario) -> list[Step]:
    return [step for step in scenario.steps if not set(step.ids).isdisjoint(row.members)]


def judged(scenario: Scenario) -> list[tuple[Step, Verdict]]:
    """The steps of a scenario, each with the verdict that the report gives it."""
    return list(zip(scenario.steps, step_verdicts(scenario), strict=True))
