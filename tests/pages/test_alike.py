"""Of several things that look alike the right one is taken: the one that a person could see, reach and mean."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.dialect import Dialect
from pages.screen import Screen

OK, OTHER = "onclick=\"document.title='ok'\"", "onclick=\"document.title='other'\""
FOLDED = "height:0;overflow:hidden;padding:0;border:0"
VEIL = "<div style='position:fixed;inset:0;background:#888'></div>"
KEY = "<button onclick=\"document.title='{0}'\">Download Key</button>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<button style='{FOLDED}' {OTHER}>Login</button><button {OK}>Login</button>",
        f"<button disabled>Login</button><button {OK}>Login</button>",
        f"<button {OTHER}>Login</button>{VEIL}<div style='position:fixed;top:9px'><button {OK}>Login</button></div>",
        f"<a href=# {OTHER}>Login</a><form onsubmit='return false'><input value=x><button {OK}>Login</button></form>",
    ],
)
def test_the_button_that_can_be_pressed_is_pressed(browser_page: Page, screen: Screen, markup: str) -> None:
    """Not one that is folded up, greyed out, under what lies in front, or beside the form that was filled in."""
    browser_page.set_content(markup)
    screen.press("login")
    assert browser_page.title() == "ok"


@pytest.mark.parametrize("title", ["<h1>鍵の取得画面</h1>", "<img alt=鍵の取得画面 width=9 height=9>"])
def test_a_title_may_be_wanted_with_what_it_is(browser_page: Page, title: str) -> None:
    """A manual or a target file may have 画面 in its words."""
    browser_page.set_content(title)
    assert Screen(lambda: browser_page, Dialect("test", {"screens": {"key": ["鍵の取得画面"]}})).has("screens", "key")


@pytest.mark.parametrize("other", ["disabled", "readonly", f"style='{FOLDED}'"])
def test_the_field_that_can_be_written_in_is_filled(browser_page: Page, screen: Screen, other: str) -> None:
    """A copy of it stands before it."""
    field = "<table><tr><td>ユーザＩＤ<td><input {0}></table>"
    browser_page.set_content(field.format(other) + field.format("id=x"))
    screen.fill("user", "value")
    assert browser_page.locator("#x").input_value() == "value"


@pytest.mark.parametrize("before", ["1123", "1120", "112-1", "x112", "112x", "2112", "112.5"])
def test_the_row_of_an_id_is_not_that_of_one_with_it_in_it(browser_page: Page, screen: Screen, before: str) -> None:
    """Whichever stands first; and without it there is no row at all."""
    row = "<tr><td>{0}<td>" + KEY
    browser_page.set_content(f"<table>{row.format(before)}{row.format('112')}</table>")
    screen.press_in_row("112", "download_key")
    assert browser_page.title() == "112"


@pytest.mark.parametrize("around", ["（{}）", "ID:{}", "{}件目", "No.{} ", "１１２", "{}"])
def test_an_id_may_stand_among_other_signs_and_words(browser_page: Page, screen: Screen, around: str) -> None:
    """Brackets, a label before it, a counter behind it."""
    browser_page.set_content(f"<table><tr><td>{around.format('112')}<td>{KEY.format('ok')}</table>")
    screen.press_in_row("112", "download_key")
    assert browser_page.title() == "ok"


def test_a_box_that_is_ticked_stays_ticked(browser_page: Page, screen: Screen) -> None:
    """Whoever wants it ticked leaves it alone."""
    browser_page.set_content("<table><tr><td><input type=checkbox checked><td>112</table>")
    screen.tick_in_row("112")
    assert browser_page.locator("input").is_checked()


def test_a_picture_that_stands_for_a_box_is_pressed(browser_page: Page, screen: Screen) -> None:
    """The box itself is hidden."""
    browser_page.set_content(
        "<table><tr><td><input type=radio id=r style='display:none'><label for=r>◯</label><td>112</table>"
    )
    screen.tick_in_row("112")
    assert browser_page.locator("input").is_checked()


def test_a_button_under_a_bar_at_the_edge_can_be_pressed(browser_page: Page, screen: Screen) -> None:
    """A person scrolls."""
    bar = "<div style='position:fixed;bottom:0;left:0;right:0;height:200px;background:#888'>Cookie</div>"
    height = browser_page.viewport_size["height"] if browser_page.viewport_size else 700
    page = f"<div style='height:{height - 100}px'></div><button>Login</button><div style='height:2000px'></div>{bar}"
    browser_page.set_content(page)
    assert screen.can_press("login")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (f"<div style='{FOLDED}'><p>鍵の取得</p></div>", False),
        ("<p style='position:absolute;top:-999px'>鍵の取得</p>", False),
        ("<p style='clip-path:inset(100%)'>鍵の取得</p>", False),
        ("<h1>入力</h1><ol><li>入力<li>鍵の取得<li>完了</ol>", False),
        ("<h1>入力</h1><ol><li>入力<li class=current>鍵の取得<li>完了</ol>", True),
        ("<ol><li>入力<li>鍵の取得</ol>", True),
        ("<h1>１．鍵の取得</h1>", True),
        ("<h1>鍵の取得画面</h1>", True),
        ("<h1>鍵の取得ページ</h1>", True),
        ("<h1>鍵の取得画面の説明</h1>", False),
        ("<h1>2. 鍵の取得画面</h1>", True),
        ("<h1>メニュー</h1><p>続けて<b>「鍵の取得画面」</b>に進みます</p>", False),
        ("<div>申請 » 鍵の取得</div>", True),
        ("<h2>申請　＞　１．鍵の取得</h2>", True),
        ("<p>鍵の取得 » 完了</p>", False),
        ("<td>証明書　鍵の取得</td>", True),
        ("<td>証明書 鍵の取得</td>", True),
        ("<div>証明書｜鍵の取得</div>", True),
        ("<div>エラー　鍵の取得</div>", False),
        ("<p>次の画面　鍵の取得</p>", False),
        ("<p>未完了　鍵の取得</p>", False),
        ("<p>手順２　鍵の取得</p>", False),
        ("<p>ログアウト｜鍵の取得</p>", False),
        ("<p>お問い合わせ　鍵の取得</p>", False),
        ("<ol><li>1　申請</li><li>2　鍵の取得</li></ol>", False),
        ("<td>鍵の取得　確認</td>", False),
        ("<td>申請　鍵の取得　完了</td>", False),
        ("<td>入力　確認　鍵の取得</td>", False),
        ("<td>申請 》 鍵の取得 <font size=1>BRSK018</font></td>", True),
        ("<td>鍵の取得 BRSK018</td>", True),
        ("<td>鍵の取得（BRSK018）</td>", True),
        ("<td>鍵の取得 Error</td>", False),
        ("<p><span>申請</span> » <span>STEP2 鍵の取得</span></p>", False),
        ("<p>申請 » 鍵の取得の確認</p>", False),
        ("<h1>鍵の取得<small>Get key</small></h1>", True),
        ("<div style='overflow:hidden'><h1>鍵の取得</h1></div>", True),
    ],
)
def test_a_heading_is_what_says_where_one_is(browser_page: Page, screen: Screen, markup: str, *, shown: bool) -> None:
    """Not what is folded up or out of the picture, nor one of the steps that are still to come."""
    browser_page.set_content(markup)
    assert screen.has("screens", "key") is shown


def test_a_row_is_found_by_a_name_with_a_long_vowel(browser_page: Page) -> None:
    """Which plain words leave out: サーバー1 is the row of サーバ1, and not of サーバー12."""
    browser_page.set_content("<table><tr><td>サーバー12<td>他<tr><td>サーバー1<td>これ</table>")
    screen = Screen(lambda: browser_page, Dialect("test", {}), 1)
    assert "これ" in screen._row("サーバー1").inner_text()


@pytest.mark.parametrize("hyphen", "-\u2010\u2011\u2212\uff0d")
def test_a_row_is_found_by_its_number(browser_page: Page, hyphen: str) -> None:
    """Which is no part of an amount, and may have hyphens of any kind."""
    browser_page.set_content(f"<table><tr><td>12,345<td>他<tr><td>345<td>これ<tr><td>A{hyphen}1<td>それ</table>")
    screen = Screen(lambda: browser_page, Dialect("test", {}), 1)
    assert "これ" in screen._row("345").inner_text()
    assert "それ" in screen._row("A-1").inner_text()
