"""Screens of a portal of frames, images and boxes that keeps obn's manual, which leaves much of them open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.watching import Watching
from sekisho.verdict import DeviationError
from steps.waiting import check_same


def test_a_request_id_is_the_same_in_full_width_and_half() -> None:
    """The waiting page may print it as the manual prints all its digits, and the field takes it in half width."""
    check_same(["２０２６１１２８００００１７６"], "202611280000176")
    with pytest.raises(DeviationError, match="鍵の取得の画面では 202611280000177 である"):
        check_same(["２０２６１１２８００００１７６"], "202611280000177")


def test_a_value_that_changes_its_width_only_is_one(page: Page) -> None:
    """The page that follows the waiting page has the ID in a field."""
    watching = Watching(page, load("obn"))
    rows = [["リクエスト ID", "２０２６１１２８"]], [["リクエスト ID", "20261128"]], [["リクエスト ID", "20261129"]]
    for one in rows:
        watching.note({"words": "", "rows": one})
    assert watching.values("request_id") == ["２０２６１１２８", "20261129"]
