"""Whether a private key stands in something that was sent, in whatever form programs write keys."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

from sekisho.pki.pkcs12 import PrivateKey

SPACES = re.compile(rb"\\r|\\n|[\s\"']+")  # also as JSON writes them
ESCAPES = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\/")
LONGEST = 64  # octets of a secret number that are looked for: by chance they stand nowhere


def stands_in(key: PrivateKey, sent: bytes) -> bool:
    """Whether one of the key's secret numbers stands in some octets.

    As such, as hexadecimal or decimal digits, or in base64 of whatever is around it (PEM, PKCS#8, JWK, a form's field).
    What was encrypted or packed before it was sent is not seen.
    """
    looked = [sent, *_undone(sent)]
    return any(form in one for form in _forms(key) for one in (*looked, *map(bytes.lower, looked)))


def _undone(sent: bytes) -> Iterator[bytes]:
    """The same with a form's or JSON's escapes undone, and without what breaks lines."""
    plain = unquote_to_bytes(sent.replace(b"+", b"%2B"))
    for one in (sent, plain):
        unescaped = ESCAPES.sub(lambda found: bytes.fromhex(found[1].decode()) if found[1] else b"/", one)
        yield SPACES.sub(b"", unescaped)


def _forms(key: PrivateKey) -> Iterator[bytes]:
    for number in _secrets(key):
        octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
        part = octets[-LONGEST:]
        yield from (part, part[::-1], part.hex().encode())
        yield str(number).encode()
        yield from _in_base64(part)


def _in_base64(part: bytes) -> Iterator[bytes]:
    """What base64 makes of octets, wherever they begin in a whole: of the first and last group only they decide all."""
    for before in range(3):
        code = base64.b64encode(bytes(before) + part)
        inside = code[4 if before else 0 : -4]
        yield inside
        yield inside.translate(bytes.maketrans(b"+/", b"-_"))


def _secrets(key: PrivateKey) -> tuple[int, ...]:
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.private_numbers()
        return numbers.d, numbers.p, numbers.q
    if isinstance(key, ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey):
        return (_only(key),)
    return ()


def _only(key: ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey) -> int:
    numbers = key.private_numbers()
    return numbers.x if isinstance(numbers, dsa.DSAPrivateNumbers) else numbers.private_value
