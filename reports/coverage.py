"""Which scenarios cite each row of a manual, which rows nobody cites, and what a run gave for each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from reports.requirements import given, together
from sekisho.manual.rows import Row
from sekisho.results import Scenario
from sekisho.verdict import Verdict

if TYPE_CHECKING:
    from sekisho.manual.citations import (
        CitedScenario,  # its Gherkin parser takes a while to load, and no report needs it
    )


class Part(BaseModel):
    """A part of a coverage list."""

    model_config = ConfigDict(frozen=True)


class Given(Part):
    """What one example of a scenario gave for the row."""

    scenario_id: str
    verdict: Verdict


class Citation(Part):
    """A scenario that cites the row, and for which of the row's single ids."""

    procedure: str
    feature: str
    rule: str
    name: str
    ids: list[str]
    beyond: bool = False
    """Whether all of it goes beyond the manual."""
    results: list[Given]


class RowCoverage(Part):
    """A row of the manual with everything that cites it; `verdict` is None when no result speaks of the row."""

    id: str
    manual: str
    procedure: str
    step: str
    does: str
    expects: str
    members: list[str]
    citations: list[Citation]
    uncited: list[str]
    verdict: Verdict | None


class Coverage(Part):
    """The manual's rows in its own order, the single ids nobody cites, and cited ids that no row explains."""

    rows: list[RowCoverage]
    uncited: list[str]
    unknown: list[str]

    def to_json(self) -> str:
        """The whole list as indented JSON."""
        return self.model_dump_json(indent=2)


@dataclass
class _Cited:
    """All that is known of one scenario, from the feature file and from the results of its examples."""

    procedure: str
    beyond: bool
    ids: set[str] = field(default_factory=set)
    results: list[tuple[str, dict[str, Verdict]]] = field(default_factory=list)


_Key = tuple[str, str, str]  # feature, rule, name: what identifies a scenario in both sources


def coverage(
    rows: Iterable[Row], cited: Iterable[CitedScenario], scenarios: Iterable[Scenario] | None = None
) -> Coverage:
    """The rows against the scenarios of the feature files and, if there are any, the results of a run."""
    known: dict[_Key, _Cited] = {}
    for one in cited:
        known.setdefault((one.feature, one.rule, one.name), _Cited(one.procedure, one.beyond)).ids.update(one.ids)
    for scenario in scenarios or ():
        entry = known.setdefault(
            (scenario.feature, scenario.rule, scenario.name), _Cited(scenario.procedure, scenario.beyond)
        )
        verdicts = given(scenario)
        entry.ids.update(verdicts)
        entry.results.append((scenario.id, verdicts))
    found = [_row(row, known) for row in rows]
    explained = {one for row in found for one in row.members}
    unknown = sorted({one for entry in known.values() for one in entry.ids} - explained)
    return Coverage(rows=found, uncited=[one for row in found for one in row.uncited], unknown=unknown)


def _row(row: Row, known: dict[_Key, _Cited]) -> RowCoverage:
    citations = [_citation(row, key, entry) for key, entry in known.items() if not entry.ids.isdisjoint(row.members)]
    cited = {one for citation in citations for one in citation.ids}
    verdicts = [one.verdict for citation in citations for one in citation.results]
    return RowCoverage(
        id=row.id,
        manual=row.manual,
        procedure=row.procedure,
        step=row.step,
        does=row.does,
        expects=row.expects,
        members=list(row.members),
        citations=citations,
        uncited=[one for one in row.members if one not in cited],
        verdict=together(verdicts) if verdicts else None,
    )


def _citation(row: Row, key: _Key, entry: _Cited) -> Citation:
    feature, rule, name = key
    ids = [one for one in row.members if one in entry.ids]
    results = [
        Given(scenario_id=scenario_id, verdict=together([verdicts[one] for one in ids if one in verdicts]))
        for scenario_id, verdicts in entry.results
        if not verdicts.keys().isdisjoint(ids)
    ]
    return Citation(
        procedure=entry.procedure, feature=feature, rule=rule, name=name, ids=ids, beyond=entry.beyond, results=results
    )
