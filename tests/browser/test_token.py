"""A PKCS#11 token in a person's store: outside judges say where the key is, and what a wrong PIN does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sekisho.certstore import NativeStore, Token
from sekisho.certstore import token as tokens
from sekisho.certstore.nss import ToolFailedError
from sekisho.pki.pkcs12 import read
from sekisho.verdict import NotApplicableError

from .authority import PASSWORD, Signer, root

PIN = "Tok 12\"34'$"
installed = pytest.mark.skipif(
    not any(Path(one).is_file() for one in tokens.MODULES), reason="SoftHSM is not installed: apt-get install softhsm2"
)


@pytest.fixture
def token(tmp_path: Path) -> Token:
    """A token with a certificate, plugged into a store."""
    home = tmp_path / "home"
    NativeStore(home)
    token = Token.create(home, PIN)
    token.plug_in()
    token.take_in(read(who().p12(), PASSWORD))
    return token


def who() -> Signer:
    """Somebody."""
    return root("Token Root").issue("emp00001")


@installed
def test_the_key_is_on_the_token_and_nowhere_else(token: Token) -> None:
    """As pkcs11-tool and certutil say; the store names the token."""
    assert "Private Key Object; RSA" in token.holds()
    assert "emp00001" in token.holds()
    assert PIN not in repr(token)
    database = f"sql:{token.home / '.pki' / 'nssdb'}"
    environment = {**os.environ, "HOME": str(token.home)}

    def said(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        return done.stdout + done.stderr

    assert "no keys found" in said("certutil", "-K", "-d", database)
    assert f"token: {tokens.LABEL}" in said("modutil", "-dbdir", database, "-list")


@installed
def test_softhsm_counts_wrong_pins_and_never_locks(token: Token) -> None:
    """So a lock-out cannot be shown with it."""
    wrong = Token(token.home, "wrong-pin", token.module)
    for _ in range(6):
        with pytest.raises(ToolFailedError, match=r"CKR_PIN_INCORRECT|Aborting"):
            wrong.holds()
    assert any("user PIN count low" in line for line in token.state())
    assert not token.locked
    assert "emp00001" in token.holds()


def test_a_token_that_locks_is_seen_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pkcs11-tool says of an IC card whose PIN was wrong too often."""
    tool = tmp_path / tokens.TOOL
    tool.write_text('#!/bin/sh\necho "  token flags        : login required, PIN initialized, user PIN locked"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert Token(tmp_path, PIN, "card.so").locked


@pytest.mark.parametrize(("missing", "package"), [("libsofthsm2.so", "softhsm2"), (tokens.TOOL, "opensc")])
def test_without_its_programs_it_is_not_applicable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, package: str
) -> None:
    """And what to install is said."""
    (tmp_path / "module.so").touch()
    monkeypatch.setattr(tokens, "MODULES", () if package == "softhsm2" else (str(tmp_path / "module.so"),))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sekisho.certstore.token.shutil.which", lambda _: None if package == "opensc" else "/bin/tool")
    with pytest.raises(NotApplicableError, match=rf"{missing} がない.*{package}"):
        Token.create(tmp_path, PIN)
