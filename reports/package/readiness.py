"""Whether a run says enough to be certified: every procedure of its manuals decided, and no error left."""

from __future__ import annotations

from dataclasses import dataclass

from reports.reading import Results
from reports.requirements import requirements, together
from reports.view import DECIDED
from reports.wording import manual_name, verdict_name
from sekisho.language import say
from sekisho.manual.citations import is_explored
from sekisho.manual.rows import Row
from sekisho.results import Run, Scenario
from sekisho.verdict import Verdict, worst

SHOWN = 5


@dataclass(frozen=True)
class Procedure:
    """One procedure as the manual names it, and what the run says of its items."""

    manual: str
    name: str
    rows: list[Row]
    verdicts: list[Verdict | None]
    scenarios: list[Scenario]

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its items; None when nothing was carried out at all."""
        found = [one for one in self.verdicts if one]
        return together(found) if found else None

    @property
    def decided(self) -> int:
        """How many of its items were decided."""
        return sum(one in DECIDED for one in self.verdicts)

    @property
    def missing(self) -> bool:
        """Whether nothing of it was decided, though this browser and system could have shown it."""
        return not self.decided and self.verdict is not Verdict.NOT_APPLICABLE


def procedures(results: Results) -> list[Procedure]:
    """Every procedure of the run's manuals, in the manual's order, carried out or not."""
    given = requirements(results.scenarios)
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in results.rows:
        groups.setdefault((row.manual, row.procedure), []).append(row)
    return [_procedure(*key, rows, given, results.scenarios) for key, rows in groups.items()]


def _procedure(
    manual: str, name: str, rows: list[Row], given: dict[str, Verdict], scenarios: list[Scenario]
) -> Procedure:
    ids = [one for row in rows for one in row.members]
    citing = [one for one in scenarios if not set(ids).isdisjoint(one.ids)]
    return Procedure(manual, name, rows, [given.get(one) for one in ids], citing)


def problems(results: Results) -> list[str]:
    """Everything that forbids certifying this run, with what to do about it; empty when nothing does."""
    run = results.run
    found = [
        say(f"{one.file} を読めません: {one.problem}", f"{one.file} cannot be read: {one.problem}")
        for one in results.unreadable
    ]
    if run.finished is None:
        found.append(
            say(
                "実行が途中で終わっています。最後まで実行し直してください。",
                "The run ended early. Run it again to its end.",
            )
        )
    if run.stopped:
        found.append(say(f"実行が打ち切られています: {run.stopped}", f"The run was given up: {run.stopped}"))
    if run.shard:
        found.append(
            say(
                f"全体の一部（{run.shard}）だけの実行です。sekisho merge で一つにしてから証明してください。",
                f"This is part {run.shard} of a run only. Make one of all parts by sekisho merge, and certify that.",
            )
        )
    if waiting := sum(one.verdict is Verdict.WAITING for one in results.scenarios):
        found.append(
            say(
                f"待機中のシナリオが {waiting} 件あります。sekisho run --resume で続きを実行してください。",
                f"Scenarios that are still waiting: {waiting}. Go on with sekisho run --resume.",
            )
        )
    return [*found, *_errors(results.scenarios), *_missing(results)]


def only_explored(results: Results) -> bool:
    """Whether a run is an exploration alone, which says nothing of the procedures that it is not about."""
    return bool(results.scenarios) and all(is_explored(one.feature) for one in results.scenarios)


def _unexplored(results: Results) -> list[str]:
    """A line for each procedure of an exploration of which nothing was decided."""
    groups: dict[tuple[str, str], list[Scenario]] = {}
    for one in results.scenarios:
        groups.setdefault((one.manual, one.procedure), []).append(one)
    return [
        say(
            f"探索の手続き「{manual_name(manual, results.run)} {name}」で判定できたものがありません。",
            f'Nothing was decided in the exploration of "{manual_name(manual, results.run)} {name}".',
        )
        for (manual, name), found in groups.items()
        if not any(one.verdict in {*DECIDED, Verdict.NOT_APPLICABLE} for one in found)
    ]


def _errors(scenarios: list[Scenario]) -> list[str]:
    names = [f"{one.procedure} / {one.name}" for one in scenarios if one.verdict is Verdict.ERROR]
    if not names:
        return []
    shown = say("、", ", ").join(names[:SHOWN]) + (
        say(f" ほか {len(names) - SHOWN} 件", f" and {len(names) - SHOWN} more") if len(names) > SHOWN else ""
    )
    return [
        say(
            f"判定不能（環境）が {len(names)} 件残っています。原因を除いて実行し直してください: {shown}",
            f"Scenarios left with an error of the environment: {len(names)}. Remove the cause and run them again: "
            f"{shown}",
        )
    ]


def _missing(results: Results) -> list[str]:
    """A line for each manual with what was not carried out, and for each procedure of which nothing was decided."""
    if not results.scenarios:
        return [say("終わったシナリオが一つもありません。", "No scenario has finished.")]
    if only_explored(results):
        return _unexplored(results)
    missing = [one for one in procedures(results) if one.missing]
    absent: dict[str, list[str]] = {}
    for one in missing:
        if one.verdict is None:
            absent.setdefault(one.manual, []).append(
                say(f"{one.name}（{one.rows[0].id}）", f"{one.name} ({one.rows[0].id})")
            )
    found = [
        say(
            f"{manual_name(manual, results.run)}（{manual}）の次の手続きのシナリオが実行されていません: "
            f"{'、'.join(names)}",
            f"{manual_name(manual, results.run)} ({manual}): no scenario of these procedures was carried out: "
            f"{', '.join(names)}",
        )
        for manual, names in absent.items()
    ]
    return found + [_undecided(one, results.run) for one in missing if one.verdict]


def _undecided(procedure: Procedure, run: Run) -> str:
    stopped = worst([one.verdict for one in procedure.scenarios])
    reasons = [one.failure.portal_did for one in procedure.scenarios if one.failure and one.verdict is stopped]
    why = verdict_name(stopped) + (f": {reasons[0]}" if reasons else "")
    return say(
        f"手続き「{manual_name(procedure.manual, run)} {procedure.name}」を判定したシナリオがありません（{why}）。",
        f'No scenario decided the procedure "{manual_name(procedure.manual, run)} {procedure.name}" ({why}).',
    )
