"""Boxes that are ticked, options in words of the portal's own, and answers that come again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.unnamed import undecided
from pages.dialect import Dialect, load
from pages.screen import Screen
from sekisho.verdict import BlockedError, DeviationError
from tests.pages.conftest import WORDS

NAMELESS = Dialect("test", {"fields": {"user_id": ["ユーザーID"], "request_id": ["どの行も書かない名"]}})
BOXES = [
    "<label><input type=checkbox id=x>規約に同意する</label>",
    "<input type=checkbox id=x> 規約に同意する <input type=checkbox> 案内を受け取る",
    "<input type=checkbox> 案内を受け取る <input type=checkbox id=x> 規約に同意する",
    "<table><tr><td>規約に同意する<td><input type=checkbox id=x><tr><td>案内<td><input type=checkbox></table>",
    "<table><tr><td><input type=checkbox id=x><td>規約に同意する<tr><td><input type=checkbox><td>案内</table>",
    "<input type=checkbox id=x hidden><label for=x>規約に同意する</label>",
    "<input type=checkbox id=x style='opacity:0;position:absolute'><label for=x>規約に同意する</label>",
    "<input type=checkbox id=x aria-label='規約に同意する'>",
    "<p>ご案内：<a href=/terms>規約</a></p><label for=x>規約に同意する（必須）</label><input type=checkbox id=x>",
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_ticked_by_its_words(browser_page: Page, screen: Screen, box: str) -> None:
    """And no other; what is ticked stays so, and can be taken back."""
    browser_page.set_content(f"<form>{box}</form>")
    for on in (True, True, False, True):
        screen.tick("terms", on=on)
        ticked = browser_page.locator("input[type=checkbox]").evaluate_all(
            "all => all.filter(one => one.checked).map(one => one.id)"
        )
        assert ticked == ["x"] * on


def test_a_box_of_the_pages_own_is_ticked(browser_page: Page, screen: Screen) -> None:
    """Made of anything, and known by its role."""
    browser_page.set_content(
        "<span id=x role=checkbox aria-checked=false onclick=\"this.ariaChecked = this.ariaChecked !== 'true'\">"
        "□</span> 規約に同意する"
    )
    screen.tick("terms")
    screen.tick("terms")
    assert browser_page.evaluate("x.ariaChecked") == "true"


@pytest.mark.parametrize("words", ["紛失", "紛失したため", "紛 失"])
def test_an_option_has_all_words_of_the_dialect(browser_page: Page, screen: Screen, words: str) -> None:
    """Whichever of them the scenario says."""
    browser_page.set_content(f"ユーザ ID <select id=s><option>破損<option>{words}</select>")
    screen.choose("user", "紛失")
    assert browser_page.evaluate("s.selectedIndex") == 1


def test_an_option_that_no_row_prints_may_have_another_name(browser_page: Page) -> None:
    """Then the scenario is BLOCKED, with what is offered and the key to write."""
    browser_page.set_content("ユーザーID <select><option>なくした<option>こわした</select>")
    with pytest.raises(DeviationError) as found:
        Screen(lambda: browser_page, load("danshin"), 10).choose("user_id", "紛失")
    error = undecided(found.value, "danshin")
    assert isinstance(error, BlockedError)
    assert "これかもしれないもの: 「なくした」、「こわした」" in str(error)


@pytest.mark.parametrize(
    ("field", "called"),
    [
        ("受付の番号：<input>", "受付の番号："),
        ("<table><tr><td>受付の<br>番号<td><input></table>", "受付の番号"),
        ("<img src=x width=9 height=9><input>", "名前の無い欄"),
    ],
)
def test_another_field_that_nobody_knows_may_be_the_one(page: Page, field: str, called: str) -> None:
    """Where no row prints the name: it may be called otherwise there."""
    page.set_content(f"<p>サイト内検索 <input></p>ユーザーID <input><p>{field}</p>")
    screen = Screen(lambda: page, NAMELESS, 10)
    with pytest.raises(DeviationError) as found:
        screen.fill("request_id", "1")
    error = undecided(found.value, "danshin")
    assert isinstance(error, BlockedError)
    assert f"これかもしれないもの: 「{called}」" in str(error)


def test_a_field_is_not_there_where_nothing_else_could_be_it(page: Page) -> None:
    """All others are known."""
    page.set_content("<p>サイト内検索 <input></p>ユーザーID <input>")
    screen = Screen(lambda: page, NAMELESS, 10)
    with pytest.raises(DeviationError) as found:
        screen.fill("request_id", "1")
    assert undecided(found.value, "danshin") is found.value


def test_the_same_answer_is_new_after_the_next_press(page: Page) -> None:
    """Once it was taken for one; what stood there from the beginning is not."""
    page.set_content(
        "<p>入力が一致しませんと進めません</p><input aria-label=パスワード>"
        "<button onclick=\"said.textContent = '一致しません'\">Login</button><p id=said></p>"
    )
    screen = Screen(lambda: page, WORDS, 20)
    for _ in range(3):
        screen.fill("password", "x")
        screen.press("login")
        assert screen.news == ["一致しません"]
        screen.take_as_answer()
