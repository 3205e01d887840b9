"""The list of renewals as wide lists are folded: two lines an entry, some columns left out, a total below."""

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
WITHOUT_IDS = "<table><tr><th>Common Name<th>取得<tr><td>u1<td><button>Download Key</button></table>"


@pytest.mark.parametrize(
    ("page", "ids"),
    [(FOLDED, ["101", "102"]), (SHORT, ["101"]), (WITHOUT_IDS, [])],
    ids=["two lines an entry", "the columns that are needed", "without request IDs"],
)
def test_requests_are_listed_by_the_columns_that_show(browser_page: Page, page: str, ids: list[str]) -> None:
    """What else the columns are is for the scenario that asks for them all."""
    browser_page.set_content(page)
    listed = RenewalList(Screen(lambda: browser_page, load("kihonet"), 5))
    assert [row["request_id"] for row in listed.rows()] == ids
    assert bool(listed.unread) is not bool(ids)
