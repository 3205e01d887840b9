"""Time stamps: asked of an authority of OpenSSL's, judged by OpenSSL, checked without a network."""

from __future__ import annotations

import asyncio
import random
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reports.package import (
    apart,
    apart_reading,
    certify,
    content,
    dsse,
    paper_statement,
    paper_text,
    statement,
    timestamp,
)
from reports.package.archive import pack, unpack
from reports.package.verify import Verification, verify
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

from .authority import Tsa, served
from .conftest import Authority, Made, new_key, ready

Write = Callable[..., Path]
DATA = b"what is stamped"


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    """An authority as it should be."""
    return Tsa(tmp_path_factory.mktemp("time") / "tsa")


@pytest.fixture
def address(tsa: Tsa) -> Iterator[str]:
    """Where it answers."""
    with served(tsa) as url:
        yield url
    tsa.answer, tsa.status, tsa.kind = tsa.stamped, 200, timestamp.REPLY


@pytest.fixture(scope="module")
def token(tsa: Tsa) -> bytes:
    """Its stamp on the data."""
    with served(tsa) as url:
        return timestamp.Authority(url).stamp(DATA)


@pytest.fixture
def stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> Made:
    """A package made now, with a time stamp."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: b"%PDF-1.4 a statement")
    monkeypatch.setattr(paper_text, "read", lambda _: None)
    key = new_key("ec")
    signing = certify.Signing(key, [], "試験 太郎", certify.now(), timestamp.Authority(address))
    return Made(certify.certify(ready(tmp_path / "run"), signing, Path("unused")), key)


def checked(path: Path, made: Made, *authorities: x509.Certificate) -> Verification:
    """What is found with the signer's key."""
    return verify(path, made.key.public_key(), [], authorities)


def test_openssl_accepts_the_stamp_over_the_signature(stamped: Made, tsa: Tsa, tmp_path: Path) -> None:
    """The token in the package is over the attestation's bytes."""
    (tmp_path / "token").write_bytes(stamped.files[content.TIMESTAMP])
    (tmp_path / "attestation").write_bytes(stamped.files[content.ATTESTATION])
    command = ["openssl", "ts", "-verify", "-in", "token", "-token_in", "-data", "attestation"]
    command += ["-CAfile", str(tsa.folder / "ca.pem"), "-untrusted", str(tsa.folder / "tsa.pem")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_stamped_package_says_when_and_by_whom(stamped: Made, tsa: Tsa, on_disk: Write) -> None:
    """Checked by the root of the authority."""
    found = checked(on_disk(stamped.package), stamped, tsa.root)
    assert found.problems == []
    assert found.stamp
    assert found.stamp.trusted
    assert found.certified
    assert abs(found.stamp.when - found.certified.when) < timedelta(minutes=2)
    assert "Clock" in found.stamp.authority


def test_an_authority_that_nobody_vouched_for_is_a_hint(stamped: Made, on_disk: Write) -> None:
    """The stamp is whole; whose it is has not been asked."""
    found = checked(on_disk(stamped.package), stamped)
    assert found.problems == []
    assert any("--tsa-root" in one for one in found.hints)


def test_an_authority_of_another_root_is_a_problem(stamped: Made, on_disk: Write) -> None:
    """As is no stamp where one has to be."""
    (problem,) = checked(on_disk(stamped.package), stamped, Authority().certificate).problems
    assert content.TIMESTAMP in problem
    without = stamped.with_files({content.TIMESTAMP: None})
    (problem,) = checked(on_disk(without), stamped, Authority().certificate).problems
    assert "付いていません" in problem


def test_a_stamp_of_another_package_is_a_problem(stamped: Made, token: bytes, on_disk: Write) -> None:
    """Though it is whole."""
    (problem,) = checked(on_disk(stamped.with_files({content.TIMESTAMP: token})), stamped).problems
    assert "署名のものではない" in problem


def test_a_stamp_older_than_what_it_stamps_is_a_problem(stamped: Made, tsa: Tsa, address: str, on_disk: Write) -> None:
    """The signer then says that he certified later than he did."""
    payload = dsse.read(stamped.files[content.ATTESTATION]).payload
    told = statement.read(payload).certified.when
    later = payload.replace(told.isoformat().encode(), (told + timedelta(hours=1)).isoformat().encode())
    again = unpack(stamped.signed_again(later))
    again[content.TIMESTAMP] = timestamp.Authority(address).stamp(again[content.ATTESTATION])
    found = checked(on_disk(pack(again)), stamped, tsa.root)
    assert any("より前です" in one for one in found.problems)


def test_a_signers_certificate_counts_at_the_time_of_a_trusted_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tsa: Tsa, address: str, on_disk: Write
) -> None:
    """Not at the time that he names: with a key that ran out he could name any."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: b"%PDF-1.4 a statement")
    monkeypatch.setattr(paper_text, "read", lambda _: None)
    root, key = Authority(), new_key("ec")
    held = [root.issue("署名者", key.public_key(), days=(-400, -1))]
    signing = certify.Signing(key, held, "", certify.now() - timedelta(days=5), timestamp.Authority(address))
    path = on_disk(certify.certify(ready(tmp_path / "run"), signing, Path("unused")))
    assert verify(path, None, [root.certificate]).problems == []
    (problem,) = verify(path, None, [root.certificate], [tsa.root]).problems
    assert "有効ではありません" in problem


def test_a_stamp_is_read_also_where_an_event_loop_runs(token: bytes) -> None:
    """As Playwright's does in a process that drives a browser."""

    async def read() -> apart.Stamp:
        return apart_reading.stamp(token, DATA, [])

    with ThreadPoolExecutor(1) as pool:  # in this thread Playwright's own loop may be running
        assert "Clock" in pool.submit(asyncio.run, read()).result().authority


