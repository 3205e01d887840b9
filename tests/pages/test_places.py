"""What belongs together by its place on the screen alone is found there, once markup has led to nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.screen import Screen
from sekisho.verdict import DeviationError
from tests.pages.test_shadow_trees import show

ASIDE = (
    "<style>.a{float:left;width:150px} p{height:30px;margin:0} input{display:block;height:24px;margin:0 0 6px}</style>"
)
GRID = "<style>.g{display:grid;grid-template-columns:150px 150px 150px}</style>"
AT, LOWER = "position:absolute;top:9px;", "position:absolute;top:49px;"
X = "<input id=x style='"
HEADINGS = ("リクエストID", "申請日", "ステータス")
MENU = (
    "<style>body{display:flex} nav p{margin:0}</style>"
    "<nav><p>申請</p><p style='margin-left:30px'>更新</p><p style='margin-left:30px'>一覧</p>"
    "<p>お問い合わせ</p><p>ログアウト</p></nav>"
)
FIRST, SECOND = ("7", "2026/11/27", "発行済み"), ("8", "2026/11/28", "発行中")


def cells(rows: tuple[tuple[str, ...], ...], tag: str = "div") -> str:
    """Rows of cells, one after the other."""
    return "".join(f"<{tag}>{cell}</{tag}>" for row in rows for cell in row)


def lines(tag: str) -> str:
    """A list of three columns, each line in an element of its own."""
    return "".join(
        f"<{tag} class=g>{cells((row,), 'span')}</{tag.split(maxsplit=1)[0]}>" for row in (HEADINGS, FIRST, SECOND)
    )


def table(*rows: tuple[str, ...], tag: str = "td", width: int = 150) -> str:
    """A table with columns of one width."""
    lines = "".join("<tr>" + "".join(f"<{tag} width={width}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
    return f"<table width={3 * width} cellspacing=0 style='table-layout:fixed'>{lines}</table>"


def by_roles(role: str, heading: str, cell: str) -> str:
    """A table that is one by its roles only, its cells not in line with the headings."""
    head, *rows = (HEADINGS, FIRST, SECOND)
    shown = [(heading, "{}", head), *((cell, "<i style='margin-left:30px'>{}</i>", row) for row in rows)]
    body = "".join(
        f"<div role=row>{''.join(f'<span role={kind}>{form.format(one)}</span> ' for one in each)}</div>"
        for kind, form, each in shown
    )
    return f"<div role={role}>{body}</div>"


@pytest.mark.parametrize(
    "markup",
    [
        f"{ASIDE}<div class=a><p>旧ＩＤ</p><p>ユーザＩＤ：</p></div><div class=a><input><input id=x></div>",
        f"<b style='{AT}'>ユーザＩＤ</b><b style='{LOWER}'>他</b><input style='{LOWER}left:99px'>{X}left:99px;{AT}'>",
        f"{GRID}<form class=g>{cells((('旧ＩＤ', 'ユーザＩＤ', '備考'),))}<input><input id=x><input></form>",
        f"<div style='{AT}'>ユーザＩＤ <i>必須</i></div><div style='{AT}left:250px'><p><input id=x></p></div>",
    ],
)
def test_a_field_is_found_beside_or_below_its_name(browser_page: Page, screen: Screen, markup: str) -> None:
    """Columns of labels and of fields, places in pixels, a line of labels over one of fields."""
    browser_page.set_content(markup)
    screen.fill("user", "value")
    assert browser_page.locator("#x").input_value() == "value"


@pytest.mark.parametrize(
    "markup",
    [
        f"{ASIDE}<div class=a><p>ユーザＩＤ</p><p>パスワード</p></div><div class=a><p>emp001</p><input></div>",
        f"<b style='{AT}left:9px'>ユーザＩＤ</b><form><input style='{AT}left:9px;margin-top:300px'></form>",
        f"<b style='{AT}left:9px'>ユーザＩＤ</b><form><input style='{AT}left:900px'></form>",
        f"<button style='{AT}left:9px'>ユーザＩＤ</button><form><input style='{AT}left:200px'></form>",
        f"<b style='{AT}left:200px'>ユーザＩＤ</b><form><input style='{AT}left:9px'></form>",
    ],
)
def test_another_thing_in_between_or_far_away_is_not_the_field(browser_page: Page, screen: Screen, markup: str) -> None:
    """A value, a long way, a button with these words, words behind it."""
    browser_page.set_content(markup)
    with pytest.raises(DeviationError, match="ユーザ ID"):
        screen.fill("user", "value")


@pytest.mark.parametrize(
    "markup",
    [
        "<div><span>Common Name</span> <span>emp001</span></div>",
        f"{GRID}<div class=g>{cells((('Organizational Unit', 'x', ''), ('Common Name', 'emp001', '')))}</div>",
        f"{GRID}<div class=g>{cells((('', 'Organizational Unit', 'Common Name'), ('', 'x', 'emp001')))}</div>",
        f"{ASIDE}<div class=a><p>備考</p><p>Common Name</p></div><div class=a><p>x</p><p>emp001</p></div>",
        "<label>Common Name</label><div>emp001</div>",
        "<li>Common Name<strong>emp001</strong></li>",
        "<h4>Common Name</h4><p>emp001</p>",
    ],
)
def test_a_value_is_read_beside_or_below_its_heading(browser_page: Page, screen: Screen, markup: str) -> None:
    """Without a table, a colon or a list of definitions."""
    browser_page.set_content(markup)
    assert screen.values("name") == ["emp001"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{table(HEADINGS)}</div><div style='height:90px;overflow-y:scroll'>{table(FIRST, SECOND)}</div>",
        f"{table(HEADINGS, tag='th')}{table(('', '', ''), FIRST, SECOND)}",
        f"{GRID}<div class=g>{cells((HEADINGS, FIRST, SECOND))}</div>",
        f"{GRID}<div class=g>{cells((HEADINGS, FIRST, SECOND))}</div><p>2件 <a href=#>次へ</a></p>",
        f"{GRID}<div role=table>{lines('div role=row')}</div>",
        f"{GRID}<ul>{lines('li')}</ul>",
        by_roles("grid", "columnheader", "gridcell"),
        f"<x-list><template shadowrootmode=open>{by_roles('table', 'columnheader', 'cell')}</template></x-list>",
        f"{MENU}<main>{by_roles('grid', 'columnheader', 'gridcell')}</main>",
        f"{MENU}{GRID}<main><div class=g>{cells((HEADINGS, FIRST, SECOND))}</div></main>",
        f"{MENU}<main>{table(HEADINGS)}{table(FIRST, SECOND)}</main>",
    ],
)
def test_a_list_is_read_by_its_columns(browser_page: Page, screen: Screen, markup: str) -> None:
    """Headings in a table of their own, so that the rows can be scrolled under them; cells that are no table's.

    A list may be a table by its roles, and a menu may stand beside it.
    """
    show(browser_page, markup)
    assert screen.rows("id", "status") == [{"id": "7", "status": "発行済み"}, {"id": "8", "status": "発行中"}]


@pytest.mark.parametrize(
    "markup",
    [
        table(HEADINGS),
        f"{table(HEADINGS, tag='th')}<p>該当する申請はありません</p>",
        f"{table(HEADINGS)}<table><tr><td>お問い合わせ先<td>0120-000-000<td>平日</table>",
        f"{table(HEADINGS)}{table(HEADINGS, FIRST)}",
        f"{GRID}<div class=g>{cells((HEADINGS,))}</div><p>該当する申請はありません</p>",
    ],
)
def test_a_list_without_entries_stays_empty(browser_page: Page, screen: Screen, markup: str) -> None:
    """What stands under it is something else."""
    browser_page.set_content(markup)
    assert screen.rows("id", "status") == []


BUTTON = "<button onclick=\"document.title='{0}'\">Download Key</button>"
ENTRIES = [("7", "発行済み", BUTTON.format(7)), ("8", "発行済み", BUTTON.format(8)), ("9", "発行中", "")]


@pytest.mark.parametrize(
    "markup",
    [
        f"{GRID}" + "".join(f"<div class=g>{cells((one,))}</div>" for one in ENTRIES),
        "<ul>" + "".join(f"<li>{' '.join(one)}" for one in ENTRIES) + "</ul>",
        "<div role=grid>" + "".join(f"<div role=row>{cells((one,), 'i')}</div>" for one in ENTRIES) + "</div>",
        "<div>" + "".join(f"<section><h4>{a}</h4><p>{b}</p>{c}</section>" for a, b, c in ENTRIES) + "</div>",
        "<table>" + "".join(f"<tr><td><ul><li>{a}</ul><td>{b}<td>{c}" for a, b, c in ENTRIES) + "</table>",
    ],
)
@pytest.mark.parametrize("layout", ["{}", "<table><tr><td>メニュー<td>{}</table>"])
def test_an_entry_of_a_list_is_found_by_its_words(browser_page: Page, screen: Screen, markup: str, layout: str) -> None:
    """Rows that are no table's, cards; and not the row of a table in which the whole page lies."""
    browser_page.set_content(layout.format(markup))
    screen.press_in_row("8", "download_key")
    assert browser_page.title() == "8"
    assert not screen.has_in_row("9", "download_key")
