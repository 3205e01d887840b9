"""Whether the portal can have seen anything of a scenario, by what came of the addresses that were opened."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.browser.pc import Pc
from sekisho.person.reachability import Reaching, turned_down
from sekisho.pki.pkcs12 import facts

from .conftest import Imports, World

URL = "https://portal.example/"
REFUSED = BrowserError(f"Page.goto: net::ERR_CONNECTION_REFUSED at {URL}")


def test_nobody_is_where_every_connection_was_refused() -> None:
    """Then the portal knows nothing of what was tried, and nobody is used up."""
    reaching = Reaching(lambda: False)
    assert not reaching.nobody
    reaching.why_not(URL, REFUSED, 30)
    assert reaching.nobody


def test_who_has_answered_once_may_have_seen_all() -> None:
    """Whatever comes later."""
    reaching = Reaching(lambda: False)
    reaching.reached = True
    reaching.why_not(URL, REFUSED, 30)
    assert (reaching.nobody, reaching.reached) == (False, True)


@pytest.mark.parametrize(
    "error",
    [
        BrowserTimeoutError("Timeout 30000ms exceeded."),
        BrowserError(f"Page.goto: net::ERR_TOO_MANY_REDIRECTS at {URL}"),
        BrowserError("Page.goto: Download is starting"),
        BrowserError(f"Page.goto: net::ERR_CONNECTION_RESET at {URL}"),
    ],
)
def test_nonsense_and_silence_are_no_proof_that_nobody_was_there(error: BrowserError) -> None:
    """What was asked may have been read, and a user's request carried out."""
    reaching = Reaching(lambda: False)
    reaching.why_not(URL, error, 30)
    assert not reaching.nobody


def test_behind_a_wire_with_faults_nothing_is_known() -> None:
    """Its own faults look like a portal that is gone."""
    reaching = Reaching(lambda: True)
    reaching.why_not(URL, REFUSED, 30)
    assert (reaching.nobody, reaching.reached) == (False, False)


def test_a_server_that_ends_the_handshake_for_want_of_a_certificate_turns_the_user_down(pc: Pc, world: World) -> None:
    """Under whatever name the browser gives it; where no certificate is asked for, nobody was turned down."""
    page = pc.window().new_page()
    for url, down in ((world.required.url, True), ("https://127.0.0.1:9/", False)):
        with suppress(BrowserError):
            page.goto(url)
        page.wait_for_url("chrome-error:**")
        assert turned_down(page) is down
    page.goto(world.plain.url)
    assert not turned_down(page)


def test_in_context_mode_too_the_certificate_is_turned_down(cpc: Pc, world: World, import_into: Imports) -> None:
    """There Playwright's proxy answers in the server's place, where the certificate that it showed was refused."""
    stranger = facts(import_into(cpc, world.foreign.issue("emp00001")).certificate)
    page = cpc.window(present=stranger, origins=[world.required.url]).new_page()
    page.goto(world.required.url)
    assert turned_down(page)
    page.goto(world.plain.url)
    assert not turned_down(page)


@pytest.mark.parametrize(("status", "words"), [(200, "Playwright client-certificate error: alert"), (503, "工事中")])
def test_a_page_of_the_portals_is_no_refusal_in_the_handshake(pc: Pc, status: int, words: str) -> None:
    """Whatever it says, and where the portal is out of order."""
    page = pc.window().new_page()
    page.route("**/*", lambda route: route.fulfill(status=status, body=words, content_type="text/plain"))
    page.goto("https://portal.example/")
    assert not turned_down(page)
