"""Reading a target file, and saying what is wrong with one: file, key, value, what is allowed."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from sekisho.target.checking import problems
from sekisho.target.explaining import explain
from sekisho.target.model import Target
from sekisho.verdict import ConfigurationProblemError


def read(path: Path) -> Target:
    """The target in a file. Raises ConfigurationProblemError naming file, key, value and what is allowed."""
    try:
        target = Target.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationProblemError(f"{path}: ターゲットファイルを読めません（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise ConfigurationProblemError(f"{path}: UTF-8 ではありません（{error.start} バイト目）") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationProblemError(f"{path}: TOML として読めません: {error}") from error
    except ValidationError as error:
        raise ConfigurationProblemError("\n".join(f"{path}: {line}" for line in explain(error))) from error
    if found := list(problems(target)):
        raise ConfigurationProblemError("\n".join(f"{path}: {line}" for line in found))
    return target
