"""The manuals' steps and rules: every row of each manual's `rows.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekisho.language import say
from sekisho.manual import folders, tables
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

COLUMNS = ("id", "manual", "procedure", "step", "does", "expects")  # of all manuals, as a run keeps them
OWN_COLUMNS = ("id", "procedure", "step", "does", "expects")  # of one

ID = re.compile(
    r"(?P<stem>[A-Z]+(?:-[A-Z]+)*-)(?P<first>\d{1,6})(?P<letter>[A-Z]?)(?:\.\.(?P<last>\d{1,6}))?", re.ASCII
)

MOST = 1000  # ids in a range; no manual has so many rows
MOST_MEMBERS = 20_000  # ids in a step list


@dataclass(frozen=True)
class Row:
    """One row of a manual: a step a person takes or a rule the portal keeps.

    `id` may be a range such as DAN-RENEW-08..14; `members` are then the single ids, otherwise the id itself.
    """

    id: str
    manual: str
    procedure: str
    step: str
    does: str
    expects: str
    members: tuple[str, ...]

    @property
    def says(self) -> str:
        """All that the manual says in it."""
        return f"{self.does}\n{self.expects}\n"


def members(row_id: str) -> tuple[str, ...]:
    """The single ids that an id or a range of ids stands for. Raises ValueError when it is neither."""
    match = ID.fullmatch(row_id)
    if match is None:
        raise ValueError(f"{row_id!r} is not an id such as DAN-RENEW-03 or DAN-RENEW-08..14")
    first, last = match["first"], match["last"]
    if last is None:
        return (row_id,)
    if int(last) - int(first) >= MOST:
        raise ValueError(f"{row_id!r} stands for more than {MOST} ids")
    return tuple(f"{match['stem']}{number:0{len(first)}}" for number in range(int(first), int(last) + 1))


def rows() -> list[Row]:
    """Every row of every manual. Raises ConfigurationProblemError naming the file and the line."""
    found = [row for manual in folders.known().values() for row in own(manual)]
    first: dict[str, Row] = {}
    for row in found:
        for member in row.members:
            if (other := first.setdefault(member, row)).manual != row.manual:
                path = folders.named(row.manual) / folders.ROWS
                raise ConfigurationProblemError(
                    say(
                        f"{path}: 項番 {member} は手順書 {other.manual} にもあります。どちらかを変えてください。",
                        f"{path}: the manual {other.manual} has row {member} too. Change one of them.",
                    )
                )
    return found


def cited(ids: Collection[str]) -> str:
    """All that the rows of these ids say."""
    return "".join(row.says for row in rows() if not set(row.members).isdisjoint(ids))


def manuals() -> list[str]:
    """The names of the manuals."""
    return list(folders.known())


def text() -> str:
    """Every row of every manual as one file, which a run keeps."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row.id, row.manual, row.procedure, row.step, row.does, row.expects] for row in rows())
    return out.getvalue()


@cache
def own(manual: Manual) -> tuple[Row, ...]:
    """The rows of one manual. Raises ConfigurationProblemError, also for an id that stands there twice."""
    path = manual / folders.ROWS
    lines: dict[str, int] = {}
    found = []
    for line, row in _read(folders.text_of(path), path, OWN_COLUMNS, manual.id):
        for member in row.members:
            if first := lines.get(member):
                raise ConfigurationProblemError(
                    say(
                        f"{path}:{line}: 項番 {member} は {first} 行目にもあります。どちらかを直してください。",
                        f"{path}:{line}: row {member} is on line {first} too. Correct one of them.",
                    )
                )
            lines[member] = line
        found.append(row)
    return tuple(found)


def parsed(text: str, path: Path) -> list[Row]:
    """The rows in the text that a run keeps; `path` is where it stands. Raises ConfigurationProblemError."""
    return [row for _, row in _read(text, path, COLUMNS)]


def _read(text: str, path: Path, columns: tuple[str, ...], manual: str = "") -> Iterator[tuple[int, Row]]:
    """Each row with its line."""
    left = MOST_MEMBERS
    for line, cells in tables.lines(text, path, columns):
        try:
            row = Row(**{"manual": manual} | cells, members=members(cells["id"]))
        except ValueError as error:
            raise ConfigurationProblemError(f"{path}:{line}: {error}") from error
        left -= len(row.members)
        if left < 0:
            raise ConfigurationProblemError(
                say(
                    f"{path}:{line}: 項目が {MOST_MEMBERS} を超えています。",
                    f"{path}:{line}: more than {MOST_MEMBERS} requirements.",
                )
            )
        yield line, row
