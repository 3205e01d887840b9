"""What a PKCS#12 file holds: keys, certificates and which belong together. Run where it can be ended (`worker`)."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12

from sekisho.pki import ber
from sekisho.pki.ber import Steps
from sekisho.pki.chains import way_up
from sekisho.pki.x509_parts import NoCertificateError, load, take_apart

MOST_CERTIFICATES = 200
PROGRAM_SECONDS = 10
BAGS = "1.2.840.113549.1.12.10.1."
KEY, SHROUDED_KEY, NESTED = f"{BAGS}1", f"{BAGS}2", f"{BAGS}6"
DATA = "1.2.840.113549.1.7.1"
BLOCK = re.compile(
    rb"(?P<head>(?:^(?!-----).*\n)*)-----BEGIN (?P<kind>CERTIFICATE|PRIVATE KEY)-----\n(?P<text>[^-]+)-----END",
    re.MULTILINE,
)
NAME = re.compile(rb"^\s*friendlyName: (.*)$", re.MULTILINE)


class UnreadableError(Exception):
    """The file cannot be opened; the text has the library's own words."""


@dataclass(frozen=True)
class Pair:
    """A private key (PKCS#8) and a certificate that belongs to it, with its friendly name and its issuers."""

    key: bytes
    certificate: bytes
    name: bytes
    chain: tuple[bytes, ...]


@dataclass(frozen=True)
class Contents:
    """Everything in a file, as DER."""

    pairs: tuple[Pair, ...]
    others: tuple[bytes, ...]
    """Certificates that belong to no key."""
    keys: int


Named = tuple[bytes, bytes]
"""A certificate and its friendly name."""


def contents(data: bytes, password: str) -> Contents:
    """What a file holds. Raises UnreadableError."""
    keys, certificates = _loaded(data, password)
    if len(certificates) > MOST_CERTIFICATES:
        raise UnreadableError(f"{len(certificates)} certificates in one file")
    by_key = [(key, [one for one in certificates if _bits(one[0]) == _own_bits(key)]) for key in keys]
    loaded = [(der, cert) for der, _ in certificates if (cert := _certificate(der))]
    pairs = tuple(Pair(_pkcs8(key), der, name, _chain(der, loaded)) for key, fitting in by_key for der, name in fitting)
    own = {pair.certificate for pair in pairs}
    return Contents(pairs, tuple(der for der, _ in certificates if der not in own), len(keys))


def _loaded(data: bytes, password: str) -> tuple[list[PrivateKeyTypes], list[Named]]:
    """Keys and certificates; of several certificates on the first key, the one that the file names for it is first."""
    try:
        found = pkcs12.load_pkcs12(data, password.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as problem:
        if "password" in str(problem).lower():
            raise UnreadableError(str(problem)) from problem
        return _by_openssl(data, password, str(problem))
    held = [*([found.cert] if found.cert else []), *found.additional_certs]
    certificates = [
        (one.certificate.public_bytes(serialization.Encoding.DER), one.friendly_name or b"") for one in held
    ]
    keys = [found.key] if found.key else []
    return [*keys, *_further(keys, data, password)], certificates


def _further(known: list[PrivateKeyTypes], data: bytes, password: str) -> Iterator[PrivateKeyTypes]:
    """The keys beside the first: `cryptography` reads only one."""
    seen = {_own_bits(one) for one in known}
    for shrouded, bag in list(_key_bags(data)):
        try:
            key = serialization.load_der_private_key(
                bag, password.encode() if shrouded else None, unsafe_skip_rsa_key_validation=True
            )
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
        if _own_bits(key) not in seen:
            seen.add(_own_bits(key))
            yield key


def _key_bags(data: bytes) -> Iterator[tuple[bool, bytes]]:
    """The key bags of the parts that are not encrypted as a whole, which is where programs put them."""
    steps = Steps()
    try:
        _, safe, *_ = ber.elements(ber.first(data, steps).content, steps)
        for part in ber.elements(ber.first(_data(safe, steps), steps).content, steps):
            if _kind(part, steps) == DATA:
                yield from _keys_in(_data(part, steps), steps, depth=0)
    except ValueError:
        return


def _keys_in(safe_contents: memoryview, steps: Steps, depth: int) -> Iterator[tuple[bool, bytes]]:
    for bag in ber.elements(ber.first(safe_contents, steps).content, steps):
        kind, held, *_ = ber.elements(bag.content, steps)
        name = ber.oid(kind.content)
        if name in {KEY, SHROUDED_KEY}:
            yield name == SHROUDED_KEY, bytes(held.content)
        elif name == NESTED and depth < ber.DEEPEST:
            yield from _keys_in(held.content, steps, depth + 1)


def _kind(part: ber.Element, steps: Steps) -> str:
    return ber.oid(ber.first(part.content, steps).content)


def _data(part: ber.Element, steps: Steps) -> memoryview:
    """The octets in a ContentInfo of the kind `data`."""
    _, held = ber.elements(part.content, steps)
    return ber.octets(ber.first(held.content, steps), steps)


def _by_openssl(data: bytes, password: str, reason: str) -> tuple[list[PrivateKeyTypes], list[Named]]:
    """What `cryptography` opens and then finds unreadable: OpenSSL's program looks at no certificate."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as secret:
        secret.write(f"{password}\n")
    command = ["openssl", "pkcs12", "-nodes", "-legacy", "-passin", f"fd:{reader}"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, pass_fds=(reader,), timeout=PROGRAM_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise UnreadableError(reason) from None
    finally:
        os.close(reader)
    if done.returncode:
        raise UnreadableError(reason)
    keys, certificates = [], []
    for block in BLOCK.finditer(done.stdout):
        held = base64.b64decode(block["text"])
        if block["kind"] == b"CERTIFICATE":
            names = NAME.findall(block["head"])
            certificates.append((held, names[-1] if names else b""))
        else:
            keys.append(serialization.load_der_private_key(held, None, unsafe_skip_rsa_key_validation=True))
    return keys, certificates


def _chain(der: bytes, loaded: list[tuple[bytes, x509.Certificate]]) -> tuple[bytes, ...]:
    known = {cert: one for one, cert in loaded}
    own = next((cert for one, cert in loaded if one == der), None)
    return tuple(known[one] for one in way_up(own, known)) if own else ()


def _certificate(der: bytes) -> x509.Certificate | None:
    try:
        return load(der)
    except NoCertificateError:
        return None


def _bits(der: bytes) -> bytes | None:
    try:
        return take_apart(der).key_bits
    except NoCertificateError:
        return None


def _own_bits(key: PrivateKeyTypes) -> bytes:
    encoded = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    steps = Steps()
    return bytes(list(ber.elements(ber.first(encoded, steps).content, steps))[1].content)


def _pkcs8(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
