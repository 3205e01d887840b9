"""A page of a real browser, looked at through a small dialect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.browser.idle import watch
from sekisho.person.popups import Popups

WORDS = Dialect(
    "test",
    {
        "fields": {
            "user": ["ユーザ ID"],
            "password": ["パスワード"],
            "again": ["パスワードの確認", "パスワード（確認）"],
            "request": ["リクエスト ID"],
        },
        "buttons": {"login": ["Login"], "download": ["Download"], "download_key": ["Download Key"]},
        "menu": {"requests": ["申請情報一覧"]},
        "values": {"ou": ["Organizational Unit"], "name": ["Common Name"]},
        "screens": {"key": ["鍵の取得"], "requests": ["申請情報一覧"]},
        "messages": {"mismatch": ["一致しません"]},
        "columns": {"id": ["リクエストID"], "status": ["ステータス"]},
        "boxes": {"terms": ["規約に同意する"]},
        "options": {"lost": ["紛失", "紛失したため"]},
    },
)


@pytest.fixture(scope="module")
def browser_page(plain_browser: Browser) -> Iterator[Page]:
    """A page of a real browser."""
    window = plain_browser.new_context()
    watch(window)
    yield window.new_page()
    window.close()


@pytest.fixture
def page(plain_browser: Browser) -> Iterator[Page]:
    """A page of a window of its own."""
    window = plain_browser.new_context()
    watch(window)
    yield window.new_page()
    window.close()


@pytest.fixture
def screen(browser_page: Page) -> Screen:
    """A screen."""
    return Screen(lambda: browser_page, WORDS, patience=20)


@pytest.fixture
def bare(plain_browser: Browser) -> Iterator[Screen]:
    """A screen of its own whose pages may open further windows."""
    window, popups = plain_browser.new_context(), Popups()
    watch(window)
    page = window.new_page()
    page.on("popup", lambda popup: popups.opened(page, popup))
    yield Screen(
        lambda: popups.family(page)[0],
        WORDS,
        patience=20,
        family=lambda: popups.family(page),
        turned=popups.turn_to,
    )
    window.close()
