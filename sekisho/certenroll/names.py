"""Names as CertStrToName of Windows reads them: CN=…, E=…; S=…, O="…, …", in any case."""

from __future__ import annotations

import re

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from sekisho.certenroll.errors import GapError
from sekisho.language import say

FORWARD, NO_QUOTING, NO_PLUS = 0x01000000, 0x10000000, 0x20000000
COMMA, CRLF, SEMICOLON = 0x04000000, 0x08000000, 0x40000000
KEYS = {
    "CN": NameOID.COMMON_NAME,
    "L": NameOID.LOCALITY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "E": NameOID.EMAIL_ADDRESS,
    "EMAIL": NameOID.EMAIL_ADDRESS,
    "C": NameOID.COUNTRY_NAME,
    "S": NameOID.STATE_OR_PROVINCE_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "STREET": NameOID.STREET_ADDRESS,
    "T": NameOID.TITLE,
    "TITLE": NameOID.TITLE,
    "G": NameOID.GIVEN_NAME,
    "GN": NameOID.GIVEN_NAME,
    "GIVENNAME": NameOID.GIVEN_NAME,
    "I": NameOID.INITIALS,
    "INITIALS": NameOID.INITIALS,
    "SN": NameOID.SURNAME,
    "DC": NameOID.DOMAIN_COMPONENT,
    "SERIALNUMBER": NameOID.SERIAL_NUMBER,
    "POSTALCODE": NameOID.POSTAL_CODE,
    "DESCRIPTION": ObjectIdentifier("2.5.4.13"),
    "POBOX": ObjectIdentifier("2.5.4.18"),
    "PHONE": ObjectIdentifier("2.5.4.20"),
    "X21ADDRESS": ObjectIdentifier("2.5.4.24"),
    "DNQUALIFIER": NameOID.DN_QUALIFIER,
}
OID = re.compile(r"(?:OID\.)?(\d+(?:\.\d+)+)", re.IGNORECASE)


def read(text: str, flags: int) -> x509.Name:
    """The name that is written so, which the control turns round unless it is told not to. Raises ValueError."""
    only = {COMMA: ",", SEMICOLON: ";", CRLF: "\r\n"}
    ends = "".join(signs for flag, signs in only.items() if flags & flag) or ",;"
    parts = [x509.RelativeDistinguishedName(_values(one, flags)) for one in _split(text, ends, flags) if one.strip()]
    return x509.Name(parts if flags & FORWARD else parts[::-1])


def _values(part: str, flags: int) -> list[x509.NameAttribute]:
    """The values of one part: several are joined by a plus."""
    return [_value(one, flags) for one in ([part] if flags & NO_PLUS else _split(part, "+", flags))]


def _value(written: str, flags: int) -> x509.NameAttribute:
    key, equals, value = written.partition("=")
    if not equals:
        raise ValueError(written)
    value = value.strip()
    if not flags & NO_QUOTING and value.startswith('"'):
        if len(value) == 1 or not value.endswith('"'):
            raise ValueError(written)
        value = value[1:-1].replace('""', '"')
    if not value:
        raise GapError(say(f"空の名前「{written}」", f'the empty name "{written}"'))
    return x509.NameAttribute(_identifier(key.strip()), value)


def _identifier(key: str) -> ObjectIdentifier:
    if found := OID.fullmatch(key):
        return ObjectIdentifier(found[1])
    if key.upper() not in KEYS:
        raise ValueError(key)
    return KEYS[key.upper()]


def _split(text: str, ends: str, flags: int) -> list[str]:
    """The parts between some signs, but for those within quotes."""
    parts, quoted = [""], False
    for sign in text:
        quoted ^= sign == '"' and not flags & NO_QUOTING
        if sign in ends and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    if quoted:
        raise ValueError(text)
    return parts
