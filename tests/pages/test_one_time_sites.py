"""Sites behind a one-time address, as others than the mock build them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page

from features.nec.addresses import secrets_in
from features.nec.ownkeys import confirmation
from pages import hand
from pages.dialect import load
from pages.screen import Screen

HERE = "https://ra.test/"
SITE, LINKED = f"{HERE}check/", f"{HERE}check/of/this/user"
TOKEN = "6fb7ef51b15994bdc25897a6"
NAME = "証明書確認ページを開く"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (f"<a href=/check/of/this/user>{NAME}</a>", LINKED),
        (f"<a href=/check/of/this/user><img alt={NAME} width=9 height=9></a>", LINKED),
        (f"<a href=\"javascript:__doPostBack('lnk','')\">{NAME}</a>", SITE),
        (f"<a href=# onclick=\"open('/check/')\">{NAME}</a>", SITE),
        (f"<input type=button value={NAME}>", SITE),
    ],
)
def test_what_leads_to_a_script_leads_to_the_site(page: Page, link: str, address: str) -> None:
    """There is no address in it to go to with a certificate."""
    page.route(HERE, lambda route: route.fulfill(body=f"<meta charset=utf-8>{link}", content_type="text/html"))
    page.goto(HERE)
    portal: Any = SimpleNamespace(sites={"confirm": SITE})
    assert confirmation(Screen(lambda: page, load("nec"), 20), portal) == address


@pytest.mark.parametrize(
    ("rest", "secrets"),
    [
        (f"ra/2026112700001/{TOKEN}", ["2026112700001", TOKEN]),
        (f"ra/{TOKEN}/", [TOKEN]),
        (f"webra/Default.aspx?otu={TOKEN}&lang=ja", [TOKEN]),
        ("ra/AbCdEfGhIjKl", ["AbCdEfGhIjKl"]),
        ("ra/?id=7", []),
    ],
)
def test_the_secret_of_an_address_is_known_wherever_it_stands(rest: str, secrets: list[str]) -> None:
    """In the path or behind it; the pages' names are none."""
    assert secrets_in(HERE + rest) == secrets


def test_a_button_that_has_just_gone_cannot_be_pressed(page: Page) -> None:
    """It is not waited for: a page may hide what it shows for a moment."""
    page.set_content("<p>x")
    assert not hand.pressable(page.locator("button"))
