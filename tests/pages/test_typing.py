"""A hand types as people do: with keys, from box to box, and it leaves the field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.screen import Screen

READY = "document.querySelector('button').disabled = false"


@pytest.mark.parametrize("event", ["oninput", "onkeyup", "onkeydown", "onchange", "onblur"])
def test_a_page_hears_of_what_is_typed(browser_page: Page, screen: Screen, event: str) -> None:
    """Its button is enabled by one of the things that happen when somebody types and goes on."""
    page = f"<input aria-label='ユーザ ID' {event}=\"{READY}\">"
    browser_page.set_content(page + "<button disabled onclick=\"document.title='ok'\">Login</button>")
    screen.fill("user", "value")
    screen.press("login")
    assert browser_page.title() == "ok"


def test_a_field_may_open_itself_to_the_hand_on_it(browser_page: Page, screen: Screen) -> None:
    """It keeps the browser from filling it in."""
    browser_page.set_content("<input aria-label='ユーザ ID' readonly onfocus=\"this.removeAttribute('readonly')\">")
    screen.fill("user", "value")
    assert browser_page.locator("input").input_value() == "value"


@pytest.mark.parametrize(
    ("boxes", "held"),
    [
        ("<input maxlength=4>-<input maxlength=4>", ["1234", "5678"]),
        ("<input maxlength=4><input type=hidden maxlength=4><input maxlength=9>", ["1234", "", "5678"]),
        ("<input maxlength=1>" * 8, list("12345678")),
        ("<input maxlength=4>", ["1234"]),
        ("<input maxlength=4><input maxlength=2>", ["1234", ""]),
    ],
)
def test_a_field_in_several_boxes_is_filled_box_by_box(
    browser_page: Page, screen: Screen, boxes: str, held: list[str]
) -> None:
    """If all of it fits; a box of something else behind a field that is too short stays empty."""
    browser_page.set_content(f"<table><tr><td>ユーザＩＤ<td>{boxes}<tr><td>備考<td><input maxlength=8></table>")
    screen.fill("user", "12345678")
    assert [one.input_value() for one in browser_page.locator("input").all()] == [*held, ""]


@pytest.mark.parametrize("said", ["required", "pattern='[a-z]+' title='一致しません'"])
def test_what_the_browser_says_in_its_own_bubble_is_a_message(browser_page: Page, screen: Screen, said: str) -> None:
    """It stands there instead of one of the portal's."""
    browser_page.set_content(f"<form><input aria-label='ユーザ ID' {said}><button>Login</button></form>")
    if "pattern" in said:
        screen.fill("user", "1")
    screen.press("login")
    (told,) = screen.news
    assert told == browser_page.locator("input").evaluate("one => one.validationMessage")


def test_what_a_script_says_in_the_browsers_bubble_is_a_message(browser_page: Page, screen: Screen) -> None:
    """In its own words."""
    refuse = "document.querySelector('input').setCustomValidity('パスワードが一致しません')"
    browser_page.set_content(f"<form><input aria-label='ユーザ ID'><button onclick=\"{refuse}\">Login</button></form>")
    screen.fill("user", "value")
    screen.press("login")
    assert screen.wait_for(("messages", "mismatch")) == ("messages", "mismatch")


def test_a_message_below_long_terms_of_use_is_seen(browser_page: Page, screen: Screen) -> None:
    """However many lines stand above it."""
    terms = "".join(f"<p>第{number}条</p>" for number in range(600))
    answer = "document.querySelector('#m').textContent = 'パスワードが一致しません'"
    browser_page.set_content(f'{terms}<p id=m></p><button onclick="{answer}">Login</button>')
    screen.press("login")
    assert screen.news == ["パスワードが一致しません"]


@pytest.mark.parametrize("hidden", ["opacity:0", "position:absolute;left:-9999px"])
def test_a_message_counts_when_it_can_be_read(browser_page: Page, screen: Screen, hidden: str) -> None:
    """It waited in the page before, where nobody could; and one that goes on waiting is none."""
    message = f"<p style='{hidden}'>パスワードが一致しません</p>"
    browser_page.set_content(f"{message}<button>Login</button>")
    screen.press("login")
    assert not screen.has("messages", "mismatch")
    browser_page.set_content(f"{message}<button onclick=\"document.querySelector('p').style = ''\">Login</button>")
    screen.press("login")
    assert screen.has("messages", "mismatch")
