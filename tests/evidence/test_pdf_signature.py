"""The signature within the statement's PDF, judged by poppler, and what `verify` says of one that was changed."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from reports.package import apart_reading, certify, content, paper_statement, paper_text, pdf_signature, timestamp
from reports.package.verify import verify
from sekisho.verdict import ConfigurationProblemError

from .authority import Tsa, served
from .conftest import Authority, Made, new_key, paper, ready

KINDS = ("ec", "rsa")


@pytest.fixture(scope="module")
def root() -> Authority:
    """Who names the signer."""
    return Authority()


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Authority) -> Made:
    """A package whose statement is signed, too."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: paper())
    monkeypatch.setattr(paper_text, "read", lambda _: None)
    key = new_key("ec")
    signing = certify.Signing(key, [root.issue("署名者", key.public_key())], "", certify.now(), sign_pdf=True)
    return Made(certify.certify(ready(tmp_path / "run"), signing, Path("unused")), key)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils judge the signature")
@pytest.mark.parametrize("kind", KINDS)
def test_poppler_accepts_the_signature(tmp_path: Path, root: Authority, kind: str) -> None:
    """Over the whole file, of the kind that PAdES prescribes."""
    key = new_key(kind)
    held = [root.issue("Signer", key.public_key())]
    (tmp_path / "paper.pdf").write_bytes(pdf_signature.sign(paper(), key, held, None))
    said = subprocess.run(["pdfsig", "paper.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "CN=Signer"):
        assert words in said


def test_an_authority_stamps_the_signature_of_the_pdf_too(tmp_path: Path, root: Authority) -> None:
    """PAdES B-T; asked once."""
    tsa, asked = Tsa(tmp_path / "tsa"), []
    stamped = tsa.stamped
    tsa.answer = lambda query: asked.append(query) or stamped(query)  # type: ignore[func-returns-value]
    key = new_key("ec")
    held = [root.issue("Signer", key.public_key())]
    with served(tsa) as url:
        made = pdf_signature.sign(paper(), key, held, timestamp.Authority(url))
    assert len(asked) == 1
    assert apart_reading.signed(made).whole
    assert b"Clock".hex().encode() in made.lower()


def test_a_package_with_a_signed_pdf_verifies(signed: Made, root: Authority, tmp_path: Path) -> None:
    """By the root of the signer; the words of the paper are still there to be read."""
    (tmp_path / "p.zip").write_bytes(signed.package)
    found = verify(tmp_path / "p.zip", None, [root.certificate])
    assert found.problems == []
    assert found.paper_signed
    assert len(PdfReader(BytesIO(signed.files[content.STATEMENT])).pages) == 1


def test_a_pdf_signed_by_somebody_else_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Authority
) -> None:
    """The package's own signature is right: only its paper shows another name."""
    key, other = new_key("ec"), new_key("ec")
    theirs = pdf_signature.sign(paper(), other, [root.issue("別の人", other.public_key())], None)
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: theirs)
    monkeypatch.setattr(paper_text, "read", lambda _: None)
    signing = certify.Signing(key, [root.issue("署名者", key.public_key())], "", certify.now())
    (tmp_path / "p.zip").write_bytes(certify.certify(ready(tmp_path / "run"), signing, Path("unused")))
    (problem,) = verify(tmp_path / "p.zip", key.public_key(), []).problems
    assert "署名した人のものではありません" in problem


@pytest.mark.parametrize("change", ["more", "changed", "twice", "broken"])
def test_a_pdf_changed_after_its_signature_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Authority, change: str
) -> None:
    """Behind it, within it, by a second one, or beyond reading."""
    key = new_key("ec")
    held = [root.issue("署名者", key.public_key())]
    right = pdf_signature.sign(paper(), key, held, None)
    writer = PdfWriter(BytesIO(right), incremental=True)
    writer.add_blank_page(10, 10)
    longer = BytesIO()
    writer.write(longer)
    monkeypatch.setattr(pdf_signature, "FIELD", "Second")
    changes = {
        "more": longer.getvalue(),
        "changed": right.replace(b"300", b"301", 1),
        "twice": pdf_signature.sign(right, key, held, None),
        "broken": right[:-200],
    }
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: changes[change])
    monkeypatch.setattr(paper_text, "read", lambda _: None)
    signing = certify.Signing(key, held, "", certify.now())
    (tmp_path / "p.zip").write_bytes(certify.certify(ready(tmp_path / "run"), signing, Path("unused")))
    problems = verify(tmp_path / "p.zip", key.public_key(), []).problems
    assert any("PDF の中の署名" in one for one in problems), problems


def test_signing_the_pdf_needs_a_certificate_and_a_key_that_readers_check(root: Authority) -> None:
    """Said before anything is made."""
    with pytest.raises(ConfigurationProblemError, match="--cert"):
        pdf_signature.check_key(new_key("ec"), [])
    key = new_key("ed25519")
    with pytest.raises(ConfigurationProblemError, match="Ed25519"):
        pdf_signature.check_key(key, [root.issue("Signer", key.public_key())])


def test_the_private_key_is_in_no_file(signed: Made) -> None:
    """Neither of the package nor of the PDF."""
    number = signed.key.private_numbers().private_value.to_bytes(32, "big")  # type: ignore[union-attr]
    for data in signed.files.values():
        assert number not in data
        assert number.hex().encode() not in data.lower()
