"""Pages that do not end, do not let go or do not stop: each is bounded, says what it was, and harms no later one."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Playwright, Response

from pages.keys import fetch
from pages.screen import Screen
from sekisho.browser.guard import MEBI, MOST_BYTES, MOST_DIALOGS, MOST_MOVES, MOST_PAGES
from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.browser.visit import PageClosedError
from sekisho.person.browsing import Browsing
from sekisho.person.popups import Popups
from sekisho.verdict import BrokenError, DeviationError, EnvironmentProblemError, UnreachableError

from .conftest import Noted
from .server import Hostile

LOGIN = ("screens", "login")
MOVED = (
    'Page.goto: Navigation to "http://x/" is interrupted by another navigation to "http://x/over.html"',
    "Page.goto: net::ERR_ABORTED at http://x/",
)


@contextmanager
def told(browsing: Browsing, kind: type[Exception], words: str, *, seconds: float = 12) -> Iterator[None]:
    """What stops a scenario here is of this kind and says these words, in time; the next page works."""
    began = time.monotonic()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - judged below, once explained
        yield
    explained = browsing.explain(caught.value)
    assert type(explained) is kind, repr(explained)
    assert words in str(explained)
    assert time.monotonic() - began < seconds


@pytest.fixture(autouse=True)
def _the_next_page_works(browsing: Browsing, hostile: Hostile) -> Iterator[None]:
    """Whatever a portal did, the next scenario at the same PC begins with a browser that shows pages."""
    yield
    browsing.pc.end_scenario()
    browsing.close()
    browsing.open(f"{hostile.url}/fine")
    assert browsing.page.inner_text("h1") == "ようこそ"


def test_redirects_in_a_circle(browsing: Browsing, hostile: Hostile) -> None:
    """The browser counts them, and names it."""
    with told(browsing, DeviationError, "ERR_TOO_MANY_REDIRECTS"):
        browsing.open(f"{hostile.url}/redirects")


def test_an_answer_without_a_page(browsing: Browsing, hostile: Hostile) -> None:
    """The browser stays where it was, and names it."""
    with told(browsing, DeviationError, "画面が送られてこない（ERR_ABORTED）"):
        browsing.open(f"{hostile.url}/nothing")


@pytest.mark.parametrize("problem", MOVED)
def test_an_address_is_opened_though_the_page_before_moves_on_at_that_moment(
    browsing: Browsing, hostile: Hostile, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    """As a person does who opens it once more. How a browser tells it depends on the moment."""
    opened, goto = [], Page.goto

    def interrupted(page: Page, url: str, **how: Any) -> Response | None:  # noqa: ANN401 - Playwright's own options
        opened.append(url)
        if len(opened) == 1:
            raise BrowserError(problem)
        return goto(page, url, **how)

    monkeypatch.setattr(Page, "goto", interrupted)
    browsing.open(f"{hostile.url}/fine")
    assert browsing.page.inner_text("h1") == "ようこそ"
    assert len(opened) == 2


def test_a_page_that_never_lets_another_be_opened_is_named(
    browsing: Browsing, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the words of what drives the browser, and without blaming the portal for what nobody saw."""

    def interrupted(page: Page, url: str, **_: Any) -> None:  # noqa: ANN401 - as above
        raise BrowserError(MOVED[0])

    with told(browsing, EnvironmentProblemError, "画面が 10 回続けて自分で移動した"), monkeypatch.context() as patched:
        patched.setattr(Page, "goto", interrupted)
        browsing.open(f"{hostile.url}/fine")


@pytest.mark.parametrize("path", ["/meta-loop", "/script-loop"])
def test_a_page_that_moves_on_forever(browsing: Browsing, screen: Screen, hostile: Hostile, path: str) -> None:
    """By its markup, or by its script: no browser counts these."""
    with told(browsing, DeviationError, f"{MOST_MOVES} 回を超えて自分で移動し"):
        screen.patience = browsing.pc.guard.longest_answer = 10
        browsing.open(f"{hostile.url}{path}")
        screen.wait_for(LOGIN)


def test_ten_gigabytes_of_page(browsing: Browsing, screen: Screen, hostile: Hostile, pc: Pc) -> None:
    """The window is closed as soon as the bytes are too many, and hardly more were sent."""
    pc.guard.most_bytes, before = 2 * MEBI, hostile.poured
    try:
        with told(browsing, DeviationError, "2 MiB を超えても終わらない"):
            browsing.open(f"{hostile.url}/endless-page")
            screen.wait_for(LOGIN)
            screen.has(*LOGIN)
    finally:
        pc.guard.most_bytes = MOST_BYTES
    assert hostile.poured - before < 100 * MEBI


