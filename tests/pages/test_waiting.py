"""What is still to come is waited for; a screen at rest is judged at once; words that were there are no answer."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.browser.idle import UnfinishedError, wait_until_there, watch
from sekisho.browser.visit import go
from sekisho.evidence import screen_text
from sekisho.evidence.blackening import Blackening
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import GLANCE_MILLISECONDS, _screen
from sekisho.verdict import DeviationError
from tests.pages.habits import Habits

LOGIN = ("buttons", "login")
MISMATCH = ("messages", "mismatch")
WORDS = Dialect(
    "test",
    {
        "fields": {"user": ["ユーザ ID"]},
        "buttons": {"login": ["Login"], "download_key": ["Download Key"]},
        "messages": {"mismatch": ["一致しません"], "processing": ["処理中", "お待ちください"]},
    },
)
PATIENT = 60.0  # seconds: whoever needs them here has failed


@pytest.fixture(scope="module")
def portal() -> Iterator[Habits]:
    """A portal that takes its time."""
    server = Habits()
    yield server
    server.shutdown()


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen with much patience."""
    return Screen(lambda: page, WORDS, PATIENT)


@pytest.mark.parametrize(
    "path",
    [
        "/meta",
        "/header",
        "/timer",
        "/words-in-a-timer",
        "/countdown",
        "/poll",
        "/form",
        "/handed-on",
        "/counted-down",
        "/leaves",
        "/words",
        "/old-library",
    ],
)
def test_what_is_still_to_come_is_waited_for(page: Page, screen: Screen, portal: Habits, path: str) -> None:
    """A refresh, a timer, a script that asks again and again, a form that sends itself, words that ask for patience."""
    portal.asked = 0
    page.goto(portal.url + path)
    assert screen.wait_for(LOGIN) == LOGIN


def test_a_server_that_is_at_work_is_waited_for(page: Page, screen: Screen, portal: Habits) -> None:
    """The browser still shows the page before."""
    page.goto(portal.url + "/still")
    page.evaluate("() => { setTimeout(() => location = '/slow') }")
    assert screen.wait_for(LOGIN) == LOGIN


@pytest.mark.parametrize("terms", [(LOGIN,), (LOGIN, MISMATCH)])
def test_a_screen_at_rest_is_judged_at_once(
    page: Page, screen: Screen, portal: Habits, terms: tuple[tuple[str, str], ...]
) -> None:
    """Long before the patience ends; and the key is named under which the target file can give other words."""
    page.goto(portal.url + "/still")
    began = time.monotonic()
    with pytest.raises(DeviationError, match=r'\[dialect.buttons\] login = \["…"\]'):
        screen.wait_for(*terms)
    assert time.monotonic() - began < PATIENT / 4


def test_what_a_page_always_asks_for_is_not_waited_for(page: Page, screen: Screen, portal: Habits) -> None:
    """Where the target file names it; the page's clock still has its half a minute."""
    watch(page.context).background = ["/keep-alive", "/long-poll"]
    page.goto(portal.url + "/never-still")
    with pytest.raises(DeviationError, match="ようこそ"):
        screen.wait_for(LOGIN)


@pytest.mark.parametrize(
    "script",
    [
        "setInterval(() => { at -= 1; p.textContent = '自動ログアウトまで 19:' + at }, 1000)",
        "(function tick() { at -= 1; p.firstChild.data = `2026/11/29 09:15:${at}`; setTimeout(tick, 1000) })()",
    ],
)
def test_a_clock_is_not_waited_for(page: Page, screen: Screen, script: str) -> None:
    """It says itself that nothing comes of it so soon."""
    page.set_content(f"<p id=p>-</p><script>let at = 59; {script}</script>")
    began = time.monotonic()
    with pytest.raises(DeviationError, match="現れない"):
        screen.wait_for(LOGIN)
    assert time.monotonic() - began < PATIENT / 4


@pytest.mark.parametrize("told", ["次の画面まで 0:0${at}", "残り時間 00:00:0${at}", "経過時間 00:00:0${9 - at}"])
def test_a_count_of_seconds_that_leads_on_is_waited_for(page: Page, screen: Screen, told: str) -> None:
    """It is short of a minute, or tells how long it has taken so far."""
    page.set_content(
        "<p id=p>-</p><script>let at = 4; setInterval(() => { at -= 1;"
        f" p.textContent = `{told}`; if (!at) document.body.innerHTML = '<button>Login</button>' }}, 1000)"
        "</script>"
    )
    assert screen.wait_for(LOGIN) == LOGIN


