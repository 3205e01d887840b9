"""Reading a target file, and saying what is wrong with one: file, key, value, what is allowed."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sekisho.manual import FEATURES, manuals
from sekisho.target.gaps import gap_problems
from sekisho.target.model import STATES, Target
from sekisho.verdict import ConfigurationProblemError

MESSAGES = {"missing": "この項目は必須です", "extra_forbidden": "知らない項目です"}


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
        raise ConfigurationProblemError("\n".join(f"{path}: {line}" for line in _explain(error))) from error
    if problems := list(_problems(target)):
        raise ConfigurationProblemError("\n".join(f"{path}: {line}" for line in problems))
    return target


def _problems(target: Target) -> Iterator[str]:
    """What the shape of the file cannot say."""
    covered = [manual for manual in manuals() if (FEATURES / manual).is_dir()]
    if target.manual not in covered:
        yield f"manual = {target.manual!r}: 使えるのは {', '.join(covered)} です"
    first = {account.user_id: number for number, account in reversed(list(enumerate(target.accounts)))}
    for number, account in enumerate(target.accounts):
        if (other := first[account.user_id]) != number:
            yield f"accounts[{number}].user_id = {account.user_id!r}: accounts[{other}] と同じです"
        if account.state not in STATES:
            yield f"accounts[{number}].state = {account.state!r}: 使えるのは {', '.join(STATES)} です"
    if target.operator.command and target.operator.ask:
        yield "operator: command と ask は、どちらか一つを書いてください"
    for number, gap in enumerate(target.gaps):
        yield from (f"gaps[{number}].{line}" for line in gap_problems(gap, target.manual))
    sources = target.mail.model_dump(exclude_none=True, exclude={"seconds"})
    if len(sources) != 1:
        given = "、".join(sources) or "なし"
        yield f"mail: maildir、folder、imap のどれか一つを書いてください（書かれているもの: {given}）"


def _explain(error: ValidationError) -> list[str]:
    lines = []
    for one in error.errors():
        key = ".".join(str(part) for part in one["loc"])
        value: Any = one["input"]
        hint = _nearest(one["loc"]) if one["type"] == "extra_forbidden" else ""
        shown = "" if isinstance(value, dict | list) else f" = {value!r}"
        lines.append(f"{key}{shown}: {MESSAGES.get(one['type'], one['msg'])}{hint}")
    return lines


def _nearest(place: tuple[str | int, ...]) -> str:
    known = list(_table(place[:-1]).model_fields)
    near = difflib.get_close_matches(str(place[-1]), known, n=1)
    return f"（{near[0]} のことですか）" if near else f"（使えるもの: {', '.join(known)}）"


def _table(place: tuple[str | int, ...]) -> type[BaseModel]:
    """The model of the table at a place in the file."""
    model: type[BaseModel] = Target
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            model = _models(model.model_fields[part].annotation) or model
    return model


def _models(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - whatever a field is annotated with
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _models(one))), None)
