"""The part of a run that explores: first every procedure undisturbed, to know what passes, then cell by cell."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sekisho.cli import left_over, session
from sekisho.cli.asked import arguments
from sekisho.cli.jobs import EXPLORING, workers
from sekisho.cli.options import EXTENT, Exploring, Options
from sekisho.explore.boundary_cells import rule
from sekisho.explore.cells import Case, each
from sekisho.explore.choosing import absent, all_chosen, chosen, to_explore, undecided, unrecorded
from sekisho.explore.kinds import BOUNDARIES, FAULTS, WALKS, kind_of
from sekisho.explore.moves import named
from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.manual import mocks
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.manual.shards import members, parse
from sekisho.results import read_run, write
from sekisho.run.options import given
from sekisho.target_file.spent import Spent
from sekisho.verdict import ConfigurationProblemError

PLAN = "plan.json"
KEPT = "walks"
"""Within the folder of --history."""
OF_ONE_KIND = dict.fromkeys(("--depth", "--to-the-end"), FAULTS.name) | dict.fromkeys(
    ("--walks", "--walk-length", "--walk-minutes", "--seed"), WALKS.name
)
"""What says how far one kind goes, and nothing of the others."""


def check(options: Options) -> list[CitedScenario]:
    """What there is to explore. Raises ConfigurationProblemError where there is nothing, or it cannot be done so."""
    if options.target is not None and options.shard is not None:
        raise ConfigurationProblemError(
            say(
                "--shard: --target の探索は分けられません。"
                "どの利用者をどのセルが使うかを、機械の間で分けられないためです。",
                "--shard: an exploration of a --target cannot be split: machines cannot share out which cell takes "
                "which user.",
            )
        )
    if options.shard is not None:
        parse(options.shard)
    kinds = options.kind
    found = to_explore(options.manuals, options.select, kinds)
    _check_kinds(options)
    if options.target is None:
        found = [one for one in found if mocks.plays(one.manual)]
    if not found:
        named = " ".join([*(f"--manual {name}" for name in options.manuals), *(f"--kind {name}" for name in kinds)])
        where = named or say("どの手順書にも", "all manuals")
        raise ConfigurationProblemError(
            say(
                f"{where}: 探索する手順（explore/*.feature）がありません。",
                f"{where}: there is no procedure to explore (explore/*.feature).",
            )
        )
    return found


def _check_kinds(options: Options) -> None:
    """Raise ConfigurationProblemError for an option of a kind that is not explored: it would do nothing."""
    for name, _ in given(options, type(options)):
        kind = OF_ONE_KIND.get(name)
        if kind and options.kind and kind not in options.kind:
            raise ConfigurationProblemError(
                say(
                    f"{name}: --kind {kind} のためのものです（指定: {'、'.join(options.kind)}）。",
                    f"{name}: is of --kind {kind} alone (asked for: {', '.join(options.kind)}).",
                )
            )


def check_second_half(options: Options) -> None:
    """Raise ConfigurationProblemError where a run cannot explore behind its scenarios as it is asked to."""
    if options.explore:
        without = {"--connect": options.connect, "--hand-over": options.hand_over}
        if refused := [name for name, value in without.items() if value]:
            raise ConfigurationProblemError(
                say(
                    f"--explore と {refused[0]} は一緒に使えません。シナリオと探索を別に実行してください"
                    f"（{command('run')}、{command('explore')}）。",
                    f"--explore does not go together with {refused[0]}. Carry out the scenarios and the exploration "
                    f"one by one ({command('run')}, {command('explore')}).",
                )
            )
        check(options)
    elif asked := [name for name, _ in given(options, Options) if name in EXTENT]:
        raise ConfigurationProblemError(
            say(
                f"{asked[0]}: 探索の広さです。--explore と一緒に使ってください。",
                f"{asked[0]}: says how much is explored. Give --explore with it.",
            )
        )


def check_walk(options: Exploring) -> None:
    """Raise ConfigurationProblemError for a --walk that is none from one of the beginnings that were asked for."""
    if options.walk is None:
        return
    found = [one for one in check(options) if kind_of(one.feature) is WALKS]
    begun = [case.procedure for one in found for case in chosen(Path(), one, options.select)]
    if not begun:
        raise ConfigurationProblemError(
            say(
                f"--walk {options.walk}: 「続ける順番」（--kind walks）が選ばれていません。",
                f"--walk {options.walk}: no walks are selected (--kind walks).",
            )
        )
    for one in begun:
        named(one, options.walk)


@dataclass(frozen=True)
class Extent:
    """How much of it is carried out."""

    kinds: tuple[str, ...] = ()
    """Only of these kinds; none: of all."""
    budget: int | None = None
    """At most so many cells."""
    sample: int | None = None
    """Of each fault so many."""
    depth: int = 1
    """In how many places at most something is tried at once."""

    @classmethod
    def asked(cls, options: Options) -> Extent:
        """As a command line has it."""
        return cls(tuple(options.kind), options.budget, options.each, options.depth)

    def of(self, found: list[Case]) -> list[Case]:
        """What of some cells, which are in order, is carried out."""
        return (each(found, self.sample) if self.sample else found)[: self.budget]

    def after(self, done: int) -> Extent:
        """What is left of it."""
        return self if self.budget is None else replace(self, budget=max(self.budget - done, 0))


def carry_out(options: Options, folder: Path, files: Path) -> session.Ended:
    """Explore in a run's folder; what was decided there is not carried out again."""
    keep_spent(options, folder)
    found, extent = check(options), Extent.asked(options)
    unknown = unrecorded(folder, found)
    ended, whole, left_out = session.Ended(0, {}, interrupted=False), extent, 0
    ended = _tried(options, folder, files, {scenario_id(one, {}): one for one in unknown}, ended)
    for depth in range(1, extent.depth + 1):
        if ended.interrupted:
            break
        known = all_chosen(folder, options.manuals, options.select, extent.kinds, depth)
        meant = extent.of(known)
        ids = {one.id for one in meant}
        left_out += len(undecided(folder, [one for one in known if one.id not in ids]))
        # A second fault is laid by the shard that laid the first.
        taken = _of_shard(meant, options.shard if depth == 1 else None)
        due = {one.id: one for one in undecided(folder, taken)}
        _announce(len(due), len(known))
        ended = _tried(options, folder, files, due, ended)
        extent = extent.after(len(taken))
    _note(folder, found, ended, left_out)
    if not ended.interrupted and not ended.given_up:
        ended.problems.update(_absent(options, folder, whole))
    return ended


