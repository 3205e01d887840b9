"""A certificate taken apart by its bytes: what is malformed in one place leaves the others readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from sekisho.pki import ber
from sekisho.pki.ber import Element, Steps

MOST_BYTES = 2**20
VERSION, EXTENSIONS = 0xA0, 0xA3
REST = r"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d{4})?"
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
TIMES = {UTC_TIME: re.compile(r"(\d\d)" + REST, re.ASCII), GENERALIZED_TIME: re.compile(r"(\d{4})" + REST, re.ASCII)}
CENTURY = 50  # of two digits, from here on 19xx


class NoCertificateError(ValueError):
    """The bytes are no certificate."""


@dataclass(frozen=True)
class Extension:
    """One extension: the contents of its object identifier (empty: it is not built as one) and of its OCTET STRING."""

    kind: bytes
    critical: bool
    value: bytes

    @property
    def oid(self) -> str:
        """The object identifier in dots; empty where there is none."""
        try:
            return ber.oid(self.kind)
        except ber.BrokenError:
            return ""


@dataclass(frozen=True)
class Parts:
    """What stands in a certificate; names and public key as DER."""

    version: int
    serial: int
    signature: str
    issuer: bytes
    not_before: datetime
    not_after: datetime
    subject: bytes
    public_key: bytes
    extensions: tuple[Extension, ...]

    @property
    def key_bits(self) -> bytes:
        """The public key itself, without the name and the parameters of its algorithm."""
        steps = Steps()
        return bytes(list(ber.elements(ber.first(self.public_key, steps).content, steps))[1].content)


def load(der: bytes) -> x509.Certificate:
    """A certificate as `cryptography` knows it. Raises NoCertificateError, also for one that `take_apart` can read."""
    try:
        return x509.load_der_x509_certificate(der)
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm) as problem:
        raise NoCertificateError(str(problem)) from problem


def take_apart(der: bytes) -> Parts:
    """The parts of a certificate (DER or BER). Raises NoCertificateError."""
    if len(der) > MOST_BYTES:
        raise NoCertificateError("larger than any certificate")
    try:
        return _parts(ber.first(der, steps := Steps()), steps)
    except (ValueError, IndexError, OverflowError) as problem:
        raise NoCertificateError(str(problem)) from problem


def _parts(certificate: Element, steps: Steps) -> Parts:
    body, algorithm, _ = _three(certificate, steps)
    version, *rest = _fields(body, steps)
    serial, _, issuer, validity, subject, key, *more = rest if version.tag == VERSION else (version, *rest)
    start, end = ber.elements(validity.content, steps)
    listed = next((one for one in more if one.tag == EXTENSIONS), None)
    parts = Parts(
        version=ber.integer(ber.first(version.content, steps)) + 1 if version.tag == VERSION else 1,
        serial=ber.integer(serial),
        signature=ber.oid(ber.first(algorithm.content, steps).content),
        issuer=bytes(issuer.whole),
        not_before=_time(start),
        not_after=_time(end),
        subject=bytes(subject.whole),
        public_key=bytes(key.whole),
        extensions=() if listed is None else _extensions(listed, steps),
    )
    parts.key_bits  # noqa: B018 - it is there
    return parts


def _three(certificate: Element, steps: Steps) -> list[Element]:
    found = _fields(certificate, steps)
    if len(found) != 3 or found[0].tag != ber.SEQUENCE:  # noqa: PLR2004 - what is signed, how, and the signature
        raise ber.BrokenError("no certificate")
    return found


def _fields(element: Element, steps: Steps) -> list[Element]:
    if element.tag != ber.SEQUENCE:
        raise ber.BrokenError("no sequence")
    return list(ber.elements(element.content, steps))


def _extensions(listed: Element, steps: Steps) -> tuple[Extension, ...]:
    """Each extension; one that is not built as an extension is whole in its value."""
    try:
        found = list(ber.elements(ber.first(listed.content, steps).content, steps))
    except ber.BrokenError:
        return (Extension(b"", critical=False, value=bytes(listed.content)),)
    return tuple(_extension(one, steps) for one in found)


def _extension(element: Element, steps: Steps) -> Extension:
    try:
        kind, *flags, value = ber.elements(element.content, steps)
        critical = any(flag.tag == ber.BOOLEAN and any(flag.content) for flag in flags)
        return Extension(bytes(kind.content), critical=critical, value=bytes(ber.octets(value, steps)))
    except (ber.BrokenError, ValueError) as problem:
        if isinstance(problem, ber.TooManyError):
            raise
        return Extension(b"", critical=False, value=bytes(element.content))


def _time(element: Element) -> datetime:
    """UTCTime or GeneralizedTime, also as RFC 5280 forbids them: without seconds, with an offset or a fraction."""
    match = TIMES[element.tag].fullmatch(bytes(element.content).decode("ascii")) if element.tag in TIMES else None
    if not match:
        raise ber.BrokenError("no time")
    year, month, day, hour, minute, second = (int(match[group] or 0) for group in range(1, 7))
    if element.tag == UTC_TIME:
        year += 1900 if year >= CENTURY else 2000
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7])).astimezone(UTC)


def _zone(written: str | None) -> timezone:
    if written in {None, "Z"}:
        return UTC
    assert written
    minutes = 60 * int(written[1:3]) + int(written[3:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))
