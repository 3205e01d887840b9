"""The words of a manual's screens (`dialect.toml`): by section and name, all spellings of each."""

from __future__ import annotations

from functools import cache

from sekisho.language import say
from sekisho.machine.toml_lines import Lines
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

Sections = dict[str, dict[str, list[str]]]


def sections(manual: str) -> Sections:
    """The manual's own words. Raises ConfigurationProblemError naming the file, the line and the key."""
    return own(folders.named(manual))


@cache
def own(manual: Manual) -> Sections:
    """The same, of a manual that is known."""
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
