"""Secrets never reach a file: what is registered here is replaced wherever evidence is written."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Set  # noqa: PYI025 - there is no set of another kind here
from functools import lru_cache
from urllib.parse import unquote

from sekisho.visible import HYPHENS

MASK = "●●●●"
SHORTEST = 4  # a shorter secret would blot out innocent text; the harness never makes one
LONG_SECRET = 16  # no word and no number that a portal has by chance is as long
SHORT_NUMBER = 8  # a number of fewer digits may be part of a date, a fingerprint or a port
# Japanese, colons and full stops stand around a PIN without a space; a year is none, nor is what follows 12: or 0.
ALONE = r"(?<![\dA-Za-z_])(?<!\d[.:])(?<![\dA-Za-z]-){}(?![\dA-Za-z_年])(?![.:-][\dA-Za-z])"
BEFORE_A_PORT = re.compile(r"(?://[^\s/]+|\[[0-9A-Fa-f:.]+\]|[\w-]+\.[\w.-]+|localhost):\Z")
LONGEST_HOST = 260
# One letter as an address, a page's source or JSON writes it.
ESCAPE = re.compile(
    r"%[0-7][0-9A-F]|%[C-F][0-9A-F](?:%[89AB][0-9A-F])+|&#\d{1,7};|&#x[0-9A-F]{1,6};|&[A-Z]{2,6};|\\u[0-9A-F]{4}|\\[\"\\/]",
    re.IGNORECASE,
)
# What groups letters, or stands between two cells of a table.
BETWEEN = re.compile(rf"[\s_{HYPHENS}-]")
NO_DATE = r"(?!\d{4}-\d\d-\d\d(?!\d))"  # a result file has its days so
GAP = rf"{BETWEEN.pattern}{{0,20}}"


class Masking:
    """The secrets of a scenario and the one way to take them out of a text."""

    def __init__(self) -> None:
        """Begin without secrets."""
        self._secrets: set[str] = set()
        self._others: set[str] = set()

    def forget(self) -> None:
        """Begin another scenario: its evidence cannot hold the secrets of the one before."""
        self._secrets.clear()
        self._others.clear()

    def add(self, secret: str) -> str:
        """Register a secret and give it back. Raises ValueError when it is too short to be masked safely."""
        self._secrets |= _forms(secret)
        return secret

    def hide(self, word: str) -> None:
        """Register what is not secret to the portal, and must not be seen all the same. Raises ValueError as `add`."""
        self._others |= _forms(word)

    def keep(self) -> dict[str, list[str]]:
        """All of them."""
        return {"secrets": sorted(self._secrets), "others": sorted(self._others)}

    def recall(self, kept: dict[str, list[str]]) -> None:
        """Know these too."""
        self._secrets.update(kept["secrets"])
        self._others.update(kept["others"])

    @property
    def _all(self) -> set[str]:
        return self._secrets | self._others

    def found(self, text: str) -> list[str]:
        """The secrets that a reader finds in a text, also in full width or in capitals."""
        seen = _plain(text)
        return sorted(one for one in self._all if _stands(_plain(one), seen))

    def is_part(self, typed: str) -> bool:
        """Whether what stands in a field is a part of a secret, as where a field takes so many characters only."""
        part = "".join(_plain(typed).split())
        return len(part) >= SHORTEST - 1 and any(part in "".join(_plain(one).split()) for one in self._all)

    def given_away(self, text: str, values: Set[str]) -> bool:
        """Whether a text tells a secret, or, of one that may be a word like any other, one of its values does."""
        common = {one for one in self._secrets if not _distinctive(one)}
        return _cleaned(text, self._secrets - common) != text or not common.isdisjoint(values)

    def clean(self, text: str) -> str:
        """Replace every registered secret in a text, longest first, also where JSON has escaped it.

        A short number (a PIN) is replaced where it stands alone, not where it is part of another number or word.
        """
        return _cleaned(text, self._all)


def _forms(secret: str) -> set[str]:
    if len(secret) < SHORTEST:
        raise ValueError(f"a secret of fewer than {SHORTEST} characters cannot be masked")
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return {secret, unicodedata.normalize("NFKC", secret), *escaped}


def _cleaned(text: str, forms: set[str]) -> str:
    for form in sorted(forms, key=len, reverse=True):
        text = _masked_number(form, text) if _is_short_number(form) else text.replace(form, MASK)
    for form in forms:
        for code in _in_base64(form):
            text = text.replace(code, MASK)
    return _cleaned_of_others(text, forms)


@lru_cache(maxsize=1000)
def _in_base64(form: str) -> tuple[str, ...]:
    """What base64 makes of a secret in the midst of other bytes, but for the signs that depend on these."""
    codes = [_core(form.encode(), before) for before in range(3)] if len(form) >= SHORT_NUMBER else []
    return tuple(dict.fromkeys(one for code in codes for one in (code, code.translate({43: "-", 47: "_"}))))


def _core(secret: bytes, before: int) -> str:
    whole = b64encode(b"\0" * before + secret).decode()
    return whole[(0, 2, 3)[before] : (before + len(secret)) * 8 // 6]


def _cleaned_of_others(text: str, forms: set[str]) -> str:
    """Replace what a reader takes for a secret, however it is written: Ab１２, Ab12-Cd34, Ab%31%32, &#65;b12."""
    whole = _decomposed(ESCAPE.sub(_unescaped, text))
    seen = BETWEEN.sub("", whole)
    there = [form for form in forms if _squeezed(form) in seen and (not _is_short_number(form) or _stands(form, whole))]
    if not there:
        return text
    signs = list(_signs(text))
    folded = "".join(sign for sign, *_ in signs)
    found = (one.span() for form in there for one in re.finditer(_spelt(form), folded))
    places = [(signs[begin][1], signs[end - 1][2]) for begin, end in found if begin < end]
    for begin, end in reversed(_joined(places)):
        if not _is_left(text[begin:end], there):
            text = text[:begin] + MASK + text[end:]
    return text


