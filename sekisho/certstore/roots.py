"""Files of root certificates, as portals offer them for download, judged before they are trusted."""

from __future__ import annotations

from cryptography import x509

from sekisho import pkcs12

PEM_MARK = b"-----BEGIN CERTIFICATE-----"


class NotRootError(pkcs12.ImportRefusedError):
    """The file holds no certificate, or not that of a root authority."""


def read_root(data: bytes) -> x509.Certificate:
    """The root certificate in a file, DER or PEM; raises `NotRootError`."""
    certificate = _certificate(data)
    name = pkcs12.display_name(certificate.subject)
    if not pkcs12.issued_by(certificate, certificate):
        raise NotRootError(f"「{name}」の証明書は自己署名ではなく、ルート証明書ではありません。")
    if not _is_authority(certificate):
        raise NotRootError(f"「{name}」の証明書は認証局のものではありません。")
    return certificate


def _certificate(data: bytes) -> x509.Certificate:
    load = x509.load_pem_x509_certificate if PEM_MARK in data else x509.load_der_x509_certificate
    try:
        return load(data)
    except ValueError as problem:
        raise NotRootError("ファイルに証明書（DERまたはPEM）が入っていません。") from problem


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
