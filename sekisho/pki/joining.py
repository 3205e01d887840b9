"""A certificate that came back for a key which stayed on this PC: the two together are an identity."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm

from sekisho.language import say
from sekisho.pki import pkcs12
from sekisho.pki.chains import way_up
from sekisho.pki.pkcs12 import ImportRefusedError, KeyMismatchError, PrivateKey
from sekisho.pki.worker import TooLongError, UnreadableError
from sekisho.pki.x509_parts import NoCertificateError, load


class NoCertificateFileError(ImportRefusedError):
    """The file holds no certificate."""


def join(key: PrivateKey, data: bytes) -> pkcs12.Identity:
    """The key with its certificate out of a file (DER, PEM, base64 or PKCS#7) and the issuers that came with it.

    Raises NoCertificateFileError, or KeyMismatchError where all certificates in the file are for other keys.
    """
    found = _certificates(data)
    own = next((one for one in found if fits(key, one)), None)
    if own is None:
        names = say("、", ", ").join(
            say(f"「{pkcs12.facts(one).subject_cn}」", f'"{pkcs12.facts(one).subject_cn}"') for one in found
        )
        raise KeyMismatchError(
            say(
                f"証明書{names}は、手元の鍵（CSR の鍵）とは別の鍵のものです。",
                f"The key of the certificate ({names}) is not the one at hand (the CSR's key).",
            )
        )
    loaded = {load(one): one for one in found}
    chain = way_up(load(own), loaded)
    beside = tuple(one for cert, one in loaded.items() if one != own and cert not in chain)
    identity = pkcs12.Identity(key, own, chain, pkcs12.facts(own).subject_cn, beside)
    pkcs12.check(identity)
    return identity


def fits(key: PrivateKey, certificate: bytes) -> bool:
    """Whether a certificate (DER) is for a key."""
    try:
        return load(certificate).public_key() == key.public_key()
    except (NoCertificateError, ValueError, UnsupportedAlgorithm):  # a public key that nobody can read
        return False


def _certificates(data: bytes) -> list[bytes]:
    try:
        found = pkcs12.OPENER.certificates(data)
        for one in found:
            load(one)
    except (TooLongError, UnreadableError, NoCertificateError) as problem:
        raise NoCertificateFileError(
            say(
                f"証明書のファイルとして読めません（{problem}）。",
                f"It cannot be read as a file of certificates ({problem}).",
            )
        ) from problem
    if not found:
        raise NoCertificateFileError(say("ファイルに証明書がありません。", "There is no certificate in the file."))
    return found
