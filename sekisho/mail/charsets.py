"""Bytes of mail as text, whatever their label says: the encodings of Japanese first, then everybody else's.

Which encoding Japanese text is in shows in its bytes: escape sequences (ISO-2022-JP), the strict form of UTF-8, and
what EUC-JP and Shift_JIS make of each other. A statistical detector guesses where this is known: charset-normalizer 3.5
takes a subject of ten characters in EUC-JP for Korean or Big5, so none is used here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from sekisho.mail.jis import from_euc, from_jis, is_jis

Decoder = Callable[[bytes], str]

# Names of encodings without their punctuation, capitals and x-: mail programs spell them in many ways.
SHIFT_JIS = re.compile(
    r"(cs)?(shiftjis|sjis)(win|open|ms)?|(cs)?windows(31j|932)|(cs)?mskanji|(cp|ms|mscp|ibm)?(932|943)c?"
)
EUC = re.compile(r"(cs)?(eucjp|ujis|ajec|cp51932|eucpkdfmtjapanese|extendedunixcodepackedformatforjapanese).*")
UTF_8 = re.compile(r"(cs)?(utf8.*|unicode11utf8|cp65001)")
WESTERN = re.compile(r"iso8859.*|latin.*|windows125.|cp125.|macroman|macintosh")
NOT_ASCII = re.compile(r"utf(7|16|32)(le|be)?|hz.*")  # something else, though all their bytes may be ASCII
OTHER = re.compile(
    r"gb.*|big5.*|euckr|euccn|ks.*|cp949|windows949|koi8.*|windows874|tis620|shiftjis(x0213|2004)|eucjis.*"
)
NAME = re.compile(r"[a-z0-9_.:+-]{1,60}")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

KANA = re.compile(r"[\u3041-\u30fe]")
ODD = re.compile(r"[\x80-\xff\uff61-\uff9f\ue000-\uf8ff]")  # seldom written: half-width kana, private use, Western
BROKEN = re.compile(r"[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")


def decoded(raw: bytes, label: str = "") -> str:
    """The text of some bytes that are labelled as a charset; replacement characters stand for what is no text."""
    label = label.lower().partition("*")[0].strip(" \t\"'")
    return SURROGATE.sub("\ufffd", _decoded(raw, label if NAME.fullmatch(label) else ""))


def _decoded(raw: bytes, label: str) -> str:
    plain = re.sub(r"[^a-z0-9]", "", label.removeprefix("x-"))
    for mark, codec in MARKS.items():
        if raw.startswith(mark):
            return raw.decode(codec, errors="replace")
    if NOT_ASCII.fullmatch(plain):
        return _by(label)(raw)
    if is_jis(raw):
        return from_jis(raw)
    return raw.decode() if raw.isascii() else _likeliest(raw, label, plain)


def _likeliest(raw: bytes, label: str, plain: str) -> str:
    """Of what eight-bit bytes may be, the first with the fewest faults."""
    unicode = _by("utf-8")(raw)
    if not _faults(unicode) and _is_far(unicode):
        return unicode
    japanese = min((from_euc(raw), _from_shift_jis(raw)), key=lambda text: (_faults(text), _odd(text)))
    decode = _labelled(label, plain)
    if decode is None:
        return min((japanese, unicode), key=_faults)
    named = decode(raw)
    if not _faults(japanese) and _contradicts(raw, named, japanese, western=bool(WESTERN.fullmatch(plain))):
        return japanese
    return min((named, japanese, unicode), key=_faults)


def _contradicts(raw: bytes, named: str, japanese: str, *, western: bool) -> bool:
    """Whether Japanese is so much likelier than what a label says that the label must be wrong."""
    if western:
        return _kana(japanese) or sum(byte > 0x7F for byte in raw) * 2 > len(raw)  # noqa: PLR2004
    return _odd(named) * 3 > len(named) and _kana(japanese) and _odd(japanese) * 3 < _odd(named)


def _kana(text: str) -> bool:
    """Whether a text has as many kana as Japanese has."""
    return len(KANA.findall(text)) * 4 > sum(one > "\x7f" for one in text)


def _odd(text: str) -> int:
    return len(ODD.findall(text))


def _labelled(label: str, plain: str) -> Decoder | None:
    if SHIFT_JIS.fullmatch(plain):
        return _from_shift_jis
    if EUC.fullmatch(plain):
        return from_euc
    if UTF_8.fullmatch(plain):
        return _by("utf-8")
    return _by(label) if WESTERN.fullmatch(plain) or OTHER.fullmatch(plain) else None


def _by(codec: str) -> Decoder:
    """What Python calls by a name, or ISO 8859-1, as which everything can be read."""
    try:
        found = codecs.lookup(codec).name
    except LookupError:
        found = "iso-8859-1"
    return lambda raw: raw.decode(found, errors="replace")


def _from_shift_jis(raw: bytes) -> str:
    return raw.decode("cp932", errors="replace")


def _faults(text: str) -> int:
    return len(BROKEN.findall(text))


def _is_far(text: str) -> bool:
    """Whether most of what is no ASCII lies where UTF-8 takes three bytes: two may be a character of EUC-JP."""
    beyond = [one for one in text if one > "\x7f"]
    return sum(one >= "\u0800" for one in beyond) * 2 > len(beyond)
