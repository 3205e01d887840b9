"""The content of a TOML file that a person wrote, or somebody else sent: read within bounds, refused with its line.

And the text of one that we write.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError
from sekisho.visible import VISIBLE

LARGEST = 5_000_000  # characters; an account of a target file takes about 200
# Keys in keys in keys: Python's reader takes a time that grows with the square of their number.
BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key that needs no quotation marks
BOMB = re.compile(r"""(?m)(?:^|[{,\[])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")
# What no terminal should get, as its number: JSON escapes but the first controls, and not what ends a line elsewhere.
UNSEEN = {code: f"\\u{code:04x}" for code in (*VISIBLE, 0x2028, 0x2029)}
TOML_LINE = re.compile(r"at line (\d+)")


def parsed(text: str, path: Path) -> dict[str, Any]:
    """What the text of this file says. Raises ConfigurationProblemError naming the file and, where known, the line."""
    if len(text) > LARGEST:
        raise ConfigurationProblemError(
            say(f"{path}: 大きすぎます（{LARGEST} 文字まで）", f"{path}: too large (at most {LARGEST} characters)")
        )
    if bomb := BOMB.search(text):
        number = text.count("\n", 0, bomb.start()) + 1
        raise ConfigurationProblemError(
            say(
                f"{path}:{number}: TOML として読めません: キーの点（.）が多すぎます",
                f"{path}:{number}: not valid TOML: too many dots in a key",
            )
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = f":{line[1]}" if (line := TOML_LINE.search(str(error))) else ""
        raise ConfigurationProblemError(
            say(f"{path}{place}: TOML として読めません: {error}", f"{path}{place}: not valid TOML: {error}")
        ) from error
    except RecursionError as error:
        raise ConfigurationProblemError(
            say(f"{path}: TOML として読めません: 入れ子が深すぎます", f"{path}: not valid TOML: nested too deeply")
        ) from error
    except ValueError as error:  # a number of thousands of digits, which Python does not take
        raise ConfigurationProblemError(
            say(f"{path}: TOML として読めません: 数が長すぎます", f"{path}: not valid TOML: a number is too long")
        ) from error


def written(table: Mapping[str, Any]) -> str:
    """The text of a file with these keys; tables come after what is none, lists hold no tables."""
    return "\n".join([*_lines(table, "")]).strip("\n") + "\n"


def value(one: Any) -> str:  # noqa: ANN401 - whatever stands in a file
    """A value as TOML writes it; its strings are JSON's."""
    if isinstance(one, dict):
        return f"{{ {', '.join(f'{_key(name)} = {value(each)}' for name, each in one.items())} }}"
    if isinstance(one, list | tuple):
        return f"[{', '.join(map(value, one))}]"
    return json.dumps(str(one) if isinstance(one, Path) else one, ensure_ascii=False).translate(UNSEEN)


def _lines(table: Mapping[str, Any], place: str) -> Iterator[str]:
    plain = {name: one for name, one in table.items() if not _is_table(one)}
    if plain and place:
        yield f"\n[{place}]"
    yield from (f"{_key(name)} = {value(one)}" for name, one in plain.items())
    for name, one in table.items():
        if _is_table(one):
            yield from _lines(one, f"{place}.{_key(name)}".lstrip("."))


def _is_table(one: Any) -> bool:  # noqa: ANN401 - whatever stands in a file
    """Whether something gets a heading of its own: not what is empty, or one word by its name."""
    if not isinstance(one, dict) or not one:
        return False
    return len(one) > 1 or not isinstance(next(iter(one.values())), str)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
