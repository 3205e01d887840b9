"""What a portal can know of the browser and of the PC: what the manual's users would have, whatever runs the test."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from sekisho.browser.pc import Pc
from sekisho.browser.presenting import system_of, user_agent_on
from sekisho.person.browsing import Browsing
from tests.hostile.harvester import Host

READ = """() => [navigator.platform, navigator.userAgentData && navigator.userAgentData.platform,
    (navigator.userAgentData ? navigator.userAgentData.brands : []).map(one => one.brand)]"""
READ_MORE = """async () => [navigator.userAgentData.toJSON().brands,
    ...Object.values(await navigator.userAgentData.getHighEntropyValues(["fullVersionList"])).filter(Array.isArray),
    ].map(brands => brands.map(one => one.brand))"""
MORE_HINTS = "<!doctype html><head><meta http-equiv=Accept-CH content=Sec-CH-UA-Full-Version-List></head><h1>ここ</h1>"
TWICE = 2  # in Sec-CH-UA and in Sec-CH-UA-Full-Version-List
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADLESS = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36"
)
ON_MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Chrome/156.0.0.0 Safari/537.36"


@pytest.fixture
def host() -> Iterator[Host]:
    """A portal that hears what the browser says of itself."""
    host = Host()
    yield host
    host.close()


@pytest.fixture
def windows_pc(pc: Pc) -> Iterator[Pc]:
    """A PC for a manual whose users have Windows."""
    pc.system = "Windows"
    yield pc
    pc.system = ""


def asked_for(host: Host, path: str) -> str:
    """The one request for a path, with its headers."""
    (asked,) = [one for one in host.got if one.startswith(f"{path} ")]
    return asked


def test_a_portal_for_windows_is_told_windows(windows_pc: Pc, host: Host) -> None:
    """Header, hints and scripts agree, also in a window that the page opens."""
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"))
    (asked,) = [one for one in host.got if one.startswith("/ ")]
    assert "(Windows NT 10.0; Win64; x64)" in asked
    assert "Headless" not in asked
    assert 'sec-ch-ua-platform: "Windows"' in asked
    assert '"Google Chrome";v=' in asked
    with browsing.page.expect_popup() as opened:
        browsing.page.evaluate("void window.open('/popup')")
    for page in (browsing.page, opened.value):
        platform, hinted, brands = page.evaluate(READ)
        assert (platform, hinted) == ("Win32", "Windows")
        assert {"Chromium", "Google Chrome"} <= set(brands)
    assert all("Linux" not in one for one in host.got)


def test_a_browser_of_another_kind_gives_no_hints(windows_pc: Pc, host: Host) -> None:
    """Firefox has none: a portal that reads them must not take it for Chromium."""
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"), user_agent=FIREFOX)
    (asked,) = [one for one in host.got if one.startswith("/ ")]
    assert FIREFOX in asked
    assert "Chromium" not in asked
    assert browsing.page.evaluate(READ) == ["Win32", None, []]


@pytest.mark.parametrize("rel", ["opener", "noopener"])
def test_a_new_tab_of_a_link_is_told_windows_from_its_first_request(windows_pc: Pc, host: Host, rel: str) -> None:
    """So banks open their log-in; what the browser says there is not what Playwright told it."""
    host.pages["/"] = f"<a target=_blank rel={rel} href=/login>log in</a>"
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"))
    with browsing.page.context.expect_page() as opened:
        browsing.page.click("a")
    opened.value.wait_for_load_state()
    asked = asked_for(host, "/login")
    assert 'sec-ch-ua-platform: "Windows"' in asked
    assert '"Google Chrome";v=' in asked
    assert all("Linux" not in one for one in host.got)


def test_hints_that_a_portal_asks_for_name_the_same_browser(windows_pc: Pc, host: Host) -> None:
    """In the header and in scripts, also in the first page of a pop-up, and where a redirect leads to another host."""
    host.pages["/"] = MORE_HINTS
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"))
    with browsing.page.expect_popup() as opened:
        browsing.page.evaluate("void window.open('/popup')")
    opened.value.wait_for_load_state()
    for page in (browsing.page, opened.value):
        for names in page.evaluate(READ_MORE):
            assert {"Chromium", "Google Chrome"} <= set(names)
    browsing.page.goto(host.url("/"))
    browsing.page.evaluate("fetch('/more')")
    assert asked_for(host, "/more").count('"Google Chrome";v=') == TWICE
    browsing.page.goto(host.url("/to?" + host.url("/behind", "localhost")))
    assert '"Google Chrome";v=' in asked_for(host, "/behind")
    assert "ja" in asked_for(host, "/behind").partition("Accept-Language:")[2].splitlines()[0]


def test_a_browser_of_another_kind_gives_no_hints_that_are_asked_for(windows_pc: Pc, host: Host) -> None:
    """Nor behind a redirect to another host."""
    host.pages["/"] = MORE_HINTS
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"), user_agent=FIREFOX)
    browsing.page.goto(host.url("/"))
    browsing.page.evaluate("fetch('/more')")
    browsing.page.goto(host.url("/to?" + host.url("/behind", "localhost")))
    for path in ("/more", "/behind"):
        assert "Chromium" not in asked_for(host, path)


def test_a_pop_up_that_closes_at_once_is_no_trouble(windows_pc: Pc, host: Host) -> None:
    """It may be gone before it has been told anything."""
    browsing = Browsing(windows_pc, Mock())
    browsing.open(host.url("/"))
    browsing.page.evaluate("for (let i = 0; i < 8; i++) window.open(i % 2 ? '/popup' : 'about:blank').close()")
    browsing.page.goto(host.url("/next"))
    assert browsing.page.inner_text("h1") == "ここ"
    assert browsing.page.context.pages == [browsing.page]


def test_without_a_system_only_the_missing_screen_is_hidden(pc: Pc, host: Host) -> None:
    """A browser without a screen has a name that no person's browser has, and that portals turn away."""
    browsing = Browsing(pc, Mock())
    browsing.open(host.url("/"))
    (asked,) = [one for one in host.got if one.startswith("/ ")]
    assert "Linux" in asked
    assert "Headless" not in asked


def test_what_is_on_the_system_already_stays_as_it_is() -> None:
    """On Windows and on a Mac the browser's own words stand."""
    on_windows = user_agent_on("Windows", HEADLESS)
    assert on_windows.startswith(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156"
    )
    assert user_agent_on("Windows", on_windows) == on_windows
    assert user_agent_on("macOS", ON_MAC) == ON_MAC
    assert [system_of(one) for one in (HEADLESS, on_windows, ON_MAC)] == ["", "Windows", "macOS"]
