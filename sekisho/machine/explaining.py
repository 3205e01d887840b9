"""What pydantic finds wrong with a TOML file, in the words of the file's author: key, value, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sekisho.language import Pair, say

MESSAGES = {
    "missing": Pair("この項目は必須です", "this key is required"),
    "extra_forbidden": Pair("知らない項目です", "unknown key"),
    "string_type": Pair("文字列を書いてください", "must be a string"),
    "string_too_short": Pair("空にはできません", "must not be empty"),
    "string_too_long": Pair("{max_length} 文字までで書いてください", "must have at most {max_length} characters"),
    "too_long": Pair("{max_length} 個までで書いてください", "must have at most {max_length} entries"),
    "literal_error": Pair("{expected} のどれかを書いてください", "must be one of {expected}"),
    "string_pattern_mismatch": Pair(
        "正規表現 {pattern} の形で書いてください", "must match the regular expression {pattern}"
    ),
    "list_type": Pair("[ ] の並びを書いてください", "must be a list in [ ]"),
    "tuple_type": Pair("[ ] の並びを書いてください", "must be a list in [ ]"),
    "dict_type": Pair("{{ }} か [見出し] の表を書いてください", "must be a table, {{ }} or under a [heading]"),
    "model_type": Pair("{{ }} か [見出し] の表を書いてください", "must be a table, {{ }} or under a [heading]"),
    "too_short": Pair("空にはできません", "must not be empty"),
    "int_type": Pair("整数を書いてください", "must be an integer"),
    "int_parsing": Pair("整数を書いてください", "must be an integer"),
    "int_from_float": Pair("整数を書いてください", "must be an integer"),
    "float_type": Pair("数を書いてください", "must be a number"),
    "float_parsing": Pair("数を書いてください", "must be a number"),
    "bool_type": Pair("true か false を書いてください", "must be true or false"),
    "bool_parsing": Pair("true か false を書いてください", "must be true or false"),
    "path_type": Pair("ファイルのパスを書いてください", "must be the path of a file"),
    "date_type": Pair("2027-03-31 のような日付を書いてください", "must be a date such as 2027-03-31"),
    "date_parsing": Pair("2027-03-31 のような日付を書いてください", "must be a date such as 2027-03-31"),
    "date_from_datetime_parsing": Pair("2027-03-31 のような日付を書いてください", "must be a date such as 2027-03-31"),
    "date_from_datetime_inexact": Pair("2027-03-31 のような日付を書いてください", "must be a date such as 2027-03-31"),
    "url_type": Pair(
        "http:// か https:// で始まる URL を書いてください", "must be a URL that begins with http:// or https://"
    ),
    "url_parsing": Pair(
        "http:// か https:// で始まる URL を書いてください", "must be a URL that begins with http:// or https://"
    ),
    "url_scheme": Pair(
        "http:// か https:// で始まる URL を書いてください", "must be a URL that begins with http:// or https://"
    ),
    "greater_than": Pair("{gt:g} より大きい数を書いてください", "must be greater than {gt:g}"),
    "greater_than_equal": Pair("{ge:g} 以上の数を書いてください", "must be at least {ge:g}"),
    "less_than_equal": Pair("{le:g} 以下の数を書いてください", "must be at most {le:g}"),
}
VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"  # the pattern of an environment variable's name
NO_VARIABLE = Pair(
    "環境変数の名前を書いてください（秘密そのものは書けません。隣の .env に書けます）",
    "must be the name of an environment variable (the secret itself may not stand here, but may in .env beside "
    "this file)",
)
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
        comma = say("、", ", ")
        allowed = {**allowed, "expected": allowed["expected"].replace(" or ", comma).replace(", ", comma)}
    said = NO_VARIABLE if VARIABLE in allowed.get("pattern", "") else MESSAGES.get(one["type"], one["msg"])
    words = str(said).format(**allowed)
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    return f"{short(key)}{shown(name, one)}: {words}{hint}"


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
    return (
        text
        if len(text) <= LONGEST
        else say(f"{text[:LONGEST]}…（全 {len(text)} 文字）", f"{text[:LONGEST]}… ({len(text)} characters in all)")
    )


def _nearest(place: list[str | int], model: type[BaseModel]) -> str:
    return near(str(place[-1]), _table(place[:-1], model).model_fields)


def near(word: str, known: Iterable[str]) -> str:
    """What may have been meant, in brackets; where nothing is near, all that is allowed."""
    known = list(known)
    found = difflib.get_close_matches(word, known, n=1)
    return (
        say(f"（{found[0]} のことですか）", f" (did you mean {found[0]}?)")
        if found
        else say(f"（使えるもの: {', '.join(known)}）", f" (allowed: {', '.join(known)})")
    )


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