def _note(folder: Path, found: list[CitedScenario], ended: session.Ended, left_out: int) -> None:
    """Let the run say which rules it is about: within a budget some may have no cell; and that it has come to its end.

    And how many cells were left out: what they would have shown nobody knows.

    A session says that itself, but where nothing was left to be carried out there was none.
    """
    rules = [rule(one) for one in found if kind_of(one.feature) is BOUNDARIES]
    with suppress(OSError):  # nothing was begun, or there is no room: the summary says it
        run = read_run(folder)
        finished = run.finished if ended.open_ended else run.finished or datetime.now(UTC)
        changed = {"rules": rules, "left_out": left_out, "finished": finished}
        write(run.model_copy(update=changed), folder / "run.json")


def _tried(options: Options, folder: Path, files: Path, due: left_over.Due, ended: session.Ended) -> session.Ended:
    """Go on with what is due, unless all was given up; what is left then is written down by name."""
    if due and not ended.given_up:
        ended = ended.then(_session(options, folder, files, due))
    if due and ended.given_up and (why := read_run(folder).stopped):
        left_over.block(folder, options, due, why)
    return ended


def keep_spent(options: Options, folder: Path) -> None:
    """Have a run keep whom it changes: what is explored behind it must not get them again."""
    if options.target is not None:
        Spent(folder).keep()


def _absent(options: Options, folder: Path, extent: Extent) -> dict[str, str]:
    """What was asked for and is not there, though the procedure went well: without a word the run would be green.

    A second fault is known only where the first was carried out, which another shard may have done.
    """
    if extent.depth > 1 and options.shard:
        return {}
    missing = absent(folder, options.manuals, options.select, extent.kinds, extent.depth)
    return dict.fromkeys((f"--select {one}" for one in missing), _no_such_cell())


def _no_such_cell() -> str:
    return say(
        "手順は障害なしに終わりましたが、その通信にこのセルはありません。報告書の表にある ID を指定してください"
        "（2 つめの障害のあるセルには、1 つめの障害のセルの ID と --depth 2 が要り、1 つめのセルが --budget や "
        "--each に残っている必要があります）。",
        "The procedure ended without a fault, but has no such cell. Give an id from the report's table "
        "(a cell with a second fault also takes the id of the first fault's cell, --depth 2, and that --budget "
        "or --each leaves the first one in).",
    )


def _announce(due: int, known: int) -> None:
    """Say how many cells are carried out, where that is not all."""
    if not known:
        sys.stderr.write(
            say(
                "選んだものにセルはありません（手順だけを実行します。セルも試すには、手順の名前で選んでください）。\n",
                "There are no cells in what was selected (the procedure alone is carried out: select it by its name to "
                "try its cells).\n",
            )
        )
    elif due < known:
        sys.stderr.write(
            say(
                f"{known} セルのうち、{due} セルを実行します。\n",
                f"Carrying out {due} of {known} cells.\n",
            )
        )


def _of_shard(cells: list[Case], shard: str | None) -> list[Case]:
    its = members([one.id for one in cells], parse(shard)) if shard else None
    return [one for one in cells if its is None or one.id in its]


def _session(options: Options, folder: Path, files: Path, planned: left_over.Due) -> session.Ended:
    """Carry them out."""
    plan = files / PLAN
    plan.write_text(json.dumps(list(planned)), encoding="utf-8")
    cited = [one.procedure if isinstance(one, Case) else one for one in planned.values()]
    totals = Counter((one.manual, one.procedure) for one in cited)
    shared = options.target is not None
    jobs = workers(options.jobs, len(planned), shared_accounts=shared, of_a_core=EXPLORING)
    told = arguments(replace(options, repeat=1), folder, jobs, {one.manual for one in cited})
    told += [f"--explore={plan}", f"--walking={_walking(options)}"]
    told += ["--to-the-end"] if isinstance(options, Exploring) and options.to_the_end else []
    return session.carry_out([*told, f"--basetemp={files / 'tests'}"], totals)


def _walking(options: Options) -> str:
    """How far walks go; what failed in one night is tried first in the next, where there is a folder for both."""
    asked = options if isinstance(options, Exploring) else Exploring()
    kept = str((options.history / KEPT).resolve()) if options.history else ""
    extent = {"walks": asked.walks, "length": asked.walk_length, "minutes": asked.walk_minutes, "seed": asked.seed}
    return json.dumps(extent | {"database": kept} | ({"walk": asked.walk} if asked.walk else {}))