def test_what_a_page_always_asks_for_is_named(page: Page, portal: Habits) -> None:
    """With the key of the target file; nobody can tell it from a portal at work."""
    page.goto(portal.url + "/never-still")
    with pytest.raises(UnfinishedError, match=r'background = \["/keep-alive", "/long-poll"\]'):
        Screen(lambda: page, WORDS, 8).wait_for(LOGIN)


def test_a_page_whose_connection_died_is_at_rest(page: Page, screen: Screen, portal: Habits) -> None:
    """It is loading for ever, and shows what had come: nobody waits for the rest."""
    began = time.monotonic()
    page.goto(portal.url + "/cut", wait_until="commit")
    with pytest.raises(DeviationError, match="ここまで届いた"):
        screen.wait_for(LOGIN)
    assert page.evaluate("document.readyState") == "loading"
    assert time.monotonic() - began < PATIENT / 4


def test_a_page_whose_connection_died_is_at_rest_behind_a_file_that_it_offers_too(
    page: Page, screen: Screen, portal: Habits
) -> None:
    """A file is asked for as a page is, and leaves the page that was there."""
    began = time.monotonic()
    page.goto(portal.url + "/cut-at-its-end", wait_until="commit")
    with page.expect_download():
        page.get_by_text("鍵").click()
    with pytest.raises(DeviationError, match="鍵"):
        screen.wait_for(LOGIN)
    assert time.monotonic() - began < PATIENT / 4


@pytest.mark.parametrize("path", ["/cut", "/cut-in-its-head"])
def test_an_address_whose_page_did_not_come_whole_was_opened(page: Page, portal: Habits, path: str) -> None:
    """With what has come, at once."""
    began = time.monotonic()
    assert go(page, portal.url + path, PATIENT) == (200, None)
    assert time.monotonic() - began < PATIENT / 4


def test_nobody_waits_long_for_a_picture_of_nothing(page: Page, portal: Habits) -> None:
    """A page that was cut off before its first word is never painted."""
    go(page, portal.url + "/cut-in-its-head", PATIENT)
    began = time.monotonic()
    assert _screen(page, Blackening(Masking())) is None
    assert time.monotonic() - began < GLANCE_MILLISECONDS / 1000


def test_who_pressed_stop_gives_no_more_patience_until_something_is_asked_for(page: Page, portal: Habits) -> None:
    """A page that asks for it goes on saying so, and nothing follows."""
    page.goto(portal.url + "/words-forever")
    watch(page.context).give_up()
    began = time.monotonic()
    with pytest.raises(DeviationError, match="処理中です"):
        Screen(lambda: page, WORDS, PATIENT).wait_for(LOGIN)
    assert time.monotonic() - began < PATIENT / 4

    page.goto(portal.url + "/words")
    assert Screen(lambda: page, WORDS, PATIENT).wait_for(LOGIN) == LOGIN


def test_who_pressed_stop_while_a_page_was_leaving_has_what_had_come(page: Page, portal: Habits) -> None:
    """Playwright never hears that the page was there."""
    with page.expect_request("**/never"):
        page.goto(portal.url + "/leads-nowhere", wait_until="commit")
    page.context.new_cdp_session(page).send("Page.stopLoading")
    watch(page.context).give_up()
    began = time.monotonic()
    wait_until_there(page, PATIENT * 1000)
    assert time.monotonic() - began < PATIENT / 4


def test_a_window_that_is_gone_keeps_nobody_waiting(page: Page, screen: Screen, portal: Habits) -> None:
    """Such as one of a browser that was killed."""
    page.goto(portal.url + "/ready")
    page.close()
    began = time.monotonic()
    assert not screen.until(lambda: False)
    assert time.monotonic() - began < PATIENT / 4


def test_a_window_that_was_just_opening_keeps_nobody_waiting_either(page: Page, screen: Screen, portal: Habits) -> None:
    """Whose answer never comes, as the browser was killed at that moment."""
    page.goto(portal.url + "/opens-another")
    with page.context.expect_event("request"):
        page.click("a")
    page.close()
    began = time.monotonic()
    assert not screen.until(lambda: False)
    assert time.monotonic() - began < PATIENT / 4


def test_who_pressed_stop_does_not_wait_for_a_window_that_is_just_opening(
    page: Page, screen: Screen, portal: Habits
) -> None:
    """It is blank, and nobody has its answer."""
    page.goto(portal.url + "/opens-another")
    with page.context.expect_event("request"):
        page.click("a")
    watch(page.context).give_up()
    began = time.monotonic()
    assert not screen.until(lambda: False)
    assert time.monotonic() - began < PATIENT / 4


