"""Certificates and PKCS#12 files that nobody wrote: no exception but our own, within a bound, whatever they hold."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from hypothesis import example, given
from hypothesis import strategies as st

from sekisho import results
from sekisho.certstore import ContextStore, NotRootError, read_root
from sekisho.pki import chains, pkcs12_limits, x509_names
from sekisho.pki.certificate_path import path_status
from sekisho.pki.pkcs12 import ImportRefusedError, facts, identities, remarks
from sekisho.pki.x509_parts import NoCertificateError, load, take_apart
from tests.hostile.mutants import mutants
from tests.hostile.tries import bounded, tried
from tests.pki.making import PASSWORD, name, rich, root
from tests.pki.test_vectors import VECTORS

CASES = Path(__file__).parent.parent / "pki" / "cases"
TOP = root()
RICH = rich(TOP).public_bytes(Encoding.DER)
STRANGE = sorted((VECTORS / "x509" / "PKITS_data" / "certs").glob("*.crt"))[::40]
CERTIFICATES = [RICH, RICH, TOP.cert.public_bytes(Encoding.DER), *(file.read_bytes() for file in STRANGE)]
FILES = [(CASES / f"{kind}.p12").read_bytes() for kind in ("no_mac", "no_chain")]
FILES.append(TOP.issue(name("user")).p12(TOP))
ROOTS = [file.read_bytes() for file in sorted(CASES.glob("root*"))]
ROOTS.append(pkcs7.serialize_certificates([TOP.cert], Encoding.PEM))

pytestmark = pytest.mark.filterwarnings("ignore")  # the library's, about what it reads all the same


@tried(2000)
@given(mutants(CERTIFICATES))
def test_a_certificate_is_read_or_is_none(der: bytes) -> None:
    """Its facts can be written down and read again; what is malformed is hex. A name is equal to itself."""
    with bounded():
        try:
            fact = facts(der)
        except NoCertificateError:
            return
        assert results.Certificate.model_validate_json(fact.model_dump_json()) == fact
        parts = take_apart(der)
        assert x509_names.same(parts.subject, parts.subject)
        x509_names.parts(fact.subject, "CN")


@tried(800)
@given(mutants(CERTIFICATES))
def test_its_place_in_a_chain_is_judged(der: bytes) -> None:
    """Issued by whom, by itself or by nobody: nothing in it stops that."""
    with bounded(), suppress(NoCertificateError):
        cert = load(der)
        chains.is_root(cert)
        chains.way_up(cert, [TOP.cert, cert])
        path_status(cert, [cert], [TOP.cert], datetime.now(UTC))


@tried(500)
@given(mutants(FILES), st.sampled_from([PASSWORD, "pass", ""]))
def test_a_pkcs12_file_is_taken_in_or_refused(data: bytes, password: str) -> None:
    """By the one error of the import, with a sentence; what is taken in can be listed."""
    with bounded():
        remarks(data)
        with suppress(ImportRefusedError):
            store = ContextStore()
            for one in identities(data, password):
                store.add_own(one)
            assert store.personal()


@tried(1500)
@given(mutants(FILES))
def test_the_outside_of_a_pkcs12_file_is_judged(data: bytes) -> None:
    """Within its limits or not."""
    with bounded(), suppress(pkcs12_limits.LimitError):
        pkcs12_limits.check(data)


@tried(800)
@given(mutants(ROOTS))
def test_a_file_holds_a_root_or_does_not(data: bytes) -> None:
    """In whatever shape."""
    with bounded(), suppress(NotRootError):
        facts(read_root(data))


@tried(500)
@given(st.binary(max_size=60))
@example(b"\x30\x80")
@example(b"")
def test_noise_is_nothing(data: bytes) -> None:
    """Neither a certificate, nor a file, nor a root."""
    for read, refusal in ((facts, NoCertificateError), (read_root, NotRootError)):
        with pytest.raises(refusal):
            read(data)
    with pytest.raises(ImportRefusedError):
        identities(data, PASSWORD)
