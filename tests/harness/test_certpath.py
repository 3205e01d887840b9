"""The path to a trusted root, judged as the certificate viewer of Windows does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import trustme
from cryptography import x509

from sekisho.pki.certificate_path import PathStatus, path_status

NOW = datetime.now(UTC)


def certificate(pem: trustme.Blob) -> x509.Certificate:
    """What trustme made."""
    return x509.load_pem_x509_certificate(pem.bytes())


def issued(by: trustme.CA) -> x509.Certificate:
    """A certificate of an authority."""
    return certificate(by.issue_cert("user.example").cert_chain_pems[0])


def test_a_path_to_a_trusted_root_is_fine() -> None:
    """Directly, or by an issuing authority that is at hand."""
    root = trustme.CA()
    below = root.create_child_ca()
    top, middle = certificate(root.cert_pem), certificate(below.cert_pem)
    assert path_status(issued(root), [], [top], NOW) is PathStatus.FINE
    assert path_status(issued(below), [middle], [top], NOW) is PathStatus.FINE
    assert path_status(issued(below), [], [top], NOW) is PathStatus.NO_ISSUER


def test_a_root_that_nobody_trusts_is_no_end() -> None:
    """Though it is at hand, and even if another root is trusted."""
    root = trustme.CA()
    top = certificate(root.cert_pem)
    assert path_status(issued(root), [top], [], NOW) is PathStatus.UNTRUSTED_ROOT
    assert path_status(issued(root), [], [], NOW) is PathStatus.NO_ISSUER
    assert path_status(issued(root), [top], [certificate(trustme.CA().cert_pem)], NOW) is PathStatus.UNTRUSTED_ROOT


def test_an_impostor_of_a_trusted_root_is_noticed() -> None:
    """The same name is not the same key."""
    real = trustme.CA(organization_name="Root", organization_unit_name="Same")
    false = trustme.CA(organization_name="Root", organization_unit_name="Same")
    assert path_status(issued(false), [], [certificate(real.cert_pem)], NOW) is PathStatus.BAD_SIGNATURE


def test_time_matters_on_every_step() -> None:
    """Of the certificate itself, and of what stands above it."""
    root = trustme.CA()
    top, own = certificate(root.cert_pem), issued(root)
    late = own.not_valid_after_utc + timedelta(seconds=1)
    assert path_status(own, [], [top], late) is PathStatus.OUT_OF_TIME
    assert path_status(own, [], [top], own.not_valid_before_utc - timedelta(seconds=1)) is PathStatus.OUT_OF_TIME
