"""The tables of a manual's folder (CSV): each line by its columns, refused with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError


def lines(text: str, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number; `path` is where the text stands. Raises ConfigurationProblemError."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if tuple(reader.fieldnames or ()) != columns:
            said = say(
                f"見出しは {','.join(columns)} です（実際: {reader.fieldnames}）",
                f"the heading must be {','.join(columns)} (it is {reader.fieldnames})",
            )
            raise ConfigurationProblemError(f"{path}: {said}")
        for record in reader:
            yield reader.line_num, _cells(record, f"{path}:{reader.line_num}", columns)
    except csv.Error as error:  # a cell without end, say: a quotation mark that nobody closed
        raise ConfigurationProblemError(
            say(
                f"{path}:{reader.line_num + 1}: CSV として読めません: {error}",
                f"{path}:{reader.line_num + 1}: not valid CSV: {error}",
            )
        ) from error


def _cells(record: dict[str, str | None], place: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The cells; the reader gives None for one that is missing, and puts those that are too many under None."""
    cells = {name: cell for name, cell in record.items() if name is not None and cell is not None}
    if len(cells) != len(columns) or len(record) != len(columns):
        raise ConfigurationProblemError(
            say(
                f"{place}: 列は {','.join(columns)} の {len(columns)} 列です。",
                f"{place}: must have {len(columns)} columns: {','.join(columns)}.",
            )
        )
    if spoilt := [name for name, cell in cells.items() if "\0" in cell]:
        raise ConfigurationProblemError(
            say(
                f"{place}: {spoilt[0]}: NUL 文字（0x00）があります。取り除いてください。",
                f"{place}: {spoilt[0]}: has a NUL character (0x00). Remove it.",
            )
        )
    return cells
