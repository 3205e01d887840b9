"""The habit of a portal whose parts belong together by their place alone really makes its pages such."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.second_portal.places import by_place

SCREENS = Path(__file__).with_name("screens")


@pytest.mark.parametrize(
    ("screen", "sign"),
    [
        ("entry_menu", "<area "),
        ("entry_list", "overflow-y:scroll"),
        ("exchange_list", "overflow-y:scroll"),
        ("exchange_key", "float:left"),
    ],
)
def test_a_screen_has_what_the_habit_is_about(screen: str, sign: str) -> None:
    """Maps of pictures, headings that do not scroll, forms in two columns."""
    page = (SCREENS / f"{screen}.html").read_text("utf-8")
    assert sign not in page
    assert sign in by_place(page)
