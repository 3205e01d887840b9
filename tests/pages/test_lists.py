"""Any list: rows by the words of their columns, and what is pressed and chosen in one of them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from pages.dialect import Dialect
from pages.screen import Screen
from pages.tables import rows
from sekisho.evidence.masking import Masking
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError
from steps import forms, list_rows, lists, order
from steps.entries import Entry
from steps.expected import Expected, check_headings
from tests.harness.noting import Noted

COLUMNS = {"number": ["受付番号"], "day": ["申請日"], "state": ["状態"]}
WORDS = Dialect(
    "test",
    {"columns": COLUMNS, "buttons": {"detail": ["詳細"], "approve": ["承認"]}, "values": {"question": ["質問"]}},
)
HEAD = "<tr><th>選択<th>受付番号▼<th>申請日<th>状態<th>詳細</tr>"
ROW = (
    "<tr><td><input type=radio name=x value={0}><td>{0}<td>{1}<td>{2}"
    "<td><a href=# onclick=\"document.title='{0}'\"><img alt=詳細 width=9 height=9></a></tr>"
)
LISTED = (("K-1", "26/11/27", "承認済"), ("K-2", "26/11/28", "申請中"), ("K-12", "26/11/28", "申請中"))
LIST = f"<table>{HEAD}{{0}}</table>".format("".join(ROW.format(*one) for one in LISTED))
NAMES = ["number", "day", "state"]


@pytest.fixture
def looking(browser_page: Page) -> Screen:
    """A screen in the words of lists."""
    return Screen(lambda: browser_page, WORDS, 20)


@pytest.fixture
def expected() -> Expected:
    """A scenario in which nobody has anything."""
    record: Any = Noted()
    entry = Entry("danshin", WORDS, Masking(), pytest.fail)
    return Expected(entry, record, entry.get)


def counted(screen: Screen, names: list[str], number: int, evidence: Noted) -> int:
    """How many rows a list is said to have, where so many are due."""
    record: Any = evidence
    return len(list_rows.awaited(screen, names, lambda found: len(found) == number, evidence=record))


def test_a_row_is_found_by_its_first_column(browser_page: Page, looking: Screen, expected: Expected) -> None:
    """And the others are what they should be; a failure says of which row it speaks, and what there is instead."""
    browser_page.set_content(LIST)
    headings = ["受付番号", "申請日", "状態"]
    lists.check_row(looking, expected, NAMES, headings, ["K-2", "26/11/28", "申請中"])
    with pytest.raises(DeviationError, match="K-2 の行の 状態」が「申請中」である"):
        lists.check_row(looking, expected, NAMES, headings, ["K-2", "26/11/28", "承認済"])
    with pytest.raises(DeviationError, match="「K-3」の行が無い（あるのは: K-1、K-2、K-12）"):
        lists.check_row(looking, expected, NAMES, headings, ["K-3", "26/11/28", "承認済"])


@pytest.mark.parametrize(
    ("below", "number"),
    [
        (ROW.format(*LISTED[0]), 1),
        ("<tr><td colspan=5>該当する申請はありません</tr>", 0),
        ("<tr><td>該当する申請はありません</tr>", 0),
        ("<tr><td>該当データなし<td>&nbsp;<td><td><td></tr>", 0),
        (ROW.format(*LISTED[0]) + "<tr><td colspan=2>合 計<td>1件<td><td></tr>", 1),
        (ROW.format("なし", "", ""), 1),
        (ROW.format(*LISTED[0]) + HEAD + ROW.format(*LISTED[1]) + "<tr><td colspan=5>全2件</tr>", 2),
    ],
)
def test_what_spans_a_list_and_its_headings_once_more_are_no_rows(
    browser_page: Page, looking: Screen, below: str, number: int
) -> None:
    """Asked for by a single column."""
    browser_page.set_content(f"<table>{HEAD}{below}</table>")
    assert counted(looking, ["number"], number, Noted()) == number


@pytest.mark.parametrize(
    "markup",
    [
        (
            "<style>p{display:flex}b{width:9em}</style><p><b>受付番号</b><b>状態</b></p>"
            "<p><b>K-1</b><b>承認</b></p><p><b>K-2</b><b>却下</b></p>"
        ),
        (
            "<table><tr><th width=90>受付番号<th width=90>状態</table>"
            "<table><tr><td width=90>K-1<td width=90>承認<tr><td>K-2<td>却下</table>"
        ),
        (
            "<table><tr><th>受付番号<th>氏名<tr><th>申請日<th>状態"
            "<tr><td>K-1<td>港一郎<tr><td>26/11/28<td>承認<tr><td>K-2<td>港二郎<tr><td>26/11/28<td>却下</table>"
        ),
        (
            "<table><tr><th>受付番号<td><input><th>状態<td><input></table>"
            "<table><tr><th>受付番号<a href=#>昇順</a>|<a href=#>降順</a><th>状態"
            "<tr><td>K-1<td>承認<tr><td>K-2<td>却下</table>"
        ),
        (
            "<table><tr><th>受付番号<th>申請日<br><small>(西暦)</small>"
            "<tr><td>K-1<td>26/11/28<tr><td>K-2<td>26/11/28</table>"
        ),
    ],
)
def test_the_rows_of_a_list_are_counted_however_it_is_laid_out(
    browser_page: Page, looking: Screen, markup: str
) -> None:
    """One column of it is asked for, and the others tell what a row is."""
    browser_page.set_content(markup)
    names = list_rows.with_others(looking, WORDS, "number")
    assert counted(looking, names, 2, Noted()) == 2
    found = list_rows.listed(looking, names)[0]
    assert [one["number"] for one in found] == ["K-1", "K-2"]


def test_another_list_with_the_column_is_another(browser_page: Page, looking: Screen) -> None:
    """Though it has columns which the first one lacks."""
    browser_page.set_content(
        "<table><tr><th>受付番号<th>申請日<tr><td>K-1<td>26/11/28<tr><td>K-2<td>26/11/28</table>"
        "<table><tr><th>受付番号<th>申請日<th>状態<tr><td>K-1<td>26/11/28<td>承認</table>"
    )
    assert list_rows.with_others(looking, WORDS, "number") == ["number", "day"]


TWO_LISTS = "<p>受付中<table>{0}{1}</table><p>処理済<table>{0}{2}</table>"


@pytest.mark.parametrize(
    ("split", "number", "remarks"), [(0, 3, 0), (0, 0, 1), (2, 3, 0), (2, 1, 1), (2, 2, 1), (1, 4, 0)]
)
def test_of_two_lists_with_the_same_headings_either_may_be_meant(
    browser_page: Page, looking: Screen, split: int, number: int, remarks: int
) -> None:
    """Where it is not what both together have, that is a WARNING."""
    entries = ["".join(ROW.format(*one) for one in each) for each in (LISTED[:split], LISTED[split:])]
    browser_page.set_content(TWO_LISTS.format(HEAD, *entries))
    evidence = Noted()
    assert counted(looking, NAMES, number, evidence) == min(number, 3)
    assert len(evidence.warnings) == remarks


def test_a_row_is_looked_for_in_all_lists(browser_page: Page, looking: Screen, expected: Expected) -> None:
    """What is in the second one is there."""
    browser_page.set_content(TWO_LISTS.format(HEAD, ROW.format(*LISTED[0]), ROW.format(*LISTED[1])))
    lists.check_row(looking, expected, NAMES, ["受付番号", "申請日", "状態"], list(LISTED[1]))
    assert [row["number"] for row in list_rows.listed(looking, NAMES)[0]] == ["K-1", "K-2"]


def test_a_heading_with_another_remark_is_another() -> None:
    """金額（円） is 金額 where that is not there itself; 氏名（カナ） is not 氏名."""
    table = [["金額（円）", "氏名（カナ）"], ["1,000", "ミナト"]]
    assert rows(table, {"sum": ["金額"]}) == [{"sum": "1,000"}]
    assert rows(table, {"name": ["氏名"]}) is None
    assert rows([["金額（円）", "金額"], ["1", "2"]], {"sum": ["金額"]}) == [{"sum": "2"}]


def test_a_list_of_one_column_has_rows() -> None:
    """They span it, as any row does."""
    table = [["受付番号"], ["K-1"], ["K-2"]]
    assert rows(table, {"number": ["受付番号"]}) == [{"number": "K-1"}, {"number": "K-2"}]


def test_where_there_is_no_list_nothing_is_lacking_in_it(browser_page: Page, looking: Screen) -> None:
    """Unless the portal says that there is nothing to list."""
    browser_page.set_content("<h1>申請の一覧</h1><p>該当するデータはありません。</p>")
    assert not any(list_rows.listed(looking, NAMES))
    for other in ("", "権限がありません。", "電子証明書がありません。", "お探しのページが見つかりません。"):
        browser_page.set_content(f"<h1>申請の一覧</h1>{other}")
        with pytest.raises(DeviationError, match="受付番号"):
            list_rows.listed(looking, NAMES)


@pytest.mark.parametrize("words", ["K-1", "K-12"])
def test_a_link_of_one_row_is_pressed(browser_page: Page, looking: Screen, expected: Expected, words: str) -> None:
    """That of K-1 is not that of K-12."""
    browser_page.set_content(LIST)
    looking.press_in_row(lists.the_row(looking, expected, f"「{words}」"), "detail")
    assert browser_page.title() == words
    looking.tick_in_row(lists.the_row(looking, expected, f"「{words}」"))
    assert browser_page.locator(":checked").get_attribute("value") == words


@pytest.mark.parametrize(
    "cell", ["<table><tr><td>{0}</table>", "<table><tr><td><table><tr><td><b>{0}</b></table></table>"]
)
def test_a_table_around_a_cell_is_no_row(browser_page: Page, looking: Screen, expected: Expected, cell: str) -> None:
    """It only keeps the words away from the border; what belongs to them is in the row of the list."""
    cells = "".join(
        f"<tr><td>{cell.format(one)}<td><a href=# onclick=\"document.title='{one}'\">詳細</a>" for one in "AB"
    )
    browser_page.set_content(f"<table><tr><td><table border=1><tr><th>受付番号<th>操作{cells}</table></table>")
    looking.press_in_row(lists.the_row(looking, expected, "「B」"), "detail")
    assert browser_page.title() == "B"


def test_a_row_of_a_mark_and_one_word_is_a_row(browser_page: Page, looking: Screen, expected: Expected) -> None:
    """Also in a table that is all that the cell of another one holds."""
    rows = "".join(f"<tr><td><input type=radio name=x value={one}><td>{one}" for one in ("K-1", "K-2"))
    browser_page.set_content(f"<table><tr><td>左<td><table><tr><th>選択<th>受付番号{rows}</table></table>")
    looking.tick_in_row(lists.the_row(looking, expected, "「K-2」"))
    assert browser_page.locator(":checked").get_attribute("value") == "K-2"


def test_of_several_rows_nobody_knows_which_is_meant(browser_page: Page, looking: Screen, expected: Expected) -> None:
    """That is said, and nothing is pressed; what no row has is the portal's."""
    browser_page.set_content(LIST)
    with pytest.raises(BlockedError, match="2 行あり"):
        lists.the_row(looking, expected, "「申請中」")
    with pytest.raises(DeviationError, match="「却下」の行が無い"):
        looking.press_in_row(lists.the_row(looking, expected, "「却下」"), "detail")
    with pytest.raises(DeviationError, match="「承認」が無い"):
        looking.press_in_row(lists.the_row(looking, expected, "「承認済」"), "approve")


