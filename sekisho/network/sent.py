"""What a request carries: as one text, and as the values that its page gave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

MOST_FIELDS = 1000


@dataclass(frozen=True)
class Carried:
    """What one request carries."""

    text: str
    """Its address and its body, as they are and as a form is read."""
    values: frozenset[str]
    """Each value of a form, of JSON, or of a line by itself."""


def sent(url: str, body: bytes | None) -> Carried:
    """What a request to an address with a body carries."""
    told = (body or b"").decode("utf-8", "replace")
    whole = f"{url}\n{told}"
    found = {one for part in (urlsplit(url).query, told) for one in _form(part)}
    found |= {one.strip() for one in told.splitlines()}
    return Carried(f"{whole}\n{unquote_plus(whole)}", frozenset(found | set(_json(told))))


def _form(text: str) -> Iterator[str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # no form has so many fields
        return
    for name, value in pairs:
        yield value or name


def _json(text: str) -> Iterator[str]:
    try:
        yield from _leaves(json.loads(text))
    except (ValueError, RecursionError):
        return


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    match value:
        case dict():
            for one in value.values():
                yield from _leaves(one)
        case list():
            for one in value:
                yield from _leaves(one)
        case str() | int() | float():
            yield str(value)
