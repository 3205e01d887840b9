"""What words of a scenario mean: several things in one, a part of one, a day, a certificate's number."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pages.dialect import Dialect
from sekisho.evidence.masking import Masking
from sekisho.mail.labels import values
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError
from steps.entries import Entry, Notes
from steps.expected import Expected
from steps.times import days, says
from tests.harness.noting import Noted

END = datetime(2027, 1, 28, 14, 59, 59, tzinfo=UTC)  # the last second of a day in Tokyo


@pytest.fixture
def had() -> dict[str, Any]:
    """What a scenario has."""
    notes = Notes()
    notes.note("会社コード", "C1001")
    notes.note("シリアル番号", "4D 0B 1C 5A")
    old, new = SimpleNamespace(not_after=END, serial="4d0b"), SimpleNamespace(not_after=END, serial="ff")
    holdings = SimpleNamespace(oldest=old, newest=new)
    return {"notes": notes, "holdings": holdings, "portal": SimpleNamespace(today=lambda: date(2026, 11, 30))}


@pytest.fixture
def expected(had: dict[str, Any]) -> Expected:
    """Who compares."""
    record: Any = Noted()
    dialect = Dialect("test", {})
    return Expected(Entry("danshin", dialect, Masking(), had.__getitem__), record, had.__getitem__)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("「証明書_」と控えた「会社コード」と「.zip」", "証明書_C1001.zip"),
        ("控えた「会社コード」の下4桁", "1001"),
        ("控えた「シリアル番号」の下4桁", "1C5A"),
        ("控えた「シリアル番号」の下4文字", "C 5A"),
        ("控えた「会社コード」の上1文字と「-」と控えた「シリアル番号」の下2桁", "C-5A"),
        ("「AとB」", "AとB"),
    ],
)
def test_several_things_make_one(expected: Expected, words: str, meant: str) -> None:
    """In sentences, and in tables too."""
    assert (expected.entry.phrase(words), expected.entry.cell(words)) == (meant, meant)


def test_what_is_not_so_long_has_no_such_part(expected: Expected) -> None:
    """Nobody can type it."""
    with pytest.raises(BlockedError, match="5 文字"):
        expected.entry.phrase("控えた「会社コード」の下8桁")


@pytest.mark.parametrize(
    ("content", "shown", "met"),
    [
        ("今日", "令和8年11月30日", True),
        ("今日", "26/11/30 10:15", True),
        ("今日", "2026/11/28", False),
        ("今日の14日後", "R8.12.14", True),
        ("今日の3か月後", "27/02/28", True),
        ("今日の1年前", "2025-11-30", True),
        ("証明書の有効期限", "27/01/28", True),
        ("証明書の有効期限", "2027/01/28 12:00", False),
        ("それまでの証明書の有効期限の2年後", "令和11年1月28日", True),
        ("それまでの証明書の有効期限の60日前", "2026.11.29", True),
        ("それまでの証明書の有効期限の60日前", "2026.11.30", False),
        ("証明書のシリアル番号", "255", True),
        ("それまでの証明書のシリアル番号", "4D:0B", True),
        ("それまでの証明書のシリアル番号", "FF", False),
    ],
)
def test_days_and_numbers_are_met_however_they_are_written(
    expected: Expected, content: str, shown: str, *, met: bool
) -> None:
    """And others are not."""
    assert expected.meaning(content).fits(shown) is met
    if not met:
        with pytest.raises(DeviationError, match="のはず"):
            expected.check("見出し", [shown], content)


@pytest.mark.parametrize(("shown", "met"), [("12,345", False), ("345名", False), ("345 名", True), ("98765,345", True)])
def test_a_number_is_no_part_of_an_amount(expected: Expected, shown: str, *, met: bool) -> None:
    """Beside other words it is a WARNING."""
    with nullcontext() if met else pytest.raises(DeviationError, match="のはず"):
        expected.check("見出し", [shown], "345")


@pytest.mark.parametrize(
    ("content", "shown"), [("12345円", "12,345円"), ("1,234,567", "1234567"), ("12,345", "１２３４５")]
)
def test_an_amount_is_the_same_in_groups_or_not(expected: Expected, content: str, shown: str) -> None:
    """As is the one that a scenario tells."""
    assert expected.meaning(content).fits(shown)
    expected.check("見出し", [shown], content)


@pytest.mark.parametrize("content", ["今日から14日後", "今日の3週間後", "証明書の有効期限の2年あと"])
def test_what_is_no_day_is_refused(expected: Expected, content: str) -> None:
    """With what may be written: taken for words of the portal's it would be held against it."""
    with pytest.raises(ConfigurationProblemError, match="今日の30日後"):
        expected.meaning(content)
    with pytest.raises(ConfigurationProblemError, match="来年"):
        expected.a_day("来年")
    assert expected.meaning("今日のお知らせ").fits("今日のお知らせ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("27/01/28", [date(2027, 1, 28)]),
        ("'27/ 1/28 23:59", [date(2027, 1, 28)]),
        ("26/11/28～27/01/28", [date(2026, 11, 28), date(2027, 1, 28)]),
        ("2027/01/28", [date(2027, 1, 28)]),
        ("12:27/01/28", [date(2027, 1, 28)]),
        ("127/01/28", []),
        ("27/01/283", []),
        ("03-12-34-5678", []),
        ("192.168.10.11", []),
        ("ver. 10.11.12", []),
        ("1/27/01/28", []),
    ],
)
def test_two_digits_of_a_year_are_read_between_strokes(text: str, found: list[date]) -> None:
    """Not in telephone numbers, addresses and longer numbers."""
    assert days(text) == found
    assert not found or says(text, END) is (date(2027, 1, 28) in found)


def test_a_short_day_stands_beside_its_label() -> None:
    """Without a sign between them."""
    assert list(values("有効期限 27/01/28", lambda words: words == "有効期限")) == ["27/01/28"]