def test_a_changed_byte_of_a_token_is_found_or_changes_nothing_that_it_says(token: bytes, tsa: Tsa) -> None:
    """Of some bytes OpenSSL and the library take no notice, such as the case of a name's letters."""
    roots = [tsa.root.public_bytes(Encoding.DER)]
    right = apart_reading.stamp(token, DATA, roots)
    for place in random.Random(2).sample(range(len(token)), 60):  # noqa: S311 - places to try, not secrets
        changed = bytearray(token)
        changed[place] ^= 1 << (place % 8)
        try:
            assert apart_reading.stamp(bytes(changed), DATA, roots) == right
        except apart.StampError:
            continue


@pytest.mark.parametrize(
    "bad", ["", "3080", "3084ffffffff", "00" * 1000, "30" * 9000, "3080" * 9000], ids=lambda one: one[:12]
)
def test_what_is_no_token_is_said_to_be_none(bad: str) -> None:
    """Whatever it does to the library."""
    with pytest.raises(apart.StampError):
        apart_reading.stamp(bytes.fromhex(bad), DATA, [])


def test_a_certificate_for_something_else_stamps_nothing(tmp_path: Path, token: bytes) -> None:
    """OpenSSL itself would not stamp with one: a forger puts the parts together."""
    wrong = Tsa(tmp_path / "wrong", uses="mails")
    said = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed.dump()
    (wrong.folder / "said").write_bytes(said)
    wrong.openssl("cms", "-sign", "-binary", "-nodetach", "-cades", "-md", "sha256", "-outform", "DER",
                  "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", "said", "-signer", "tsa.pem",
                  "-inkey", "tsa.key", "-out", "forged")  # fmt: skip
    with pytest.raises(apart.StampError, match="時刻の証明に使えません"):
        apart_reading.stamp((wrong.folder / "forged").read_bytes(), DATA, [wrong.root.public_bytes(Encoding.DER)])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": lambda _: b"no"}, "読めません"),
        ({"answer": lambda _: b""}, "読めません"),
        ({"answer": lambda _: bytes.fromhex("30053003020102")}, "応じませんでした（rejection）"),
        ({"answer": lambda _: bytes(timestamp.LARGEST + 1)}, "タイムスタンプの応答ではありません"),
        ({"kind": "text/html"}, "タイムスタンプの応答ではありません"),
        ({"status": 503}, "HTTP 503"),
    ],
)
def test_an_authority_that_does_not_stamp_is_named(
    tsa: Tsa, address: str, change: dict[str, object], said: str
) -> None:
    """With its address, and what to do; nothing is written."""
    for name, value in change.items():
        setattr(tsa, name, value)
    with pytest.raises(EnvironmentProblemError, match=said) as caught:
        timestamp.Authority(address).stamp(DATA)
    assert address in str(caught.value)


def test_an_answer_to_another_question_is_refused(tsa: Tsa, address: str) -> None:
    """One that was overheard and is sent again."""
    first = timestamp.Authority(address)
    first.stamp(DATA)
    old = (tsa.folder / "reply").read_bytes()
    tsa.answer = lambda _: old
    with pytest.raises(EnvironmentProblemError, match="nonce"):
        timestamp.Authority(address).stamp(DATA)


def test_an_authority_that_is_not_there_is_named() -> None:
    """Without the password of its address."""
    with pytest.raises(EnvironmentProblemError, match=r"接続できません") as caught:
        timestamp.Authority("http://me:secret@127.0.0.1:9/").stamp(DATA)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "tsa.example", "ftp://tsa.example/", "http://", "http://[::1/", "file:///etc/passwd"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is made."""
    with pytest.raises(ConfigurationProblemError, match="--tsa"):
        timestamp.Authority(url)
