"""A key on a PKCS#11 token: the browser asks for the token's PIN on a screen of its own, and the key stays there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.certstore import Token
from sekisho.certstore import token as tokens
from sekisho.native_ui import Display
from sekisho.pki.pkcs12 import facts, read
from sekisho.results import Certificate
from sekisho.verdict import NotApplicableError

from .authority import PASSWORD
from .conftest import REFUSALS, World

PIN = "Tok 12\"34'$"
installed = pytest.mark.skipif(
    not any(Path(one).is_file() for one in tokens.MODULES), reason="SoftHSM is not installed: apt-get install softhsm2"
)


@pytest.fixture
def pc(playwright: Playwright, world: World, tmp_path: Path) -> Iterator[Pc]:
    """A PC with a token, whose browser has a screen."""
    display = Display.start()
    try:
        home, browser = tmp_path / "home", BrowserChoice.resolve("chromium")
        pc = Pc.start(playwright, browser, home, display=display, token_pin=PIN)
        pc.store.preinstall_root(world.server_root)
        yield pc
        pc.close()
    finally:
        display.stop()


@pytest.fixture
def token(pc: Pc) -> Token:
    """The token."""
    assert pc.token
    return pc.token


@pytest.fixture
def who(token: Token, world: World) -> Certificate:
    """The certificate on it."""
    signer = world.issuer.issue("0110000001")
    token.take_in(read(signer.p12(), PASSWORD))
    return facts(signer.cert)


@installed
def test_the_certificate_of_a_token_is_chosen_and_its_pin_typed(
    pc: Pc, token: Token, world: World, who: Certificate, tmp_path: Path
) -> None:
    """A wrong PIN presents nothing; the right one does; the key is on the token, and nowhere else."""
    wrong = pc.visit(world.required.url, choose=who, pin="wrong")
    assert (wrong.refused in REFUSALS, [one.pressed for one in wrong.prompts][0]) == (True, "ロック解除")
    visit = pc.visit(world.required.url, choose=who, pin=PIN)
    assert visit.page.inner_text("h1") == "cn=0110000001"
    assert visit.dialog
    assert [row.serial.lower().replace(":", "") for row in visit.dialog.rows if row.chosen]
    (prompt,) = visit.prompts
    assert tokens.LABEL in prompt.text
    assert PIN not in prompt.model_dump_json()
    assert "never extractable" in token.holds() or "sensitive" in token.holds()
    command = ["certutil", "-K", "-d", f"sql:{tmp_path / 'home' / '.pki' / 'nssdb'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(tmp_path)})
    assert "no keys found" in done.stdout + done.stderr