def test_a_portal_that_is_still_at_work_in_the_end_is_no_deviation(page: Page, portal: Habits) -> None:
    """Nobody knows what it would have shown: the key that gives it more time is named."""
    page.goto(portal.url + "/meta-forever")
    with pytest.raises(UnfinishedError, match="processing_seconds"):
        Screen(lambda: page, WORDS, 2).wait_for(LOGIN)


def test_a_frame_that_never_comes_keeps_nobody_from_the_page(page: Page, screen: Screen, portal: Habits) -> None:
    """An advertisement, a window for chats: what is there is seen at once, and what is not there is not decided."""
    began = time.monotonic()
    page.goto(portal.url + "/beside-nothing", wait_until="commit")
    assert screen.wait_for(LOGIN) == LOGIN
    assert "ようこそ" in screen.text()
    assert time.monotonic() - began < PATIENT / 4
    with pytest.raises(UnfinishedError, match=f"ポータルの応答を待っている.*{portal.url}/never"):
        Screen(lambda: page, WORDS, 2).wait_for(MISMATCH)


def test_a_picture_that_never_comes_keeps_nobody_waiting_for_ever(page: Page, screen: Screen, portal: Habits) -> None:
    """The words are there: a person goes on."""
    page.goto(portal.url + "/picture-never-comes", wait_until="commit")
    began = time.monotonic()
    with pytest.raises(DeviationError, match="ようこそ"):
        screen.wait_for(LOGIN)
    assert time.monotonic() - began < PATIENT / 2


@pytest.mark.parametrize("path", ["/written", "/made-by-a-script"])
def test_a_frame_without_an_address_is_read(page: Page, screen: Screen, portal: Habits, path: str) -> None:
    """A script has written what stands in it."""
    page.goto(portal.url + path, wait_until="commit")
    assert screen.wait_for(LOGIN) == LOGIN


