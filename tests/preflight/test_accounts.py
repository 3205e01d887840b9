"""Accounts whose secrets, files or certificates cannot be what the file says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from sekisho.preflight import Finding, Place, check
from sekisho.target_file import examine, read
from tests.browser.authority import Signer, root

Look = Callable[..., list[Finding]]
FILE = """
manual = "danshin"
name = "検証環境"
[sites]
enrol = "https://127.0.0.1:1/"
[mail]
maildir = "Maildir"
[[accounts]]
state = "{state}"
user_id = "emp1"
login_password_env = "PREFLIGHT_LOGIN"
identities = [{{ pkcs12 = "emp1.p12", password_env = "PREFLIGHT_P12" }}]
"""


@pytest.fixture(scope="module")
def issuer() -> Signer:
    """Who issues the accounts' certificates."""
    return root("Root")


def lasting(issuer: Signer, start: int, end: int) -> bytes:
    """A PKCS#12 file whose certificate lasts from one day to another, counted from today."""
    one = issuer.issue("emp1")
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(one.cert.issuer, one.cert.subject, one.key.public_key(), one.cert.serial_number)
    builder = builder.not_valid_before(now + dt.timedelta(days=start)).not_valid_after(
        now + dt.timedelta(days=end, hours=1)
    )
    cert = builder.sign(issuer.key, hashes.SHA256())
    lock = serialization.BestAvailableEncryption(b"opens")
    return pkcs12.serialize_key_and_certificates(b"emp1", one.key, cert, [issuer.cert], lock)


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """What is found of a target file; a hint about missing accounts is left out."""
    monkeypatch.setenv("PREFLIGHT_LOGIN", "secret")
    monkeypatch.setenv("PREFLIGHT_P12", "opens")
    for part in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)

    def do(text: str, file: bytes | None = None) -> list[Finding]:
        path = tmp_path / "portal.toml"
        path.write_text(text, encoding="utf-8")
        if file is not None:
            (tmp_path / "emp1.p12").write_bytes(file)
        return [one for one in check(read(path), Place(path), connect=False) if one.key != "accounts"]

    return do


@pytest.mark.parametrize(
    ("state", "start", "end", "said"),
    [
        ("active", -10, 100, ""),
        ("renewable", -10, 20, ""),
        ("expired", -100, -1, ""),
        ("revoked", -100, -1, ""),
        ("active", -100, -1, "状態 active なのに、証明書が"),
        ("renewable", -100, -1, "に切れています"),
        ("renewing", 2, 50, "まで有効になりません"),
        ("expired", -100, 3, "状態 expired なのに、証明書は"),
        ("renewable", -10, 200, "期限まで 200 日あります"),
    ],
)
def test_a_certificate_must_be_as_old_as_its_state(  # noqa: PLR0917 - a row of the table
    look: Look, issuer: Signer, state: str, start: int, end: int, said: str
) -> None:
    """In date where the state needs it; an expired account's must have ended. A long wait for renewal is a hint."""
    found = look(FILE.format(state=state), lasting(issuer, start, end))
    assert [one.key for one in found] == (["accounts[0].identities[0].pkcs12"] if said else [])
    assert all(said in str(one) and "emp1.p12" in str(one) and one.remedy for one in found)
    assert all(one.hint == ("200 日" in said) for one in found)