def _is_left(words: str, forms: list[str]) -> bool:
    """Whether a short number was let stand as it is: it is a port."""
    return words in forms and _is_short_number(words)


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """The letters of a text as they are compared, with the place where each stands."""
    end = 0
    for found in ESCAPE.finditer(text):
        yield from _plainly(text, end, found.start())
        end = found.end()
        yield from ((sign, found.start(), end) for sign in _decomposed(_unescaped(found)))
    yield from _plainly(text, end, len(text))


def _plainly(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    return ((sign, place, place + 1) for place in range(begin, end) for sign in _decomposed(text[place]))


def _unescaped(found: re.Match[str]) -> str:
    code = found[0]
    if code.startswith("\\"):
        return str(json.loads(f'"{code}"'))
    return unquote(code) if code.startswith("%") else html.unescape(code)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _squeezed(form: str) -> str:
    """A secret as it is looked for in what has no gaps; no short one is looked for in groups."""
    return BETWEEN.sub("", _decomposed(form))


def _spelt(form: str) -> str:
    """A pattern for a secret: a long one may stand in groups."""
    if _is_short_number(form):
        return ALONE.format(form)
    squeezed = _squeezed(form)
    if len(squeezed) < SHORT_NUMBER:
        return re.escape(_decomposed(form))
    grouped = GAP.join(map(re.escape, squeezed))
    return NO_DATE + grouped if squeezed.isdecimal() else grouped


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places in their order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(places):
        if joined and begin < joined[-1][1]:
            begin, end = joined[-1][0], max(end, joined.pop()[1])  # noqa: PLW2901 - one place of two
        joined.append((begin, end))
    return joined


def _distinctive(form: str) -> bool:
    """Whether letters stand in this order nowhere by chance."""
    kinds = {one.isalpha() + 2 * one.isdecimal() for one in form}
    return len(form) >= LONG_SECRET or (len(form) >= SHORT_NUMBER and len(kinds) > 1)


def _plain(text: str) -> str:
    return _decomposed(text).casefold()


def _stands(form: str, text: str) -> bool:
    if _is_short_number(form):
        return _masked_number(form, text) != text
    return form in text or (len(_squeezed(form)) >= SHORT_NUMBER and _squeezed(form) in BETWEEN.sub("", text))


def _masked_number(form: str, text: str) -> str:
    def masked(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - LONGEST_HOST) : found.start()]
        return found[0] if BEFORE_A_PORT.search(before) else MASK

    return re.sub(ALONE.format(form), masked, text)


def _is_short_number(form: str) -> bool:
    return form.isdecimal() and len(form) < SHORT_NUMBER
