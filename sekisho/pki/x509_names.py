"""Distinguished names as they stand in a certificate: compared as RFC 5280 section 7.1 says, and written out.

They are read from their bytes, because what no library decodes must not hide the rest: it is shown as hex.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cryptography.x509.oid import NameOID

from sekisho.pki import ber
from sekisho.pki.ber import Steps

ENCODINGS = {
    0x0C: ("utf-8",),
    0x12: ("ascii",),
    0x13: ("ascii", "utf-8"),
    0x14: ("utf-8", "latin-1"),
    0x16: ("ascii", "utf-8"),
    0x1A: ("ascii", "utf-8"),
    0x1C: ("utf-32-be",),
    0x1E: ("utf-16-be",),
}
SHORT = {
    NameOID.COMMON_NAME.dotted_string: "CN",
    NameOID.LOCALITY_NAME.dotted_string: "L",
    NameOID.STATE_OR_PROVINCE_NAME.dotted_string: "ST",
    NameOID.ORGANIZATION_NAME.dotted_string: "O",
    NameOID.ORGANIZATIONAL_UNIT_NAME.dotted_string: "OU",
    NameOID.COUNTRY_NAME.dotted_string: "C",
    NameOID.STREET_ADDRESS.dotted_string: "STREET",
    NameOID.DOMAIN_COMPONENT.dotted_string: "DC",
    NameOID.USER_ID.dotted_string: "UID",
}
LISTED_BY = ("CN", "OU", "O")
LONGEST = 4000  # characters of a name that are written out
ESCAPED = str.maketrans({one: f"\\{one}" for one in '\\"+,;<>'} | {"\0": "\\00"})

Attribute = tuple[str, str | None, bytes]
"""Kind (short name or dotted OID), text (None where it cannot be decoded), and the value's whole element."""


def same(one: bytes, other: bytes) -> bool:
    """Whether two names (DER) are the same but for string types, case and spaces."""
    return one == other or _compared(one) == _compared(other)


def text(name: bytes) -> str:
    """A name (DER) as RFC 4514 writes it, the last part first; `#` and hex for what cannot be decoded."""
    try:
        parts = ["+".join(map(_written, part)) for part in reversed(list(_parts(name)))]
    except ValueError:
        return f"#{name.hex()}"[:LONGEST]
    return ",".join(parts)[:LONGEST]


def display(name: bytes) -> str:
    """The one part of a name by which browsers list a certificate: common name, else unit, else owner."""
    try:
        found = {kind: value or f"#{whole.hex()}" for part in _parts(name) for kind, value, whole in part}
    except ValueError:
        return ""
    return next((found[kind][:LONGEST] for kind in LISTED_BY if kind in found), "")


def parts(written: str, kind: str) -> list[str]:
    """The values of one kind (O, OU, C) in a name that `text` wrote, the first in the certificate first."""
    found: list[str] = []
    for part in reversed(_split(written, ",")):
        for attribute in _split(part, "+"):
            name, _, value = attribute.partition("=")
            if name == kind:
                found.append(_unescaped(value))
    return found


def _compared(name: bytes) -> object:
    try:
        return [sorted((kind, _folded(value) or whole.hex()) for kind, value, whole in part) for part in _parts(name)]
    except ValueError:
        return name


def _folded(value: str | None) -> str:
    """A string prepared for comparison (RFC 4518): one form for each letter, no case, spaces counted as one."""
    if value is None:
        return ""
    letters = "".join(one for one in unicodedata.normalize("NFKC", value) if unicodedata.category(one) != "Cf")
    return " " + " ".join(unicodedata.normalize("NFKC", letters.casefold()).split())


def _parts(name: bytes) -> Iterator[list[Attribute]]:
    """Each relative distinguished name. Raises ValueError."""
    steps = Steps()
    for part in ber.elements(ber.first(name, steps).content, steps):
        attributes = [list(ber.elements(one.content, steps)) for one in ber.elements(part.content, steps)]
        yield [_attribute(kind, value) for kind, value in attributes]


def _attribute(kind: ber.Element, value: ber.Element) -> Attribute:
    dotted = ber.oid(kind.content)
    return SHORT.get(dotted, dotted), _decoded(value), bytes(value.whole)


def _decoded(value: ber.Element) -> str | None:
    for encoding in ENCODINGS.get(value.tag, ()):
        try:
            return bytes(value.content).decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _written(attribute: Attribute) -> str:
    kind, value, whole = attribute
    return f"{kind}=#{whole.hex()}" if value is None else f"{kind}={_escaped(value)}"


def _escaped(value: str) -> str:
    escaped = value.translate(ESCAPED)
    if escaped.startswith(("#", " ")):
        escaped = f"\\{escaped}"
    return f"{escaped[:-1]}\\ " if escaped.endswith(" ") and escaped != "\\ " else escaped


def _split(written: str, mark: str) -> list[str]:
    found, start, position = [], 0, 0
    while position < len(written):
        if written[position] == "\\":
            position += 1
        elif written[position] == mark:
            found.append(written[start:position])
            start = position + 1
        position += 1
    return [*found, written[start:]]


def _unescaped(value: str) -> str:
    letters = iter(value.replace("\\00", "\0"))
    return "".join(next(letters, "") if one == "\\" else one for one in letters)
