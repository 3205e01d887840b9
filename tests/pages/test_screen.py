"""Controls are found by a person's words, however an old portal has built them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from pages.dialect import Dialect, load, plain
from pages.screen import Screen
from sekisho.verdict import ConfigurationProblemError, DeviationError

TABLE_FORM = """<table><tr><td><table>
 <tr><td>ユーザーＩＤ：</td><td><input name=a></td></tr>
 <tr><td><b>パスワード</b></td><td><input type=password name=b></td></tr>
 <tr><td>パスワードの確認 ※</td><td><input type=password name=c></td></tr></table></td></tr></table>"""

EVERYTHING = f"""<form>{TABLE_FORM}<button type=button>Login</button></form>
<table><tr><th>Common Name<td>emp001</table><table><tr><th>リクエスト ID<th>ステータス<tr><td>1<td>発行済み</table>"""
PROGRAM = 100_000  # characters; what Playwright puts into a page is three times as long


@pytest.mark.parametrize(
    ("markup", "field", "name"),
    [
        (TABLE_FORM, "user", "a"),
        (TABLE_FORM, "password", "b"),
        (TABLE_FORM, "again", "c"),
        ("<label>ユーザ ID <input name=x></label>", "user", "x"),
        ("<label for=i>ユーザーID</label><input id=i name=x>", "user", "x"),
        ("<input placeholder='ユーザID' name=x>", "user", "x"),
        ("ユーザ ID <input name=x> パスワード <input name=y>", "password", "y"),
        ("<table><tr><th>ユーザ ID<th>パスワード<tr><td><input name=x><td><input name=y></table>", "password", "y"),
    ],
)
def test_a_field_is_found_by_the_words_beside_it(
    browser_page: Page, screen: Screen, markup: str, field: str, name: str
) -> None:
    """Label, cell to the left, cell above, words before, placeholder; width and spacing do not matter."""
    browser_page.set_content(markup)
    screen.fill(field, "value")
    assert browser_page.locator(f"[name={name}]").input_value() == "value"


@pytest.mark.parametrize(
    "markup",
    [
        "<button onclick=\"document.title='ok'\">Login</button>",
        "<input type=button value=' LOGIN ' onclick=\"document.title='ok'\">",
        "<a href='#' onclick=\"document.title='ok'\">Ｌｏｇｉｎ</a>",
        "<a href='#' onclick=\"document.title='ok'\"><img alt=Login src='data:,' width=9 height=9></a>",
        "<form onsubmit=\"document.title='ok'; return false\"><input type=image alt=Login src='data:,'></form>",
        "<span onclick=\"document.title='ok'\">Login</span>",
    ],
)
def test_a_button_is_whatever_carries_its_words(browser_page: Page, screen: Screen, markup: str) -> None:
    """Buttons, links, images and anything that can be clicked."""
    browser_page.set_content(f"<title>before</title>{markup}")
    screen.press("login")
    assert browser_page.title() == "ok"


def test_values_stand_beside_their_headings(browser_page: Page, screen: Screen) -> None:
    """A heading that repeats has a value each time."""
    browser_page.set_content(
        "<table><tr><th>Common Name<td>emp001"
        "<tr><td>Organizational Unit<td>div1-1<tr><td>Organizational Unit<td>div1</table>"
    )
    assert screen.values("ou") == ["div1-1", "div1"]
    assert screen.values("name") == ["emp001"]


def test_a_table_is_read_by_its_headings(browser_page: Page, screen: Screen) -> None:
    """The layout table around it does not count."""
    browser_page.set_content(
        "<table><tr><td>menu<td>"
        "<table><tr><th>リクエスト ID<th>他<th>ステータス<tr><td>1<td>x<td>発行済み</table></table>"
    )
    assert screen.rows("id", "status") == [{"id": "1", "status": "発行済み"}]


HEADINGS, LISTED = "<tr><th>リクエスト ID<th>他<th>ステータス", "<tr><td>1<td>x<td>発行済み"
TEMPLATE = "<tr style='display:none'><td>0<td>x<td>雛形"


@pytest.mark.parametrize(
    "markup",
    [
        f"<table>{HEADINGS}{TEMPLATE}{LISTED}</table>",
        f"<table style='display:none'>{HEADINGS}<tr><td>0<td>x<td>雛形</table><table>{HEADINGS}{LISTED}</table>",
    ],
)
def test_what_waits_unseen_to_be_filled_is_no_row(browser_page: Page, screen: Screen, markup: str) -> None:
    """A script's template would count as an entry, and be held against the portal."""
    browser_page.set_content(markup)
    assert screen.rows("id", "status") == [{"id": "1", "status": "発行済み"}]


