"""Screens of a bank that keeps gunma's manual, which leaves much of them open."""

from __future__ import annotations

from typing import Any, cast

import pytest
from playwright.sync_api import Page

from features.gunma.bank import admits, check_way, went_on
from features.gunma.bank_screens import Door
from features.gunma.issuing import WENT_ON, answer_to
from features.gunma.permitted import kept_out, lacks
from pages.dialect import load
from pages.screen import Screen
from sekisho.verdict import BlockedError
from steps.refusals import own_words
from tests.harness.noting import Noted

DOOR = "<a href='#' onclick='show()'>電子証明書ログイン</a>"
PASSWORD_ONLY = (
    "<h2>電子証明書認証</h2><p>データ花子　様</p>ログインパスワード <input type=password id=p>"
    "<button onclick='document.title = p.value'>ログイン</button>"
)
PUT_OUT = "<p>証明書発行アプリケーションで認証されたため、操作を続けられません。</p>"
ASKS = "<h2>ワンタイムパスワード認証</h2>ワンタイムパスワード <input id=c><button onclick='show()'>発行</button>"


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen of gunma."""
    return Screen(lambda: page, load("gunma"), 5)


def page_with(page: Page, before: str, then: str) -> None:
    """A page with something to press, and what is there instead then."""
    page.set_content(f"<body>{before}<script>function show() {{ document.body.innerHTML = {then!r} }}</script>")


def noted(*ids: str) -> Any:  # noqa: ANN401 - in place of a scenario's record
    """A record."""
    return cast("Any", Noted(*ids))


def test_a_form_that_asks_for_the_password_only_is_the_log_in(page: Page, screen: Screen) -> None:
    """Whose certificate it is, the bank knows."""
    page_with(page, DOOR, PASSWORD_ONLY)
    door, record = Door(screen), noted("GUN-RULE-03")
    assert admits(door, screen, record)
    assert not door.asks_for_id
    door.log_in_with_certificate("hanako", "secret")
    assert page.title() == "secret"
    assert "certificate_login" in record.warnings[0]


def test_a_menu_in_a_frame_stays_when_the_user_was_put_out(page: Page, screen: Screen) -> None:
    """Beside it stands the error."""
    menu = "<a href='#'>ホーム</a> <a href='#'>管理</a>"
    before = f"<h2>業務</h2>{menu.replace('<a', '<a onclick=show()', 1)}"
    for answer, on in ((PUT_OUT, False), ("", True)):
        page_with(page, before, menu + answer)
        screen.press("home", "menu")
        said = own_words(Door(screen).beyond(screen), noted("GUN-RULE-06"), ("messages", "put_out"))
        assert went_on(screen, said) is on


@pytest.mark.parametrize(
    ("then", "refused"),
    [
        ("<p>有効な電子証明書があるため、取得できません。</p>", True),
        ("<h2>証明書発行結果</h2><table><tr><td>Common Name<td>a</table>", False),
    ],
)
def test_a_bank_may_refuse_behind_the_one_time_password(
    page: Page, screen: Screen, then: str, *, refused: bool
) -> None:
    """What must be refused is not, where the result comes."""
    page_with(page, ASKS, then)
    seen = answer_to("すでに発行済み", cast("Any", screen), noted("GUN-RULE-02"), lambda: "123456")
    assert (seen in WENT_ON) is not refused


def test_what_is_to_be_filled_in_is_no_value(page: Page, screen: Screen) -> None:
    """Nor is what stands in the window behind, where the one in front has it too."""
    field = "<tr><td>ログインID<td><input>"
    page.set_content(f"<table>{field}<tr><td>ログインID<td>hanako</table>")
    assert screen.values("login_id") == ["hanako"]
    with page.expect_popup() as opened:
        page.evaluate("void window.open('about:blank')")
    front = opened.value
    front.set_content("<table><tr><td>ログインID<td>ichiro</table>")
    both = Screen(lambda: front, load("gunma"), 5, family=lambda: [front, page])
    assert both.values("login_id") == ["ichiro"]
    front.set_content("<h1>結果</h1>")
    assert both.values("login_id") == ["hanako"]


REVOCATION = "<a href='#' onclick='show()'>証明書失効</a>"
LATE = "setTimeout(() => {{ document.body.innerHTML = {!r} }}, 600)"


@pytest.mark.parametrize(
    ("last", "then", "how"),
    [
        (REVOCATION, "<h2>利用者一覧</h2>", ""),
        (REVOCATION, "<p>権限がないため、利用できません。</p>", "権限がないため、利用できません。"),
        ("<button disabled>証明書失効</button>", "", "押せない"),
    ],
)
def test_who_may_not_revoke_may_be_kept_out_behind_the_menu(
    page: Page, screen: Screen, last: str, then: str, how: str
) -> None:
    """The menu is looked at when it has come; a list that opens is one that should not."""
    page_with(page, "<a href='#' onclick='users()'>管理</a> <a href='#' onclick='late()'>利用者管理</a>", then)
    page.evaluate(f"() => {{ window.users = () => {{}}; window.late = () => {LATE.format(last)} }}")
    assert lacks(screen) is None
    assert kept_out(screen) == how


def test_without_the_menu_nothing_is_offered(page: Page, screen: Screen) -> None:
    """Whoever has no 管理 cannot revoke."""
    page.set_content("<h2>トップページ</h2>")
    assert lacks(screen) == ("menu", "admin")


def test_a_log_in_that_asks_for_a_one_time_password_is_beyond_us(page: Page, screen: Screen) -> None:
    """The bank is right to ask: nothing is held against it."""
    page.set_content("<table><tr><td>ワンタイムパスワード<td><input></table>")
    with pytest.raises(BlockedError):
        check_way(screen)
    page.set_content("<h2>トップページ</h2>")
    check_way(screen)
