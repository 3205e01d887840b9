"""What an exploration that was given up has not tried: each result by its name, BLOCKED for the one cause of all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sekisho import results
from sekisho.explore import Case
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import Failure, Scenario
from sekisho.run.options import Options
from sekisho.run.repeating import repeating
from sekisho.verdict import Verdict

Due = Mapping[str, CitedScenario | Case]
"""Procedures to be carried out undisturbed, and cells, by the ids of their results."""


def block(folder: Path, options: Options, due: Due, why: str) -> None:
    """Write down as BLOCKED what has no result, and what met nothing but the cause; what was decided stays."""
    absolute = replace(options, target=options.target and options.target.resolve())
    for id_, one in due.items():
        with suppress(OSError):  # no room: it is not there, and whoever goes on carries it out
            if left := _left(folder, id_, one, absolute, why):
                results.write(left, folder / "scenarios" / f"{id_}.json")


def _left(folder: Path, id_: str, one: CitedScenario | Case, options: Options, why: str) -> Scenario | None:
    """The result of what came to nothing; None where something else was found out."""
    try:
        found = results.read_scenario(folder, f"scenarios/{id_}.json")
    except FileNotFoundError:
        return _never_tried(id_, one, options, why)
    if found.verdict is not Verdict.ERROR or not found.failure or found.failure.portal_did not in why:
        return None
    failure = found.failure.model_copy(update={"verdict": Verdict.BLOCKED, "portal_did": why, "detail": ""})
    steps = [
        step.model_copy(update={"verdict": Verdict.BLOCKED}) if step.verdict is Verdict.ERROR else step
        for step in found.steps
    ]
    return found.model_copy(update={"verdict": Verdict.BLOCKED, "failure": failure, "steps": steps})


def _never_tried(id_: str, one: CitedScenario | Case, options: Options, why: str) -> Scenario:
    case, cited = (one, one.procedure) if isinstance(one, Case) else (None, one)
    values = case.values if case else {}
    first = [case.first.id] if case and case.first else []
    return Scenario(
        id=scenario_id(cited, values),
        nodeid="",
        manual=cited.manual,
        procedure=cited.procedure,
        feature=cited.feature,
        rule=cited.rule,
        name=cited.name,
        example=values,
        ids=list(cited.ids),
        worker="",
        started=datetime.now(UTC),
        seconds=0,
        verdict=Verdict.BLOCKED,
        steps=[],
        failure=Failure(verdict=Verdict.BLOCKED, requirement=list(cited.ids), manual_says="", portal_did=why, step=""),
        repeat=repeating(options, [*first, id_], "explore"),
        beyond=cited.beyond,
        cell=case.record if case else None,
    )
