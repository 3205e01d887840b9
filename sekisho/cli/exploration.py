"""The part of a run that explores: first every procedure undisturbed, to know its exchanges, then cell by cell."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sekisho.cli import session
from sekisho.cli.asked import arguments
from sekisho.cli.jobs import workers
from sekisho.cli.options import Options
from sekisho.explore.cells import Case
from sekisho.explore.choosing import all_chosen, recorded, to_record
from sekisho.manual import mocks
from sekisho.manual.citations import CitedScenario
from sekisho.manual.shards import members, parse
from sekisho.verdict import ConfigurationProblemError

RECORD, PLAN = "record", "cells.json"


def check(options: Options) -> list[CitedScenario]:
    """What there is to explore. Raises ConfigurationProblemError where there is nothing, or it cannot be done so."""
    if options.target is not None and options.shard is not None:
        raise ConfigurationProblemError(
            "--shard: --target の探索は分けられません。どの利用者をどのセルが使うかを、機械の間で分けられないためです。"
        )
    found = to_record(options.manuals, options.select)
    if options.target is None:
        found = [one for one in found if mocks.plays(one.manual)]
    if not found:
        named = " ".join(f"--manual {name}" for name in options.manuals)
        raise ConfigurationProblemError(f"{named or 'どの手順書にも'}: 探索する手順（explore/*.feature）がありません。")
    return found


def carry_out(options: Options, budget: int | None, folder: Path, files: Path) -> session.Ended:
    """Explore in a run's folder, at most so many cells; what was decided there is not carried out again."""
    unknown = [one for one in check(options) if not recorded(folder, one)]
    ended = session.Ended(0, {}, interrupted=False)
    if unknown:
        ended = _session(options, folder, files, RECORD, unknown)
    if ended.interrupted:
        return ended
    cells = _of_shard(_known(options, budget, folder), options.shard)
    if not cells:
        return ended
    plan = files / PLAN
    plan.write_text(json.dumps([one.id for one in cells]), encoding="utf-8")
    return ended.then(_session(options, folder, files, str(plan), [one.procedure for one in cells]))


def _known(options: Options, budget: int | None, folder: Path) -> list[Case]:
    found = all_chosen(folder, options.manuals, options.select)
    if budget is not None and len(found) > budget:
        sys.stderr.write(f"{len(found)} セルのうち、{budget} セルを実行します（--budget）。\n")
    return found[:budget]


def _of_shard(cells: list[Case], shard: str | None) -> list[Case]:
    its = members([one.id for one in cells], parse(shard)) if shard else None
    return [one for one in cells if its is None or one.id in its]


def _session(options: Options, folder: Path, files: Path, what: str, about: Iterable[CitedScenario]) -> session.Ended:
    totals = Counter((one.manual, one.procedure) for one in about)
    jobs = workers(options.jobs, sum(totals.values()), shared_accounts=options.target is not None)
    told = arguments(replace(options, repeat=1), folder, jobs)
    return session.carry_out([*told, f"--explore={what}", f"--basetemp={files / 'tests'}"], totals)