def test_a_file_that_does_not_open_is_named_with_why(
    look: Look, issuer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, something else, under another password."""
    text, good = FILE.format(state="active"), lasting(issuer, -1, 9)
    for file, said in {None: "No such file", b"<html>": "PKCS#12形式のファイルではありません"}.items():
        (one,) = look(text, file)
        assert one.key == "accounts[0].identities[0].pkcs12"
        assert said in str(one)
    monkeypatch.setenv("PREFLIGHT_P12", "other")
    (one,) = look(text, good)
    assert "PREFLIGHT_P12 のパスワードでは開きません" in str(one)
    assert "other" not in str(one)


def test_each_secret_that_is_not_set_is_named(look: Look, issuer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    """By key and variable; nothing of a secret that is set."""
    monkeypatch.delenv("PREFLIGHT_LOGIN")
    monkeypatch.delenv("PREFLIGHT_P12")
    missing = look(FILE.format(state="active"), None)[-1]
    assert missing.key == "accounts[0].identities[0].pkcs12", "named at once, as it is looked for without its secret"
    found = look(FILE.format(state="active"), lasting(issuer, -1, 9))
    assert {one.key: one.value for one in found} == {
        "accounts[0].login_password_env": "PREFLIGHT_LOGIN",
        "accounts[0].identities[0].password_env": "PREFLIGHT_P12",
    }


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ('maildir = "nowhere"', "mail.maildir"),
        ('folder = "nowhere"', "mail.folder"),
        ('[mail.imap]\nhost = "127.0.0.1"\nport = 1\nuser = "x"\npassword_env = "PREFLIGHT_P12"', "127.0.0.1:1"),
        ('[mail.imap]\nhost = "127.0.0.1"\nport = 1\nuser = "x"\npassword_env = "PREFLIGHT_NONE"', "PREFLIGHT_NONE"),
        ('[mail.imap]\nhost = "127.0.0.1"\nport = 1\nuser = "x"\ntoken_env = "PREFLIGHT_NONE"', "PREFLIGHT_NONE"),
        (
            '[mail.imap]\nhost = "127.0.0.1"\nport = 1\nuser = "x"\ntoken_command = ["no-such"]',
            "no-such が起動できません",
        ),
    ],
)
def test_a_mailbox_that_refuses_is_named(look: Look, issuer: Signer, mail: str, said: str) -> None:
    """With the key of the file."""
    (one,) = look(FILE.format(state="active").replace('maildir = "Maildir"', mail), lasting(issuer, -1, 9))
    assert one.key.startswith("mail")
    assert said in str(one)


def test_mails_that_cannot_be_read_are_named_and_stop_nothing(look: Look, issuer: Signer, tmp_path: Path) -> None:
    """Nothing of them steers the terminal."""
    for number in range(7):
        (tmp_path / "mails" / f"\x1b[3{number}m.eml").mkdir(parents=True)
    (tmp_path / "mails" / "good.eml").write_text("Subject: x\n\n")
    mail = f"folder = '{tmp_path / 'mails'}'"
    (one,) = look(FILE.format(state="active").replace('maildir = "Maildir"', mail), lasting(issuer, -1, 9))
    assert one.hint
    assert one.what.splitlines()[:2] == [
        "7 通のメールを読めません:",
        "・␛[30m.eml: ファイルを開けません（Is a directory）",
    ]
    assert one.what.splitlines()[-1] == "・ほか 2 通"


def test_a_deputy_that_is_not_there_is_named(look: Look, issuer: Signer) -> None:
    """The program that stands in for the portal's people."""
    text = FILE.format(state="active").replace(
        "[[accounts]]", '[operator]\ncommand = ["no-such-program"]\n[[accounts]]'
    )
    (one,) = look(text, lasting(issuer, -1, 9))
    assert (one.key, one.value) == ("operator.command", "no-such-program")


def test_a_known_gap_that_is_over_is_named(look: Look, issuer: Signer) -> None:
    """What it excused will be a FAIL."""
    gap = '[[gaps]]\nrequirement = "DAN-RULE-03"\nreason = "次の版で直す"\nuntil = '
    text = FILE.format(state="active") + gap
    file = lasting(issuer, -10, 100)
    (found,) = look(f"{text}2020-01-01\n", file)
    assert (found.key, found.hint) == ("gaps[0].until", True)
    assert "不適合になります" in found.what
    assert look(f"{text}2999-01-01\n", file) == []


def test_an_account_with_a_mistake_is_not_counted_as_missing_too(tmp_path: Path, issuer: Signer) -> None:
    """It is said once, and what is short is counted when it is mended."""
    file = tmp_path / "portal.toml"
    file.write_text(FILE.format(state="renewabel"), encoding="utf-8")
    (tmp_path / "emp1.p12").write_bytes(lasting(issuer, -10, 10))
    examined = examine(file)
    assert examined.target
    found = [one for one in check(examined.target, Place(file, examined), connect=False) if one.key == "accounts"]
    assert len(found) == 1
    assert "数えません" in found[0].what


def test_a_password_in_a_mistyped_address_is_not_shown(tmp_path: Path) -> None:
    """Where the file itself is refused."""
    file = tmp_path / "portal.toml"
    file.write_text(FILE.format(state="active").replace("https://127", "htps://tester:geheim@127"), encoding="utf-8")
    (mistake, *_) = examine(file).mistakes
    assert "geheim" not in mistake.at(file)
