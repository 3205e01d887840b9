"""`python -m reports.package.apart_reading`: the process that `apart` asks; JSON in, JSON out."""

from __future__ import annotations

import hashlib
import json
import sys
from base64 import b64decode, b64encode
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, tsp, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from reports.package.apart import Signed, Stamp, StampError
from reports.package.awaited import awaited
from sekisho.language import say
from sekisho.machine.memory import limit_memory

DIGEST = "sha256"


def main() -> int:
    """Answer the question on standard input; an exception where it cannot be answered."""
    limit_memory()
    question = json.load(sys.stdin)
    json.dump(_of_pdf(question) if "pdf" in question else _of_stamp(question), sys.stdout)
    return 0


def _of_pdf(question: dict[str, Any]) -> dict[str, Any]:
    found = signed(b64decode(question["pdf"]))
    return {"count": found.count, "whole": found.whole, "certificate": b64encode(found.certificate).decode()}


def _of_stamp(question: dict[str, Any]) -> dict[str, Any]:
    roots = [b64decode(one) for one in question["roots"]]
    try:
        told = stamp(b64decode(question["stamp"]), b64decode(question["data"]), roots)
    except StampError as error:
        return {"wrong": str(error)}
    return {"when": told.when.isoformat(), "authority": told.authority, "trusted": told.trusted}


def signed(pdf: bytes) -> Signed:
    """As `apart.signed`. Raises whatever the library does at a PDF that it cannot read."""
    found = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if len(found) != 1:
        return Signed(len(found))
    return Signed(1, _whole(found[0]), bytes(found[0].signer_cert.dump()))


def _whole(one: EmbeddedPdfSignature) -> bool:
    told = awaited(async_validate_pdf_signature(one, _trusting([])))
    return bool(told.intact and told.valid and told.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def stamp(token: bytes, data: bytes, roots: list[bytes]) -> Stamp:
    """As `apart.stamp`, with roots in DER."""
    try:
        signature = cms.ContentInfo.load(token, strict=True)["content"]
        info: tsp.TSTInfo = signature["encap_content_info"]["content"].parsed
        when, imprint = info["gen_time"].native, hashlib.sha256(data).digest()
        told = awaited(validate_tst_signed_data(signature, _trusting(roots, when), imprint))
        usual = info["message_imprint"]["hash_algorithm"]["algorithm"].native == DIGEST
    except Exception as error:  # whatever a stranger's bytes do to the library
        raise StampError(
            say(
                f"タイムスタンプを読めません（{type(error).__name__}）。",
                f"The time stamp cannot be read ({type(error).__name__}).",
            )
        ) from error
    if not (told["intact"] and told["valid"] and usual):
        raise StampError(
            say(
                "タイムスタンプが、パッケージの署名のものではないか、壊れています。",
                "The time stamp is not of this package's signature, or it is damaged.",
            )
        )
    if roots and not TimestampSignatureStatus(**told).trusted:
        raise StampError(
            say(
                "タイムスタンプ局の証明書が、指定した認証局のものではないか、時刻の証明に使えません。",
                "The certificate of the time stamping authority was not issued by the given certification "
                "authority, or is not for time stamping.",
            )
        )
    return Stamp(when, told["signing_cert"].subject.human_friendly, bool(roots))


def _trusting(roots: list[bytes], when: datetime | None = None) -> ValidationContext:
    """Only these roots, at a time, and without asking the network."""
    held = [x509.Certificate.load(one) for one in roots]
    return ValidationContext(trust_roots=held, moment=when, allow_fetching=False, revocation_mode="soft-fail")


if __name__ == "__main__":
    sys.exit(main())