def test_only_links_that_are_seen_lead_anywhere(browser_page: Page, screen: Screen) -> None:
    """Nobody presses the others; those in a drawing are links like any other."""
    browser_page.set_content(
        "<a href='https://x.test/a'>a</a><p style='display:none'><a href='https://x.test/b'>b</a></p>"
        "<a href='https://x.test/c' style='visibility:hidden'>c</a>"
        "<svg><a href='https://x.test/d'><text y=9>d</text></a></svg>"
    )
    assert screen.links() == ["https://x.test/a", "https://x.test/d"]


@pytest.mark.parametrize(
    "drawing", ["<svg><title>Common Name</title></svg>", "<svg><text y=9>Common Name</text></svg>"]
)
def test_a_heading_is_read_beside_a_drawing_that_says_the_same(
    browser_page: Page, screen: Screen, drawing: str
) -> None:
    """Of whose words a browser tells less than of a page's."""
    browser_page.set_content(f"{drawing}<table><tr><th>Common Name<td>emp001</table>")
    assert screen.values("name") == ["emp001"]


def test_a_value_may_stand_in_a_drawing(browser_page: Page, screen: Screen) -> None:
    """In one line with its heading."""
    browser_page.set_content("<svg><text y=9>Common Name：emp001</text></svg>")
    assert screen.values("name") == ["emp001"]


@pytest.mark.parametrize("name", ["children", "textContent", "tagName", "innerText", "parentElement"])
def test_a_form_may_call_its_fields_as_its_own_parts_are_called(browser_page: Page, screen: Screen, name: str) -> None:
    """Its headings are still seen."""
    browser_page.set_content(f"<form><h1>鍵の取得</h1><input type=hidden name={name} value=1></form>")
    assert screen.has("screens", "key")


def test_controls_are_found_in_frames(browser_page: Page, screen: Screen) -> None:
    """A frameset's menu and contents are one screen to a person."""
    browser_page.set_content(
        "<iframe srcdoc='<p>menu</p>'></iframe><iframe srcdoc='<button>Download</button>'></iframe>"
    )
    assert screen.wait_for(("buttons", "login"), ("buttons", "download")) == ("buttons", "download")


def test_what_is_hidden_is_not_there(browser_page: Page, screen: Screen) -> None:
    """A person does not see it either."""
    browser_page.set_content("<button style='display:none'>Login</button>")
    assert not screen.has("buttons", "login")


def test_a_missing_control_is_told_with_what_is_there_instead(browser_page: Page, screen: Screen) -> None:
    """The portal's page is quoted, so that the reader need not open the trace."""
    browser_page.set_content("<p>システムエラー</p>")
    with pytest.raises(DeviationError, match="「Login」が現れない。表示されたのは: システムエラー"):
        screen.press("login")


def test_what_is_new_is_told_wherever_it_stands(browser_page: Page, screen: Screen) -> None:
    """A menu in the first frame may be longer than what is quoted; of a screen that was just opened all is new."""
    menu = "<p>" + "</p><p>".join(f"メニューの項目 {number} 番" for number in range(60)) + "</p>"
    answers = (
        "<script>function answer() { document.querySelector('div').textContent = '登録されておりません' }</script>"
    )
    page = f"<button onclick='answer()'>Download</button><div></div>{answers}"
    browser_page.set_content(f'<iframe srcdoc="{menu}"></iframe><iframe srcdoc="{page}"></iframe>')
    with pytest.raises(DeviationError) as at_first:
        screen.wait_for(("buttons", "login"))
    screen.press("download")
    with pytest.raises(DeviationError, match="そのうち新しいもの: 登録されておりません。"):
        screen.wait_for(("buttons", "login"))
    assert "新しいもの" not in str(at_first.value)


def test_a_message_is_found_by_a_part_of_it(browser_page: Page, screen: Screen) -> None:
    """Portals add politeness around the words that matter."""
    browser_page.set_content("<div><p class=x>パスワードが一致しません。もう一度入力してください。</p></div>")
    assert screen.has("messages", "mismatch")


def test_a_double_press_reaches_the_button_twice(browser_page: Page, screen: Screen) -> None:
    """As an impatient hand does it."""
    browser_page.set_content("<title>0</title><button onclick='document.title = +document.title + 1'>Login</button>")
    screen.double_press("login")
    browser_page.wait_for_function("document.title === '2'")


