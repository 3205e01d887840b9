"""Files of certificates that portals offer for download, and roots judged before they are trusted."""

from __future__ import annotations

from cryptography import x509

from sekisho.language import say
from sekisho.pki import chains, pkcs12
from sekisho.pki.worker import TooLongError, UnreadableError
from sekisho.pki.x509_parts import load

MOST_BYTES = 2**20


class NotRootError(pkcs12.ImportRefusedError):
    """The file holds no certificate, or not that of a root authority."""


def read_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates in a file: DER, PEM (also below other text), bare base64, or PKCS#7. Raises NotRootError."""
    try:
        found = [load(der) for der in pkcs12.OPENER.certificates(data)] if len(data) <= MOST_BYTES else []
    except (TooLongError, UnreadableError):
        found = []
    if not found:
        raise NotRootError(
            say(
                "ファイルに証明書（DER、PEM、base64 または PKCS#7）が入っていません。",
                "There is no certificate (DER, PEM, base64 or PKCS#7) in the file.",
            )
        )
    return found


def read_root(data: bytes) -> x509.Certificate:
    """The root certificate in a file, also beside others; raises `NotRootError`."""
    found = read_certificates(data)
    roots = [one for one in found if chains.self_issued(one)]
    if not roots:
        name = pkcs12.display_name(found[0].subject)
        raise NotRootError(
            say(
                f"「{name}」の証明書は自己署名ではなく、ルート証明書ではありません。",
                f'The certificate of "{name}" is not self-signed, so it is no root certificate.',
            )
        )
    authorities = [one for one in roots if _is_authority(one)]
    if not authorities:
        raise NotRootError(
            say(
                f"「{pkcs12.display_name(roots[0].subject)}」の証明書は認証局のものではありません。",
                f'The certificate of "{pkcs12.display_name(roots[0].subject)}" is not that of an authority.',
            )
        )
    return next(filter(chains.is_root, authorities), authorities[0])


def _is_authority(certificate: x509.Certificate) -> bool:
    """Whether nothing in it says that it is none: old roots (all of version 1) have no basicConstraints."""
    said = next((one for one in pkcs12.facts(certificate).extensions if one.startswith("BasicConstraints")), "")
    return "CA=FALSE" not in said
