"""Keys that a PIN protects: the browser asks for it on a screen of its own, where it is typed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.certstore import NativeStore
from sekisho.native_ui import CertificateManager, Display
from sekisho.pki.pkcs12 import Identity, facts
from sekisho.results import Certificate
from sekisho.verdict import NotApplicableError

from .authority import PASSWORD
from .conftest import REFUSALS, Imports, World

PIN = "Pin 12\"34'$;~^"


@pytest.fixture(scope="module")
def display() -> Iterator[Display]:
    """A screen for the browsers."""
    display = Display.start()
    yield display
    display.stop()


@pytest.fixture
def start(playwright: Playwright, world: World, tmp_path: Path) -> Iterator[Callable[[Display | None], Pc]]:
    """Start a browser whose store has a PIN, and has not been unlocked yet."""
    started: list[Pc] = []

    def do(display: Display | None) -> Pc:
        pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path / "home", display=display, pin=PIN)
        pc.store.preinstall_root(world.server_root)
        started.append(pc)
        return pc

    yield do
    for pc in started:
        pc.close()


@pytest.fixture
def locked(start: Callable[[Display | None], Pc], display: Display) -> Pc:
    """Such a browser on the screen."""
    return start(display)


@pytest.fixture
def who(locked: Pc, world: World, import_into: Imports) -> Certificate:
    """The certificate in its store."""
    return facts(import_into(locked, world.issuer.issue("0110000001")).certificate)


def test_the_right_pin_unlocks_the_store_until_the_browser_ends(locked: Pc, world: World, who: Certificate) -> None:
    """The certificate dialog comes first, then the prompt; later visits see no prompt."""
    visit = locked.visit(world.required.url, choose=who, pin=PIN)
    assert visit.page.inner_text("h1") == "cn=0110000001"
    assert visit.dialog is not None
    assert (visit.dialog.title, visit.dialog.pressed) == ("証明書の選択", "OK")
    (prompt,) = visit.prompts
    assert (prompt.title, prompt.pressed) == ("セキュリティ デバイスのロック解除", "ロック解除")
    assert "127.0.0.1" in prompt.text
    assert PIN not in prompt.model_dump_json()
    again = locked.visit(world.required.url, choose=who)
    assert (again.page.inner_text("h1"), again.prompts) == ("cn=0110000001", ())


@pytest.mark.parametrize(
    ("pin", "pressed"), [("wrong", ["ロック解除", "キャンセル"]), ("", ["キャンセル"]), (None, ["キャンセル"])]
)
def test_without_the_right_pin_nothing_is_presented(
    locked: Pc, world: World, who: Certificate, pin: str | None, pressed: list[str]
) -> None:
    """After a wrong one the prompt comes again and is cancelled; the right one still works later."""
    visit = locked.visit(world.required.url, choose=who, pin=pin)
    assert [prompt.pressed for prompt in visit.prompts] == pressed
    assert visit.refused in REFUSALS
    assert locked.visit(world.required.url, choose=who, pin=PIN).page.inner_text("h1") == "cn=0110000001"


def test_a_prompt_behind_a_click_is_answered_too(locked: Pc, world: World, who: Certificate) -> None:
    """Where the certificate is asked for only on the way; both dialogs are told, in order."""
    page = locked.visit(world.plain.url).page
    with locked.answering(who, PIN) as dialogs:
        page.goto(world.required.url)
    assert [dialog.pressed for dialog in dialogs] == ["OK", "ロック解除"]


def test_a_browser_without_a_screen_can_only_cancel(
    start: Callable[[Display | None], Pc], world: World, import_into: Imports
) -> None:
    """Something to type is not applicable there."""
    pc = start(None)
    who = facts(import_into(pc, world.issuer.issue("0110000001")).certificate)
    assert pc.visit(world.required.url, choose=who).refused in REFUSALS
    with pytest.raises(NotApplicableError, match="X サーバー"):
        pc.visit(world.required.url, choose=who, pin=PIN)


def test_the_store_works_behind_its_pin(tmp_path: Path, world: World) -> None:
    """Import, marks, deletion and export as without one; the database opens with the PIN only."""
    store, file = NativeStore(tmp_path / "home", PIN), tmp_path / "user.p12"
    who: list[Identity] = []
    for exportable in (True, False, True):
        file.write_bytes(world.issuer.issue("0110000001").p12())
        who.append(store.import_pkcs12(file, PASSWORD, exportable=exportable))
    store.delete(who[0].sha256)
    assert {one.sha256 for one in store.personal()} == {who[1].sha256, who[2].sha256}
    assert store.export_pkcs12(who[2].sha256, "another")
    (tmp_path / "wrong").write_text("wrong\n")
    command = ["certutil", "-K", "-d", f"sql:{store.folder}", "-f", str(tmp_path / "wrong")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "incorrect" in done.stderr
    store.clear()
    assert store.personal() == []


def test_without_the_browsers_own_store_there_is_no_pin(playwright: Playwright, tmp_path: Path) -> None:
    """Context mode says so."""
    with pytest.raises(NotApplicableError, match="context"):
        Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path, "context", pin=PIN)


@pytest.mark.parametrize("present", [(), ("Xvfb",)])
def test_a_machine_without_the_programs_says_which(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, present: tuple[str, ...]
) -> None:
    """It cannot be shown there, and nothing fails."""
    for program in present:
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = "xdotool" if present else "Xvfb"
    with pytest.raises(NotApplicableError, match=rf"{missing} がない.*apt-get install {missing.lower()}"):
        Display.start()


def test_a_screen_is_closed_to_those_without_its_cookie(display: Display) -> None:
    """Even to the same user: what is typed there may be a PIN."""
    command = ["xdotool", "getdisplaygeometry"]
    with_cookie = subprocess.run(command, env=display.environment() | {"PATH": "/usr/bin"}, check=False)
    without = {"PATH": "/usr/bin", "DISPLAY": display.environment()["DISPLAY"], "XAUTHORITY": "/dev/null"}
    assert with_cookie.returncode == 0
    assert subprocess.run(command, env=without, capture_output=True, check=False).returncode != 0


def test_two_screens_do_not_meet_and_leave_nothing(display: Display) -> None:
    """Each takes a free number."""
    other = Display.start()
    assert other.environment()["DISPLAY"] != display.environment()["DISPLAY"]
    other.stop()
    assert not Path(other.environment()["XAUTHORITY"]).parent.exists()


def test_the_certificate_manager_opens_on_a_screen(locked: Pc, who: Certificate) -> None:
    """A browser with a screen is used as one without."""
    assert [row.sha256 for row in CertificateManager.open(locked).rows()] == [who.sha256]
