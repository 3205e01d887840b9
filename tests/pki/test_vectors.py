"""NIST's PKITS and pyca's files, which nobody here made: what NSS's own tool imports is imported, listed and read."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography import x509

from sekisho.certstore import NativeStore
from sekisho.pki.pkcs12 import NotPkcs12Error, facts, fingerprint
from sekisho.verdict import NotApplicableError

VECTORS = Path(cryptography_vectors.__file__).parent
FILES = sorted(VECTORS.rglob("*.p12"))
BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END", re.DOTALL)
NSS_REFUSES = {"DSAParametersInheritedCACert.p12", "ValidDSAParameterInheritanceTest5EE.p12"}

pytestmark = pytest.mark.filterwarnings("ignore")  # the library's, about what these certificates are made for


def password(file: Path) -> str:
    """The password of a file, as its name and its authors say."""
    if "PKITS_data" in file.parts or (file.stem.endswith("-pwd") and not file.stem.endswith("-no-pwd")):
        return "password"
    return "" if file.stem.endswith(("no-pwd", "no-password", "truststore")) else "cryptography"


def test_every_file_with_a_key_that_nss_imports_is_imported_and_listed(home: Path) -> None:
    """By NSS from the file itself, one after the other into one store: 421 files, 404 certificates.

    Thirteen have no pair of key and certificate. Two DSA keys without parameters are refused by NSS itself, which is
    told as that; OpenSSL reads them.
    """
    store, imported, refused = NativeStore(home), set(), {}
    for file in FILES:
        try:
            identity = store.import_pkcs12(file, password(file))
        except (NotPkcs12Error, NotApplicableError) as refusal:
            refused[file.name] = refusal
            continue
        assert identity.remarks == (), file
        imported.add(identity.sha256)
    assert (len(FILES) - len(refused), len(imported)) == (421, 404)
    assert imported <= {one.sha256 for one in store.personal()}
    assert {name for name, why in refused.items() if isinstance(why, NotApplicableError)} == NSS_REFUSES
    assert all("UNABLE_TO_IMPORT_KEY" in str(refused[name]) for name in NSS_REFUSES)
    assert len(refused) == 15
    assert all("cert" in name or "truststore" in name for name in refused.keys() - NSS_REFUSES)


def certificates() -> Iterator[tuple[Path, bytes]]:
    """Every certificate that stands in a file of its own or between PEM lines."""
    for file in sorted(VECTORS.rglob("*")):
        if file.suffix == ".crt":
            yield file, file.read_bytes()
        elif file.suffix == ".pem":
            yield from ((file, b64decode(block)) for block in BLOCK.findall(file.read_bytes()))


def test_the_facts_of_every_certificate_are_read_and_are_those_that_cryptography_reads() -> None:
    """Where it reads them: names, dates, serial number, fingerprint; extensions and keys that it cannot are hex."""
    read = 0
    for file, der in certificates():
        try:
            fact = facts(der)
        except ValueError:
            assert _library(der) is None, file
            continue
        read += 1
        library = _library(der)
        if library is None:
            continue
        assert fact.serial == f"{library.serial_number:x}", file
        assert (fact.not_before, fact.not_after) == (library.not_valid_before_utc, library.not_valid_after_utc), file
        assert fact.sha256 == fingerprint(library)
        if "#" not in fact.subject:  # as RFC 4514 writes what is no string: `cryptography` leaves its tag out
            assert fact.subject == library.subject.rfc4514_string(), file
    assert read == 525


def _library(der: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return None
