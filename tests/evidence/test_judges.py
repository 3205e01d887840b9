"""What others say of a package: securesystemslib, in-toto's own reader, OpenSSL, sha256sum, a PDF reader."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from google.protobuf import json_format
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from pypdf import PdfReader
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer._key import Key, SSlibKey

from reports.package import content, dsse, keys
from sekisho.verdict import Verdict

from .conftest import KINDS, Made, Make, failed, new_key

SCHEMES = {"ec": "ecdsa-sha2-nistp256", "rsa": "rsa-pkcs1v15-sha256", "ed25519": "ed25519"}


def judged_by(made: Made, key: keys.PrivateKey, kind: str) -> dict[str, Key]:
    """Verify the envelope as securesystemslib does, with somebody's key."""
    other = SSlibKey.from_crypto(key.public_key(), keys.fingerprint(made.key.public_key()), SCHEMES[kind])
    return Envelope.from_dict(json.loads(made.files[content.ATTESTATION])).verify([other], 1)


@pytest.mark.parametrize("kind", KINDS)
def test_securesystemslib_accepts_the_envelope(make: Make, kind: str) -> None:
    """And with another key of the same kind it does not."""
    made = make(kind=kind)
    assert judged_by(made, made.key, kind)
    with pytest.raises(VerificationError):
        judged_by(made, new_key(kind), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_accepts_the_signature_over_the_bytes_of_the_specification(
    make: Make, tmp_path: Path, kind: str
) -> None:
    """The bytes are put together here from the specification's sentence, not by the harness."""
    made = make(kind=kind)
    envelope = json.loads(made.files[content.ATTESTATION])
    payload = base64.b64decode(envelope["payload"])
    signed = b"DSSEv1 28 application/vnd.in-toto+json " + str(len(payload)).encode() + b" " + payload
    for name, data in {
        "pae": signed,
        "sig": base64.b64decode(envelope["signatures"][0]["sig"]),
        "pub": made.files[content.PUBLIC_KEY],
    }.items():
        (tmp_path / name).write_bytes(data)

    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "pub", "-rawin", "-in", "pae", "-sigfile", "sig"]
    command += [] if kind == "ed25519" else ["-digest", "sha256"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_in_totos_own_reader_accepts_the_statement_and_the_predicate(make: Make) -> None:
    """Unknown fields would be refused by it."""
    made = make(failed(verdict=Verdict.WARNING))
    payload = dsse.read(made.files[content.ATTESTATION]).payload

    parsed = json_format.Parse(payload, statement_pb2.Statement())
    Statement.copy_from_pb(parsed).validate()
    told = json_format.ParseDict(json.loads(payload)["predicate"], test_result_pb2.TestResult())

    assert parsed.predicate_type == "https://in-toto.io/attestation/test-result/v0.1"
    assert told.result == "WARNED"
    assert list(told.warned_tests) == ["danshin-bad"]
    assert len(told.passed_tests) == 10


def test_every_file_but_the_envelope_is_a_subject(make: Make) -> None:
    """Which is also what `cosign verify-blob-attestation` looks for: the SHA-256 of the file it is given."""
    made = make()
    subjects = json.loads(dsse.read(made.files[content.ATTESTATION]).payload)["subject"]
    assert {one["name"] for one in subjects} == set(made.files) - {content.ATTESTATION}


def test_sha256sum_accepts_the_list(make: Make, tmp_path: Path) -> None:
    """The package unpacked by Python, its list checked by coreutils."""
    with zipfile.ZipFile(io.BytesIO(make().package)) as archive:
        archive.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "--check", "--strict", content.SUMS], cwd=tmp_path / "out", check=False)
    assert done.returncode == 0


def test_the_statement_on_paper_says_what_was_tested(printed: Made) -> None:
    """Read from the PDF's own text, by another program."""
    reader = PdfReader(io.BytesIO(printed.files[content.STATEMENT]))
    # fonts share some glyphs between a character and the radical of the same shape; NFKC makes them one again
    text = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in reader.pages)).replace("\n", "")

    for words in (
        "試験成績書",
        "認証ポータル",
        "2.4.1",
        "見本株式会社",
        "2025年4月版",
        "試験 太郎",
        "Chromium 156",
        "適合",
    ):
        assert words in text
    for words in ("新規取得", "更新の再開", "DAN-RULE-03", "次の版で直します", "2027-02-19"):
        assert words in text
    assert keys.fingerprint(printed.key.public_key()) in text.replace(" ", "")


def test_the_statement_names_the_sums_of_the_other_files(printed: Made) -> None:
    """Of the results, the reports and the list of all sums."""
    text = (
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.files[content.STATEMENT])).pages)
        .replace("\n", "")
        .replace(" ", "")
    )
    lines = printed.files[content.SUMS].decode().splitlines()
    sums = {name: value for value, name in (line.split("  ") for line in lines)}
    assert sums["run.json"] in text
    assert sums["report.html"] in text
