"""From a signer's certificate up to a root that the verifier trusts: offline, and strict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, x448, x25519
from cryptography.x509.oid import ExtendedKeyUsageOID

from sekisho.language import say
from sekisho.pki.chains import Way, climb

# What a statement may be signed with: an extended key usage that names none of these is for something else.
SIGNS = {
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # documentSigning, RFC 9336
    x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft's document signing
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe's authentic documents
}
Kind = TypeVar("Kind", bound=x509.ExtensionType)

LONGEST = 8
KNOWN = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.SubjectAlternativeName)


def problem(chain: list[x509.Certificate], roots: list[x509.Certificate], when: datetime) -> str:
    """Why the first certificate is not trusted at this time; empty when it is.

    The other certificates of the chain may be used on the way up; each must issue the one before.
    """
    leaf = chain[0]
    if wrong := signer_problem(leaf, when):
        return wrong
    for way in climb(leaf, chain[1:], lambda way, left: _issuers(way, left, when)[0]):
        if len(way) > LONGEST:
            return say("証明書のつながりが長すぎます。", "The chain of certificates is too long.")
        (trusted, at_roots), (further, at_others) = _issuers(way, roots, when), _issuers(way, chain[1:], when)
        if trusted:
            return ""
        if not further:
            wrong = (
                wrong
                or at_roots
                or at_others
                or say(
                    f"「{_name(way[-1])}」の発行者の証明書がありません。",
                    f'"{_name(way[-1])}": there is no certificate of its issuer.',
                )
            )
    return wrong or say(
        f"「{_name(leaf)}」から、信頼するルート証明書に至りません。",
        f'"{_name(leaf)}" does not lead up to a trusted root certificate.',
    )


def signer_problem(leaf: x509.Certificate, when: datetime) -> str:
    """Why a certificate is none to sign with at this time; empty when it is one."""
    return _out_of_time(leaf, when) or _unknown(leaf) or _no_signing(leaf)


def _issuers(way: Way, candidates: Sequence[x509.Certificate], when: datetime) -> tuple[list[x509.Certificate], str]:
    """The candidates that issued the last certificate of a way, or why the one of that name did not."""
    last, below = way[-1], len(way) - 1
    named = [one for one in candidates if one.subject == last.issuer]
    wrong = [
        _not_issued(last, one) or _out_of_time(one, when) or _unknown(one) or _no_authority(one, below) for one in named
    ]
    return [one for one, why in zip(named, wrong, strict=True) if not why], wrong[-1] if wrong else ""


def _not_issued(found: x509.Certificate, issuer: x509.Certificate) -> str:
    key = issuer.public_key()
    if isinstance(key, dsa.DSAPublicKey | x25519.X25519PublicKey | x448.X448PublicKey):
        return say(
            f"「{_name(issuer)}」の鍵の種類では検証しません。",
            f'"{_name(issuer)}" has a key of a kind that is not verified here.',
        )
    try:
        found.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return say(
            f"「{_name(found)}」の署名は「{_name(issuer)}」のものではありません。",
            f'The signature of "{_name(found)}" is not that of "{_name(issuer)}".',
        )
    return ""


def _out_of_time(one: x509.Certificate, when: datetime) -> str:
    if one.not_valid_before_utc <= when <= one.not_valid_after_utc:
        return ""
    return say(
        f"「{_name(one)}」は {when:%Y-%m-%d} に有効ではありません（{_period(one)}）。",
        f'"{_name(one)}" is not valid on {when:%Y-%m-%d} ({_period(one)}).',
    )


def _period(one: x509.Certificate) -> str:
    return say(
        f"{one.not_valid_before_utc:%Y-%m-%d} から {one.not_valid_after_utc:%Y-%m-%d} まで",
        f"from {one.not_valid_before_utc:%Y-%m-%d} to {one.not_valid_after_utc:%Y-%m-%d}",
    )


def _unknown(one: x509.Certificate) -> str:
    names = [each.oid.dotted_string for each in one.extensions if each.critical and not isinstance(each.value, KNOWN)]
    return (
        say(
            f"「{_name(one)}」に、確かめられない重要な拡張があります（{'、'.join(names)}）。",
            f'"{_name(one)}" has critical extensions that cannot be checked ({", ".join(names)}).',
        )
        if names
        else ""
    )


def _no_signing(leaf: x509.Certificate) -> str:
    usage = _extension(leaf, x509.KeyUsage)
    if usage is None or usage.digital_signature or usage.content_commitment:
        return _for_something_else(leaf)
    return say(
        f"「{_name(leaf)}」は署名に使えない証明書です（KeyUsage に digitalSignature がありません）。",
        f'"{_name(leaf)}" is not a certificate to sign with (its KeyUsage lacks digitalSignature).',
    )


def _for_something_else(one: x509.Certificate) -> str:
    """An extended key usage limits a certificate, and one of an authority also those that it issues."""
    uses = _extension(one, x509.ExtendedKeyUsage)
    if uses is None or not SIGNS.isdisjoint(uses):
        return ""
    named = say("、", ", ").join(use.dotted_string for use in uses)
    return say(
        f"「{_name(one)}」は文書への署名に使えない証明書です（ExtendedKeyUsage は {named} だけです）。",
        f'"{_name(one)}" is not a certificate to sign documents with (its ExtendedKeyUsage is only {named}).',
    )


def _no_authority(one: x509.Certificate, below: int) -> str:
    constraints, usage = _extension(one, x509.BasicConstraints), _extension(one, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage is not None and not usage.key_cert_sign):
        return say(
            f"「{_name(one)}」は認証局の証明書ではありません。",
            f'"{_name(one)}" is not the certificate of a certification authority.',
        )
    if constraints.path_length is not None and constraints.path_length < below:
        return say(
            f"「{_name(one)}」の下の認証局が多すぎます（pathLenConstraint）。",
            f'There are too many authorities below "{_name(one)}" (pathLenConstraint).',
        )
    return _for_something_else(one)


def _extension(one: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return one.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _name(one: x509.Certificate) -> str:
    return one.subject.rfc4514_string() or say("（名前なし）", "(no name)")
