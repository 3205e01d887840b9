"""The part of a run that explores: first every procedure undisturbed, to know what passes, then cell by cell."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sekisho.cli import session
from sekisho.cli.asked import arguments
from sekisho.cli.jobs import workers
from sekisho.cli.options import Options
from sekisho.explore.cells import Case
from sekisho.explore.choosing import all_chosen, recorded, to_explore
from sekisho.manual import mocks
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.manual.shards import members, parse
from sekisho.verdict import ConfigurationProblemError

PLAN = "plan.json"


def check(options: Options, kinds: Sequence[str] = ()) -> list[CitedScenario]:
    """What there is to explore. Raises ConfigurationProblemError where there is nothing, or it cannot be done so."""
    if options.target is not None and options.shard is not None:
        raise ConfigurationProblemError(
            "--shard: --target の探索は分けられません。どの利用者をどのセルが使うかを、機械の間で分けられないためです。"
        )
    found = to_explore(options.manuals, options.select, kinds)
    if options.target is None:
        found = [one for one in found if mocks.plays(one.manual)]
    if not found:
        named = " ".join([*(f"--manual {name}" for name in options.manuals), *(f"--kind {name}" for name in kinds)])
        raise ConfigurationProblemError(f"{named or 'どの手順書にも'}: 探索する手順（explore/*.feature）がありません。")
    return found


def carry_out(
    options: Options, folder: Path, files: Path, *, budget: int | None = None, kinds: Sequence[str] = ()
) -> session.Ended:
    """Explore in a run's folder, at most so many cells; what was decided there is not carried out again."""
    unknown = [one for one in check(options, kinds) if not recorded(folder, one)]
    ended = session.Ended(0, {}, interrupted=False)
    if unknown:
        ended = _session(options, folder, files, {scenario_id(one, {}): one for one in unknown})
    if ended.interrupted:
        return ended
    found = _within(budget, all_chosen(folder, options.manuals, options.select, kinds))
    cells = {one.id: one.procedure for one in _of_shard(found, options.shard)}
    return ended.then(_session(options, folder, files, cells)) if cells else ended


def _within(budget: int | None, found: list[Case]) -> list[Case]:
    if budget is not None and len(found) > budget:
        sys.stderr.write(f"{len(found)} セルのうち、{budget} セルを実行します（--budget）。\n")
    return found[:budget]


def _of_shard(cells: list[Case], shard: str | None) -> list[Case]:
    its = members([one.id for one in cells], parse(shard)) if shard else None
    return [one for one in cells if its is None or one.id in its]


def _session(options: Options, folder: Path, files: Path, planned: dict[str, CitedScenario]) -> session.Ended:
    """Carry out results by their ids, each of a procedure."""
    plan = files / PLAN
    plan.write_text(json.dumps(list(planned)), encoding="utf-8")
    totals = Counter((one.manual, one.procedure) for one in planned.values())
    jobs = workers(options.jobs, len(planned), shared_accounts=options.target is not None)
    told = arguments(replace(options, repeat=1), folder, jobs)
    return session.carry_out([*told, f"--explore={plan}", f"--basetemp={files / 'tests'}"], totals)
