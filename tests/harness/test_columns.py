"""Columns in another order are a warning, wherever else they stand between; the rows stay the same."""

from __future__ import annotations

from typing import Any

import pytest

from pages.tables import rows
from steps.columns import remark_order
from tests.harness.noting import Noted

WORDS = {"request_id": ["リクエストID"], "limit": ["有効期限"], "status": ["ステータス"]}
HEADINGS = {name: words[0] for name, words in WORDS.items()}


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        (["リクエストID", "有効期限", "ステータス"], ["1", "2027.01.01", "発行済"], []),
        (["No.", "リクエストID", "メモ", "有効期限", "ステータス"], ["1", "1", "x", "2027.01.01", "発行済"], []),
        (
            ["ステータス", "リクエストID", "有効期限"],
            ["発行済", "1", "2027.01.01"],
            [
                "「ステータス、リクエストID、有効期限」の順に並んでいる（手順書では「リクエストID、有効期限、ステータス」"
            ],
        ),
    ],
)
def test_only_the_order_of_the_columns_matters(heading: list[str], cells: list[str], said: list[str]) -> None:
    """And is no reason to fail."""
    noted: Any = Noted()
    found = rows([heading, cells], WORDS)
    assert found == [{"request_id": "1", "limit": "2027.01.01", "status": "発行済"}]
    remark_order(noted, found, HEADINGS)
    assert len(noted.warnings) == len(said)
    assert all(one in noted.warnings[0] for one in said)


def test_an_empty_list_has_no_order() -> None:
    """That it is empty is said elsewhere."""
    noted: Any = Noted()
    remark_order(noted, [], HEADINGS)
    assert noted.warnings == []


def test_headings_and_entries_may_take_two_lines_each() -> None:
    """As wide tables are folded in old portals; a cell over both lines is in both, and a total stands below."""
    table = [
        ["更新申請"] * 2,
        ["リクエストID", "ステータス"],
        ["リクエストID", "有効期限"],
        ["101", "発行済"],
        ["101", "2027.01.01"],
        ["102", "発行済"],
        ["102", "2027.02.01"],
        ["合計", "2件"],
    ]
    assert [(one["request_id"], one["limit"], one["status"]) for one in rows(table, WORDS) or []] == [
        ("101", "2027.01.01", "発行済"),
        ("102", "2027.02.01", "発行済"),
    ]


def test_a_line_across_folded_entries_is_none_of_them() -> None:
    """Nor does it shift those below it."""
    heading = [["リクエストID", "ステータス"], ["有効期限"]]
    table = [*heading, ["101", "発行済"], ["2027.01.01"], ["今月", "", ""], ["102", "発行済"], ["2027.02.01"]]
    assert [(one["request_id"], one["limit"]) for one in rows(table, WORDS) or []] == [
        ("101", "2027.01.01"),
        ("102", "2027.02.01"),
    ]