def test_ten_gigabytes_of_file(browsing: Browsing, screen: Screen, hostile: Hostile, downloads: Path) -> None:
    """The same bound for what is downloaded, and nothing of it is kept."""
    before = hostile.poured
    browsing.open(f"{hostile.url}/files")
    with told(browsing, DeviationError, "128 MiB を超えても終わらない"):
        raise_failure(fetch(screen, browsing.page.get_by_role("link", name="Download").click, downloads).failure)
    assert hostile.poured - before < 2000 * MEBI
    assert list(downloads.iterdir()) == []


@pytest.mark.parametrize(
    ("link", "longest", "said"), [("Slowly", 1, "1 秒たっても終わらない"), ("Stuck", 60, "8 秒のあいだ進まず")]
)
def test_a_file_that_does_not_end(  # noqa: PLR0917 - fixtures, filled in by name
    browsing: Browsing, screen: Screen, hostile: Hostile, downloads: Path, link: str, longest: int, said: str
) -> None:
    """It drips, or stops in the middle: nobody waits for a download forever."""
    browsing.pc.guard.longest_answer = longest
    browsing.open(f"{hostile.url}/files")
    with told(browsing, DeviationError, said):
        raise_failure(fetch(screen, browsing.page.get_by_role("link", name=link).click, downloads).failure)


def raise_failure(failure: str) -> None:
    """As the steps do for a file that did not arrive whole."""
    raise DeviationError(failure)


def test_a_page_that_drips(browsing: Browsing, screen: Screen, hostile: Hostile, pc: Pc) -> None:
    """A response that never ends is a page that never becomes whole."""
    pc.guard.longest_answer = 60
    with told(browsing, DeviationError, "最後まで届かない"):
        browsing.open(f"{hostile.url}/slow-page")
        screen.has(*LOGIN)


def test_a_page_that_comes_in_time_is_not_slow_because_this_machine_is(browsing: Browsing, hostile: Hostile) -> None:
    """Its bytes are told late, as on a busy machine; when they came counts."""
    browsing.pc.guard.longest_answer = 0.8
    browsing.open(f"{hostile.url}/fine")
    browsing.page.evaluate("() => { location.href = '/page-in-two' }")
    browsing.page.get_by_text("start").wait_for()
    time.sleep(1)  # nothing of the browser is heard
    browsing.page.get_by_text("end").wait_for()
    assert browsing.pc.guard.offence is None


def test_silence_at_the_first_visit_means_that_nobody_is_there(browsing: Browsing, hostile: Hostile, pc: Pc) -> None:
    """The connection is accepted and no word is said. Nothing can be said of the portal."""
    for way in (browsing.open, browsing.visit):
        with told(browsing, UnreachableError, "2 秒たっても応答がない"):
            way(f"{hostile.url}/silence")
        browsing.close()


def test_silence_later_is_what_the_portal_does(browsing: Browsing, hostile: Hostile) -> None:
    """It has been there before."""
    browsing.open(f"{hostile.url}/fine")
    with pytest.raises(DeviationError, match="応答がない"):
        browsing.open(f"{hostile.url}/silence")


@pytest.mark.parametrize("path", ["/hang", "/waits"])
def test_a_page_whose_script_never_ends(browsing: Browsing, hostile: Hostile, path: str) -> None:
    """What asks it something waits in vain; whose fault it is cannot be said, so it is an ERROR."""
    browsing.open(f"{hostile.url}{path}")
    with told(browsing, EnvironmentProblemError, "何にも応じない"):
        browsing.page.wait_for_timeout(300)
        browsing.page.evaluate("1 + 1")


@pytest.mark.parametrize("path", ["/alerts", "/confirms"])
def test_messages_without_end(browsing: Browsing, screen: Screen, hostile: Hostile, noted: Noted, path: str) -> None:
    """A person gives up too."""
    with told(browsing, DeviationError, f"メッセージを {MOST_DIALOGS} 回を超えて"):
        browsing.open(f"{hostile.url}{path}")
        screen.wait_for(LOGIN)
    assert len(noted.said) == MOST_DIALOGS


def test_one_message_is_read_and_answered(browsing: Browsing, hostile: Hostile, noted: Noted) -> None:
    """It stands in the record; a question is answered with OK, as by somebody who wants to go on."""
    browsing.open(f"{hostile.url}/asks")
    browsing.page.wait_for_function("document.title")
    assert (browsing.page.title(), noted.said) == ("OK", ["続けますか"])


