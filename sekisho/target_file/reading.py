"""Reading a target file, and saying all that is wrong with one: file, line, key, value, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sekisho.language import say
from sekisho.machine import toml_text
from sekisho.machine.explaining import explain, without_password
from sekisho.machine.toml_lines import Lines
from sekisho.manual import folders
from sekisho.target_file.checking import problems
from sekisho.target_file.entries import target_of, target_of_any
from sekisho.target_file.model import Target
from sekisho.verdict import ConfigurationProblemError

KEY = re.compile(r"[^\s:=]+")
# What stands in for things that are missing, so that the rest can be looked at.
STAND_INS: dict[str, Any] = {"name": "?", "sites": {}}
Place = tuple[int | str, ...]
LONGEST = 2_000  # characters of one mistake


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong with a file: `text` begins with the key; line 0 is the file as a whole."""

    line: int
    text: str

    def at(self, path: Path) -> str:
        """Said with its place."""
        return f"{path}:{self.line}: {self.text}" if self.line else f"{path}: {self.text}"


@dataclass(frozen=True)
class Examined:
    """What a file says, as far as it can be understood: what is wrong is left out of the target."""

    lines: Lines
    mistakes: tuple[Mistake, ...]
    target: Target | None
    """None where not even the least is there."""
    numbers: tuple[int, ...]
    """The place in the file of each of the target's accounts."""


def read(path: Path) -> Target:
    """The target in a file. Raises ConfigurationProblemError naming file, line, key, value and what is allowed."""
    examined = examine(path)
    if examined.mistakes or examined.target is None:
        raise ConfigurationProblemError("\n".join(one.at(path) for one in examined.mistakes))
    return examined.target


def examine(path: Path) -> Examined:
    """The whole of what a file says and of what is wrong with it.

    Raises ConfigurationProblemError where it cannot be read, or is no TOML.
    """
    text, facts = _facts(path)
    lines = Lines(text)
    target, said, numbers = _understood(facts)
    found = [*said.values(), *(problems(target, numbers) if target else ())]
    return Examined(lines, tuple(_mistake(one, lines) for one in found), target, tuple(numbers))


def _facts(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors on Windows begin a file with a BOM
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"{path}: ターゲットファイルを読めません（{error.strerror}）",
                f"{path}: the target file cannot be read ({error.strerror})",
            )
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationProblemError(
            say(f"{path}: UTF-8 ではありません（{error.start} バイト目）", f"{path}: not UTF-8 (at byte {error.start})")
        ) from error
    return text, toml_text.parsed(text, path)


def _understood(facts: dict[str, Any]) -> tuple[Target | None, dict[str, str], list[int]]:
    """The target without what is wrong in it; what is wrong, by key; and which of the file's accounts are left.

    What is wrong is taken out of `facts`.
    """
    said = dict[str, str]()
    model = _model(facts)
    accounts = facts.get("accounts")
    numbers = list(range(len(accounts))) if isinstance(accounts, list) else []
    while True:
        try:
            return model.model_validate(facts), said, numbers
        except ValidationError as error:
            for key, text in explain(error, model, numbers):
                said.setdefault(key, text)  # what is taken out is missing the next time
            lacking, wrong = _lacking(error), {_wrong(facts, one) for one in error.errors()} - {()}
            if lacking - STAND_INS.keys() or not (lacking or wrong):
                return None, said, numbers
            facts |= {name: STAND_INS[name] for name in lacking}
            _take_out(wrong, facts, numbers)


def _model(facts: dict[str, Any]) -> type[Target]:
    """What the file may say: what its manual's may, or any, where it names none that there is."""
    manual = folders.known().get(str(facts.get("manual")))
    return target_of(manual) if manual else target_of_any()


def _lacking(error: ValidationError) -> set[str]:
    """What the file as a whole does not say."""
    return {str(one["loc"][0]) for one in error.errors() if one["type"] == "missing" and len(one["loc"]) == 1}


def _wrong(facts: dict[str, Any], error: ErrorDetails) -> Place:
    """What to leave out: the value that is wrong, or the table that lacks one."""
    table: Any = facts
    place: list[int | str] = []
    for part in error["loc"][:-1] if error["type"] == "missing" else error["loc"]:
        known = range(len(table)) if isinstance(table, list) else table if isinstance(table, dict) else ()
        if part not in known:
            break  # pydantic also names which kind of value it tried
        table = table[part]
        place.append(part)
    return tuple(place)


def _take_out(places: Collection[Place], facts: dict[str, Any], numbers: list[int]) -> None:
    """Take these places out, the last first, so that those before keep their numbers."""
    for place in sorted(places, key=lambda one: [f"{part:>9}" for part in one], reverse=True):
        table: Any = facts
        for part in place[:-1]:
            table = table[part]
        del table[place[-1]]
        match place:
            case ("accounts", int(number)):
                del numbers[number]
            case ("accounts",):
                numbers.clear()


def _mistake(text: str, lines: Lines) -> Mistake:
    key = KEY.match(text)
    said = without_password(text)
    return Mistake(lines.of(key[0]) if key else 0, said if len(said) <= LONGEST else f"{said[:LONGEST]}…")
