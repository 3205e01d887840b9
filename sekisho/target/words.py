"""The names that a target file's [dialect] and [locators] may use: those of its manual's own dialect."""

from __future__ import annotations

import tomllib
from functools import cache

from sekisho.layout import part

DIALECTS = part("pages", "dialects")


@cache
def sections(manual: str) -> dict[str, dict[str, list[str]]]:
    """The manual's own words, by section and name; empty for a manual without screens."""
    path = DIALECTS / f"{manual}.toml"
    found: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found