@pytest.mark.parametrize(
    ("values", "rising", "falling"),
    [
        (["9", "10", "1,000"], True, False),
        (["R8.11.28", "2026/12/01", "27/01/04"], True, False),
        (["b", "a", "A"], False, True),
        (["2026/12/01", "2026/11/28", "2026/11/29"], False, False),
        (["2026/11/28 9:00", "2026/11/28 10:00"], True, False),
        (["2026/11/28 10:00", "2026/11/28", "2026/11/29 9:00"], True, False),
        (["", "2026/2/1", "2026/11/3"], True, False),
        (["9円", "10円", "1,000円"], True, False),
        (["△5", "3", "10.5"], True, False),
        (["△5.0", "△4.5"], True, False),
        (["第9回", "第10回"], True, False),
        (["2026年2月", "2026年11月"], True, False),
        (["K-9", "K-10"], True, True),
    ],
)
def test_an_order_is_that_of_days_numbers_or_words(values: list[str], *, rising: bool, falling: bool) -> None:
    """Whichever all of them are."""
    assert (order.in_order(values, descending=False), order.in_order(values, descending=True)) == (rising, falling)


def test_where_all_are_alike_no_order_can_be_seen() -> None:
    """A check that cannot fail is none. Nor is there a third order."""
    with pytest.raises(BlockedError, match="1 種類"):
        order.check_several("状態", ["有効", "有効", ""])
    with pytest.raises(ConfigurationProblemError, match="昇順、降順"):
        order.check_order("順")
    with pytest.raises(ConfigurationProblemError, match="1 行以上"):
        check_headings([["状態"]], "状態")