@pytest.mark.parametrize(
    "written", ["ユーザ ID", "ユーザーID", "ユーザーＩＤ：", "*ユーザ ID", "「ユーザ　ID」", "ユーザ‐ID−"]
)
def test_spellings_of_the_same_words_are_equal(written: str) -> None:
    """Width, spaces, long vowels and ornaments aside."""
    assert plain(written) == "ユザid"


def test_an_override_of_an_unknown_name_is_refused() -> None:
    """The error names the known ones."""
    with pytest.raises(
        ConfigurationProblemError, match=r"\[dialect.buttons\] logn: 知らない名前です（使えるもの: .*login"
    ):
        load("danshin", {"buttons": {"logn": ["Enter"]}})


def test_an_override_replaces_the_manuals_words() -> None:
    """A portal's own words come from its target file."""
    assert load("danshin", {"buttons": {"login": ["認証"]}}).words("buttons", "login") == ["認証"]


def test_what_the_browser_shows_instead_of_a_page_is_nothing_that_the_portal_says(
    browser_page: Page, screen: Screen
) -> None:
    """A screen in unknown words would be taken for the wanted one in the portal's own, where the line was cut."""
    browser_page.set_content("<p>鍵の取得</p>")
    with pytest.raises(BrowserError, match="ERR_"):
        browser_page.goto("https://127.0.0.1:1/")
    browser_page.wait_for_function("document.body.innerText.includes('ERR_')")

    assert "ERR_" in screen.text()
    assert not screen.news


def test_a_page_is_set_up_for_looking_once(bare: Screen) -> None:
    """An element handed to a script of the page's own world costs Playwright its whole program there, in every page."""
    large: list[object] = []
    session = bare.page.context.new_cdp_session(bare.page)
    session.on("Debugger.scriptParsed", lambda told: large.append(told["url"]) if told["length"] > PROGRAM else None)
    session.send("Debugger.enable")
    bare.page.goto("data:text/html;charset=utf-8," + quote(EVERYTHING))
    bare.fill("user", "value")
    bare.press("login")
    assert bare.values("name") == ["emp001"]
    assert bare.rows("id", "status") == [{"id": "1", "status": "発行済み"}]
    assert "Common Name" in bare.text()
    assert len(large) == 1


@pytest.mark.parametrize("option", ["<option>ﾊﾟｽﾜｰﾄﾞ", "<option label=' パスワード ：'>", "<option>パスワード"])
def test_an_option_is_chosen_as_a_person_reads_it(browser_page: Page, screen: Screen, option: str) -> None:
    """In half or full width, from a list that may be filled late."""
    browser_page.set_content(
        f"ユーザ ID <select><option>他</select><script>setTimeout(() => document.querySelector('select').innerHTML +="
        f' "{option}", 200)</script>'
    )
    screen.choose("user", "パスワード")
    assert browser_page.evaluate("document.querySelector('select').selectedIndex") == 1


@pytest.mark.parametrize(
    "buttons",
    [
        "<input type=radio name=o>昇順 <input type=radio name=o id=x>降順",
        "<input type=radio id=a><label for=a>昇順</label><input type=radio id=x><label for=x>降順</label>",
        "<label><input type=radio name=o>昇順</label><br><label><input type=radio name=o id=x>降順</label>",
        "<table><tr><td>順<td><input type=radio>昇順<input type=radio id=x>降 順<tr><td>項目<td><input></table>",
        "<input type=radio id=x hidden><label for=x>降順</label>",
        "順：昇順<input type=radio name=o> 降順<input type=radio name=o id=x>",
        "<table><tr><td>順<td><input type=radio name=o><td>昇順<td><input type=radio name=o id=x><td>降順</table>",
        "<p><span><input type=radio></span><span>昇順</span><p><span><input type=radio id=x></span><span>降順</span>",
        "<table><tr><td>他<td><input type=radio name=a>降順<tr><td>ユーザID<td><input type=radio id=x>降順</table>",
        "<fieldset><legend>ユーザID</legend><label><input type=radio name=b id=x>降順</label></fieldset>",
        "<input type=radio name=a disabled>降順 <input type=radio name=b id=x>降順",
    ],
)
def test_an_option_may_be_a_button_of_which_one_is_on(browser_page: Page, screen: Screen, buttons: str) -> None:
    """Whatever is behind it, for it, or before all of them names it; in the group that is asked for."""
    browser_page.set_content(f"<form>{buttons}<fieldset><label><input type=radio name=z>降順</label></fieldset></form>")
    screen.choose("user", "降順")
    assert browser_page.evaluate("x.checked")


