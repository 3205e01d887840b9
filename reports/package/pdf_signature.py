"""The signature within a PDF (PAdES), which a PDF reader shows without sekisho."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reports.package.awaited import awaited
from reports.package.keys import PrivateKey
from reports.package.timestamp import Authority
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

FIELD = "Sekisho"
ROOM = 64 << 10  # bytes kept for the signature: with a chain of certificates and a time stamp


def check_key(key: PrivateKey, certificates: Sequence[x509.Certificate]) -> None:
    """Raise ConfigurationProblemError where a PDF signed with this key is none that PDF readers check."""
    if not certificates:
        raise ConfigurationProblemError(
            say(
                "--sign-pdf: PDF の署名には鍵の証明書が要ります。--cert を指定してください。",
                "--sign-pdf: signing the PDF needs the key's certificate. Give it by --cert.",
            )
        )
    if isinstance(key, ed25519.Ed25519PrivateKey):
        raise ConfigurationProblemError(
            say(
                "--sign-pdf: Ed25519 の署名は、PDF ビューアーの多くが検証できません。EC P-256 か RSA "
                "の鍵を使ってください。",
                "--sign-pdf: most PDF readers cannot verify an Ed25519 signature. Use an EC P-256 or RSA key.",
            )
        )


def sign(pdf: bytes, key: PrivateKey, certificates: Sequence[x509.Certificate], tsa: Authority | None) -> bytes:
    """The PDF with a signature of the PAdES baseline: B-B, or B-T with an authority's time stamp.

    Raises EnvironmentProblemError where the authority does not answer.
    """
    first, *others = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in certificates]
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([first, *others])
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(first, asn1_keys.PrivateKeyInfo.load(private), store)
    reason = say("試験成績書", "Statement of test results")
    about = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=reason, subfilter=SigSeedSubFilter.PADES
    )
    made = BytesIO()
    written = IncrementalPdfFileWriter(BytesIO(pdf))
    awaited(PdfSigner(about, signer, timestamper=tsa).async_sign_pdf(written, bytes_reserved=ROOM, output=made))
    return made.getvalue()