def test_a_message_in_a_box_is_a_message_of_the_screen(browsing: Browsing, screen: Screen, hostile: Hostile) -> None:
    """Old portals refuse an input that way. What was said before the next press is said no more."""
    browsing.open(f"{hostile.url}/objects")
    screen.press("submit")
    assert screen.wait_for(("messages", "mismatch"), ("buttons", "download")) == ("messages", "mismatch")
    with pytest.raises(DeviationError, match="「確認用のパスワードが一致しません」というメッセージ"):
        screen.wait_for(("messages", "empty"))
    browsing.act("press")
    assert not screen.has("messages", "mismatch")


def test_a_page_that_does_not_let_go(browsing: Browsing, hostile: Hostile) -> None:
    """Leaving is what the person wants."""
    browsing.open(f"{hostile.url}/stays")
    browsing.page.click("h1")
    browsing.open(f"{hostile.url}/fine")
    assert browsing.page.inner_text("h1") == "ようこそ"


@pytest.mark.parametrize("path", ["/pop-ups", "/pops-forever"])
def test_windows_without_end(browsing: Browsing, screen: Screen, hostile: Hostile, path: str) -> None:
    """Opened by one script in a loop, or each by the one before."""
    screen.patience = 10
    with told(browsing, DeviationError, f"ウィンドウを {MOST_PAGES} 個を超えて", seconds=20):
        browsing.open(f"{hostile.url}{path}")
        screen.wait_for(LOGIN)


def test_a_page_that_closes_itself(browsing: Browsing, screen: Screen, hostile: Hostile) -> None:
    """The person looks at nothing any more."""
    browsing.open(f"{hostile.url}/fine")
    with browsing.page.expect_popup() as opened:  # a page that its script did not open cannot close itself
        browsing.page.evaluate("() => void open('/closes')")
    browsing.windows.page, browsing.windows._popups = opened.value, Popups()  # with nothing behind it
    with told(browsing, PageClosedError, "閉じられた"):
        screen.wait_for(LOGIN)


def test_a_mails_link_that_leads_to_a_file(browsing: Browsing, hostile: Hostile) -> None:
    """There is no page to look at."""
    with told(browsing, DeviationError, "画面ではなくファイル"):
        browsing.open(f"{hostile.url}/endless-file")


def test_a_portal_that_is_not_there(browsing: Browsing) -> None:
    """Refused connections and unknown names say nothing of what a portal does."""
    ways: list[Callable[[str], object]] = [browsing.open, browsing.visit]
    there = {nowhere(): "CONNECTION_REFUSED", "https://none.invalid/": "NAME_NOT"}
    for way, (url, said) in itertools.product(ways, there.items()):
        with pytest.raises(UnreachableError, match=said):
            way(url)
        browsing.close()


def test_a_browser_that_ends_by_itself_is_not_the_portals_fault(
    playwright: Playwright, hostile: Hostile, noted: Noted, tmp_path: Path
) -> None:
    """It crashed or was killed: an ERROR, and the PC says that it needs another."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path, "context")
    browsing = Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder
    browsing.open(f"{hostile.url}/fine")
    session = pc._browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    os.kill(next(one["id"] for one in processes if one["type"] == "browser"), signal.SIGKILL)
    with told(browsing, BrokenError, "動作中に終了した"):
        browsing.page.wait_for_selector("h2")
    assert not pc.running
    pc.end_scenario()
    pc.close()


def test_a_call_that_outlasts_its_windows_ends_with_the_browser(
    playwright: Playwright, hostile: Hostile, tmp_path: Path
) -> None:
    """Closing the windows does not end every wait: a page that was just being made is waited for without end."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path, "context")
    page = pc.window().new_page()
    page.goto(f"{hostile.url}/fine")
    pc.guard.longest_silence, pc.guard.offence = 1, DeviationError("its windows were taken away")
    with pytest.raises(BrowserError, match="closed"):
        page.wait_for_timeout(20_000)
    assert not pc.running
    pc.close()


def test_a_portal_that_goes_away_in_the_middle(browsing: Browsing, screen: Screen, hostile: Hostile) -> None:
    """The browser shows its own page after a click: that is no answer of the portal's."""
    browsing.open(f"{hostile.url}/fine")
    browsing.page.evaluate(f"() => void setTimeout(() => location = '{nowhere()}')")
    with told(browsing, UnreachableError, "ERR_CONNECTION_REFUSED"):
        screen.wait_for(LOGIN)


def nowhere() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return f"http://127.0.0.1:{one.getsockname()[1]}/"
