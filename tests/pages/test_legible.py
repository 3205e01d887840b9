"""What nobody can read does not count as shown, and of a list that drops down only what is chosen is read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from pages.screen import Screen

SCROLLED = (
    "<main style='height: 90px; overflow: auto'>{0}<p style='height: 900px'></p></main>"
    "<script>document.querySelector('main').scrollTop = 800</script>"
)
LIST = "<select><option>発行中<option selected>発行済み<option>失効</select>"


@pytest.mark.parametrize(
    "style",
    [
        "opacity: 0",
        "position: absolute; left: -9999px",
        "position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0)",
        "visibility: hidden",
        "display: none",
    ],
)
def test_a_heading_that_nobody_can_read_is_not_shown(browser_page: Page, screen: Screen, style: str) -> None:
    """Written for programs that read a page aloud, or left over."""
    browser_page.set_content(
        f"<h1 style='{style}'>鍵の取得</h1><a href=http://a.test/ style='{style}'>a</a><p>説明</p>"
    )
    assert not screen.has("screens", "key")
    assert screen.links() == []


@pytest.mark.parametrize(
    "markup",
    [
        "<h1 style='opacity: 0.3'>鍵の取得</h1>",
        "<div style='display: contents'><h1>鍵の取得</h1></div>",
        "<div style='height: 90px; overflow: scroll'><p style='height: 900px'></p><h1>鍵の取得</h1></div>",
        "<p style='height: 5000px'></p><h1>鍵の取得</h1><script>scrollTo(0, 6000)</script>",
        "<body style='width: 5000px'><h1>鍵の取得</h1><script>scrollTo(4000, 0)</script>",
        SCROLLED.format("<h1 style='position: relative'>鍵の取得</h1>"),
    ],
)
def test_a_heading_that_can_be_read_is_shown(browser_page: Page, screen: Screen, markup: str) -> None:
    """Pale, without a box of its own, or somewhere to scroll to."""
    browser_page.goto("data:text/html;charset=utf-8," + quote(markup))
    assert screen.has("screens", "key")


ASIDE = "position: absolute; left: -9999px"


@pytest.mark.parametrize("kept", ["inert", f"style='{ASIDE}'"])
def test_a_screen_that_is_kept_out_of_use_has_no_field(browser_page: Page, screen: Screen, kept: str) -> None:
    """Applications of one page keep the screens that were, to come back to them."""
    browser_page.set_content(f"<div {kept}><label>リクエスト ID <input></label></div><main>トップ</main>")
    assert not screen.has("fields", "request")
    assert not screen.can_fill("request")


def test_a_field_that_was_scrolled_away_within_the_page_is_filled_in(browser_page: Page, screen: Screen) -> None:
    """It is scrolled to."""
    browser_page.set_content(
        SCROLLED.format("<label>リクエスト ID <input></label>"),
    )
    screen.fill("request", "7")
    assert screen.value_in("request") == "7"


@pytest.mark.parametrize("style", [ASIDE, "opacity: 0", "display: none"])
def test_words_in_a_shadow_tree_that_is_out_of_sight_are_not_read(
    browser_page: Page, screen: Screen, style: str
) -> None:
    """Nor is what is below it."""
    browser_page.set_content(
        f"<div style='{style}'><p id=host></p></div><script>host.attachShadow({{mode: 'open'}}).innerHTML ="
        " '<b>鍵の取得</b>'</script><p>説明</p>"
    )
    assert screen.text() == "説明"


def test_a_transparent_button_over_a_picture_is_pressed(browser_page: Page, screen: Screen) -> None:
    """The picture is what a person sees; the button is what takes the press."""
    browser_page.set_content("<button style='opacity: 0' onclick=\"document.title='ok'\">Login</button>")
    screen.press("login")
    assert browser_page.title() == "ok"


def test_of_a_list_that_drops_down_the_chosen_option_is_read(browser_page: Page, screen: Screen) -> None:
    """In a table, beside a heading, among all words, and as a message."""
    browser_page.set_content(
        f"<table><tr><th>リクエスト ID<th>ステータス<tr><td>1<td>{LIST}</table>"
        "<table><tr><th>Common Name<td><select><option>emp001<option selected>emp002</select></table>"
        "<select><option>1<option>入力が一致しません</select><select><option>1<option>鍵の取得</select>"
    )
    assert screen.rows("id", "status") == [{"id": "1", "status": "発行済み"}]
    assert screen.values("name") == ["emp002"]
    assert "失効" not in screen.text()
    assert not screen.reads("mismatch")
    assert not screen.has("screens", "key")


@pytest.mark.parametrize(("size", "shown"), [(1, False), (3, True)])
def test_an_option_within_a_group_shows_where_its_list_lies_open(
    browser_page: Page, screen: Screen, size: int, *, shown: bool
) -> None:
    """However deep it stands in the list."""
    browser_page.set_content(f"<select size={size}><optgroup label=列><option selected>他<option>リクエストID</select>")
    assert screen.has("columns", "id") is shown


def test_what_a_field_may_suggest_is_not_shown(browser_page: Page, screen: Screen) -> None:
    """Its options stand in no list that is chosen from."""
    browser_page.set_content("<input list=d><datalist id=d><option>リクエストID</datalist>")
    assert not screen.has("columns", "id")


def test_an_empty_list_that_waits_unseen_parts_no_lines(browser_page: Page, screen: Screen) -> None:
    """Nothing is read of it."""
    browser_page.set_content("<p>a</p><p>b</p><select hidden>\n</select>")
    assert screen.text() == "a b"


def test_a_list_that_lies_open_is_read_whole(browser_page: Page, screen: Screen) -> None:
    """All its options show."""
    browser_page.set_content("<select size=3><option>入力が一致しません<option>他</select>")
    assert screen.reads("mismatch")


def test_a_choice_after_which_a_message_is_chosen_is_new(browser_page: Page, screen: Screen) -> None:
    """What was among the options before had not been said."""
    browser_page.set_content(
        "<select id=s><option>-<option>入力が一致しません</select><button onclick='s.selectedIndex = 1'>Login</button>"
    )
    screen.press("login")
    assert screen.news == ["入力が一致しません"]


@pytest.mark.parametrize(
    "document",
    [
        "image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>入力が一致しません</text></svg>",
        "text/xml,<answer><message>入力が一致しません</message></answer>",
    ],
)
def test_a_document_that_is_no_page_is_read(browser_page: Page, screen: Screen, document: str) -> None:
    """A drawing, or XML, that a portal answers with instead of a page."""
    kind, text = document.split(",", 1)
    browser_page.goto(f"data:{kind};charset=utf-8,{quote(text)}")
    assert screen.reads("mismatch")
