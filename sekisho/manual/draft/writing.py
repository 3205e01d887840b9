"""Writing the folder of a new manual: whole, or not at all."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sekisho.language import say
from sekisho.machine.os_errors import said
from sekisho.manual import accounts, citations, folders
from sekisho.manual.draft import asks, rendering
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.marks import Mark, marks, without
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

TARGET = "portal.toml"
Target = Callable[[str], str]


def check(folder: Path) -> None:
    """Raise ConfigurationProblemError where a folder is there that is not empty, or something else is."""
    try:
        taken = os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{folder}: 読めません（{said(error)}）。", f"{folder}: cannot be read ({said(error)}).")
        ) from error
    if taken:
        raise ConfigurationProblemError(
            say(
                f"{folder}: すでにあります。空のフォルダーか、まだ無いフォルダーを指定してください。",
                f"{folder}: is there already. Name an empty folder, or one that is not there yet.",
            )
        )


def write(answers: Answers, folder: Path, target: Target) -> Manual:
    """Write a manual of the family. `target` gives the text of its target file, by the manual's name.

    Raises ConfigurationProblemError where that cannot be done; then nothing is left.
    """
    return write_files(rendering.files(answers), folder, target)


def write_files(files: Mapping[str, str], folder: Path, target: Target) -> Manual:
    """Write a folder with these files, and what follows from them."""
    check(folder)
    try:
        with _aside(folder) as made:
            for name, text in files.items():
                (made / name).write_text(without(text), encoding="utf-8")
            _add_accounts(made, {name: marks(text) for name, text in files.items()})
            with folders.one_more(made) as manual:
                (made / TARGET).write_text(target(manual.id), encoding="utf-8")
            made.chmod(0o755)
            made.replace(folder)
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{folder}: 書けません（{said(error)}）。", f"{folder}: cannot be written ({said(error)}).")
        ) from error
    return folders.read(folder)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is to be written; whatever is left in it at the end is removed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _add_accounts(folder: Path, marked: Mapping[str, list[Mark]]) -> None:
    """Work out whom the scenarios ask for, and how long they take."""
    accounts.write(folder / folders.ACCOUNTS, [])
    manual = folders.read(folder)
    cited = list(_with_marks(manual, marked))
    kinds = manual.about.accounts.called
    accounts.write(folder / folders.ACCOUNTS, (line for one, mark in cited for line in asks.lines(one, mark, kinds)))
    with (folder / folders.DURATIONS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows([("id", "seconds"), *((result, mark.seconds) for one, mark in cited for result in one.results)])


def _with_marks(manual: Manual, marked: Mapping[str, list[Mark]]) -> Iterator[tuple[citations.CitedScenario, Mark]]:
    for path in manual.features:
        yield from zip(citations.in_file(path, manual), marked[path.name], strict=True)
