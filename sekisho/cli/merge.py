"""`sekisho merge`: the results of shards as one result, and its reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.reading import read
from sekisho.cli import closing, folders
from sekisho.cli.exit import Exit
from sekisho.language import say
from sekisho.machine import files
from sekisho.machine.remedies import command
from sekisho.manual import shards
from sekisho.manual.folders import EXPLORE
from sekisho.manual.shards import Shard
from sekisho.results import Run, read_run, read_scenario, write
from sekisho.run.history import prepared
from sekisho.run.known_gaps import settle
from sekisho.verdict import ConfigurationProblemError

ROWS = "manual_steps.csv"


def _common() -> dict[str, Callable[[Run], Any]]:
    """What the shards of one run have in common, and what a person calls it."""
    return {
        say("言語", "language"): lambda run: run.language or "ja",
        say("検査対象", "target"): lambda run: run.target,
        say("製品", "product"): lambda run: run.product,
        say("既知の不適合", "list of known gaps"): lambda run: run.gaps,
        say("手順書", "list of manuals"): lambda run: run.manuals,
        say("ブラウザー", "browser"): lambda run: run.browser,
        "--certs": lambda run: run.certs,
        say("sekisho の版", "version of sekisho"): lambda run: run.version,
        say("シャードの全体の数", "number of shards"): lambda run: shards.parse(run.shard).of,
    }


@dataclass(frozen=True)
class Part:
    """One shard's results."""

    folder: Path
    run: Run

    @property
    def shard(self) -> Shard:
        """Which part of the whole it is."""
        return shards.parse(self.run.shard)

    @property
    def scenarios(self) -> list[str]:
        """The ids of its scenarios, by which their files are named."""
        return [name.removesuffix(".json") for name in files.names(self.folder / "scenarios", ".json")]


def merge(runs: list[Path], out: Path | None, history: Path | None = None) -> Exit:
    """Join shards into a new folder, with reports. Raises ConfigurationProblemError for runs that do not fit together.

    A shard that is missing does not keep the others from being read, and the exit code and the report tell of it.
    """
    parts = sorted(map(_part, runs), key=lambda part: part.shard.number)
    _check_common(parts)
    _check_apart(parts)
    missing = _missing(parts)
    if missing:
        sys.stderr.write(f"{missing}\n")
    kept = prepared(history) if history else None
    folder = folders.new(out)
    for part in parts:
        _copy(part, folder)
    write(_joined(parts, folder, missing), folder / "run.json")
    _settle(folder)
    code = closing.close(folder, broken=bool(missing), history=kept)
    return Exit.INTERRUPTED if code is not Exit.NOT_CONFORMANT and _open(parts) else code


def _part(asked: Path) -> Part:
    folder = folders.existing(asked)
    try:
        run = read_run(folder)
    except (OSError, ValueError) as error:
        place = folder / "run.json"
        raise ConfigurationProblemError(
            say(f"{place}: 結果ファイルを読めません。\n{error}", f"{place}: the result cannot be read.\n{error}")
        ) from error
    if not run.shard:
        raise ConfigurationProblemError(
            say(
                f"{asked}: --shard を付けた実行の結果ではないため、まとめられません。",
                f"{asked}: cannot be joined, as it is not the result of a run with --shard.",
            )
        )
    return Part(folder, run)


def _check_common(parts: list[Part]) -> None:
    """Refuse parts of different wholes: their verdicts together would be about nothing."""
    first = parts[0]
    for part in parts[1:]:
        for name, value in _common().items():
            if value(part.run) != value(first.run):
                both = f"  {first.folder}: {value(first.run)}\n  {part.folder}: {value(part.run)}"
                raise ConfigurationProblemError(
                    say(
                        f"{name}が違うため、まとめられません。\n{both}",
                        f"cannot be joined, as the {name} is not the same.\n{both}",
                    )
                )
        if _rows(part) != _rows(first):
            raise ConfigurationProblemError(
                say(
                    f"{ROWS} が違うため、まとめられません: {first.folder}、{part.folder}",
                    f"cannot be joined, as {ROWS} is not the same: {first.folder}, {part.folder}",
                )
            )


