"""Logging in to the enrolment site, its menu, and the session."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.login import LoginPage
from pages.refusing import refused
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.portal import Account
from sekisho.portal.view import Term
from sekisho.verdict import require
from steps.refusals import refusal
from steps.screens import arrive
from steps.words import MENU, SCREENS, Signs

CONCEPT = "ログインとメニュー"
EXAMPLES = ("画面に「ようこそ」と表示される",)

SHOWN = "shown"  # the section of a dialect for what is neither a title nor a message
SESSION_OVER = "セッションが無効です"
DOOR = ("fields", "user_id")
LOGOUT = ("buttons", "logout")
INSIDE = ("fields", "key_password_again"), ("screens", "confirmation")


@pytest.fixture
def screens() -> Mapping[str, Signs]:
    """What the scenarios call the screens; a manual with screens of its own has a fixture of its own."""
    return SCREENS


@when("ユーザーIDと証明書取得用パスワードでログインする")
def _(screen: Screen, account: Account) -> None:
    LoginPage(screen).log_in(account.user_id, account.login_password)
    screen.wait_for(("menu", "key"))


@when("誤ったパスワードでログインする")
def _(screen: Screen, account: Account) -> None:
    LoginPage(screen).log_in(account.user_id, f"{account.login_password}x")


@when(parsers.parse("メニューの「{item}」を開く"))
def _(screen: Screen, evidence: Recorder, item: str) -> None:
    screen.press(item_of(screen, item), "menu")
    if item not in SCREENS:  # the manual has a name for the item alone, and the next step looks at what it opens
        return
    seen = screen.look_for(*SCREENS[item].titles)
    if seen is None and not refused(screen):  # what is refused right here, the next step judges
        arrive(screen, evidence, item)


@when(parsers.parse("メニューの「{item}」を押す"))
def _(screen: Screen, item: str) -> None:
    screen.press(item_of(screen, item), "menu")


@when("ログアウトする")
def _(screen: Screen, evidence: Recorder) -> None:
    if screen.look_for(LOGOUT) is None:  # no manual promises one
        evidence.not_applicable(
            say(
                f"「ログアウト」が無い。開いたままにした。{screen.dialect.key(LOGOUT)}",
                f'There is no "Log out": it was left open. {screen.dialect.key(LOGOUT)}',
            )
        )
        return
    screen.press("logout")


@then(parsers.parse("メニューに「{item}」がある"))
def _(screen: Screen, item: str) -> None:
    screen.wait_for(("menu", item_of(screen, item)))


@then(parsers.parse("「{name}」の画面が出る"))
def _(screen: Screen, evidence: Recorder, screens: Mapping[str, Signs], name: str) -> None:
    if name == SESSION_OVER:
        seen = _turned_out(screen, evidence)
        if seen in INSIDE:  # what is drawn at first may be all that a page knows without asking
            screen.settle()
            seen = _turned_out(screen, evidence)
        require(seen not in INSIDE, say("ログインしたままになっていた", "The user was still logged in"))
    else:
        arrive(screen, evidence, name, screens)


@then(parsers.parse("画面に「{words}」と表示される"))
def _(screen: Screen, dialect: Dialect, words: str) -> None:
    screen.wait_for((SHOWN, dialect.named(SHOWN, words)))


@then("ユーザーIDまたはパスワードが違うと表示され、ログインしていない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "login_refused", ("menu", "key"))
    require(seen != ("menu", "key"), say("誤ったパスワードでログインできた", "A wrong password logged the user in"))


@then("ページが見つからないと表示される")
def _(screen: Screen, evidence: Recorder) -> None:
    inside = ("fields", "login_password"), ("menu", "key"), ("menu", "renewal")
    seen = refusal(screen, evidence, "not_found", *inside)
    require(
        seen not in inside,
        say(
            "存在しないはずの URL で、サイトの画面が出た", "An address that should not exist showed a page of the site"
        ),
    )


@then("対応しているブラウザが表示され、ログインできない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "unsupported_browser", DOOR)
    require(
        seen != DOOR and not screen.has(*DOOR),
        say("対応していないブラウザにログインの画面が出た", "A browser that is not supported was shown the login page"),
    )


def item_of(screen: Screen, item: str) -> str:
    """The name in the dialect of what a scenario calls an item of the menu. Raises ConfigurationProblemError."""
    return MENU.get(item) or screen.dialect.named("menu", item)


def _turned_out(screen: Screen, evidence: Recorder) -> Term:
    """Whether the session is over or goes on, by what shows first."""
    return refusal(screen, evidence, "session_invalid", *INSIDE, section="screens")
