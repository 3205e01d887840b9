"""Screens of a bank by which one might believe that somebody was kept out who was not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from features.gunma.bank import answer, logs_in, went_on
from features.gunma.bank_screens import Door
from features.gunma.issuing import answer_to
from features.gunma.permitted import kept_out, lacks
from pages.dialect import load
from pages.screen import Screen
from sekisho.verdict import BlockedError, DeviationError
from steps.refusals import own_words
from tests.pages.test_outside_gunma import ASKS, noted, page_with

PASSWORD = "ログインパスワード <input type=password id=p>"
LOGIN = "<button onclick='show()'>ログイン</button>"
FORM = f"<h2>電子証明書によるログイン</h2>ログインID <input id=u> {PASSWORD}{LOGIN}"
OTHER_ID = f"<form onsubmit='return false'>利用者番号 <input> {PASSWORD}{LOGIN}</form>"
USER = SimpleNamespace(user_id="hanako", login_password="secret")
SCENARIO = cast("Any", SimpleNamespace(fixturenames=["account"], getfixturevalue=lambda _: USER))
ONE_TIME_PASSWORD = "<table><tr><td>ワンタイムパスワード<td><input></table>"
NEEDED = ("messages", "certificate_needed")
NEW_PASSWORD = "<table><tr><td>新しいパスワード<td><input type=password></table>"


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen of gunma."""
    return Screen(lambda: page, load("gunma"), 5)


def test_a_password_alone_goes_with_the_id(page: Page, screen: Screen) -> None:
    """Also into a form that comes late; one whose field is called otherwise is told with its key."""
    page.set_content("<p>インターネットバンキング</p>")
    page.evaluate(
        "form => setTimeout(() => { document.body.innerHTML = form }, 300)",
        f"ログインID <input id=u> {PASSWORD}<button onclick='document.title = u.value + p.value'>ログイン</button>",
    )
    Door(screen).log_in("hanako", "secret")
    assert page.title() == "hanakosecret"
    page.set_content(OTHER_ID)
    with pytest.raises(DeviationError, match=r"\[dialect.fields\] login_id"):
        Door(screen).log_in("hanako", "secret")


@pytest.mark.parametrize(
    "then",
    [
        f"<h2>ワンタイムパスワード認証</h2><p>ワンタイムパスワードを入力してください。</p>{ONE_TIME_PASSWORD}",
        f"<p>ログインパスワードの有効期限が切れています。新しいパスワードを登録してください。</p>{NEW_PASSWORD}",
        f"<p>初回ログインです。新しいパスワードを入力してください。</p>{NEW_PASSWORD}",
        "<h2>重要なお知らせ</h2><p>不正送金にご注意ください。内容を確認してください。</p><button>次へ進む</button>",
        "<h2>マイページ</h2><p>花子 様</p><p>お知らせがあります。ご確認ください。</p><a href=#>業務管理</a>",
        f"{OTHER_ID}<p>利用者番号を入力してください。</p>",
    ],
)
def test_what_a_bank_asks_of_those_it_let_in_is_no_refusal(page: Page, screen: Screen, then: str) -> None:
    """The certificate was accepted, or nobody knows."""
    page_with(page, FORM, then)
    record = noted("GUN-RULE-07")
    with pytest.raises(BlockedError):
        logs_in(SCENARIO, Door(screen), screen, record)
    assert not record.warnings


def test_who_is_let_in_without_a_word_that_refuses_is_logged_in(page: Page, screen: Screen) -> None:
    """To a page of the bank's own name; the date to which something is good is no refusal."""
    page_with(page, FORM, "<h2>マイページ</h2><p>花子 様　前回ログイン 11/27</p><p>ご利用期限: 2027/03/31</p>")
    with pytest.raises(DeviationError):
        logs_in(SCENARIO, Door(screen), screen, noted("GUN-RULE-07"))


@pytest.mark.parametrize(
    ("then", "warnings"),
    [
        ("<p>この電子証明書は失効しています。</p>", 0),
        ("<h2>お取扱いできません</h2><p>クライアント証明書が無効です。</p><button>閉じる</button>", 1),
        (f"{FORM}<p>ご利用になれません。</p>", 1),
        ("<a href=#>電子証明書ログイン</a><p>ご利用になれません。</p>", 1),
    ],
)
def test_a_certificate_may_be_refused_with_the_password(page: Page, screen: Screen, then: str, warnings: int) -> None:
    """By its name, or where the user is still at the door."""
    page_with(page, FORM, then)
    record = noted("GUN-RULE-07")
    assert not logs_in(SCENARIO, Door(screen), screen, record)
    assert len(record.warnings) == warnings


