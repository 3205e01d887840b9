"""A certificate on a PKCS#11 token: chosen in the browser's dialog, opened by the PIN in the browser's own prompt."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from sekisho.certstore import token as tokens
from sekisho.results import Dialog, Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.browser.authority import PASSWORD, root
from tests.browser.servers import serve

Go = Callable[[ssl.VerifyMode, str], tuple[int, Scenario]]
Command = Callable[..., subprocess.CompletedProcess[str]]
WITH_PIN, WRONG_PIN = "札の証明書と PIN で奥の蔵が開く", "誤った PIN では奥の蔵は開かない"
pytestmark = pytest.mark.skipif(
    not any(Path(one).is_file() for one in tokens.MODULES), reason="SoftHSM is not installed: apt-get install softhsm2"
)


@pytest.fixture
def go(sekisho: Command, sixth: Path, tmp_path: Path) -> Go:
    """Run one scenario against a vault that asks for certificates in such a mode."""

    def run(mode: ssl.VerifyMode, name: str) -> tuple[int, Scenario]:
        issuer, ca = root("Kura Root CA").issue("Kura Users CA", ca=True), trustme.CA()
        ca.cert_pem.write_to_path(str(tmp_path / "root.pem"))
        (tmp_path / "kura01.p12").write_bytes(issuer.issue("kura01").p12())
        (tmp_path / "mail").mkdir()
        vault = serve(ca, mode, issuer.cert, *issuer.above)
        (tmp_path / "portal.toml").write_text(
            f'manual = "kura"\nname = "蔵"\ntrust_root = "root.pem"\n[sites]\nvault = "{vault.url}"\n'
            '[mail]\nfolder = "mail"\n[[accounts]]\nstate = "active"\nuser_id = "kura01"\nlogin_password_env = "KURA"\n'
            'identities = [{ pkcs12 = "kura01.p12", password_env = "KURA_P12" }]\n',
            encoding="utf-8",
        )
        done = sekisho(
            *("run", "--manual-dir", str(sixth), "--target", str(tmp_path / "portal.toml"), "--skip-check"),
            *("--certs", "native", "--out", str(tmp_path / "run"), "--select", name),
            KURA="hirake-goma",
            KURA_P12=PASSWORD,
        )
        vault.shutdown()
        print(done.stdout, done.stderr)  # noqa: T201 - shown where something fails
        (found,) = read_scenarios(tmp_path / "run")
        return done.returncode, found

    return run


def test_the_token_opens_the_vault(go: Go, tmp_path: Path) -> None:
    """The dialog, then the prompt; no PIN is in any file."""
    code, found = go(ssl.CERT_REQUIRED, WITH_PIN)
    assert (code, found.verdict) == (0, Verdict.PASS)
    dialogs = [one for one in found.steps[1].evidence if isinstance(one, Dialog)]
    assert [(one.title, one.pressed) for one in dialogs] == [
        ("証明書の選択", "OK"),
        ("セキュリティ デバイスのロック解除", "ロック解除"),
    ]
    files = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    assert b"Tok-" not in b"".join(path.read_bytes() for path in files)


def test_a_wrong_pin_opens_nothing_and_locks_where_tokens_lock(go: Go) -> None:
    """SoftHSM never locks its PIN: that row is NOT APPLICABLE, and says why."""
    _, found = go(ssl.CERT_REQUIRED, WRONG_PIN)
    assert [one.verdict for one in found.steps] == [*[Verdict.PASS] * 3, Verdict.NOT_APPLICABLE]
    assert found.failure
    assert "ロックしない" in found.failure.portal_did


def test_a_vault_that_opens_without_a_certificate_fails(go: Go) -> None:
    """For the row about the wrong PIN."""
    code, found = go(ssl.CERT_OPTIONAL, WRONG_PIN)
    failure = found.failure
    assert failure
    assert (code, failure.verdict, failure.requirement) == (1, Verdict.FAIL, ["KURA-TOKEN-02"])
