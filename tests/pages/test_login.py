"""The log-in of a site that another tab of the browser may have opened already."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.login import LoginPage
from pages.screen import Screen
from sekisho.verdict import BlockedError

FORM = (
    "<label>ユーザーID <input id=who></label><label>パスワード <input type=password></label>"
    "<button onclick='document.title = who.value'>認証</button>"
)
INSIDE = "<title>-</title><p>ようこそ、{0} さん</p><a href=#>鍵の取得</a>"
LEAVE = (
    "<button onclick='document.body.innerHTML = later.innerHTML'>ログアウト</button><template id=later>{0}</template>"
)


def opened(page: Page, markup: str) -> tuple[LoginPage, list[str]]:
    """The page that the link leads to, and the words with which it is opened once more."""
    page.set_content(markup)
    return LoginPage(Screen(lambda: page, load("kihonet"), 5)), []


def log_in(page: Page, markup: str) -> list[str]:
    """Log in as u2, and say how often the link was opened again."""
    login, again = opened(page, markup)

    def open_again() -> None:
        again.append("again")
        page.set_content(FORM)

    login.log_in_beside("u2", "secret", open_again)
    return again


def test_where_nobody_is_logged_in_the_form_is_filled_in(browser_page: Page) -> None:
    """As ever."""
    assert log_in(browser_page, FORM) == []
    assert browser_page.title() == "u2"


@pytest.mark.parametrize(("then", "times"), [(FORM, 0), ("<p>ログアウトしました</p>", 1)])
def test_another_user_is_logged_out_first(browser_page: Page, then: str, times: int) -> None:
    """The session belongs to the browser: no manual says that its link leads to the log-in then."""
    assert len(log_in(browser_page, INSIDE.format("u1") + LEAVE.format(then))) == times
    assert browser_page.title() == "u2"


def test_the_same_user_goes_on(browser_page: Page) -> None:
    """The page says who he is."""
    assert log_in(browser_page, INSIDE.format("u2") + LEAVE.format(FORM)) == []
    assert browser_page.title() == "-"


def test_where_nobody_can_log_out_the_scenario_is_blocked(browser_page: Page) -> None:
    """It is about two users, and the browser has one."""
    with pytest.raises(BlockedError, match="logout"):
        log_in(browser_page, INSIDE.format("u1"))
