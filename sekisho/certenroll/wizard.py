"""Certificate files that the user opens: the certificate's own window, and the import wizard behind it."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from sekisho.certenroll import prompts
from sekisho.certenroll.computer import Computer
from sekisho.certstore import NotRootError, read_root
from sekisho.certstore.roots import read_certificates
from sekisho.pki.pkcs12 import ImportRefusedError, display_name

ROOTS = "信頼されたルート証明機関"
PERSONAL = "個人"
NO_CERTIFICATE = "このファイルは、証明書として使用できません。"
GROUP = 8


def thumbprint(certificate: x509.Certificate) -> str:
    """The SHA-1 fingerprint as Windows' warning has it: capitals, eight to a group."""
    letters = certificate.fingerprint(hashes.SHA1()).hex().upper()  # noqa: S303 - what Windows shows
    return " ".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))


def opened(file: Path) -> x509.Certificate:
    """The certificate that a double click shows. Raises ImportRefusedError."""
    try:
        return read_certificates(file.read_bytes())[0]
    except NotRootError as problem:
        raise ImportRefusedError(NO_CERTIFICATE) from problem


def import_root(computer: Computer, file: Path) -> bool:
    """Through the wizard into the trusted roots; whether the user went through with it. Raises ImportRefusedError."""
    root = read_root(file.read_bytes())
    user = computer.user
    if not user.agrees(prompts.wizard(ROOTS)):
        return False
    if not user.agrees(prompts.root_warning(display_name(root.subject), thumbprint(root))):
        return False
    computer.store.trust_root(file)
    return user.agrees(prompts.IMPORTED)


def import_personal(computer: Computer, file: Path) -> bool:
    """Through the wizard into the user's own certificates, where it joins the key that waits for it.

    Whether the user went through with it. Raises ImportRefusedError, or ComError where no key waits.
    """
    certificate = opened(file)
    if not computer.user.agrees(prompts.wizard(PERSONAL)):
        return False
    computer.install(certificate)
    return computer.user.agrees(prompts.IMPORTED)