@pytest.mark.parametrize("said", ["電子証明書を確認できません。", "お客さまの電子証明書は失効しています。"])
def test_a_password_alone_may_be_refused_as_a_certificate_is(page: Page, screen: Screen, said: str) -> None:
    """What lacks is the certificate, whichever way it is said."""
    page_with(page, f"ログインID <input> {PASSWORD}{LOGIN}", f"<p>{said}</p>")
    Door(screen).log_in("hanako", "secret")
    assert answer(screen, noted("GUN-RULE-07"), NEEDED) == NEEDED


def test_who_is_let_in_is_let_in(page: Page, screen: Screen) -> None:
    """By the top page."""
    page_with(page, FORM, "<h2>トップページ</h2><p>内容をご確認ください。</p>")
    assert logs_in(SCENARIO, Door(screen), screen, noted("GUN-RULE-07"))


@pytest.mark.parametrize(
    "then", ["トークンの数字が違います。", "ワンタイムパスワードが違うため、証明書を取得できません。"]
)
def test_a_refused_one_time_password_says_nothing_of_the_certificate(page: Page, screen: Screen, then: str) -> None:
    """A second one may have been on its way."""
    page_with(page, ASKS, f"<p>{then}</p>")
    record = noted("GUN-RULE-02")
    with pytest.raises(BlockedError, match="already_issued"):
        answer_to("すでに発行済み", cast("Any", screen), record, lambda: "123456")
    assert not record.warnings


CAUTION = "<p>不正アクセスにご注意ください。パスワードをお忘れの場合はお問い合わせください。</p>"
DOOR = f"<h1>ログイン</h1><a href=# onclick='show()'>電子証明書ログイン</a>{CAUTION}"


@pytest.mark.parametrize(("says", "on"), [("", True), ("<p>アプリで認証されたため、操作を続けられません。</p>", False)])
def test_cautions_at_the_door_are_no_error(page: Page, screen: Screen, says: str, *, on: bool) -> None:
    """They stood there when the user came; what is new among them is what the bank says."""
    door = Door(screen)
    page_with(page, DOOR, "<h1>証明書取得認証</h1><button onclick='back()'>中断</button>")
    page.evaluate("then => { window.back = () => { document.body.innerHTML = then } }", DOOR + says)
    door.present()
    screen.press("interrupt")
    said = own_words(door.beyond(screen), noted("GUN-RULE-06"), ("messages", "put_out"))
    assert went_on(screen, said) is on
    assert "ご注意" not in said


@pytest.mark.parametrize("top", ["<a href=#>証明書失効</a>", "<a href=# onclick='show()'>管理</a>"])
def test_what_revokes_is_looked_for_all_the_way(page: Page, screen: Screen, top: str) -> None:
    """Not only behind 利用者管理."""
    page_with(page, f"<h2>トップページ</h2>{top}", "<h2>業務選択</h2><a href=#>証明書失効</a>")
    assert lacks(screen) is None


@pytest.mark.parametrize(
    "then",
    [
        "<h2>利用者検索</h2><p>検索条件を入力してください。</p><input><button>検索</button>",
        "<p>確認用パスワードを入力してください。</p>確認用パスワード <input type=password><button>実行</button>",
        "<h2>失効対象の選択</h2><p>失効した証明書は元に戻せません。</p><table><tr><td>taro<td><button>失効</button></table>",
    ],
)
def test_who_is_asked_for_something_is_not_kept_out(page: Page, screen: Screen, then: str) -> None:
    """Whatever cautions stand there; a field that was there before is none of it."""
    page_with(page, "<a href='#' onclick='show()'>証明書失効</a>", then)
    assert not kept_out(screen)
    page_with(
        page, "<a href='#' onclick='show()'>証明書失効</a><input name=q1>", "<p>権限がありません。</p><input name=q2>"
    )
    assert kept_out(screen) == "権限がありません。"
