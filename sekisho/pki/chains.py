"""Who issued whom: names and signatures, and the way from a certificate up to a root.

Of a root, its own signature proves nothing and nobody checks it (RFC 5280 6.1): it is one because subject and issuer
are the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import SignatureAlgorithmOID

from sekisho.pki import x509_names
from sekisho.pki.x509_parts import take_apart

Way = tuple[x509.Certificate, ...]  # a certificate, its issuer, and so on

DSA = {
    SignatureAlgorithmOID.DSA_WITH_SHA1,
    SignatureAlgorithmOID.DSA_WITH_SHA224,
    SignatureAlgorithmOID.DSA_WITH_SHA256,
    SignatureAlgorithmOID.DSA_WITH_SHA384,
    SignatureAlgorithmOID.DSA_WITH_SHA512,
}


def issued_by(cert: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's name fits, and its key signed; a signature that nobody here can check is not against it."""
    return names_fit(cert, issuer) and signed_by(cert, issuer) is not False


def names_fit(cert: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether a certificate names the other as its issuer, as RFC 5280 section 7.1 compares names."""
    return x509_names.same(_names(cert)[1], _names(issuer)[0])


def self_issued(cert: x509.Certificate) -> bool:
    """Whether subject and issuer are the same: a root, or an authority's new key under its old one."""
    subject, issuer = _names(cert)
    return x509_names.same(subject, issuer)


def is_root(cert: x509.Certificate) -> bool:
    """Whether a certificate stands at the top: self-issued, and not by another key."""
    return self_issued(cert) and signed_by(cert, cert) is not False


def signed_by(cert: x509.Certificate, issuer: x509.Certificate) -> bool | None:
    """Whether the issuer's key signed a certificate; None where the algorithm is unknown here (MD2, say)."""
    try:
        _verify(cert, issuer.public_key())
    except InvalidSignature:
        return False
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return True


def signature_fits(key: object, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm | None) -> bool:
    """Whether a key made a signature over something else than a certificate, such as an OCSP answer."""
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm:
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm:
            key.verify(signature, signed, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, signed)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def way_up(cert: x509.Certificate, others: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The issuers of a certificate among others, from the nearest one up.

    Of several ways (cross-signed or rolled-over authorities) the shortest that arrives at a root; where none does, the
    one that comes furthest.
    """
    furthest: tuple[x509.Certificate, ...] = ()
    for way in climb(cert, others, lambda way, left: [one for one in left if issued_by(way[-1], one)]):
        furthest = way[1:]
        if is_root(way[-1]):
            break
    return furthest


def climb(
    cert: x509.Certificate,
    others: Iterable[x509.Certificate],
    above: Callable[[Way, Sequence[x509.Certificate]], Sequence[x509.Certificate]],
) -> Iterator[Way]:
    """Every way from a certificate up among others, the shorter ones first, beginning with the certificate alone.

    `above` gives the issuers that a way goes on with, of those that no way has come to yet.
    """
    left = [one for one in dict.fromkeys(others) if one != cert]
    ways: deque[Way] = deque([(cert,)])
    while ways:
        way = ways.popleft()
        yield way
        found = above(way, left)
        left = [one for one in left if one not in found]
        ways.extend((*way, one) for one in found)


@lru_cache(maxsize=1024)
def _names(cert: x509.Certificate) -> tuple[bytes, bytes]:
    """Subject and issuer."""
    parts = take_apart(cert.public_bytes(Encoding.DER))
    return parts.subject, parts.issuer


def _verify(cert: x509.Certificate, key: object) -> None:
    """Raise InvalidSignature, or another exception where it cannot be said."""
    signature, signed = cert.signature, cert.tbs_certificate_bytes
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, signed)
        return
    algorithm = cert.signature_hash_algorithm
    if algorithm is None:
        raise InvalidSignature
    parameters = cert.signature_algorithm_parameters
    if isinstance(key, rsa.RSAPublicKey) and isinstance(parameters, padding.PKCS1v15 | padding.PSS):
        key.verify(signature, signed, parameters, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(parameters, ec.ECDSA):
        key.verify(signature, signed, parameters)
    elif isinstance(key, dsa.DSAPublicKey) and cert.signature_algorithm_oid in DSA:
        key.verify(signature, signed, algorithm)
    else:
        raise InvalidSignature
