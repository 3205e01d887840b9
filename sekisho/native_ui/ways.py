"""More than one way to each thing of a surface, tried in order; which one led there is kept, and logged when new."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from sekisho.language import Spoken
from sekisho.native_ui.surface import Surface

LOG = logging.getLogger("sekisho.native_ui")
T = TypeVar("T")


class By(Spoken):
    """What a thing was found by; the value is its name in reports."""

    ROLE = "役割", "role"
    NAME = "名前", "name"
    POSITION = "位置", "position"
    CONTENT = "内容", "content"
    ACTION = "操作", "action"
    SELECTION = "選択", "selection"
    ADDRESS = "アドレス", "address"
    ELEMENT = "ページの部品", "element of the page"


_taken: dict[Surface, dict[str, By]] = {}


def first(surface: Surface, thing: str, ways: Mapping[By, Callable[[], T | None]]) -> T | None:
    """What the first way that finds something has found; None where none does."""
    for by, find in ways.items():
        found = find()
        if found is not None:
            note(surface, thing, by)
            return found
    return None


def note(surface: Surface, thing: str, by: By) -> None:
    """Keep which way led to a thing."""
    known = _taken.setdefault(surface, {})
    if known.get(thing) is not by:
        known[thing] = by
        LOG.info("%s: %s by %s", surface.name, thing, by.name)


def taken(surface: Surface) -> Mapping[str, By]:
    """The way that last led to each thing of a surface, in this process; empty where none has been used yet."""
    return MappingProxyType(_taken.get(surface, {}))
