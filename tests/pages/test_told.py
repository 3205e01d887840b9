"""Words that a screen must show: they count within a longer line, where nothing turns them around."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.evidence.screen_text import Before, seen

WORDS = Dialect(
    "test", {"shown": {"welcome": ["ようこそ"], "done": ["申請を受け付けました"], "server": ["サーバーの選択"]}}
)


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen that shows things."""
    return Screen(lambda: page, WORDS, 10)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<p>ようこそ</p>", "welcome"),
        ("<td>ようこそ　株式会社取引1　様</td>", "welcome"),
        ("<div>ようこそ、山田様<br>前回のログイン: 2026/11/01</div>", "welcome"),
        ("<img alt='ようこそ'>", "welcome"),
        ("<b>申請を受け付けました。</b>", "done"),
        ("<p>利用申請を受け付けました。受付番号は 123 です。</p>", "done"),
        ("<p>申請を <b>受け付け</b> ました</p>", "done"),
        ("<p>サ－バーの選択：</p><p>サーバの選択</p>", "server"),
        ("<p>申請を受け付けました<br>受付番号 123</p>", "done"),
        ("<p>申請を受け付けました。審査が終わるまでお待ちください。</p>", "done"),
        ("<p>申請を受け付けました。登録に失敗した場合はご連絡します。</p>", "done"),
        ("<p>申請を受け付けました。取り消しは3日以内に可能です。</p>", "done"),
        ("<p>申請を受け付けました。<a>申請を取消す</a></p>", "done"),
        ("<p>申請を受け付けました（確認メールが届かない場合は窓口へ）</p>", "done"),
        ("<p>申請を受け付けました　この画面は閉じないでください</p>", "done"),
        ("<p>申請を受け付けました：発行までお待ちください</p>", "done"),
        ("<p>申請を受け付けました、発行まで2～3日かかります</p>", "done"),
        ("<p>申請を受け付けました。エラー: 0件</p>", "done"),
        ("<p>申請を受け付けました。現在の証明書は取り消されます。</p>", "done"),
        ("<p>申請を受け付けました。前回の申請は取り消されました。</p>", "done"),
        ("<p>申請を受け付けました。通信エラーが発生しても送り直しは要りません。</p>", "done"),
        ("<p>申請を受け付けました。再度送信するとエラーになります。</p>", "done"),
        ("<p>申請を受け付けました。入力に誤りはありませんでした。</p>", "done"),
    ],
)
def test_they_are_there(page: Page, screen: Screen, markup: str, name: str) -> None:
    """As a person reads them."""
    page.set_content(markup)
    assert screen.has("shown", name)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<p>申請を受け付けましたが、登録に失敗しました</p>", "done"),
        ("<p>未申請を受け付けました</p>", "done"),
        ("<p>申請を受け付けません</p>", "done"),
        ("<p>「申請を受け付けました」と表示されない場合は、やり直してください</p>", "done"),
        ("<p>※「申請を受け付けました」の画面が出るまでお待ちください</p>", "done"),
        ("<p>申請を受け付けました、が登録に失敗しました</p>", "done"),
        ("<p>申請を受け付けました。ただし登録に失敗しました</p>", "done"),
        ("<p>申請を受け付けました（登録失敗）</p>", "done"),
        ("<p>申請を受け付けました→取り消されました</p>", "done"),
        ("<p>申請を受け付けました：いいえ</p>", "done"),
        ("<p>申請を受け付けましたが、登録に失敗しています</p>", "done"),
        ("<p>申請を受け付けました。ただし登録できませんでした</p>", "done"),
        ("<p>申請を受け付けました。送信時にエラーが発生しました</p>", "done"),
        ("<p>申請を受け付けました？</p>", "done"),
        ("<p>未 （申請を受け付けました）</p>", "done"),
        ("<p style='display:none'>ようこそ</p>", "welcome"),
        ("<p>ようこそいらっしゃいませんでした</p>", "welcome"),
    ],
)
def test_they_are_not_there(page: Page, screen: Screen, markup: str, name: str) -> None:
    """What goes on behind them may say the opposite."""
    page.set_content(markup)
    assert not screen.has("shown", name)


def test_what_the_browser_shows_where_nobody_answers_is_nothing_that_the_portal_says(page: Page) -> None:
    """By the same look: between asking for the address and reading, the portal's page may have gone."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        nobody = f"http://127.0.0.1:{there.getsockname()[1]}/"
    with pytest.raises(BrowserError, match="ERR_CONNECTION_REFUSED"):
        page.goto(nobody)
    page.wait_for_url("chrome-error:**")
    assert Before().new([page]) == []
    shown = seen(page.main_frame)  # as in its picture
    assert shown is not None
    assert shown.words
