"""The manuals whose portals the built-in mock plays, what it must be told to do so, and how it can be made wrong."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from sekisho.language import say
from sekisho.layout import document, part, python
from sekisho.machine.explaining import near
from sekisho.machine.toml_lines import Lines
from sekisho.manual import folders, rows
from sekisho.manual.folders import Manual
from sekisho.verdict import EnvironmentProblemError

SECONDS = 60


@dataclass(frozen=True)
class Defect:
    """One way in which the mock can be wrong: the rows of the manuals that it breaks, and how."""

    name: str
    ids: tuple[str, ...]
    breaks: str
    explored: bool = False
    """Whether no scenario comes to the moment at which it shows, and only an exploration does."""

    @property
    def rows(self) -> frozenset[str]:
        """The single ids of those rows."""
        return frozenset(one for each in self.ids for one in rows.members(each))


def plays(manual: str) -> bool:
    """Whether there is a mock of a manual's portal: of its own, or as one of a family."""
    return folders.named(manual).about.family is not None or part("mock_ca", "sites", manual).is_dir()


def remedy() -> str:
    """What whoever writes a manual can do for its portal to be played."""
    where = document("manual.md")
    return say(
        f"Managed PKI のポータルなら、manual.toml に [family] を書けば模擬認証局が演じます（{where}）。",
        f"For a portal of Managed PKI, write [family] in manual.toml, and the mock CA plays it ({where}).",
    )


def arguments() -> list[str]:
    """The arguments of `mock_ca` with which it plays the portals of a family too."""
    return [f"--manual={one.folder}" for one in folders.known().values() if one.about.family is not None]


def catalogue() -> list[Defect]:
    """What the mock can be given, as its program says. Raises EnvironmentProblemError where that does not run."""
    return _listed(arguments())


def _listed(told: list[str]) -> list[Defect]:
    asked = [*python("mock_ca"), "--list-defects", *told]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise EnvironmentProblemError(
            say(
                f"模擬認証局が起動しません: {done.stderr.strip().splitlines()[-1:]}",
                f"the mock CA does not start: {done.stderr.strip().splitlines()[-1:]}",
            )
        )
    return [
        Defect(one["name"], tuple(one["ids"]), say(**one["breaks"]), one["explored"]) for one in json.loads(done.stdout)
    ]


def problems(manual: Manual) -> Iterator[str]:
    """What is wrong with the rows that a manual says its defects break, as 'file:line: what is wrong'."""
    if manual.about.family is None or not (breaks := manual.about.family.breaks):
        return
    path = manual / folders.ABOUT
    lines, ids = Lines(folders.text_of(path)), {one for row in rows.own(manual) for one in (row.id, *row.members)}
    others = {(one.name, one.ids) for one in _listed([])}
    applied = {one.name for one in _listed([f"--manual={manual.folder}"]) if (one.name, one.ids) not in others}
    for name, broken in breaks.items():
        key = f"family.breaks.{name}"
        if name not in applied:
            yield say(
                f"{path}{lines.behind(key)}: {key}: この手順書のポータルには無い欠陥です{near(name, applied)}",
                f"{path}{lines.behind(key)}: {key}: this manual's portal has no such defect{near(name, applied)}",
            )
        for one in broken:
            if one not in ids:
                yield say(
                    f"{path}{lines.behind(key)}: {key} = {one!r}: {folders.ROWS} に無い項番です{near(one, ids)}",
                    f"{path}{lines.behind(key)}: {key} = {one!r}: {folders.ROWS} has no such row{near(one, ids)}",
                )