def test_a_list_is_chosen_from_though_a_button_says_the_same(browser_page: Page, screen: Screen) -> None:
    """The list has the name that was asked for."""
    browser_page.set_content("<input type=radio id=x>降順<p>ユーザ ID <select id=s><option>昇順<option>降順</select>")
    screen.choose("user", "降順")
    assert browser_page.evaluate("[s.selectedIndex, x.checked]") == [1, False]


DROPPED = "<ul role=listbox><li role=option>昇順<li role=option onclick=take()><span>降順</span></ul>"
DROPS = (
    f"<script>const drop = () => document.body.insertAdjacentHTML('beforeend', '{DROPPED}');"
    "const take = () => { document.querySelector('ul').remove(); document.title = '降順' }</script><title>-</title>"
)


@pytest.mark.parametrize(
    "dropper",
    [
        "<label id=l>ユーザ ID</label><div role=combobox tabindex=0 aria-labelledby=l onmousedown=drop()>選択</div>",
        "<label for=b>ユーザ ID</label><button id=b aria-haspopup=listbox onclick=drop()>選択してください ▾</button>",
        "<label>ユーザ ID <input role=combobox readonly onfocus=drop()></label>",
    ],
)
def test_an_option_is_chosen_from_a_list_that_a_script_drops_down(
    browser_page: Page, screen: Screen, dropper: str
) -> None:
    """It is no list before it is pressed, and then one anywhere in the page."""
    browser_page.set_content(DROPS + dropper)
    screen.choose("user", "降順")
    assert browser_page.title() == "降順"


def test_what_such_a_list_does_not_offer_is_told_with_what_it_offers(browser_page: Page, screen: Screen) -> None:
    """As of any other list."""
    browser_page.set_content(f"{DROPS}ユーザ ID <div role=combobox onclick=drop()>選択</div>")
    with pytest.raises(DeviationError, match="選べるのは: 昇順、降順"):
        screen.choose("user", "丙")


@pytest.mark.parametrize("greyed", ["disabled", "style='visibility:hidden'"])
def test_a_row_that_is_greyed_out_cannot_be_chosen(browser_page: Page, screen: Screen, greyed: str) -> None:
    """That is said of the row, and can be asked before."""
    browser_page.set_content(
        f"<table><tr><td><input type=radio {greyed}><td>emp001<tr><td><input type=radio><td>emp002</table>"
    )
    assert (screen.can_tick_in_row("emp001"), screen.can_tick_in_row("emp002")) == (False, True)
    with pytest.raises(DeviationError, match="emp001 の行を選べない"):
        screen.tick_in_row("emp001")


ORDERS = "<select><option>他<option>甲</select> <select id=x><option>昇順<option>降順</select>"


@pytest.mark.parametrize("markup", [f"並び順：{ORDERS}", f"<form>{ORDERS}</form>"])
def test_a_list_without_a_name_is_called_what_it_offers(browser_page: Page, markup: str) -> None:
    """As the second of two lists behind one name, or with no name at all."""
    order = Dialect("test", {"fields": {"order": ["昇順・降順"]}})
    browser_page.set_content(markup)
    Screen(lambda: browser_page, order).choose("order", "降順")
    assert browser_page.locator("#x").input_value() == "降順"


@pytest.mark.parametrize(
    ("field", "offered"), [("<select><option>甲<option>乙</select>", "甲、乙"), ("<input>", "（無し）")]
)
def test_an_option_that_is_not_offered_is_told_with_what_is(
    browser_page: Page, screen: Screen, field: str, offered: str
) -> None:
    """Also where a portal has no list there."""
    browser_page.set_content(f"ユーザ ID {field}")
    with pytest.raises(DeviationError, match=f"「ユーザ ID」で「丙」を選べない。選べるのは: {offered}"):
        screen.choose("user", "丙")


@pytest.mark.parametrize(
    "mark",
    [
        "<input type=radio>",
        "<input type=checkbox>",
        "<input type=radio><td><input type=radio>",
        "<span role=radio aria-checked=false onclick='this.ariaChecked = true'>○</span>",
    ],
)
def test_a_row_is_marked_by_whatever_marks_it(browser_page: Page, screen: Screen, mark: str) -> None:
    """A button of a group, a box to tick, what a script makes of one; where there are two, by the first."""
    browser_page.set_content(f"<table><tr><td>a<td>{mark}<tr><td>b<td>{mark}</table>")
    screen.tick_in_row("b")
    assert browser_page.locator("tr").nth(1).locator(":checked, [aria-checked=true]").count() == 1
    assert browser_page.locator("tr").nth(0).locator(":checked, [aria-checked=true]").count() == 0
