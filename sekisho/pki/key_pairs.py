"""Whether a private key belongs to a certificate, and works."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

from sekisho.pki.x509_parts import NoCertificateError, take_apart

MESSAGE = b"sekisho"
DIGEST = hashes.SHA256()


def fits(key: bytes, certificate: bytes) -> bool:
    """Sign with a private key (PKCS#8) and verify with a certificate: proves that it belongs and that it works.

    A key of which the certificate leaves the parameters out (DSA, from its issuer) is believed.
    """
    private = serialization.load_der_private_key(key, None, unsafe_skip_rsa_key_validation=True)
    try:
        public = serialization.load_der_public_key(take_apart(certificate).public_key)
    except (ValueError, UnsupportedAlgorithm) as problem:
        return not isinstance(problem, NoCertificateError)
    try:
        return _verified(private, public)
    except (InvalidSignature, ValueError):
        return False


def _verified(private: object, public: object) -> bool:
    if isinstance(private, rsa.RSAPrivateKey) and isinstance(public, rsa.RSAPublicKey):
        signature = private.sign(MESSAGE, padding.PKCS1v15(), DIGEST)
        public.verify(signature, MESSAGE, padding.PKCS1v15(), DIGEST)
    elif isinstance(private, ec.EllipticCurvePrivateKey) and isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(private.sign(MESSAGE, ec.ECDSA(DIGEST)), MESSAGE, ec.ECDSA(DIGEST))
    elif isinstance(private, dsa.DSAPrivateKey) and isinstance(public, dsa.DSAPublicKey):
        public.verify(private.sign(MESSAGE, DIGEST), MESSAGE, DIGEST)
    else:
        return False
    return True
