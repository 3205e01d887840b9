"""What scripts have put into shadow trees is seen, read and operated like the rest of a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.screen import Screen
from sekisho.evidence.screen_text import seen


def shadow(inside: str, outside: str = "", name: str = "x-part") -> str:
    """An element with a shadow tree, as markup declares one."""
    return f"<{name}><template shadowrootmode=open>{inside}</template>{outside}</{name}>"


def show(page: Page, markup: str) -> None:
    """Open a page; only a parser makes shadow trees of templates."""
    page.goto("about:blank")
    page.evaluate("markup => document.body.setHTMLUnsafe(markup)", markup)


@pytest.mark.parametrize(
    "markup",
    [
        shadow("<label>ユーザ ID <input></label>"),
        shadow("<table><tr><td>ユーザＩＤ<td><input></table>"),
        shadow(shadow("<p>ユーザ ID</p><input>")),
        shadow("<label for=i><slot></slot></label><input id=i>", "ユーザ ID"),
        shadow("<b id=n>ユーザ ID</b><input aria-labelledby=n>"),
        f"<table><tr><td>ユーザＩＤ：<td>{shadow('<input>')}<tr><td>他<td><input></table>",
        f"<p>ユーザＩＤ {shadow('<input>')}</p>",
        f"<p>ユーザＩＤ</p>{shadow('<span><input></span>')}",
        f"<label for=i>{shadow('ユーザ<b>ＩＤ</b>')}</label>{shadow('<i></i>')}<input id=i>",
    ],
)
def test_a_field_in_a_shadow_tree_is_found_by_its_words(browser_page: Page, screen: Screen, markup: str) -> None:
    """Its words stand with it in the tree, around the tree, or are put into it by a slot."""
    show(browser_page, markup)
    screen.fill("user", "value")
    assert browser_page.locator("x-part input, input#i").first.input_value() == "value"


@pytest.mark.parametrize(
    "markup",
    [
        shadow("<button onclick=\"document.title='ok'\">Login</button>"),
        shadow("<button onclick=\"document.title='ok'\"><slot></slot></button>", "Ｌｏｇｉｎ"),
        f"<button onclick=\"document.title='ok'\">{shadow('<style>b {}</style><b>Login</b>')}</button>",
        shadow("<a href='#' onclick=\"document.title='ok'\"><img alt=Login src='data:,' width=9 height=9></a>"),
    ],
)
def test_a_button_in_a_shadow_tree_is_pressed(browser_page: Page, screen: Screen, markup: str) -> None:
    """Nothing lies over it, though a document says that its tree's host does."""
    show(browser_page, markup)
    assert screen.can_press("login")
    screen.press("login")
    assert browser_page.title() == "ok"


def test_a_covered_button_in_a_shadow_tree_cannot_be_pressed(browser_page: Page, screen: Screen) -> None:
    """What lies over it may stand outside its tree."""
    veil = "<div style='position:fixed;inset:0;background:#888'></div>"
    show(browser_page, shadow("<button>Login</button>") + veil)
    assert not screen.can_press("login")


def test_headings_values_and_words_in_shadow_trees_are_read(browser_page: Page, screen: Screen) -> None:
    """A screen is told by its heading, whoever wrote it there."""
    row = "<table><tr><th>Common Name<td>emp001</table>"
    show(browser_page, shadow(f"<style>b {{ color: red }}</style><h1>鍵の取得</h1>{row}"))
    assert screen.has("screens", "key")
    assert screen.values("name") == ["emp001"]
    assert screen.text() == "鍵の取得 Common Name emp001"


def test_a_cell_is_read_whose_words_a_component_shows(browser_page: Page, screen: Screen) -> None:
    """In a list, and beside a heading."""
    listed = f"<table><tr><th>リクエストID<th>ステータス<tr><td>1<td>{shadow('<b>発行済み</b>')}</table>"
    show(browser_page, listed + f"<table><tr><th>Common Name<td>{shadow('<i>emp001</i>')}</table>")
    assert screen.rows("id", "status") == [{"id": "1", "status": "発行済み"}]
    assert screen.values("name") == ["emp001"]


def test_a_message_in_a_shadow_tree_is_new_after_a_press(browser_page: Page, screen: Screen) -> None:
    """Components of today show what they refuse in trees of their own."""
    answer = "document.querySelector('x-part').shadowRoot.querySelector('p').textContent = '入力が一致しません'"
    show(browser_page, shadow("<p></p>") + f'<button onclick="{answer}">Login</button>')
    screen.press("login")
    assert screen.news == ["入力が一致しません"]
    assert screen.reads("mismatch")
    shown = seen(browser_page.main_frame)
    assert shown is not None
    assert "入力が一致しません" in shown.words


def test_words_that_stand_in_a_tree_without_an_element_are_read(browser_page: Page, screen: Screen) -> None:
    """Nor is a link near them taken for a tree, though it has a host too."""
    show(browser_page, f"{shadow('鍵の取得')}<a href='http://127.0.0.1/'>申請情報一覧</a>")
    assert screen.has("screens", "key")
    assert screen.has("menu", "requests")
    assert screen.text() == "申請情報一覧 鍵の取得"


def test_a_button_is_pressed_in_its_row_within_a_shadow_tree(browser_page: Page, screen: Screen) -> None:
    """Of two rows the one that shows the words."""
    rows = "".join(f"<tr><td>{n}<td><button onclick='document.title = {n}'>Download</button>" for n in (7, 8))
    show(browser_page, shadow(f"<table>{rows}</table>"))
    screen.press_in_row("8", "download")
    assert browser_page.title() == "8"


def test_what_a_component_hides_is_not_seen(browser_page: Page, screen: Screen) -> None:
    """A tree that is not shown says nothing; nor does what has no slot in it."""
    show(browser_page, f"<div hidden>{shadow('<h1>鍵の取得</h1>')}</div>{shadow('<p>説明</p>', '<h1>鍵の取得</h1>')}")
    assert not screen.has("screens", "key")
    assert screen.text() == "説明"
