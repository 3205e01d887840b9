r"""The double-byte characters of Japan in the repertoire of Windows, which Python's codecs have for Shift_JIS only.

ISO-2022-JP and EUC-JP as they are written (CP50220 to CP50222, CP51932, eucJP-ms) hold the characters of NEC and IBM
(㈱, ①, 髙) that the standards lack; Python's `iso2022_jp` and `euc_jp` read them as errors. A double-byte character has
the same row and cell in all three, so each is read as its Shift_JIS counterpart (`cp932`); what Windows lacks is
read as JIS X 0213 has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

ESCAPE = re.compile(rb"\x1b(?:&@\x1b)?(\([BJHI]|\$[@B]|\$\([@BDOQP]|\.[AF])|([\x0e\x0f])")
KANJI, SUPPLEMENT = {b"$@", b"$B", b"$(@", b"$(B", b"$(O", b"$(Q"}, {b"$(D"}
FAULT, ASCII = "\ufffd", b"\x1b(B"
SHIFT_OUT, SHIFT_IN = b"\x0e", b"\x0f"

# Where eucJP-ms keeps the characters of IBM that JIS X 0212 lacks: rows 83 and 84 of its third set, in this order.
IBM_FIRST = (0xF3 - 0xA1) * 94 + (0xF3 - 0xA1)
IBM = (
    "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ＇＂㈱№℡炻仼僴凬匇匤﨎咊坙﨏塚增寬峵嵓﨑德悅愠敎昻晥晴朗栁﨓﨔橫櫢淸淲瀨凞猪甁皂皞益礰"
    "礼神祥福竧靖精綠緖羽荢﨟薰蘒﨡蠇諸譿賴赶﨣﨤逸郞都鄕﨧﨨閒隆﨩霻靍靑飯飼館馞髙魲鶴黑"
)


def is_jis(raw: bytes) -> bool:
    """Whether bytes hold the escape sequences of ISO-2022-JP, as no other encoding of Japanese does."""
    return any(match[1] for match in ESCAPE.finditer(raw))


def from_jis(raw: bytes) -> str:
    """ISO-2022-JP with all that Windows and JIS add to it; what is none of it shows as replacement characters.

    Each line begins in ASCII (RFC 1468), also where the one before does not end in it, unless it reads worse so.
    """
    whole = _read(raw)
    if FAULT not in whole:
        return whole
    return min((whole, _read(raw.replace(b"\n", b"\n" + ASCII))), key=lambda text: text.count(FAULT))


def _read(raw: bytes) -> str:
    found, state, begin = [], b"(B", 0
    for match in ESCAPE.finditer(raw):
        found.append(_stretch(raw[begin : match.start()], state))
        state = match[1] or (b"(I" if match[2] == SHIFT_OUT else b"(B")
        begin = match.end()
    return "".join([*found, _stretch(raw[begin:], state)])


def _stretch(raw: bytes, state: bytes) -> str:
    if state in KANJI | SUPPLEMENT:
        lead = b"\x8f" if state in SUPPLEMENT else b""
        pairs = re.findall(rb"[\x21-\x7e]{2}|[^\x21-\x7e]|.", raw, re.DOTALL)
        return "".join(_character(lead + _high(pair)) if len(pair) == 2 else _single(pair) for pair in pairs)  # noqa: PLR2004
    if state == b"(I":
        raw = bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in raw)  # noqa: PLR2004 - half-width kana
    return raw.decode("cp932", errors="replace")


def _single(byte: bytes) -> str:
    """A space or the end of a line among double-byte characters; half of one is none."""
    return byte.decode() if byte <= b"\x20" else "\ufffd"


def _high(pair: bytes) -> bytes:
    return bytes(byte | 0x80 for byte in pair)


EUC = re.compile(rb"([\x00-\x7f]+)|\x8e([\xa1-\xdf])|(\x8f?[\xa1-\xfe]{2})|.", re.DOTALL)


def from_euc(raw: bytes) -> str:
    """EUC-JP with all that Windows and JIS add to it; what is none of it shows as replacement characters."""
    return "".join(map(_euc, EUC.finditer(raw)))


def _euc(match: re.Match[bytes]) -> str:
    if match[1]:
        return match[1].decode()
    if match[2]:
        return match[2].decode("cp932")
    return _character(match[3]) if match[3] else "\ufffd"


@lru_cache(maxsize=20000)
def _character(euc: bytes) -> str:
    """One character from its bytes in EUC-JP, two or (with a leading 8F) three."""
    if len(euc) == 3:  # noqa: PLR2004
        place = (euc[1] - 0xA1) * 94 + euc[2] - 0xA1 - IBM_FIRST
        return IBM[place] if 0 <= place < len(IBM) else euc.decode("euc_jp", errors="replace")[:1]
    return _decoded(_shifted(euc), "cp932") or _decoded(euc, "euc_jis_2004") or "\ufffd"


def _shifted(euc: bytes) -> bytes:
    """The same row and cell in Shift_JIS."""
    row, cell = euc[0] - 0xA1, euc[1] - 0xA1
    first = 0x81 + row // 2
    second = cell + (0x9F if row % 2 else 0x40)
    return bytes([first + (0x40 if first > 0x9F else 0), second + (not row % 2 and second >= 0x7F)])  # noqa: PLR2004


def _decoded(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return ""
