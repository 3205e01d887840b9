"""The path from a certificate up to a trusted root, judged as the certificate viewer of Windows does (証明のパス)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from cryptography import x509

from sekisho.pki.chains import Way, climb, is_root, names_fit, signed_by


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
    """Climb from a certificate; `issuers` are those at hand beside the `trusted` roots.

    Of several ways up (cross-signed or rolled-over authorities) the one that is fine counts; where none is, what stops
    the first.
    """
    roots = list(trusted)
    stopped: list[PathStatus] = []

    def above(way: Way, left: Sequence[x509.Certificate]) -> Sequence[x509.Certificate]:
        status, found = _step(way[-1], left, roots, now)
        stopped.extend([status] if status else [])
        return found

    for _ in climb(certificate, [*roots, *issuers], above):
        if PathStatus.FINE in stopped:
            break
    return PathStatus.FINE if PathStatus.FINE in stopped else next(iter(stopped), PathStatus.NO_ISSUER)


def _step(
    certificate: x509.Certificate, known: Sequence[x509.Certificate], roots: list[x509.Certificate], now: datetime
) -> tuple[PathStatus | None, list[x509.Certificate]]:
    """What is to be said at this certificate, or the issuers to look at next."""
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        return PathStatus.OUT_OF_TIME, []
    if certificate in roots:
        return PathStatus.FINE, []
    if is_root(certificate):
        return PathStatus.UNTRUSTED_ROOT, []
    named = [one for one in known if names_fit(certificate, one)]
    above = [one for one in named if signed_by(certificate, one) is not False]
    if above:
        return None, above
    return (PathStatus.BAD_SIGNATURE if named else PathStatus.NO_ISSUER), []
