"""A set of frames that is loaded again shows its first screen at some portals: the user goes on from there again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.tab_user import LETTERS, Order
from sekisho.explore.choosing import offered
from sekisho.explore.tab_cells import TabsCase, cases
from sekisho.manual.lanes import Sentence
from tests.explore.test_tabs import undisturbed

TOP, NEVER = "https://portal.example.test/frame", "https://portal.example.test/never"
AT = 3
"""The step of lane A behind which the screen is loaded again."""


class Desk:
    """Who works in tabs without a browser: each sentence brings a screen of its own into the frame."""

    def __init__(self, case: TabsCase, reloaded: str | None, *, framed: bool = True) -> None:
        """`reloaded` is what the frame shows behind a reload; None: what it showed before."""
        self.said: list[str] = []
        self._case, self._reloaded, self._framed = case, reloaded, framed
        self._shown: dict[str, str] = {}
        self._tab = ""
        self.browsing: Any = self
        self.windows: Any = self

    def ended(self, _: str) -> bool:
        """Never refused."""
        return False

    def has_tab(self, tab: str) -> bool:
        """Opened by its first sentence."""
        return tab in self._shown

    def sit_before(self, tab: str) -> None:
        """Look at it."""
        self._tab = tab

    @property
    def page(self) -> SimpleNamespace:
        """What the browser would tell of it."""
        urls = [TOP, self._shown[self._tab]] if self._framed else [self._shown[self._tab]]
        frames = [SimpleNamespace(url=url) for url in urls]
        return SimpleNamespace(frames=frames, wait_for_load_state=lambda: None)

    def act(self, one: Sentence, tab: str, *, twice: bool = False, instead: str = "") -> None:
        """Say it."""
        assert not twice
        self.said.append(instead or one.text)
        if not instead:
            self._shown[tab] = screen(one)
        elif self._reloaded is not None:
            self._shown[tab] = self._reloaded


def screen(one: Sentence) -> str:
    """Which a sentence brings."""
    return f"https://portal.example.test/{one.text}"


@pytest.fixture
def case() -> TabsCase:
    """One tab after the other, and a reload in the first."""
    (one,) = [each for each in offered(["danshin"], ["tabs"]) if each.name == "同じ利用者が二つのタブで鍵を取得する"]
    found = cases(one, undisturbed(one))
    return next(each for each in found if (each.interleaving.letter, each.interleaving.at) == ("reload", AT))


def said_behind(case: TabsCase, desk: Desk) -> list[str]:
    """What is said in lane A from the reload on, before the next step."""
    Order(desk, case).carry_out()  # type: ignore[arg-type] # as its user does
    behind = desk.said[desk.said.index(LETTERS["reload"]) + 1 :]
    later = [one.text for step in case.steps("A")[AT:] for one in step.sentences]
    later += [one.text for step in case.steps("B") for one in step.sentences]
    assert behind[len(behind) - len(later) :] == later
    return behind[: len(behind) - len(later)]


@pytest.mark.parametrize("back", [1, 2])
def test_frames_that_lead_back_are_gone_on_with_from_there(case: TabsCase, back: int) -> None:
    """From the screen that stands there again; the top address has not changed."""
    steps = case.steps("A")
    again = said_behind(case, Desk(case, screen(steps[back - 1].sentences[-1])))
    assert again == [one.text for step in steps[back:AT] for one in step.sentences]


@pytest.mark.parametrize(("reloaded", "framed"), [(None, True), (NEVER, True), (None, False), (NEVER, False)])
def test_what_stands_where_it_stood_or_is_no_earlier_screen_is_gone_on_with(
    case: TabsCase,
    reloaded: str | None,
    framed: bool,  # noqa: FBT001 - a value of the table
) -> None:
    """Nothing is done over: the portal would be blamed for what the user did twice."""
    assert said_behind(case, Desk(case, reloaded, framed=framed)) == []


def test_one_page_at_an_earlier_address_is_no_set_of_frames(case: TabsCase) -> None:
    """Where its address says that it is another page, the tab is looked at as it is."""
    first = screen(case.steps("A")[0].sentences[-1])
    assert said_behind(case, Desk(case, first, framed=False)) == []
