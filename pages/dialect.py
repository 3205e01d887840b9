"""The words a portal uses for its controls: a dialect file for each manual, overridden by a target's own words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sekisho.verdict import ConfigurationProblemError

FOLDER = Path(__file__).parent / "dialects"


@dataclass(frozen=True)
class Dialect:
    """Words by section (fields, buttons, menu, screens, messages) and name; each name may have several spellings."""

    source: str
    sections: Mapping[str, Mapping[str, list[str]]]

    def words(self, section: str, name: str) -> list[str]:
        """The spellings of one control. Raises ConfigurationProblemError naming file, section and known names."""
        try:
            return self.sections[section][name]
        except KeyError:
            known = ", ".join(sorted(self.sections.get(section, {})))
            raise ConfigurationProblemError(
                f"{self.source}: [{section}] に {name} がありません（あるもの: {known}）"
            ) from None

    def named(self, section: str, words: str) -> str:
        """The name of a control by one of its spellings. Raises ConfigurationProblemError for unknown words."""
        for name, spellings in self.sections[section].items():
            if plain(words) in map(plain, spellings):
                return name
        raise ConfigurationProblemError(f"{self.source}: [{section}] に「{words}」がありません")


def plain(text: str) -> str:
    """Words as a reader compares them, as `plain` in eye.js does: width, case, spaces and long vowels aside."""
    return re.sub(r"[\s:：*※「」『』\[\]【】ー_-]+", "", unicodedata.normalize("NFKC", text).lower())


def load(manual: str, overrides: Mapping[str, Mapping[str, list[str]]] | None = None) -> Dialect:
    """The dialect of a manual with a target's own words in place of the manual's."""
    path = FOLDER / f"{manual}.toml"
    sections = {name: dict(words) for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    for section, words in (overrides or {}).items():
        for name, spellings in words.items():
            if name not in sections.get(section, {}):
                known = ", ".join(sorted(sections.get(section, sections)))
                raise ConfigurationProblemError(f"[dialect.{section}] {name}: 知らない名前です（使えるもの: {known}）")
            sections[section][name] = spellings
    return Dialect(str(path), sections)
