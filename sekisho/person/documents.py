"""The files that the user of a scenario has made on this PC, to be given to a portal."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.results import Note
from sekisho.verdict import ConfigurationProblemError

# What programs on Japanese Windows call the ways of saving a table, and what that means.
ENCODINGS = {"Shift_JIS": "cp932", "UTF-8": "utf-8", "BOM付きUTF-8": "utf-8-sig"}
NEWLINES = {"CRLF": "\r\n", "LF": "\n"}
LARGEST = 50 * 2**20  # bytes that Playwright hands over to a page
SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}


class Documents:
    """Made by their names, and found by them."""

    def __init__(self, folder: Path, recorder: Recorder) -> None:
        """Keep them in a folder."""
        self._folder, self._recorder = folder, recorder
        self._made: dict[str, tuple[str, ...]] = {}

    def keep(self, name: str, data: bytes, *facts: str) -> Path:
        """Write a file; `facts` say what is in it. Raises ConfigurationProblemError for what is no file's name."""
        if not name.strip(".") or Path(name).name != name:
            raise ConfigurationProblemError(
                say(
                    f"シナリオのファイル名「{name}」は、フォルダーを含まない名前にしてください。",
                    f'file name "{name}" in a scenario: must be a name without a folder.',
                )
            )
        self._folder.mkdir(exist_ok=True)
        path = self._folder / name
        path.write_bytes(data)
        self._made[name] = (
            say(f"{len(data)} バイト", f"{len(data)} bytes"),
            f"SHA-256 {hashlib.sha256(data).hexdigest()}",
            *facts,
        )
        self._recorder.add(
            Note(title=say(f"作ったファイル「{name}」", f'File made: "{name}"'), lines=list(self._made[name]))
        )
        return path

    def blank(self, name: str, size: int) -> Path:
        """Write a file of so many zero bytes. Raises ConfigurationProblemError for more than can be sent."""
        if size > LARGEST:
            raise ConfigurationProblemError(
                say(
                    f"ファイル「{name}」の {size} バイトは、上限の {LARGEST} バイトを超えます。",
                    f'file "{name}": {size} bytes are more than the {LARGEST} bytes allowed.',
                )
            )
        return self.keep(name, bytes(size))

    def named(self, name: str) -> Path:
        """A file that was made before. Raises ConfigurationProblemError where the scenario has made none."""
        if name not in self._made:
            there = say("、", ", ").join(self._made) or say("なし", "none")
            raise ConfigurationProblemError(
                say(
                    f"ファイル「{name}」を、シナリオはここまでに作っていません（作ったもの: {there}）。",
                    f'the scenario has not made file "{name}" before this (made: {there}).',
                )
            )
        return self._folder / name

    def facts(self, name: str) -> list[str]:
        """What the report says of a file that was made."""
        return list(self._made[name])


def table(rows: Sequence[Sequence[str]], name: str, encoding: str, newline: str) -> bytes:
    """A table as a spreadsheet program saves it under a name, whose ending tells what stands between the cells.

    Raises ConfigurationProblemError for an encoding, newline or ending that is not known, or a letter that the encoding
    does not have.
    """
    codec, end = (
        _known(ENCODINGS, encoding, say("文字コード", "encoding")),
        _known(NEWLINES, newline, say("改行", "line ending")),
    )
    separator = _known(
        SEPARATORS, Path(name).suffix.lower(), say("表を保存するファイルの拡張子", "suffix of a file with a table")
    )
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=end).writerows(rows)
    try:
        return written.getvalue().encode(codec)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise ConfigurationProblemError(
            say(
                f"ファイル「{name}」の「{letter}」（U+{ord(letter):04X}）は、{encoding} では書けません。",
                f'file "{name}": "{letter}" (U+{ord(letter):04X}) cannot be written in {encoding}.',
            )
        ) from error


def told(data: bytes, encoding: str, newline: str, rows: int) -> list[str]:
    """What the report says of a table."""
    mark = say("あり", "yes") if data.startswith(codecs.BOM_UTF8) else say("なし", "no")
    return [
        say(
            f"文字コード {encoding}（BOM {mark}）、改行 {newline}",
            f"encoding {encoding} (BOM: {mark}), line ending {newline}",
        ),
        say(f"見出しを含めて {rows} 行", f"{rows} rows with the heading"),
    ]


def _known(table: dict[str, str], name: str, what: str) -> str:
    if name not in table:
        raise ConfigurationProblemError(
            say(
                f"シナリオの{what}「{name}」: 使えるのは {'、'.join(table)} です。",
                f'{what} "{name}" in a scenario: must be one of {", ".join(table)}.',
            )
        )
    return table[name]
