"""Whether a certificate is revoked, asked where the certificate itself says: CRL (RFC 5280) and OCSP (RFC 6960)."""

from __future__ import annotations

import time
import urllib.request
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from sekisho.language import say
from sekisho.machine.http import ask
from sekisho.pki.pkcs12 import OPENER, Identity
from sekisho.pki.worker import TooLongError, UnreadableError
from sekisho.pki.x509_parts import load
from sekisho.pki.x509_text import extension
from sekisho.verdict import DeviationError, EnvironmentProblemError, NotApplicableError

SUCCESSFUL = "SUCCESSFUL"  # RFC 6960 4.2.1
SECONDS = 10
WHOLE_SECONDS = 60
MOST_BYTES = 32 * 2**20  # large authorities' lists have some megabytes


def in_crl(identity: Identity) -> bool:
    """Whether the CRL lists the certificate. Raises DeviationError for an unreadable or forged CRL.

    Raises NotApplicableError for a certificate that names no CRL to be had over HTTP: nothing promises one.
    """
    points = extension(identity.der, x509.CRLDistributionPoints)
    url = _web(
        [name.value for point in points or () for name in point.full_name or ()],
        say("CRL 配布点", "CRL distribution point"),
    )
    issuer, data = _issuer(identity), _fetch(url)
    try:
        answer = OPENER.listed(data, issuer, f"{identity.certificate.serial_number:x}")
    except (TooLongError, UnreadableError) as error:
        raise DeviationError(say(f"{url} は CRL ではない", f"{url} is no CRL")) from error
    if answer.forged:
        raise DeviationError(say("CRL の署名が発行者のものでない", "The signature of the CRL is not the issuer's"))
    return answer.listed


def ocsp_status(identity: Identity) -> str:
    """GOOD, REVOKED or UNKNOWN, as the responder says. Raises DeviationError when it gives no such answer.

    Raises NotApplicableError for a certificate that names no responder to be asked over HTTP.
    """
    accesses = extension(identity.der, x509.AuthorityInformationAccess) or ()
    url = _web(
        [one.access_location.value for one in accesses if one.access_method == Access.OCSP],
        say("OCSP の宛先", "OCSP responder"),
    )
    issuer, own = _issuer(identity), identity.certificate
    question = ocsp.OCSPRequestBuilder().add_certificate(own, load(issuer), hashes.SHA1()).build()  # noqa: S303
    data = _fetch(url, question.public_bytes(serialization.Encoding.DER))
    try:
        answer = OPENER.answered(data, issuer)
    except (TooLongError, UnreadableError) as error:
        raise DeviationError(
            say(f"{url} の答えは OCSP の応答ではない", f"The answer of {url} is no OCSP response")
        ) from error
    if answer.went != SUCCESSFUL:
        raise DeviationError(say(f"OCSP の応答が {answer.went} である", f"The OCSP response is {answer.went}"))
    if answer.serial != f"{own.serial_number:x}":
        raise DeviationError(
            say("OCSP の応答が別の証明書についてのものである", "The OCSP response is about another certificate")
        )
    if answer.forged:
        raise DeviationError(
            say(
                "OCSP の応答の署名が、発行者のものでも、発行者の認めた応答者のものでもない",
                "The signature of the OCSP response is neither the issuer's nor that of a responder that the "
                "issuer allows",
            )
        )
    return answer.status


def _web(names: list[str], what: str) -> str:
    """The first address that can be asked over HTTP. Raises NotApplicableError where there is none."""
    found = next((name for name in names if urlsplit(name).scheme in {"http", "https"}), None)
    if found is None:
        raise NotApplicableError(
            say(
                f"証明書に、HTTP で問い合わせられる {what}が書かれていない（手順書は定めていない）",
                f"The certificate names no {what} that can be asked over HTTP (the manual does not require one)",
            )
        )
    return found


def _issuer(identity: Identity) -> bytes:
    """The certificate (DER) that signed it. Raises NotApplicableError where the user's file came without."""
    if not identity.chain:
        raise NotApplicableError(
            say(
                "発行者の証明書が PKCS#12 に無く、失効情報の署名を確かめられない",
                "The PKCS#12 file has no certificate of the issuer, so the signature of the revocation data cannot "
                "be checked",
            )
        )
    return identity.chain[0].public_bytes(serialization.Encoding.DER)


def _whole(answer: HTTPResponse, url: str) -> bytes:
    """The body, within bounds. Raises DeviationError."""
    end, body = time.monotonic() + WHOLE_SECONDS, bytearray()
    while piece := answer.read1():
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() > end:
            raise DeviationError(
                say(
                    f"{url} の失効情報が、{MOST_BYTES >> 20} MiB か {WHOLE_SECONDS} 秒を超えても終わらない",
                    f"The revocation data of {url} has not ended after {MOST_BYTES >> 20} MiB or {WHOLE_SECONDS} s",
                )
            )
    return bytes(body)


def _fetch(url: str, data: bytes | None = None) -> bytes:
    headers = {"Content-Type": "application/ocsp-request"} if data else {}
    try:
        with ask(urllib.request.Request(url, data=data, headers=headers), SECONDS) as answer:
            return _whole(answer, url)
    except HTTPError as error:
        raise DeviationError(
            say(
                f"{url} から失効情報を取得できない: HTTP {error.code}",
                f"No revocation data can be had from {url}: HTTP {error.code}",
            )
        ) from error
    except OSError as error:
        raise EnvironmentProblemError(
            say(f"{url} に、この機械からは接続できない: {error}", f"This machine cannot connect to {url}: {error}")
        ) from error