def _rows(part: Part) -> bytes:
    """The manual's rows at the time of the run; nothing where the file is gone, of which the report tells."""
    try:
        return files.read(part.folder / ROWS)
    except OSError:
        return b""


def _check_apart(parts: list[Part]) -> None:
    """Refuse what would count twice."""
    _refuse_twice(say("シャード", "shard"), ((part.run.shard, part.folder) for part in parts))
    found = [(one, part.folder) for part in parts for one in part.scenarios if not _record(part, one)]
    _refuse_twice(say("シナリオ", "scenario"), found)


def _record(part: Part, name: str) -> bool:
    """Whether a result is that of a procedure carried out undisturbed: every part that explores begins with it."""
    if f"-{EXPLORE}-" not in name:
        return False
    try:
        return read_scenario(part.folder, f"scenarios/{name}.json").cell is None
    except (OSError, ValueError):  # of which the report tells
        return False


def _refuse_twice(kind: str, found: Iterable[tuple[str, Path]]) -> None:
    seen: dict[str, Path] = {}
    for name, folder in found:
        if name in seen:
            raise ConfigurationProblemError(
                say(
                    f"{kind} {name} が 2 つの結果にあります: {seen[name]}、{folder}",
                    f"{kind} {name} is in two results: {seen[name]}, {folder}",
                )
            )
        seen[name] = folder


def _missing(parts: list[Part]) -> str:
    of, there = parts[0].shard.of, {part.shard.number for part in parts}
    names = [str(Shard(number, of)) for number in range(1, of + 1) if number not in there]
    if not names:
        return ""
    return say(f"シャード {'、'.join(names)} の結果がありません。", f"No result of shard {', '.join(names)}.")


def _copy(part: Part, folder: Path) -> None:
    """Files of the same name are the same: pictures are named by their content, Allure's files at random.

    A run writes plain files only; what else came with a part could lead anywhere, and is left out.
    """
    for kind in ("scenarios", "pictures", "allure-results"):
        (folder / kind).mkdir(exist_ok=True)
        for name in files.names(part.folder / kind):
            if kind == "scenarios" and _known_worse(part, folder, name):
                continue
            with suppress(files.RefusedFileError):
                files.write(folder / kind / name, files.read(part.folder / kind / name))
    if rows := _rows(part):
        files.write(folder / ROWS, rows)


def _known_worse(part: Part, folder: Path, name: str) -> bool:
    """Whether another part came to no better a verdict on a procedure that both carried out undisturbed."""
    if not (folder / "scenarios" / name).exists():
        return False
    mine, other = (read_scenario(at, f"scenarios/{name}").verdict for at in (part.folder, folder))
    return other.severity >= mine.severity


def _settle(folder: Path) -> None:
    """Find the known gaps that have closed, of which no part alone can tell."""
    before = read(folder)
    for old, new in zip(before.scenarios, settle(before.run, before.scenarios), strict=True):
        if old != new:
            write(new, folder / "scenarios" / f"{new.id}.json")


def _joined(parts: list[Part], folder: Path, missing: str) -> Run:
    runs = [part.run for part in parts]
    stops = [f"{run.shard}: {run.stopped}" for run in runs if run.stopped]
    return runs[0].model_copy(
        update={
            "id": folder.name,
            "command": command(*sys.argv[1:]),
            "machine": " / ".join(dict.fromkeys(run.machine for run in runs)),
            "limits": list(dict.fromkeys(line for run in runs for line in run.limits)),
            "jobs": sum(run.jobs for run in runs),
            "started": min(run.started for run in runs),
            "finished": _finished(runs),
            "left_out": max(run.left_out for run in runs),  # each part knows of all
            "shard": "",
            "stopped": "\n".join([*stops, *([missing] if missing else [])]),
        }
    )


def _finished(runs: list[Run]) -> datetime | None:
    """When the last one ended; None when one never did."""
    ends = [run.finished for run in runs if run.finished]
    return max(ends) if len(ends) == len(runs) else None


def _open(parts: list[Part]) -> bool:
    return any(part.run.finished is None for part in parts)
