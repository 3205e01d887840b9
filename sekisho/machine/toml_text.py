"""The content of a TOML file that a person wrote, or somebody else sent: read within bounds, refused with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from sekisho.verdict import ConfigurationProblemError

LARGEST = 5_000_000  # characters; an account of a target file takes about 200
# Keys in keys in keys: Python's reader takes a time that grows with the square of their number.
BOMB = re.compile(r"""(?m)(?:^|[{,\[])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")
TOML_LINE = re.compile(r"at line (\d+)")


def parsed(text: str, path: Path) -> dict[str, Any]:
    """What the text of this file says. Raises ConfigurationProblemError naming the file and, where known, the line."""
    if len(text) > LARGEST:
        raise ConfigurationProblemError(f"{path}: 大きすぎます（{LARGEST} 文字まで）")
    if bomb := BOMB.search(text):
        number = text.count("\n", 0, bomb.start()) + 1
        raise ConfigurationProblemError(f"{path}:{number}: TOML として読めません: キーの点（.）が多すぎます")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = f":{line[1]}" if (line := TOML_LINE.search(str(error))) else ""
        raise ConfigurationProblemError(f"{path}{place}: TOML として読めません: {error}") from error
    except RecursionError as error:
        raise ConfigurationProblemError(f"{path}: TOML として読めません: 入れ子が深すぎます") from error
    except ValueError as error:  # a number of thousands of digits, which Python does not take
        raise ConfigurationProblemError(f"{path}: TOML として読めません: 数が長すぎます") from error
