"""The words of a manual's screens (`dialect.toml`): by section and name, all spellings of each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from sekisho.language import say
from sekisho.machine.toml_lines import Lines
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

Sections = dict[str, dict[str, list[str]]]
LAYERS = Path(__file__).with_name("layers.toml")


def sections(manual: str) -> Sections:
    """The manual's own words, and those that belong to no manual.

    Raises ConfigurationProblemError naming the file, the line and the key.
    """
    words, layers = own(folders.named(manual)), _layers()
    return words | {section: names | words.get(section, {}) for section, names in layers.items()}


@cache
def _layers() -> Sections:
    return tomllib.loads(LAYERS.read_text(encoding="utf-8"))


@cache
def own(manual: Manual) -> Sections:
    """The words of a manual's file. Raises ConfigurationProblemError as `sections` does."""
    path = manual / folders.DIALECT
    text, found = folders.table_of(path)
    lines, made = Lines(text), Sections()
    for section, names in found.items():
        if not isinstance(names, dict):
            raise ConfigurationProblemError(
                say(
                    f"{path}{lines.behind(section)}: {section}: [{section}] の表を書いてください。",
                    f"{path}{lines.behind(section)}: {section}: must be a table [{section}].",
                )
            )
        made[section] = {}
        for name, words in names.items():
            if not words or not isinstance(words, list) or not all(isinstance(one, str) and one for one in words):
                key = f"{section}.{name}"
                raise ConfigurationProblemError(
                    say(
                        f'{path}{lines.behind(key)}: {key}: ["言葉", "別の言葉"] と書いてください。',
                        f'{path}{lines.behind(key)}: {key}: must be written as ["word", "another word"].',
                    )
                )
            made[section][name] = [str(one) for one in words]
    return made