def test_a_blank_page_lacks_nothing(browser_page: Page, looking: Screen) -> None:
    """A button is looked for where there is a screen."""
    browser_page.set_content(LIST)
    forms.check_lacking(looking, ("buttons", "approve"), "承認")
    with pytest.raises(DeviationError, match="「詳細」がある"):
        forms.check_lacking(looking, ("buttons", "detail"), "詳細")
    browser_page.set_content("")
    with pytest.raises(DeviationError, match="（白紙）"):
        forms.check_lacking(looking, ("buttons", "approve"), "承認")


@pytest.mark.parametrize("sign", ["≪", "≫", "＞", "▼"])
def test_a_sign_is_the_name_of_a_button_that_says_nothing_else(browser_page: Page, sign: str) -> None:
    """Old lists are turned over by ≪ and ≫; a scenario that says the one does not press the other."""
    signs = {"back": ["≪"], "on": ["≫"], "further": ["＞"], "down": ["▼"]}
    browser_page.set_content(
        "".join(f"<a href=# onclick=\"document.title='{one}'\"> {one} </a>" for (one,) in signs.values())
    )
    dialect = Dialect("test", {"buttons": signs})
    Screen(lambda: browser_page, dialect, 20).press(dialect.named("buttons", sign))
    assert browser_page.title() == sign


@pytest.mark.parametrize("label", ["td", "th"])
def test_a_value_may_be_called_as_a_field_is(browser_page: Page, label: str) -> None:
    """A question that was chosen is the value beside 質問, though its answer's field is called so too."""
    words = Dialect("test", {"values": {"question": ["質問"]}, "fields": {"school": ["出身小学校は"]}})
    browser_page.set_content(
        f"<table><tr><{label}>氏名<td>港　一郎<tr><{label}>質問<td>出身小学校は<tr><{label}>申請日<td>R8.11.28</table>"
    )
    assert Screen(lambda: browser_page, words, 20).values("question") == ["出身小学校は"]
