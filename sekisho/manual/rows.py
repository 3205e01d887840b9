"""The manuals' steps and rules: every row of `features/manual_steps.csv`."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from sekisho.layout import part
from sekisho.verdict import ConfigurationProblemError

FEATURES = part("features")
STEPS_FILE = FEATURES / "manual_steps.csv"

COLUMNS = ("id", "manual", "procedure", "step", "does", "expects")

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


def rows(path: Path = STEPS_FILE) -> list[Row]:
    """Every row of a step list. Raises ConfigurationProblemError naming the file and the line."""
    return parsed(path.read_text(encoding="utf-8-sig"), path)


def parsed(text: str, path: Path) -> list[Row]:
    """The rows in the text of a step list; `path` is where it stands. Raises ConfigurationProblemError, csv.Error."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ConfigurationProblemError(f"{path}: 見出しは {','.join(COLUMNS)} です（実際: {reader.fieldnames}）")
    found, left = [], MOST_MEMBERS
    for record in reader:
        found.append(_row(path, reader.line_num, record))
        left -= len(found[-1].members)
        if left < 0:
            raise ConfigurationProblemError(f"{path}:{reader.line_num}: 項目が {MOST_MEMBERS} を超えています。")
    return found


def _row(path: Path, line: int, record: dict[str | None, str | None]) -> Row:
    """One line; the reader gives None for a cell that is missing, and puts those that are too many under None."""
    cells = [record.get(name) for name in COLUMNS]
    if None in record or None in cells:
        raise ConfigurationProblemError(f"{path}:{line}: 列は {','.join(COLUMNS)} の {len(COLUMNS)} 列です。")
    id_, manual, procedure, step, does, expects = (cell or "" for cell in cells)
    try:
        return Row(id_, manual, procedure, step, does, expects, members(id_))
    except ValueError as error:
        raise ConfigurationProblemError(f"{path}:{line}: {error}") from error


def manuals(path: Path = STEPS_FILE) -> list[str]:
    """The names of the manuals, in the order of the step list."""
    return list(dict.fromkeys(row.manual for row in rows(path)))
