"""A page that asks the user's own machine: the browser wants leave for that, which a person gives."""

from __future__ import annotations

import pytest

from sekisho.browser.pc import Pc

from .conftest import World

ASKS = """url => fetch(url, {mode: 'no-cors'}).then(() => 'reached', error => String(error))"""


@pytest.fixture(params=["pc", "cpc"])
def any_pc(request: pytest.FixtureRequest) -> Pc:
    """A PC of either mode."""
    pc: Pc = request.getfixturevalue(request.param)
    return pc


def test_a_public_page_reaches_what_stands_beside_the_user(any_pc: Pc, world: World) -> None:
    """As a page of a portal does that speaks with a program of the user's."""
    page = any_pc.visit(world.plain.url).page
    page.route("**/public", lambda route: route.fulfill(body="x", headers={"Content-Security-Policy": PUBLIC}))
    page.goto(f"{world.plain.url}public")
    assert page.evaluate(ASKS, world.optional.url) == "reached"


PUBLIC = "treat-as-public-address"
