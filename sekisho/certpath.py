"""The path from a certificate up to a trusted root, judged as the certificate viewer of Windows does (証明のパス)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from cryptography import x509

from sekisho.pkcs12 import issued_by

LONGEST = 8


class PathStatus(StrEnum):
    """What the viewer says of a certificate (証明書の状態)."""

    FINE = "この証明書は問題ありません。"
    OUT_OF_TIME = "この証明書の有効期限が切れたか、まだ有効になっていません。"
    BAD_SIGNATURE = "この証明書には無効なデジタル署名が含まれています。"
    NO_ISSUER = "この証明書の発行者が見つかりませんでした。"
    UNTRUSTED_ROOT = "このルート証明書は、信頼されたルート証明機関のストアに存在しないため信頼されていません。"


def path_status(
    certificate: x509.Certificate,
    issuers: Iterable[x509.Certificate],
    trusted: Iterable[x509.Certificate],
    now: datetime,
) -> PathStatus:
    """Climb from a certificate; `issuers` are those at hand beside the `trusted` roots."""
    roots = list(trusted)
    known = [*roots, *issuers]
    for _ in range(LONGEST):
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            return PathStatus.OUT_OF_TIME
        if certificate in roots:
            return PathStatus.FINE
        if certificate.issuer == certificate.subject:
            return PathStatus.UNTRUSTED_ROOT
        named = [one for one in known if one.subject == certificate.issuer]
        above = next((one for one in named if issued_by(certificate, one)), None)
        if above is None:
            return PathStatus.BAD_SIGNATURE if named else PathStatus.NO_ISSUER
        certificate = above
    return PathStatus.NO_ISSUER
