"""What earlier runs came to: a folder of one small file each, kept between the runs of a CI service by its cache.

A file holds one JSON object a line: first the run, then each scenario with how often it got which verdict. Runs are
compared within a series: the same target, browser and way of keeping certificates. Versions may differ; to see what
a new one changed is the point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from sekisho.language import say
from sekisho.machine import files
from sekisho.results import Record, Run, Scenario, Seconds
from sekisho.run.trend import Count, Opening, Past, Trend, decided, mean_seconds, trend
from sekisho.verdict import ConfigurationProblemError, Verdict, worst

KEPT = 100  # runs in a folder; of 400 scenarios they take 4 MB
PATTERN = "run-*.jsonl"


class Line(Record):
    """Every further line: one scenario of the run."""

    id: str
    verdicts: dict[Verdict, Count] = Field(description="More than one with --repeat")
    seconds: Seconds


def prepared(folder: Path) -> Path:
    """The folder, made if it is not there. Raises ConfigurationProblemError when it cannot be written to."""
    try:
        return files.writable(folder)
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"--history {folder}: フォルダーに書けません: {error.strerror}。",
                f"--history {folder}: the folder cannot be written to: {error.strerror}.",
            )
        ) from error


def update(folder: Path, run: Run, scenarios: Sequence[Scenario]) -> Trend:
    """Compare a run with the earlier ones in a folder, then add it to them. The oldest beyond `KEPT` are removed."""
    opening = _opening(run)
    past, unreadable = _read(folder, opening)
    found = trend(past, scenarios, opening)
    _append(folder, opening, scenarios)
    for old in sorted(one for one in folder.glob(PATTERN) if one.is_file())[:-KEPT]:
        old.unlink()
    return found.model_copy(update={"unreadable": unreadable})


def _opening(run: Run) -> Opening:
    return Opening(
        run=run.id,
        started=run.started,
        target=run.target,
        browser=run.browser,
        certs=run.certs,
        version=run.version,
        product_version=run.product.version if run.product else "",
    )


def _append(folder: Path, opening: Opening, scenarios: Sequence[Scenario]) -> None:
    """One file for each run: two that end at once do not write into each other's lines."""
    seconds = mean_seconds(scenarios)
    lines: list[Record] = [opening]
    lines += [
        Line(id=name, verdicts=verdicts, seconds=seconds[name]) for name, verdicts in sorted(decided(scenarios).items())
    ]
    text = "".join(f"{line.model_dump_json(exclude_defaults=True)}\n" for line in lines)
    files.write(folder / _file_name(opening), text)


def _file_name(opening: Opening) -> str:
    """By the time of the run, so that names sort by age; what else it was keeps two of one moment apart."""
    rest = hashlib.sha256(opening.model_dump_json().encode()).hexdigest()[:8]
    return PATTERN.replace("*", f"{opening.started:%Y%m%dT%H%M%S}-{rest}")


def _read(folder: Path, now: Opening) -> tuple[list[Past], list[str]]:
    """The earlier runs of the same series, the oldest first, and the files that are broken."""
    found, unreadable = [], []
    for path in sorted(folder.glob(PATTERN)):
        try:
            past = _past(path)
        except (OSError, ValueError):
            unreadable.append(path.name)
            continue
        if past.opening.series == now.series and past.opening.started < now.started:
            found.append(past)
    return sorted(found, key=lambda one: one.opening.started), unreadable


def _past(path: Path) -> Past:
    first, *rest = files.read(path).decode().splitlines()
    lines = [Line.model_validate_json(line) for line in rest]
    verdicts = {line.id: worst(list(line.verdicts)) for line in lines if line.verdicts}
    return Past(Opening.model_validate_json(first), verdicts, {line.id: line.seconds for line in lines})
