"""The words a portal uses for its controls: a dialect file for each manual, overridden by a target's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from sekisho.language import say
from sekisho.machine.toml_text import value
from sekisho.manual import dialects, folders
from sekisho.verdict import ConfigurationProblemError
from sekisho.visible import HYPHENS, UNSEEN, hyphened

ORNAMENTS = re.compile(
    rf"[\s{UNSEEN}{HYPHENS}:：*※「」『』\[\]【】ー_<>«»≪≫◀▶◁▷◄►▸←→↑↓↕⇅⇒▲△▼▽●○◎■□◆◇★☆・•。›‹-]+|\.{{3,}}"
)
WIDE = {ord(wide): ord(wide) - 0xFEE0 for wide in map(chr, range(0xFF01, 0xFF5F)) if wide.isalnum()}
WITHIN_A_NUMBER = re.compile(r"[0-9](?=[.,]?[0-9])|(?<=[0-9])[.,](?=[0-9])")
BETWEEN_DIGITS = re.compile(r"(?<=\d)\s*[．／：－]\s*(?=\d)|(?<=\d)\s+(?=\d)")


@dataclass(frozen=True)
class Dialect:
    """Words by section (fields, buttons, menu, screens, messages) and name; each name may have several spellings.

    `locators` are Playwright selectors by section and name, of what no words lead to. `manual` has the manual's own
    words, in which scenarios speak.
    """

    source: str
    sections: Mapping[str, Mapping[str, list[str]]]
    locators: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    manual: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)

    def words(self, section: str, name: str) -> list[str]:
        """The spellings of one control. Raises ConfigurationProblemError naming file, section and known names."""
        try:
            return self.sections[section][name]
        except KeyError:
            known = ", ".join(sorted(self.sections.get(section, {})))
            raise ConfigurationProblemError(
                say(
                    f"{self.source}: [{section}] に {name} がありません（あるもの: {known}）",
                    f"{self.source}: [{section}] has no {name} (it has: {known})",
                )
            ) from None

    def all_words(self, section: str, name: str) -> list[str]:
        """The spellings, and the manual's own where a target file has others in their place."""
        return [*self.words(section, name), *self.manual.get(section, {}).get(name, ())]

    def has(self, section: str, name: str) -> bool:
        """Whether there are words for something at all."""
        return name in self.sections.get(section, {})

    def is_own(self, section: str, name: str) -> bool:
        """Whether a target file gives words for something, or says where it is."""
        own = self.sections.get(section, {}).get(name) != self.manual.get(section, {}).get(name)
        return bool(self.manual) and (own or self.locator(section, name) is not None)

    def locator(self, section: str, name: str) -> str | None:
        """The selector that a target file gives for one control, if it gives one."""
        return self.locators.get(section, {}).get(name)

    def key(self, *terms: tuple[str, str]) -> str:
        """What a portal that calls these by other words writes into its target file."""
        keys = say("、", ", ").join(f'[dialect.{section}] {name} = ["…"]' for section, name in dict.fromkeys(terms))
        return say(
            f"この言葉を使わないポータルなら、ターゲットファイルに {keys} と書く",
            f"If the portal does not use these words, write {keys} into the target file",
        )

    def lesson(self, section: str, name: str, said: str) -> str:
        """What a portal writes into its target file whose own words mean the same as those that were looked for."""
        learnt = f"[dialect.{section}] {name} = {value([said])}"
        return say(
            f"同じ意味なら、ターゲットファイルに {learnt} と書く",
            f"If it means the same, write {learnt} into the target file",
        )

    @property
    def headings(self) -> list[str]:
        """Whatever names a value on this portal's screens, and so is none itself."""
        named = (self.sections.get(section, {}) for section in ("fields", "values", "secrets", "columns"))
        return [word for names in named for spellings in names.values() for word in spellings]

    def named(self, section: str, words: str) -> str:
        """The name of a thing by the words that the manual has for it, whatever the portal calls it.

        Raises ConfigurationProblemError for words that neither of them has.
        """
        return self.term(words, section)[1]

    def term(self, words: str, *sections: str) -> tuple[str, str]:
        """Section and name as `named`, of the first of several sections that has the words."""
        return self.terms(words, *sections)[0]

    def terms(self, words: str, *sections: str) -> list[tuple[str, str]]:
        """Section and name of all things that the words may mean. Raises ConfigurationProblemError for none."""
        found = [(section, name) for section in sections if (name := self.known_as(section, words))]
        if not found:
            tables = say(" か ", " or ").join(f"[{section}]" for section in sections)
            raise ConfigurationProblemError(
                say(f"{self.source}: {tables} に「{words}」がありません", f'{self.source}: {tables} has no "{words}"')
            )
        return found

    def known_as(self, section: str, words: str) -> str:
        """The name of a thing as `named`; empty for words that neither of them has."""
        for sections in (self.manual or self.sections, self.sections):
            for name, spellings in sections.get(section, {}).items():
                if plain_or_sign(words) in map(plain_or_sign, spellings):
                    return name
        return ""


