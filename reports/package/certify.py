"""Making a package: results, reports, statement, and the signature over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reports.package import chain, content, dsse, keys, paper_statement, pdf_signature, statement
from reports.package.archive import ArchiveError, pack
from reports.package.readiness import problems
from reports.package.timestamp import Authority
from reports.reading import Results, read
from reports.spoken import spoken
from sekisho.language import say, speaking
from sekisho.machine import tempfolders
from sekisho.verdict import ConfigurationProblemError


@dataclass(frozen=True)
class Signing:
    """Who signs: the key, the certificates that name its owner (none, or the signer's first), and the tester."""

    key: keys.PrivateKey
    certificates: list[x509.Certificate]
    tester: str
    when: datetime
    tsa: Authority | None = None
    """Who stamps the signature with the time."""
    sign_pdf: bool = False
    """Whether the statement on paper is signed by itself, too, for readers of PDF."""


def check_certificate(signing: Signing, path: Path) -> None:
    """Raise ConfigurationProblemError unless the first certificate is the key's, and one to sign with today."""
    first = signing.certificates[0]
    try:
        same = keys.fingerprint(keys.strong(first.public_key())) == keys.fingerprint(signing.key.public_key())
    except ValueError:
        same = False
    if not same:
        raise ConfigurationProblemError(
            say(
                f"{path}: 最初の証明書は --key の鍵のものではありません。",
                f"{path}: the first certificate is not that of the key given by --key.",
            )
        )
    if wrong := chain.signer_problem(first, signing.when):
        raise ConfigurationProblemError(f"{path}: {wrong}")


def certify(folder: Path, signing: Signing, browser: Path) -> bytes:
    """The package of a run, ready to be written. Raises ConfigurationProblemError when the run cannot be certified."""
    results = read(folder)
    if found := problems(results):
        lines = "\n".join(f"  - {one}" for one in found)
        raise ConfigurationProblemError(
            say(f"{folder}: この実行は証明できません。\n{lines}", f"{folder}: this run cannot be certified.\n{lines}")
        )
    with tempfolders.lent("certify") as place, speaking(spoken(results.run)):
        try:
            return pack(_files(content.copied(results, place), signing, browser))
        except ArchiveError as error:
            raise ConfigurationProblemError(f"{folder}: {error}") from error


def _files(results: Results, signing: Signing, browser: Path) -> dict[str, bytes]:
    """Everything in the package; the statement on paper names the sums of what was there before it."""
    certified = statement.Certified(signing.tester, signing.when, spoken(results.run))
    found = content.files(results.folder)
    found[content.PUBLIC_KEY] = keys.pem(signing.key.public_key())
    if signing.certificates:
        found[content.CERTIFICATE] = b"".join(one.public_bytes(Encoding.PEM) for one in signing.certificates)
    found[content.SUMS] = content.sums(found)
    paper = paper_statement.pdf(results, found, certified, _signer(signing), browser)
    if signing.sign_pdf:
        paper = pdf_signature.sign(paper, signing.key, signing.certificates, signing.tsa)
    found[content.STATEMENT] = paper
    sealed = dsse.seal(statement.build(results, found, certified), signing.key)
    stamped = {content.TIMESTAMP: signing.tsa.stamp(sealed)} if signing.tsa else {}
    return found | {content.ATTESTATION: sealed} | stamped


def _signer(signing: Signing) -> paper_statement.Signer:
    name = signing.certificates[0].subject.rfc4514_string() if signing.certificates else ""
    return paper_statement.Signer(keys.fingerprint(signing.key.public_key()), name)


def now() -> datetime:
    """The time of certifying, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
