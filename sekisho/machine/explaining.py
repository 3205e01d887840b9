"""What pydantic finds wrong with a TOML file, in the words of the file's author: key, value, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

MESSAGES = {
    "missing": "この項目は必須です",
    "extra_forbidden": "知らない項目です",
    "string_type": "文字列を書いてください",
    "string_too_short": "空にはできません",
    "string_too_long": "{max_length} 文字までで書いてください",
    "too_long": "{max_length} 個までで書いてください",
    "literal_error": "{expected} のどれかを書いてください",
    "string_pattern_mismatch": "正規表現 {pattern} の形で書いてください",
    "list_type": "[ ] の並びを書いてください",
    "tuple_type": "[ ] の並びを書いてください",
    "dict_type": "{{ }} か [見出し] の表を書いてください",
    "model_type": "{{ }} か [見出し] の表を書いてください",
    "too_short": "空にはできません",
    "int_type": "整数を書いてください",
    "int_parsing": "整数を書いてください",
    "int_from_float": "整数を書いてください",
    "float_type": "数を書いてください",
    "float_parsing": "数を書いてください",
    "bool_type": "true か false を書いてください",
    "bool_parsing": "true か false を書いてください",
    "path_type": "ファイルのパスを書いてください",
    "date_type": "2027-03-31 のような日付を書いてください",
    "date_parsing": "2027-03-31 のような日付を書いてください",
    "date_from_datetime_parsing": "2027-03-31 のような日付を書いてください",
    "date_from_datetime_inexact": "2027-03-31 のような日付を書いてください",
    "url_type": "http:// か https:// で始まる URL を書いてください",
    "url_parsing": "http:// か https:// で始まる URL を書いてください",
    "url_scheme": "http:// か https:// で始まる URL を書いてください",
    "greater_than": "{gt:g} より大きい数を書いてください",
    "greater_than_equal": "{ge:g} 以上の数を書いてください",
    "less_than_equal": "{le:g} 以下の数を書いてください",
}
VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"  # the pattern of an environment variable's name
NO_VARIABLE = "環境変数の名前を書いてください（秘密そのものは書けません。隣の .env に書けます）"
PASSWORD = re.compile(r"(://[^/\s:@]*:)[^/\s@]*@")
LONGEST = 200  # characters of a key or a value that are shown
SECRET = re.compile(r"password|secret|seed|pin|token|_env$|environment|blacken$")


def explain(error: ValidationError, model: type[BaseModel], numbers: Sequence[int] = ()) -> Iterator[tuple[str, str]]:
    """The key of each mistake, and 'key = value: what is wrong (what may have been meant)' without what may be secret.

    `model` is that of the file as a whole. `numbers` are the places in the file of the accounts that were looked at;
    none: as they were.
    """
    for one in error.errors():
        place = [part for part in one["loc"] if part not in UNION]
        match place:
            case ["accounts", int(number), *_] if numbers:
                place[1] = numbers[number]
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
        yield key, _line(key, place, one, model)


def _line(key: str, place: list[str | int], one: ErrorDetails, model: type[BaseModel]) -> str:
    hint = _nearest(place, model) if one["type"] == "extra_forbidden" else ""
    allowed = one.get("ctx", {})
    if one["type"] == "literal_error":
        allowed = {**allowed, "expected": allowed["expected"].replace(" or ", "、").replace(", ", "、")}
    said = MESSAGES.get(one["type"], one["msg"]).format(**allowed)
    said = NO_VARIABLE if VARIABLE in allowed.get("pattern", "") else said
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    return f"{short(key)}{shown(name, one)}: {said}{hint}"


UNION = frozenset({"str", "int"})  # which member of `str | int` pydantic tried


def shown(name: str, one: ErrorDetails) -> str:
    """The value, unless there is none, it is a whole table, or it may be a secret."""
    value: Any = one["input"]
    hidden = one["type"] == "missing" or isinstance(value, dict | list) or SECRET.search(name)
    return "" if hidden else f" = {short(without_password(repr(value)))}"


def without_password(text: str) -> str:
    """A text as it may be shown: without the passwords that stand in its addresses (https://user:password@host/)."""
    return PASSWORD.sub(r"\1***@", text)


def short(text: str) -> str:
    """As much of a text as a line of a message needs."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…（全 {len(text)} 文字）"


def _nearest(place: list[str | int], model: type[BaseModel]) -> str:
    return near(str(place[-1]), _table(place[:-1], model).model_fields)


def near(word: str, known: Iterable[str]) -> str:
    """What may have been meant, in brackets; where nothing is near, all that is allowed."""
    known = list(known)
    found = difflib.get_close_matches(word, known, n=1)
    return f"（{found[0]} のことですか）" if found else f"（使えるもの: {', '.join(known)}）"


def _table(place: Iterable[str | int], model: type[BaseModel]) -> type[BaseModel]:
    """The model of the table at a place in the file."""
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            model = _models(model.model_fields[part].annotation) or model
    return model


def _models(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - whatever a field is annotated with
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _models(one))), None)