def plain(text: str) -> str:
    """Words as a reader compares them, as `plain` in eye.js does: width, case, spaces and long vowels aside."""
    return ORNAMENTS.sub("", unicodedata.normalize("NFKC", text).lower())


def plain_or_sign(text: str) -> str:
    """The same of what has nothing but ornaments: ≫ is a name where it is all that a button says, and not that of ≪."""
    return plain(text) or unicodedata.normalize("NFKC", text).strip()


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words: 13件 has 3件 in no reader's eyes."""
    whole = plain(text)
    return any(has_whole(text, one) for one in words if plain(one) in whole)


def has_whole(text: str, words: str) -> bool:
    """Whether words that a text has begin and end no number in its middle, at one place at least."""
    wanted = plain(words)
    if not (wanted[:1].isdecimal() or wanted[-1:].isdecimal()):
        return True
    parts = ORNAMENTS.split(re.sub(f"[{UNSEEN}]", "", unicodedata.normalize("NFKC", text).lower()))
    whole, seams = "".join(parts), {*accumulate(map(len, parts))}
    cuts = {one.start() + 1 for one in WITHIN_A_NUMBER.finditer(whole)} - seams
    found = re.finditer(f"(?={re.escape(wanted)})", whole)
    return any(cuts.isdisjoint((one.start(), one.start() + len(wanted))) for one in found)


def narrow(text: str) -> str:
    """A value as a reader copies it: digits and letters in half width, and what stands between digits too."""
    return hyphened(BETWEEN_DIGITS.sub(_half, re.sub(f"[{UNSEEN}]", "", text).translate(WIDE))).strip()


def _half(between: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", between[0]).strip() or " "


def load(
    manual: str,
    overrides: Mapping[str, Mapping[str, list[str]]] | None = None,
    locators: Mapping[str, Mapping[str, str]] | None = None,
) -> Dialect:
    """The dialect of a manual with a target's own words in place of the manual's, and its selectors.

    Raises ConfigurationProblemError for a name that the manual's dialect does not have.
    """
    own = dialects.sections(manual)
    sections = {name: dict(words) for name, words in own.items()}
    _check_names("dialect", overrides or {}, sections)
    _check_names("locators", locators or {}, sections)
    for section, words in (overrides or {}).items():
        sections[section].update(words)
    return Dialect(str(folders.named(manual) / folders.DIALECT), sections, locators or {}, own)


def _check_names(
    table: str, given: Mapping[str, Mapping[str, object]], sections: Mapping[str, Mapping[str, object]]
) -> None:
    for section, names in given.items():
        for name in names:
            if name not in sections.get(section, {}):
                known = ", ".join(sorted(sections.get(section, sections)))
                raise ConfigurationProblemError(
                    say(
                        f"[{table}.{section}] {name}: 知らない名前です（使えるもの: {known}）",
                        f"[{table}.{section}] {name}: unknown name (allowed: {known})",
                    )
                )
