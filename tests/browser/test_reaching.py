"""Whether the portal can have seen anything of a scenario, by what came of the addresses that were opened."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.person.reachability import Reaching

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
