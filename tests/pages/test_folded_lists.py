"""The list of renewals as wide lists are folded: two lines an entry, some columns left out, a total below, or cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.renewal import RenewalList
from pages.screen import Screen

FOLDED = """<table border=1><tr><td rowspan=2>No</td><td>リクエスト ID</td><td>証明書更新申請日時</td>
<td rowspan=2>取得</td></tr>
<tr><td>Common Name</td><td>ステータス</td></tr>
<tr><td rowspan=2>1</td><td>101</td><td>2026.11.27</td><td rowspan=2><button>Download Key</button></td></tr>
<tr><td>u1</td><td>発行済</td></tr>
<tr><td rowspan=2>2</td><td>102</td><td>2026.11.28</td><td rowspan=2><button>Download Key</button></td></tr>
<tr><td>u1</td><td>発行中</td></tr>
<tr><td>合計</td><td colspan=3>2件</td></tr></table>"""
SHORT = "<table><tr><th>リクエスト ID<th>取得<tr><td>101<td><button>Download Key</button></table>"
NAMES = ("リクエスト ID", "Common Name", "証明書更新申請日時", "有効期限", "ステータス")
TO_KEY = "<button onclick=\"document.title='{0}'\">鍵の取得</button>"


def cards(one: str, each: str, *numbers: int) -> str:
    """A list in which each entry says what it shows; `each` is a name beside its value."""
    entry = (each.format(name, number if name == NAMES[0] else "x") for number in numbers for name in NAMES)
    entries = ["".join(next(entry) for _ in NAMES) + TO_KEY.format(number) for number in numbers]
    listed = "".join(f"<{one}>{text}</{one.split(maxsplit=1)[0]}>" for text in entries)
    return f"<h1>更新申請情報の一覧</h1><div>{listed}</div>"


TERMS = cards("li", "<dl><dt>{0}</dt><dd>{1}</dd></dl>", 101, 102)
PAIRS = cards("div", "<div><span>{0}</span><span>{1}</span></div>", 101, 102)
NAMED = cards("div class=card", "<p><b>{0}</b> <span>{1}</span></p>", 101)
FORM = "<label>リクエスト ID</label><input value=101><label>Common Name</label><input>" + TO_KEY.format(1)
WITHOUT_IDS = "<table><tr><th>Common Name<th>取得<tr><td>u1<td><button>Download Key</button></table>"


@pytest.mark.parametrize(
    ("page", "ids"),
    [
        (FOLDED, ["101", "102"]),
        (SHORT, ["101"]),
        (WITHOUT_IDS, []),
        (TERMS, ["101", "102"]),
        (PAIRS, ["101", "102"]),
        (NAMED, ["101"]),
    ],
    ids=["two lines an entry", "what is needed", "without request IDs", "terms", "pairs", "one card"],
)
def test_requests_are_listed_by_the_columns_that_show(browser_page: Page, page: str, ids: list[str]) -> None:
    """What else the columns are is for the scenario that asks for them all."""
    browser_page.set_content(page)
    listed = RenewalList(Screen(lambda: browser_page, load("kihonet"), 5))
    assert [row["request_id"] for row in listed.rows()] == ids
    assert bool(listed.unread) is not bool(ids)


@pytest.mark.parametrize("page", [TERMS, PAIRS, NAMED])
def test_the_button_of_a_card_is_pressed(browser_page: Page, page: str) -> None:
    """The one that has the request's ID."""
    browser_page.set_content(page)
    RenewalList(Screen(lambda: browser_page, load("kihonet"), 5)).press("101", "download_key")
    assert browser_page.title() == "101"


PROSE = cards("section", "<p>{0}</p><p>{1}</p>", 101)
SEARCH = "<div class=card>" + "".join(f"<b>{name}</b><div role=combobox>すべて</div>" for name in NAMES) + "</div>"


@pytest.mark.parametrize("page", [FORM, PROSE, SEARCH], ids=["form", "one that is no card", "made by a script"])
def test_a_form_is_no_card(browser_page: Page, page: str) -> None:
    """It asks for what an entry would show; nor is what only explains the names, or shows one thing."""
    browser_page.set_content(page)
    assert not RenewalList(Screen(lambda: browser_page, load("kihonet"), 5)).rows()


def test_a_button_that_is_not_ready_yet_is_waited_for_by_opening_the_list_again(browser_page: Page) -> None:
    """It stands there grey while the certificate is issued; it was said that it cannot be operated."""
    grey = TO_KEY.format("101").replace("<button", "<button disabled")
    row = f"<table><tr><th>リクエスト ID<th>取得<tr><td>101<td>{grey}</table>"
    again = "<button onclick=\"document.querySelector('td button').disabled = false\">更新後証明書の取得</button>"
    browser_page.set_content(again + row)
    RenewalList(Screen(lambda: browser_page, load("kihonet"), 5)).press("101", "download_key")
    assert browser_page.title() == "101"
