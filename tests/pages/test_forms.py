"""Boxes that are ticked, options in words of the portal's own, and answers that come again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from fixtures.unnamed import undecided
from pages.dialect import Dialect, load
from pages.labelled import beside, copied
from pages.screen import BACK, Screen
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError
from steps import expected, forms
from tests.harness.noting import Noted
from tests.pages.conftest import WORDS

NAMELESS = Dialect("test", {"fields": {"user_id": ["ユーザーID"], "request_id": ["どの行も書かない名"]}})
BOXES = [
    "<label><input type=checkbox id=x>規約に同意する</label>",
    "<input type=checkbox id=x> 規約に同意する <input type=checkbox> 案内を受け取る",
    "<input type=checkbox> 案内を受け取る <input type=checkbox id=x> 規約に同意する",
    "<table><tr><td>規約に同意する<td><input type=checkbox id=x><tr><td>案内<td><input type=checkbox></table>",
    "<table><tr><td><input type=checkbox id=x><td>規約に同意する<tr><td><input type=checkbox><td>案内</table>",
    "<input type=checkbox id=x hidden><label for=x>規約に同意する</label>",
    "<input type=checkbox id=x style='opacity:0;position:absolute'><label for=x>規約に同意する</label>",
    "<input type=checkbox id=x aria-label='規約に同意する'>",
    "<p>ご案内：<a href=/terms>規約</a></p><label for=x>規約に同意する（必須）</label><input type=checkbox id=x>",
    "<input type=checkbox id=x><br>規約に同意する",
    "<table><tr><td>規約に同意する<td><label><input type=checkbox id=x>はい</label></table>",
    "<fieldset><legend>規約に同意する</legend><label><input type=checkbox id=x>同意</label></fieldset>",
    "<input type=checkbox id=x hidden><label for=x><a href=#t onclick='x.disabled = true'>規約</a>に同意する</label>",
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_ticked_by_its_words(browser_page: Page, screen: Screen, box: str) -> None:
    """And no other; what is ticked stays so, and can be taken back."""
    browser_page.set_content(f"<form>{box}</form>")
    for on in (True, True, False, True):
        screen.tick("terms", on=on)
        ticked = browser_page.locator("input[type=checkbox]").evaluate_all(
            "all => all.filter(one => one.checked).map(one => one.id)"
        )
        assert ticked == ["x"] * on


def test_a_box_of_the_pages_own_is_ticked(browser_page: Page, screen: Screen) -> None:
    """Made of anything, and known by its role."""
    browser_page.set_content(
        "<span id=x role=checkbox aria-checked=false onclick=\"this.ariaChecked = this.ariaChecked !== 'true'\">"
        "□</span> 規約に同意する"
    )
    screen.tick("terms")
    screen.tick("terms")
    assert browser_page.evaluate("x.ariaChecked") == "true"


@pytest.mark.parametrize("then", ["document.body.textContent = '次の画面'", "said.textContent = '同意しました'"])
def test_a_box_may_lead_on_at_once(browser_page: Page, screen: Screen, then: str) -> None:
    """Or be called otherwise: what comes then decides."""
    browser_page.set_content(
        f'<label><input type=checkbox onclick="{then}"><span id=said>規約に同意する</span></label>'
    )
    screen.tick("terms")
    assert "規約" not in browser_page.inner_text("body")


@pytest.mark.parametrize("words", ["紛失", "紛失したため", "紛 失"])
def test_an_option_has_all_words_of_the_dialect(browser_page: Page, screen: Screen, words: str) -> None:
    """Whichever of them the scenario says."""
    browser_page.set_content(f"ユーザ ID <select id=s><option>破損<option>{words}</select>")
    screen.choose("user", "紛失")
    assert browser_page.evaluate("s.selectedIndex") == 1


@pytest.mark.parametrize(
    "group",
    [
        "<table><tr><td>ユーザ ID<td><input type=radio name=k id=x>紛失 <input type=radio name=k>他 <input></table>",
        "<fieldset><legend>ユーザ ID</legend><label><input type=radio name=k id=x>紛失</label>（<input>）</fieldset>",
        "<table><tr><td>ユーザ ID<td><label><input type=radio id=x>紛失</label> <select><option>盗難</select></table>",
    ],
)
def test_a_button_of_the_group_comes_before_what_is_filled_in_beside_it(
    browser_page: Page, screen: Screen, group: str
) -> None:
    """その他（　）: the field stands in the same row, and offers nothing."""
    browser_page.set_content(group)
    screen.choose("user", "紛失")
    assert browser_page.evaluate("x.checked")


def test_a_button_of_another_group_is_none_of_the_list(browser_page: Page, screen: Screen) -> None:
    """The list does not offer the option: that is what is told."""
    browser_page.set_content(
        "<table><tr><td>ユーザ ID<td><select><option>破損</select><tr><td>別<td><input type=radio id=x>紛失</table>"
    )
    with pytest.raises(DeviationError, match="選べるのは: 破損"):
        screen.choose("user", "紛失")
    assert not browser_page.evaluate("x.checked")


def test_an_option_that_no_row_prints_may_have_another_name(browser_page: Page) -> None:
    """Then the scenario is BLOCKED, with what is offered and the key to write."""
    browser_page.set_content("ユーザーID <select><option>なくした<option>こわした</select>")
    with pytest.raises(DeviationError) as found:
        Screen(lambda: browser_page, load("danshin"), 10).choose("user_id", "紛失")
    error = undecided(found.value, "danshin")
    assert isinstance(error, BlockedError)
    assert "これかもしれないもの: 「なくした」、「こわした」" in str(error)


@pytest.mark.parametrize(
    ("field", "called"),
    [
        ("受付の番号：<input>", "受付の番号："),
        ("<table><tr><td>受付の<br>番号<td><input></table>", "受付の番号"),
        ("<img src=x width=9 height=9><input>", "名前の無い欄"),
    ],
)
def test_another_field_that_nobody_knows_may_be_the_one(page: Page, field: str, called: str) -> None:
    """Where no row prints the name: it may be called otherwise there."""
    page.set_content(f"<p>サイト内検索 <input></p>ユーザーID <input><p>{field}</p>")
    screen = Screen(lambda: page, NAMELESS, 10)
    with pytest.raises(DeviationError) as found:
        screen.fill("request_id", "1")
    error = undecided(found.value, "danshin")
    assert isinstance(error, BlockedError)
    assert f"これかもしれないもの: 「{called}」" in str(error)


def test_a_field_is_not_there_where_nothing_else_could_be_it(page: Page) -> None:
    """All others are known."""
    page.set_content("<p>サイト内検索 <input></p>ユーザーID <input>")
    screen = Screen(lambda: page, NAMELESS, 10)
    with pytest.raises(DeviationError) as found:
        screen.fill("request_id", "1")
    assert undecided(found.value, "danshin") is found.value


def test_the_same_answer_is_new_after_the_next_press(page: Page) -> None:
    """Once it was taken for one; what stood there from the beginning is not."""
    page.set_content(
        "<p>入力が一致しませんと進めません</p><input aria-label=パスワード>"
        "<button onclick=\"said.textContent = '一致しません'\">Login</button><p id=said></p>"
    )
    screen = Screen(lambda: page, WORDS, 20)
    for _ in range(3):
        screen.fill("password", "x")
        screen.press("login")
        assert screen.news == ["一致しません"]
        screen.take_as_answer()


@pytest.mark.parametrize(
    "stubborn", ["onclick='return false'", "onchange='setTimeout(() => { x.checked = false }, 300)'"]
)
def test_a_box_that_does_not_stay_ticked_is_told(browser_page: Page, screen: Screen, stubborn: str) -> None:
    """The page takes it back."""
    browser_page.set_content(f"<label><input type=checkbox id=x {stubborn}>規約に同意する</label>")
    with pytest.raises(DeviationError, match="「規約に同意する」にチェックを付けられない"):
        screen.tick("terms")


def test_another_box_that_nobody_knows_may_be_it(page: Page) -> None:
    """Consent has many words."""
    page.set_content("<label><input type=checkbox>上記の利用条件を承諾します</label>")
    with pytest.raises(DeviationError) as found:
        Screen(lambda: page, WORDS, 10).tick("terms")
    error = undecided(found.value, "danshin")
    assert isinstance(error, BlockedError)
    assert "「上記の利用条件を承諾します」" in str(error)


@pytest.mark.parametrize(
    "furniture",
    [
        "キーワード <input>",
        "受付日 <input readonly value=x>",
        "<form><input><button>検索</button></form>",
        "言語 <select><option>日本語</select>",
        "パスワード（管理） <input disabled type=password>",
    ],
)
def test_a_field_of_another_kind_could_not_be_it(page: Page, furniture: str) -> None:
    """A password is typed into a field for one; what cannot be written in, and what any page has, is none."""
    page.set_content(f"ユーザーID <input>{furniture}")
    words = Dialect("test", {"fields": {"user_id": ["ユーザーID"], "again": ["パスワードの再入力欄"]}})
    with pytest.raises(DeviationError) as found:
        Screen(lambda: page, words, 10).fill("again", "1")
    assert undecided(found.value, "danshin") is found.value


@pytest.mark.parametrize("options", ["<option>選択してください", "<option>破損", ""])
def test_an_option_that_nothing_else_could_be_is_not_there(page: Page, options: str) -> None:
    """All others are known, or none is one."""
    page.set_content(f"ユーザ ID <select>{options}</select>")
    words = Dialect("test", {"fields": {"user": ["ユーザ ID"]}, "options": {"lost": ["紛失"], "broken": ["破損"]}})
    with pytest.raises(DeviationError) as found:
        Screen(lambda: page, words, 10).choose("user", "紛失")
    assert undecided(found.value, "danshin") is found.value


@pytest.mark.parametrize(
    ("shown", "wanted", "verdict"),
    [
        ("蔵株式会社", "蔵株式会社", ""),
        ("蔵 株式会社", "蔵株式会社", ""),
        ("ＡＢ－１２", "AB-12", ""),
        ("：M0001", "M0001", ""),
        ("「M0001」", "M0001", ""),
        ("：蔵株式会社", "蔵株式会社", ""),
        ("蔵株式会社 様", "蔵株式会社", "WARNING"),
        ("山田太郎様", "山田太郎", "WARNING"),
        ("emp1（本人）", "emp1", "WARNING"),
        ("有効です", "有効", "WARNING"),
        ("サーバー1", "サーバ1", ""),
        ("東京都１－２３", "東京都1-23", ""),
        ("○", "○", ""),
        ("100円", "-100円", "FAIL"),
        ("東京都12-3", "東京都1-23", "FAIL"),
        *((shown, "○", "FAIL") for shown in ("", "-", "●", "×")),
        *((shown, wanted, "FAIL") for shown, wanted in (("大蔵株式会社", "蔵株式会社"), ("未発行済み", "発行済み"))),
        *((shown, "emp1", "FAIL") for shown in ("emp10", "emp1-2", "emp1_2", "EMP1", "", "xemp1")),
        *((shown, wanted, "FAIL") for shown, wanted in (("12.5", "12"), ("A12", "A-12"), ("利用不可", "利用"))),
    ],
)
def test_a_value_is_the_wanted_one(shown: str, wanted: str, verdict: str) -> None:
    """With a title or a remark beside it a person must look; as a part of another one it is another one."""
    record: Any = Noted()
    if verdict == "FAIL":
        with pytest.raises(DeviationError):
            expected.check_value(record, "会社名", [shown], wanted)
    else:
        expected.check_value(record, "会社名", [shown], wanted)
    assert bool(record.warnings) == (verdict == "WARNING")


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        *(
            (shown, "")
            for shown in (
                "A1:B2:C3:D4:E5",
                "00 A1 B2 C3 D4 E5",
                "0xA1B2C3D4E5",
                "A1B2C3D4E5h",
                "A1 B2 C3 D4 E5（16進数）",
                "16進数：A1B2C3D4E5",
                "694,488,913,125",
                "A1B2C3D4E5 (694488913125)",
                "serial=A1B2C3D4E5",
                "No.A1B2C3D4E5",
            )
        ),
        ("A1B2C3D4E5（旧: A1B2C3D4E4）", "WARNING"),
        *(
            (shown, "FAIL")
            for shown in ("A1B2C3D4E4", "A1B2C3D4E5F6", "1A1B2C3D4E5", "6944", "694488913126", "", "発行中")
        ),
    ],
)
def test_a_serial_number_is_written_in_many_ways(shown: str, verdict: str) -> None:
    """In groups or not, in both bases, and with what it is."""
    record: Any = Noted()
    serial = expected.SerialNumber("a1b2c3d4e5")
    if verdict == "FAIL":
        with pytest.raises(DeviationError):
            expected.check_serial(record, "番号", [shown], serial)
    else:
        expected.check_serial(record, "番号", [shown], serial)
    assert bool(record.warnings) == (verdict == "WARNING")


@pytest.mark.parametrize(
    "shown",
    [
        "<table><tr><td>パスコード<td>{}（大文字と小文字を区別します）</table>",
        "<table><tr><td>パスコード<td>{}<br>※再表示できません</table>",
        "<table><tr><td>パスコード<tr><td>{}</table>",
        "<p>パスコード： {} （24時間有効）</p>",
        "<p>パスコードは「{}」です。</p>",
        "<p>パスコード<br>{}</p>",
        "<p>パスコード <input value='{}'></p>",
    ],
)
@pytest.mark.parametrize("secret", ["Ab12Cd34", "884-1200"])
def test_a_value_is_noted_without_what_is_said_of_it(page: Page, shown: str, secret: str) -> None:
    """As a person copies it."""
    page.set_content(shown.format(secret))
    screen = Screen(lambda: page, Dialect("test", {"secrets": {"code": ["パスコード"]}}), 10)
    assert copied(beside(screen, "secrets", "code")[0]) == secret


@pytest.mark.parametrize(
    ("value", "copy"),
    [
        ("Ab#12!x（24時間有効）", "Ab#12!x"),
        ("1234 5678 90", "1234 5678 90"),
        ("蔵 株式会社", "蔵 株式会社"),
        ("2026年3月31日 (火)", "2026年3月31日 (火)"),
        ("", ""),
    ],
)
def test_of_a_value_a_person_copies_no_more(value: str, copy: str) -> None:
    """Nor less."""
    assert copied(value) == copy


@pytest.mark.parametrize(
    "table", [[], [["欄", "入力"]], [["利用者ID", "x"]], [["欄"], ["x"]], [["欄", "入力"], ["x", "y", "z"]]]
)
def test_a_table_that_would_check_nothing_is_none(table: list[list[str]]) -> None:
    """Or that has other columns than are read."""
    with pytest.raises(ConfigurationProblemError, match="見出しの行"):
        expected.check_headings(table, "欄", "入力")
    expected.check_headings([["欄", "入力"], ["x", "y"]], "欄", "入力")


def test_what_is_done_no_times_is_told() -> None:
    """It would pass whatever the portal does."""
    with pytest.raises(ConfigurationProblemError, match="1 回以上"):
        forms.check_times(0)


@pytest.mark.parametrize(
    "shown",
    [
        "<table><tr><td>会社名<td>状態<tr><td>蔵株式会社<td>有効</table>",
        "<table><tr><th rowspan=2>No<th colspan=2>証明書<tr><th>会社名<th>状態<tr><td>1<td>蔵株式会社<td>有効</table>",
        "<pre>会社名     蔵株式会社</pre>",
        "<p>【会社名】蔵株式会社</p>",
        "<p>会社名＝蔵株式会社</p>",
    ],
)
def test_a_value_that_stands_in_another_way_is_a_warning(page: Page, shown: str) -> None:
    """A FAIL where the screen does not say it at all."""
    page.set_content(shown)
    record: Any = Noted()
    screen = Screen(lambda: page, Dialect("test", {"values": {"company": ["会社名"], "state": ["状態"]}}), 10)
    shown_there = forms.values_of(screen, record, "会社名", "values", "company")
    expected.check_value(record, "会社名", shown_there, "蔵株式会社")
    assert record.warnings
    with pytest.raises(DeviationError):
        expected.check_value(
            record, "会社名", forms.values_of(screen, record, "会社名", "values", "company"), "倉株式会社"
        )
    page.set_content(shown.replace("会社名", "名称"))
    with pytest.raises(DeviationError, match="「会社名」が現れない"):
        forms.values_of(screen, record, "会社名", "values", "company")


def test_a_heading_with_a_remark_is_another_one_where_the_bare_one_is_there(page: Page) -> None:
    """Read by itself it is what it says without the remark."""
    screen = Screen(lambda: page, WORDS, patience=2)
    kana = "<tr><td>Common Name（カナ）<td>クラ</table>"
    page.set_content(f"<table><tr><td>Common Name<td>蔵{kana}")
    assert screen.values("name") == ["蔵"]
    page.set_content(f"<table>{kana}")
    assert screen.values("name") == ["クラ"]


def test_of_several_rows_the_right_one_may_be_another_ones() -> None:
    """A person must look; the same twice is the same."""
    record: Any = Noted()
    expected.check_value(record, "状態", ["有効", "有効"], "有効")
    assert not record.warnings
    expected.check_value(record, "状態", ["無効", "有効"], "有効")
    assert record.warnings


def test_buttons_that_only_show_what_was_chosen_are_read_by_their_words(page: Page) -> None:
    """And are no field whose value is "on"."""
    page.set_content(
        "<table><tr><td>状態<td><input type=radio disabled checked>有効 <input type=radio disabled>停止</table>"
    )
    screen = Screen(lambda: page, Dialect("test", {"values": {"state": ["状態"]}}), 10)
    record: Any = Noted()
    expected.check_value(record, "状態", screen.values("state"), "有効")
    assert record.warnings


def test_what_was_typed_is_not_what_is_shown(browser_page: Page, screen: Screen) -> None:
    """A form that is still there shows nothing."""
    browser_page.set_content("<table><tr><td>ユーザ ID<td><input value=emp1></table>")
    with pytest.raises(DeviationError, match="「ユーザ ID」はまだ入力の欄である"):
        forms.check_not_asked_for(screen, WORDS, "ユーザ ID")
    browser_page.set_content("<table><tr><td>ユーザ ID<td><input value=emp1 readonly></table>")
    forms.check_not_asked_for(screen, WORDS, "ユーザ ID")


def test_what_must_not_come_is_not_told_as_if_it_were_due(browser_page: Page, screen: Screen) -> None:
    """Where a refusal does not come, nor what would be wrong; both say which row prints them."""
    browser_page.set_content("<p>お待たせしました")
    problem = screen.missing(("messages", "mismatch"), instead=[("screens", "key")])
    assert ("一致しません" in problem.did, "鍵の取得" in problem.did) == (True, False)
    assert problem.wanted == ("一致しません", "鍵の取得")


def test_whoever_goes_back_while_the_next_page_comes_in_goes_back_from_it(
    browser_page: Page, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page that was asked has gone by then, which is nobody's mistake."""
    browser_page.goto("data:text/html;charset=utf-8,<title>form</title>")
    browser_page.goto("data:text/html;charset=utf-8,<title>refusal</title>")
    ask, asked = browser_page.evaluate, list[str]()

    def moving(script: str, *given: object) -> object:
        asked.append(script)
        if asked == [BACK]:
            raise BrowserError("Page.evaluate: Execution context was destroyed, most likely because of a navigation")
        return ask(script, *given)

    monkeypatch.setattr(browser_page, "evaluate", moving)
    screen.go_back()
    browser_page.wait_for_function("document.title === 'form'")
    assert asked.count(BACK) == 2
