"""`sekisho certify` and `sekisho verify` as a person calls them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reports.package import certify, keys, paper_statement
from sekisho.cli.app import app
from sekisho.verdict import ConfigurationProblemError, Verdict

from .authority import Tsa, served
from .conftest import WHEN, Authority, cert_pem, failed, new_key, paper, private_pem, ready

PASSWORD = "SEKISHO_KEY_PASSWORD"


@pytest.fixture(autouse=True)
def _quick_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes in place of the printed statement; test_judges.py prints it."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: b"%PDF-1.4 a statement")


def sekisho(*arguments: str, **environment: str) -> Result:
    """One command, carried out here."""
    return CliRunner(env={"COLUMNS": "200", **environment}).invoke(app, arguments)


def refused(result: Result) -> str:
    """The sentence of a command that was refused; `sekisho.cli.main` prints it and ends with exit code 2."""
    assert isinstance(result.exception, ConfigurationProblemError), result.output
    return str(result.exception)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a run, a key, its public half, its certificate and the root."""
    ready(tmp_path / "run")
    key, root = new_key("ec"), Authority()
    for name, data in {
        "k.pem": private_pem(key),
        "locked.pem": private_pem(key, "secret"),
        "k.pub": keys.pem(key.public_key()),
        "c.pem": cert_pem(root.issue("試験者", key.public_key())),
        "root.pem": cert_pem(root.certificate),
    }.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def certified(place: Path, *more: str) -> Path:
    """The package of the run."""
    done = sekisho("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out", str(place / "p.zip"), *more)
    assert done.exit_code == 0, done.output
    return place / "p.zip"


def test_a_package_is_made_and_verified(place: Path) -> None:
    """By key, with exit code 0; its facts are told."""
    package = certified(place, "--tester", "試験 太郎")
    done = sekisho("verify", str(package), "--key", str(place / "k.pub"))
    assert done.exit_code == 0
    for words in ("検証できました", "認証ポータル 2.4.1", "試験 太郎", "適合"):
        assert words in done.output


def test_a_package_with_a_certificate_is_verified_by_its_root(place: Path) -> None:
    """And the signer's name is told."""
    package = certified(place, "--cert", str(place / "c.pem"))
    done = sekisho("verify", str(package), "--root", str(place / "root.pem"))
    assert done.exit_code == 0, done.output
    assert "CN=試験者" in done.output


def test_a_stamped_package_with_a_signed_pdf_is_made_and_verified(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are told; the stamp by the root of its authority."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: paper())
    tsa = Tsa(place / "tsa")
    with served(tsa) as url:
        package = certified(place, "--cert", str(place / "c.pem"), "--sign-pdf", "--tsa", url)
    roots = ["--root", str(place / "root.pem"), "--tsa-root", str(tsa.folder / "ca.pem")]
    done = sekisho("verify", str(package), *roots)
    assert done.exit_code == 0, done.output
    assert "Clock" in done.output
    assert "あり（署名者のもの）" in done.output


def test_signing_the_pdf_without_a_certificate_is_refused(place: Path) -> None:
    """With the option that is missing."""
    done = sekisho("certify", str(place / "run"), "--key", str(place / "k.pem"), "--sign-pdf")
    assert "--cert" in refused(done)


def test_a_changed_package_has_exit_code_1(place: Path) -> None:
    """And the file is named."""
    package = certified(place)
    package.write_bytes(package.read_bytes().replace(b"DAN-RULE-03", b"DAN-RULE-04"))
    done = sekisho("verify", str(package), "--key", str(place / "k.pub"))
    assert done.exit_code == 1
    assert "中身が変わっています" in done.output


def test_verifying_without_saying_whom_to_trust_is_no_success(place: Path) -> None:
    """Exit code 2, and how to say it."""
    done = sekisho("verify", str(certified(place)))
    assert done.exit_code == 2
    assert "--key" in done.output


def test_a_key_and_a_root_together_are_refused(place: Path) -> None:
    """Which one counts would be a guess."""
    key, root = str(place / "k.pub"), str(place / "root.pem")
    assert "どちらか" in refused(sekisho("verify", str(certified(place)), "--key", key, "--root", root))


def test_a_run_with_an_error_is_not_certified(place: Path) -> None:
    """The scenario is named, and no package is left behind."""
    ready(place / "run", failed(verdict=Verdict.ERROR))
    error = refused(
        sekisho("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out", str(place / "p.zip"))
    )
    assert "danshin-bad" in error
    assert not (place / "p.zip").exists()


def test_a_missing_picture_is_missing_evidence(place: Path) -> None:
    """It is named."""
    (place / "run" / "pictures" / "one.jpg").unlink()
    error = refused(
        sekisho("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out", str(place / "p.zip"))
    )
    assert "one.jpg" in error


def test_a_picture_that_leads_out_of_the_folder_is_refused(place: Path) -> None:
    """A result file from elsewhere cannot put this machine's files into a package."""
    picture = place / "run" / "pictures" / "one.jpg"
    picture.unlink()
    picture.symlink_to(place / "k.pem")
    error = refused(
        sekisho("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out", str(place / "p.zip"))
    )
    assert "one.jpg" in error


def test_an_encrypted_key_takes_its_password_from_the_environment(place: Path) -> None:
    """Without it and without a terminal, the variable is named."""
    command = ("certify", str(place / "run"), "--key", str(place / "locked.pem"), "--out", str(place / "p.zip"))
    assert PASSWORD in refused(sekisho(*command))
    assert sekisho(*command, SEKISHO_KEY_PASSWORD="secret").exit_code == 0


def test_a_package_is_never_overwritten(place: Path) -> None:
    """Somebody may have sent it already."""
    package = certified(place)
    command = ("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out")
    assert "すでに" in refused(sekisho(*command, str(package)))
    assert "ありません" in refused(sekisho(*command, str(place / "nowhere" / "p.zip")))


def test_the_runs_folder_is_left_as_it_is(place: Path) -> None:
    """Reports are written anew for the package only: what the run left stays."""
    before = sorted(path.name for path in (place / "run").rglob("*"))
    certified(place)
    assert sorted(path.name for path in (place / "run").rglob("*")) == before


def test_the_same_run_key_and_second_give_the_same_package(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a signature that is the same each time (Ed25519)."""
    monkeypatch.setattr(certify, "now", lambda: WHEN)
    (place / "k.pem").write_bytes(private_pem(new_key("ed25519")))
    first = certified(place).read_bytes()
    (place / "p.zip").unlink()
    assert certified(place).read_bytes() == first


def test_keys_made_by_openssl_are_taken(place: Path) -> None:
    """As the documentation says: encrypted, PKCS #8."""
    make = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256"]
    subprocess.run([*make, "-pass", "pass:secret", "-out", "k.pem"], cwd=place, check=True, capture_output=True)
    public = ["openssl", "pkey", "-in", "k.pem", "-passin", "pass:secret", "-pubout", "-out", "k.pub"]
    subprocess.run(public, cwd=place, check=True, capture_output=True)

    command = ("certify", str(place / "run"), "--key", str(place / "k.pem"), "--out", str(place / "p.zip"))
    assert sekisho(*command, SEKISHO_KEY_PASSWORD="secret").exit_code == 0
    assert sekisho("verify", str(place / "p.zip"), "--key", str(place / "k.pub")).exit_code == 0


@pytest.mark.parametrize("command", ["certify", "verify", "compare"])
def test_the_commands_explain_themselves(command: str) -> None:
    """Each has help."""
    assert sekisho(command, "--help").exit_code == 0
