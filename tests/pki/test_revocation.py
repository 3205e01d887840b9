"""What an authority says of its certificates is believed when the authority said it, and read within bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given

from sekisho.pki import revocation
from sekisho.pki.pkcs12 import Identity
from sekisho.verdict import DeviationError
from tests.hostile.mutants import mutants
from tests.hostile.tries import tried

from .making import Holder, key, name, root

NOW = dt.datetime.now(dt.UTC)
TOP = root()
OCSP_SIGNING = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.OCSP_SIGNING])


def named(issuer: Holder = TOP) -> tuple[Holder, Identity]:
    """A subscriber whose certificate names a list and a responder."""
    at, own = x509.UniformResourceIdentifier("http://ca.example/"), key()
    builder = x509.CertificateBuilder(issuer.cert.subject, name("user"), own.public_key(), 4711)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + dt.timedelta(days=9))
    access = x509.AccessDescription(x509.oid.AuthorityInformationAccessOID.OCSP, at)
    builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    point = x509.DistributionPoint([at], None, None, None)
    builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    who = Holder(own, builder.sign(issuer.key, hashes.SHA256()))
    return who, Identity(own, who.cert.public_bytes(Encoding.DER), (issuer.cert,), "")


WHO, IDENTITY = named()


def said(signer: Holder, about: x509.Certificate, *beside: x509.Certificate) -> bytes:
    """A responder's answer: revoked."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        about,
        TOP.cert,
        hashes.SHA1(),  # noqa: S303
        ocsp.OCSPCertStatus.REVOKED,
        NOW,
        NOW + dt.timedelta(days=1),
        NOW,
        None,
    )
    if beside:
        builder = builder.certificates(beside)
    return (
        builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.cert)
        .sign(signer.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def listed(signer: Holder, *serials: int) -> bytes:
    """A list of revoked certificates."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(TOP.cert.subject).last_update(NOW)
    builder = builder.next_update(NOW + dt.timedelta(days=1))
    for serial in serials:
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW).build()
        builder = builder.add_revoked_certificate(one)
    return builder.sign(signer.key, hashes.SHA256()).public_bytes(Encoding.DER)


Answered = Callable[[bytes], None]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Answered:
    """What the address gives."""
    return lambda data: monkeypatch.setattr(revocation, "_fetch", lambda *_: data)


def test_a_list_of_the_issuer_is_believed(answered: Answered) -> None:
    """And one that somebody else signed is not."""
    answered(listed(TOP, 1, 4711))
    assert revocation.in_crl(IDENTITY)
    answered(listed(TOP, 1, 2))
    assert not revocation.in_crl(IDENTITY)
    answered(listed(root(), 4711))
    with pytest.raises(DeviationError, match="署名が発行者のものでない"):
        revocation.in_crl(IDENTITY)


def test_an_answer_of_the_issuer_or_of_its_deputy_is_believed(answered: Answered) -> None:
    """A deputy has the issuer's leave in its certificate, which comes with the answer."""
    answered(said(TOP, WHO.cert))
    assert revocation.ocsp_status(IDENTITY) == "REVOKED"
    deputy = deputised(TOP)
    answered(said(deputy, WHO.cert, deputy.cert))
    assert revocation.ocsp_status(IDENTITY) == "REVOKED"


def deputised(issuer: Holder, *, leave: bool = True) -> Holder:
    """A responder below an authority."""
    own = key()
    builder = x509.CertificateBuilder(issuer.cert.subject, name("ocsp"), own.public_key(), 9)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + dt.timedelta(days=9))
    if leave:
        builder = builder.add_extension(OCSP_SIGNING, critical=False)
    return Holder(own, builder.sign(issuer.key, hashes.SHA256()))


@pytest.mark.parametrize("who", ["stranger", "deputy of a stranger", "without leave"])
def test_an_answer_of_anybody_else_is_not(answered: Answered, who: str) -> None:
    """Whatever it says."""
    signer = {"stranger": root(), "deputy of a stranger": deputised(root())}.get(who) or deputised(TOP, leave=False)
    answered(said(signer, WHO.cert, signer.cert))
    with pytest.raises(DeviationError, match="OCSP の応答の署名が"):
        revocation.ocsp_status(IDENTITY)


def test_an_answer_about_another_certificate_is_none(answered: Answered) -> None:
    """The responder mixed them up, or an old answer was given again."""
    answered(said(TOP, TOP.issue(name("other")).cert))
    with pytest.raises(DeviationError, match="別の証明書"):
        revocation.ocsp_status(IDENTITY)


@tried(600)
@given(mutants([listed(TOP, 1, 4711), said(TOP, WHO.cert)]))
def test_what_nobody_wrote_is_refused_in_words(data: bytes) -> None:
    """Lists and answers with something changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(revocation, "_fetch", lambda *_: data)
        for ask in (revocation.in_crl, revocation.ocsp_status):
            with suppress(DeviationError):
                ask(IDENTITY)
