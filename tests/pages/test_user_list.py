"""利用者一覧 of gunma, on several pages and shown anew late."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from features.gunma.bank_screens import UserList
from pages.dialect import load
from pages.screen import Screen

PAGED = """<p><a href=# id=p onclick="turn(-1)">◀ 前へ</a> <a href=# id=n onclick="turn(1)">次へ ▶</a></p>
<table id=t></table>
<label>並び順：<select><option>ログインID</select></label> <select id=o><option>昇順<option>降順</select>
<button onclick="show(0)">再表示</button>
<button onclick="document.title = document.querySelector(':checked').value">失効</button>
<script>
let at = 0, users = ["a1", "a2", "a3", "a4", "a5"];
const row = id => `<tr><td><input type=radio name=u value=${id}><td>${id}<td>花子<td>一般ユーザ<td>発行済み<td>-`;
function draw() {
  t.innerHTML = "<tr><th>選択<th>ログインID<th>利用者名<th>利用者区分<th>証明書状態<th>証明書有効期限"
    + users.slice(at, at + 2).map(row).join("");
  p.hidden = !at; n.hidden = at + 2 >= users.length;
}
function show(page) { setTimeout(() => {
  at = page; users.sort(); if (o.value === "降順") users.reverse(); draw(); }, 400); }
function turn(by) { show(at + 2 * by); }
draw();
</script>"""


@pytest.fixture
def users(browser_page: Page) -> UserList:
    """The list."""
    browser_page.set_content(PAGED)
    return UserList(Screen(lambda: browser_page, load("gunma"), 20))


def test_all_pages_are_read(users: UserList) -> None:
    """From the first one, wherever one is; and a user is found on his page."""
    for _ in range(2):
        assert [one["login_id"] for one in users.rows()] == ["a1", "a2", "a3", "a4", "a5"]


def test_a_user_is_chosen_on_his_page(users: UserList, browser_page: Page) -> None:
    """After the list was read to its end."""
    users.rows()
    users.revoke("a3")
    assert browser_page.title() == "a3"


def test_a_list_that_is_shown_anew_is_read_then(users: UserList) -> None:
    """Until then the old one stands there."""
    users.sort("ログインID", "降順")
    assert [one["login_id"] for one in users.rows()] == ["a5", "a4", "a3", "a2", "a1"]
