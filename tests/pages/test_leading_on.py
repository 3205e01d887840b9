"""What leads to the renewal site: its address behind a link, or whatever a portal has instead of one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.screen import Screen
from sekisho.verdict import DeviationError
from steps.renewal import check_link
from tests.harness.noting import Noted

URL = "https://renew.test/p/ru"
BUTTON = "<button onclick='location = \"/go\"'>{0}</button>"


@pytest.mark.parametrize(
    ("markup", "warnings"),
    [
        (f"<a href={URL}>こちら</a>", 0),
        (f"<a href={URL}/>こちら</a>", 0),
        (f"<a href='{URL}?lang=ja'>こちら</a>", 0),
        (f"<a href={URL}/index.html>こちら</a>", 1),
        (BUTTON.format("電子証明書更新"), 1),
        ("<a href=/jump?to=7>証明書の更新</a>", 1),
    ],
)
def test_a_screen_leads_to_the_renewal_site(browser_page: Page, markup: str, warnings: int) -> None:
    """A button or a redirect may well do, which is for a reader to say."""
    noted: Any = Noted()
    browser_page.set_content(f"<p>{markup}</p>")
    check_link(Screen(lambda: browser_page, load("obn"), 20), URL, noted)
    assert len(noted.warnings) == warnings


@pytest.mark.parametrize(
    "markup", ["", "<p>証明書の更新</p>", BUTTON.format("お知らせ"), "<a href=https://other.test>x</a>"]
)
def test_a_screen_that_does_not_is_a_deviation(browser_page: Page, markup: str) -> None:
    """And says by which key a portal tells its own words."""
    noted: Any = Noted()
    browser_page.set_content(f"<h1>メニュー</h1>{markup}")
    with pytest.raises(DeviationError, match=r"dialect\.menu\] renewal_site"):
        check_link(Screen(lambda: browser_page, load("obn"), 20), URL, noted)
