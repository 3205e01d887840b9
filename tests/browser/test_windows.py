"""Which page is in front, while a portal's pages open windows and close them."""

from __future__ import annotations

from typing import cast
from unittest.mock import Mock

from playwright.sync_api import Browser, Page

from pages.dialect import load
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.person.browsing import Browsing
from sekisho.person.windows import Windows
from tests.hostile.harvester import Host

OPENS = "<button onclick=\"window.open('{0}', '{0}', 'width=300,height=200')\">{0}</button>"


def test_a_window_that_was_there_for_a_file_only_is_not_in_front(plain_browser: Browser) -> None:
    """The browser closes it at once, maybe before anybody hears that it was there."""
    window = plain_browser.new_context()
    windows = Windows(Mock(), Mock(), Mock(), dict)
    page = windows.front(window.new_page())
    with page.expect_popup() as opened:
        page.evaluate("void window.open('about:blank')")
    assert windows.page is opened.value
    opened.value.close()
    assert windows.page is page
    gone = cast("Page", Mock(is_closed=lambda: True))
    windows.front(page)
    windows._opened(page, gone)  # so soon as no window can be closed on purpose
    assert windows.page is page
    assert windows.family(page) == [page]
    window.close()


def test_a_window_of_a_size_that_was_opened_for_a_file_only_is_put_away(pc: Pc) -> None:
    """The browser leaves it open, and nothing ever comes there; one with a page stays in front, also behind a file."""
    host = Host()
    host.pages["/"] = OPENS.format("/file") + OPENS.format("/next")
    browsing = Browsing(pc, Mock())
    browsing.open(host.url("/"))
    page = browsing.page
    for _ in range(2):
        with page.context.expect_page() as opened, page.context.expect_event("download"):
            page.click("text=/file")
        if not opened.value.is_closed():
            opened.value.wait_for_event("close")
        assert browsing.page is page
    with page.expect_popup() as shown:
        page.click("text=/next")
    shown.value.wait_for_load_state()
    assert browsing.page is shown.value
    host.close()


def test_what_stands_in_a_frame_is_loaded_again_there(pc: Pc) -> None:
    """A portal's menu stays beside it."""
    host = Host()
    host.pages = {
        "/": "<title>Portal</title><iframe src=/menu></iframe><iframe src=/wait></iframe>",
        "/menu": "menu",
        "/wait": "wait",
    }
    browsing = Browsing(pc, Mock())
    browsing.open(host.url("/"))
    browsing.page.wait_for_load_state()
    frame = browsing.page.frames[2]
    browsing.open_again(frame.url, frame)
    browsing.page.wait_for_load_state()
    assert browsing.page.url == host.url("/")
    asked = [one.split()[0] for one in host.got]
    assert [asked.count(one) for one in ("/", "/menu", "/wait")] == [1, 1, 2]
    host.close()


def test_what_a_box_asks_is_no_answer_where_another_comes(pc: Pc) -> None:
    """`confirm()` asks before anything is sent, and may sound like a refusal; `alert()` tells."""
    host = Host()
    question = "confirm('取り消しはできません。よろしいですか？')"
    host.pages = {
        "/": f'<form action=/refused onsubmit="return {question}"><input type=submit value=Submit></form>',
        "/asks": f'<button onclick="{question}">Submit</button>',
        "/refused": "<p>この画面からの操作は受け付けられません。</p><script>alert('エラー')</script>",
    }
    browsing = Browsing(pc, Mock())
    screen = Screen(lambda: browsing.page, load("obn"), 5, said=lambda: browsing.said, before=browsing.before)
    for path, told in (
        ("/", ["エラー", "この画面からの操作は受け付けられません。"]),
        ("/asks", ["取り消しはできません。よろしいですか？"]),
    ):
        browsing.open(host.url(path))
        screen.press("submit")
        screen.settle()
        assert list(screen.news) == told
    browsing.close()
    host.close()
