"""A page that asks for a program: the browser's question about it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from sekisho.browser.pc import Pc
from sekisho.native_ui import Surface, SurfaceAbsentError, take_question_away
from sekisho.verdict import DeviationError, EnvironmentProblemError

from .conftest import World


@pytest.fixture
def page(pc: Pc, world: World) -> Page:
    """A page with a link to a program."""
    page = pc.visit(world.plain.url).page
    page.evaluate("document.body.innerHTML = '<a href=\"certissue:start?x\">start</a><button>b</button>'")
    return page


def test_the_question_is_read_and_goes_away(pc: Pc, page: Page) -> None:
    """The page stays where it is and can be used; the address that it asked for was seen as a request."""
    with page.expect_request("certissue:**") as asked:
        page.get_by_text("start").click()
    question = take_question_away(pc.bus_address)
    assert asked.value.url == "certissue:start?x"
    assert question.title.endswith("を開きますか？")
    assert "127.0.0.1" in question.text
    assert (question.rows, question.pressed) == ([], "キャンセル")
    page.get_by_role("button").click()
    assert "127.0.0.1" in page.url


def test_no_question_is_said_to_be_none(pc: Pc, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not waited for without an end; what the browser does not ask is not the portal's fault."""
    monkeypatch.setattr("sekisho.native_ui.protocol_dialog.APPEARS_SECONDS", 0.3)
    page.get_by_role("button").click()
    with pytest.raises(SurfaceAbsentError, match="尋ねない") as absent:
        take_question_away(pc.bus_address)
    assert absent.value.surface is Surface.PROTOCOL_DIALOG
    assert isinstance(absent.value, EnvironmentProblemError)
    assert not isinstance(absent.value, DeviationError)