def test_a_frame_without_an_address_that_answers_late_is_read(
    page: Page, screen: Screen, portal: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a busy machine, where no answer comes within a moment."""
    monkeypatch.setattr(screen_text, "MOMENT", 1)
    page.goto(portal.url + "/written", wait_until="commit")
    assert screen.wait_for(LOGIN) == LOGIN


def test_a_page_that_asks_for_patience_and_never_moves_is_a_deviation(page: Page, portal: Habits) -> None:
    """It says that it is at work, and nothing in it can ever move on."""
    page.goto(portal.url + "/words-forever")
    began = time.monotonic()
    with pytest.raises(DeviationError, match="処理中です"):
        Screen(lambda: page, WORDS, 3).wait_for(LOGIN)
    assert time.monotonic() - began >= 3


@pytest.mark.parametrize(
    "line",
    [
        "証明書を更新できるのは、有効期限の30日前からです。更新のご案内をお待ちください。",
        "受け付けました。担当者からの連絡をお待ちください。",
        "申請書の郵送後、確認メールが届くまでお待ちください。",
        "更新のお知らせメールが届くまで、今しばらくお待ちください。",
        "ご連絡しますので、お待ちください。",
    ],
)
def test_what_comes_by_post_is_not_waited_for_at_the_screen(page: Page, screen: Screen, line: str) -> None:
    """Nothing is at work: a screen that says so has given its answer."""
    page.set_content(f"<p>{line}</p>")
    began = time.monotonic()
    with pytest.raises(DeviationError, match=line[:5]):
        screen.wait_for(LOGIN)
    assert time.monotonic() - began < PATIENT / 4


@pytest.mark.parametrize(
    "line",
    [
        "メール送信中です。お待ちください。",
        "書類を作成しています。お待ちください。",
        "処理中です。完了のお知らせが出るまでお待ちください。",
        "ただいま処理中です。結果のメールをお待ちください。",
        "お知らせ　しばらくお待ちください",
    ],
)
def test_a_portal_that_is_at_work_on_a_mail_is_waited_for(page: Page, line: str) -> None:
    """What it is at, and what shows here when it is done, does not come by post."""
    page.set_content(f"<p>{line}</p>")
    began = time.monotonic()
    with pytest.raises(DeviationError):
        Screen(lambda: page, WORDS, 2).wait_for(LOGIN)
    assert time.monotonic() - began >= 2


@pytest.mark.parametrize("path", ["/greyed", "/covered"])
def test_a_button_that_cannot_be_pressed_yet_is_waited_for(
    page: Page, screen: Screen, portal: Habits, path: str
) -> None:
    """Greyed out, or with something lying over it; and it is pressed once."""
    page.goto(portal.url + path)
    screen.press("login")
    assert page.title() == "pressed"


def test_a_button_of_a_row_that_is_not_there_yet_is_waited_for(page: Page, screen: Screen, portal: Habits) -> None:
    """The row is there, and what is applied for is still in the works."""
    page.goto(portal.url + "/listed-late")
    screen.press_in_row("7", "download_key")
    assert page.title() == "7"


def test_what_stood_there_before_the_press_is_no_answer_to_it(page: Page, screen: Screen, portal: Habits) -> None:
    """Instructions say what refusals say. A refusal counts each time that it comes."""
    page.goto(portal.url + "/instructions")
    portal.refusing = False
    screen.fill("user", "x")
    screen.press("login")
    assert not screen.has(*MISMATCH)
    assert screen.news == []
    portal.refusing = True
    for _ in range(2):
        screen.fill("user", "x")
        screen.press("login")
        assert screen.wait_for(MISMATCH) == MISMATCH
        assert screen.news == ["入力が一致しません"]


def test_what_a_script_says_while_one_types_is_an_answer(page: Page, screen: Screen, portal: Habits) -> None:
    """It came of what the hand did, though before the press."""
    page.goto(portal.url + "/before-the-press")
    screen.fill("user", "x")
    screen.press("login")
    assert screen.has(*MISMATCH)


def test_the_status_of_what_is_shown_is_known(page: Page, screen: Screen, portal: Habits) -> None:
    """Portals say it in words of their own, and all of them say it to the browser."""
    page.goto(portal.url + "/nothing")
    assert screen.status == 404
    page.goto(portal.url + "/still")
    assert screen.status == 200


def test_a_key_that_the_page_makes_is_waited_for(page: Page, screen: Screen) -> None:
    """It takes as long as it takes, and nothing moves meanwhile; one that cannot be made ends the wait."""
    shown = "document.body.append(Object.assign(document.createElement('button'), { textContent: 'Login' }))"
    derived = "{ name: 'PBKDF2', salt: new Uint8Array(8), iterations: 1_500_000, hash: 'SHA-512' }"
    script = f"""crypto.subtle.importKey("raw", new Uint8Array(8), "PBKDF2", false, ["deriveBits"])
        .then((key) => crypto.subtle.deriveBits({derived}, key, 512)).then(() => {shown})"""
    page.route("https://portal.test/", lambda route: route.fulfill(content_type="text/html", body="<p>key</p>"))
    page.goto("https://portal.test/")
    page.evaluate(f"() => {{ {script}; }}")
    assert screen.look_for(LOGIN) == LOGIN

    page.reload()
    page.evaluate("() => { crypto.subtle.digest('none', new Uint8Array(1)).catch(() => 0); }")
    assert screen.look_for(LOGIN) is None
    assert page.evaluate("crypto.subtle.digest.name") == "digest"


def test_who_asks_for_news_all_the_time_comes_to_rest(page: Page, screen: Screen, portal: Habits) -> None:
    """What was open before the press, and stays so, has nothing to do with it."""
    page.goto(f"{portal.url}/asks-for-news")
    screen.press("login")
    began = time.monotonic()
    assert screen.look_for(MISMATCH) is None
    assert time.monotonic() - began < PATIENT / 2


def test_what_was_asked_for_by_a_press_is_waited_for_however_long(page: Page, portal: Habits) -> None:
    """Though it is the only thing that goes on."""
    screen = Screen(lambda: page, WORDS, 15)
    page.goto(f"{portal.url}/there")
    page.evaluate("() => { document.querySelector('button').onclick = () => fetch('/never') }")
    screen.press("login")
    with pytest.raises(UnfinishedError):
        screen.look_for(MISMATCH)


def test_a_form_that_was_an_answer_is_asked_for_again(page: Page, portal: Habits) -> None:
    """Back from a refusal on a page of its own: the browser asks whether to send again what led to the form."""
    screen = Screen(lambda: page, WORDS, PATIENT)
    page.goto(f"{portal.url}/leads-to-a-form")
    screen.press("login")
    for time_ in range(3):
        if time_ and not screen.can_fill("user"):
            screen.go_back_to_form()
        screen.fill("user", "x")
        screen.press("login")
        screen.settle()
        assert screen.wait_for(MISMATCH) == MISMATCH
        screen.take_as_answer()
