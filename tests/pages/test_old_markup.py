"""Portals built long ago are read as a person reads them, and what stands close by does not mislead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from pages.dialect import load, narrow
from pages.screen import Screen
from sekisho.verdict import ConfigurationProblemError, DeviationError
from tests.pages.conftest import WORDS

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
HERE = "http://portal.test/"


@pytest.mark.parametrize(
    ("markup", "field", "name"),
    [
        ("<table><tr><td><font>ユーザーＩＤ</font><td>：<td><input name=x></table>", "user", "x"),
        ("<p>ユーザーＩＤ</p><p><input name=x></p>", "user", "x"),
        ("説明です。<br>ユーザーID<br><input name=x>", "user", "x"),
        (
            "<div><div>ユーザーID</div><div><input name=x></div><div>パスワード</div><input name=y></div>",
            "password",
            "y",
        ),
        ("<font>ユーザーＩＤ：</font><font><input name=x></font>", "user", "x"),
        ("<table><tr><td>ユーザーＩＤ（半角英数字）<td><input name=x></table>", "user", "x"),
        ("<table><tr><td>①ユーザーＩＤ <b>必須</b><td><input name=x></table>", "user", "x"),
        ("<table><tr><td>（1）ユーザーＩＤ<td><input name=x></table>", "user", "x"),
        ("<table><tr><td>ユーザーＩＤ<td>半角 <input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザーＩＤ<br><small>8文字以上</small><td><input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザーＩＤ <a href=#>？</a><td><input name=x></table>", "user", "x"),
        ("<table><tr><th>【必須】ユーザーＩＤ<td><input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザーＩＤ※必須<td><input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザーＩＤ（英数字8～16文字）<td><input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザー<ruby>ＩＤ<rt>アイディー</ruby><td><input name=x></table>", "user", "x"),
        ("<table><tr><th>ユーザー\u200bＩＤ<td><input name=x></table>", "user", "x"),
        (
            "<table><tr><th>ユーザーＩＤ<span style='display:none'>入力してください</span><td><input name=x></table>",
            "user",
            "x",
        ),
        ("<label>パスワード <button type=button>表示</button><input name=y></label>", "password", "y"),
        ("<table><tr><td>ユーザーＩＤ<td><table><tr><td><input name=x><td>半角</table></table>", "user", "x"),
        ("<dl><dt>ユーザーＩＤ<dd><input name=x></dl>", "user", "x"),
        ("<fieldset><legend>ユーザーＩＤ</legend><input name=x></fieldset>", "user", "x"),
        (
            "<table><tr><td colspan=2>ユーザーＩＤ<td>パスワード<tr><td><input name=x><td>@<td><input name=y></table>",
            "password",
            "y",
        ),
        (
            "<table><tr><th rowspan=2>パスワード<td><input name=x><tr><td>（確認）<input name=y></table>",
            "again",
            "y",
        ),
        *(
            (f"<table><tr><td>パスワード<td><input name=x><tr><td>{once_more}<td><input name=y></table>", "again", "y")
            for once_more in ("（確認）", "確認用：", "(再入力)", "もう一度", "（確認のためもう一度）")
        ),
        *(
            (f"<table><tr><td>パスワード<td><input name=x><br>{once_more}<br><input name=y></table>", field, name)
            for once_more in ("確認のためもう一度", "<small>※確認のため、もう一度ご入力ください</small>", "（確認）")
            for field, name in (("password", "x"), ("again", "y"))
        ),
        (
            "<table><tr><td>パスワード<td><input type=checkbox name=x>表示<input type=password name=y></table>",
            "password",
            "y",
        ),
    ],
)
def test_a_field_is_found_where_a_person_sees_its_name(
    browser_page: Page, screen: Screen, markup: str, field: str, name: str
) -> None:
    """Paragraphs above, tables in cells, headings of several rows, remarks, numbers, badges."""
    browser_page.set_content(markup)
    screen.fill(field, "value")
    assert browser_page.locator(f"[name={name}]").input_value() == "value"


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>ユーザーＩＤ<td>emp001<tr><td>旧ＩＤ<td><input></table>",  # a value has the name, not the field
        "<p>ユーザーＩＤ：<b>emp001</b></p><p>新しい名前 <input></p>",
        "<table><tr><td>ユーザーＩＤ<td><input disabled hidden><td>部署<td><input></table>",
        "ユーザーＩＤ <input type=checkbox>を保存する <input>",
        "<table><tr><td>検索</td><td><input></td><td>ユーザーＩＤ</td></tr></table>",  # the words are behind it
        "<table><tr><td>ユーザーＩＤの変更<td><input></table>",  # another thing with the words in it
        "<table><tr><td>ユーザーＩＤ（管理者）<td><input></table>",  # a remark that says whose
    ],
)
def test_a_field_beside_the_right_words_may_be_another(browser_page: Page, screen: Screen, markup: str) -> None:
    """The words name a value, a box to tick, a hidden field, or are only a part of the field's name."""
    browser_page.set_content(markup)
    with pytest.raises(DeviationError, match="ユーザ ID"):
        screen.fill("user", "value")
    assert browser_page.locator("input").evaluate_all("all => all.every(one => one.value !== 'value')")


def test_the_first_password_is_not_its_confirmation(browser_page: Page, screen: Screen) -> None:
    """Though both headings begin alike."""
    browser_page.set_content(
        "<table><tr><td>パスワード（確認）<td><input name=b><tr><td>パスワード<td><input name=a></table>"
    )
    screen.fill("password", "first")
    screen.fill("again", "second")
    assert browser_page.locator("[name=a]").input_value() == "first"
    assert browser_page.locator("[name=b]").input_value() == "second"


@pytest.mark.parametrize(
    "markup",
    [
        "<a href=\"javascript:void(document.title='ok')\">▶ Ｌｏｇｉｎ</a>",
        "<table><tr><td onclick=\"document.title='ok'\"><font>▶１．Login</font></table>",
        f"<img src='{PICTURE}' width=20 height=20 alt=Login onclick=\"document.title='ok'\">",
        f"<a href='javascript:void(document.title=\"ok\")'><img src='{PICTURE}' width=20 height=20 alt=Ｌｏｇｉｎ></a>",
        "<input type=button value='Login(L)' onclick=\"document.title='ok'\">",
        "<input type=reset value='[ Login ]' onclick=\"document.title='ok'\">",
    ],
)
def test_a_button_wears_ornaments(browser_page: Page, screen: Screen, markup: str) -> None:
    """Arrows, numbers, access keys and brackets are no part of its words."""
    browser_page.set_content(f"<title>before</title>{markup}")
    screen.press("login")
    browser_page.wait_for_function("document.title === 'ok'", timeout=2000)  # a javascript: address is gone to, later


def test_a_button_with_more_words_is_another(browser_page: Page, screen: Screen) -> None:
    """Download Key is not Download."""
    browser_page.set_content("<button>Download Key</button>")
    assert not screen.has("buttons", "download")
    assert screen.has("buttons", "download_key")


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>Common Name<td>：<td>ｅｍｐ００１</table>",
        "<p><b>Common Name</b>：emp001<br>Country：JP</p>",
        "<ul><li>Common Name: emp001<li>Country: JP</ul>",
        "<pre>Organization : x\nCommon Name : emp001</pre>",
        "<table><tr><td>Common Name：emp001</table>",
        "<table><tr><th>Common Name<th>Country<tr><td>emp001<td>JP</table>",
        "<table><tr><td>Common Name<td><input readonly value=emp001></table>",
        "<p>Common Name <input readonly value=emp001></p>",
        "<dl><dt>Common Name<dd>emp001</dl>",
        "<table><tr><td>Common Name（bit）<td>emp001</table>",
        "<table><tr><td>Common Name（６文字）<td>emp001</table>",
    ],
)
def test_a_value_is_read_however_it_is_shown(browser_page: Page, screen: Screen, markup: str) -> None:
    """In cells, lines of text, columns, read-only inputs, full width."""
    browser_page.set_content(f"<table><tr><td>menu<td>{markup}</table>")
    assert screen.values("name") == ["emp001"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Common Name を確認してください：よろしければ次へ</p>",
        "<table><tr><td>emp001<td>Common Name</table>",
        "<table><tr><td>Old Common Name<td>emp000</table>",
        "<div style='display:none'>Common Name：emp001</div>",
    ],
)
def test_words_that_only_look_like_a_heading_have_no_value(browser_page: Page, screen: Screen, markup: str) -> None:
    """A sentence, the words behind the value, another heading, hidden words."""
    browser_page.set_content(markup)
    with pytest.raises(DeviationError, match="Common Name"):
        screen.values("name")


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>リクエストＩＤ<td>２０２６０００１</table>",
        "<table><tr><td>リクエストＩＤ<td><input value=20260001 readonly></table>",
        "リクエスト ID：20260001",
        "<table><tr><td>リクエストＩＤ<td>20260001<input type=hidden value=20260001></table>",
    ],
)
def test_what_stands_in_a_field_may_stand_as_text(browser_page: Page, screen: Screen, markup: str) -> None:
    """A request ID that the portal has filled in is an input here and text there."""
    browser_page.set_content(f"<form>{markup}</form>")
    assert screen.value_in("request") == "20260001"


def test_the_next_heading_of_a_list_is_no_value(browser_page: Page, screen: Screen) -> None:
    """Though it stands beside the heading that is looked for."""
    browser_page.set_content(
        "<table><tr><td>リクエストＩＤ<td>ステータス<td>日時<tr><td>123<td>発行済み<td>今日</table>"
    )
    with pytest.raises(DeviationError, match="リクエスト ID"):
        screen.value_in("request")


@pytest.mark.parametrize(
    "markup",
    [
        "<tr style='font-weight:bold'><td>Common Name<td>備考<tr><td>emp001<td>なし",
        "<tr><td><b>Common Name</b><td><b>備考</b><tr><td>emp001<td>なし",
        "<tr><td><font color=white>Common Name</font><td><font color=white>備考</font><tr><td>emp001<td>なし",
        "<tr><td colspan=2>一覧<tr><td><b>Common Name</b><td><b>備考</b><tr><td>emp001<td>なし",
        "<tr bgcolor=silver><td>Common Name<td>備考<tr><td>emp001<td>なし<tr><td>emp001<td>なし",
        "<tr><td bgcolor=silver>Common Name<td bgcolor=silver>備考<tr><td>emp001<td>なし<tr><td>emp001<td>なし",
        (
            "<tr style='background-image:linear-gradient(#fff,#ccc)'><td>Common Name<td>備考"
            "<tr><td>emp001<td>なし<tr><td>emp001<td>なし"
        ),
        "<tr><td><u>Common Name</u><td><u>備考</u><tr><td>emp001<td>なし",
        "<tr><td><font size=5>Common Name</font><td><font size=5>備考</font><tr><td>emp001<td>なし",
        "<tr><td><b><a href=#>Common Name</a></b><td><b>備考</b><tr><td>emp001<td>なし",
    ],
)
def test_headings_in_plain_cells_are_known_by_their_look(browser_page: Page, screen: Screen, markup: str) -> None:
    """What stands beside one is no value, though its words are in no dialect."""
    browser_page.set_content(f"<table>{markup}</table>")
    with pytest.raises(DeviationError, match="Common Name"):
        screen.values("name")


@pytest.mark.parametrize(
    "markup",
    [
        "<thead><tr><td>Common Name<td>備考<tbody><tr><td>emp001<td>なし",
        "<tr><th>備考<th>更新<tr><td>なし<td>なし<tr><th>Common Name<th>備考<tr><td>emp001<td>なし",
        (
            "<tr><th rowspan=2>番号<th>種別<th colspan=2>備考<tr><th>更新<th>Country<tr><td>1<td>なし<td>JP<td>なし"
            "<tr><th>Common Name<th>備考<tr><td>emp001<td>なし"
        ),
    ],
)
def test_a_value_is_read_below_its_heading(browser_page: Page, screen: Screen, markup: str) -> None:
    """Also below one further down the table."""
    browser_page.set_content(f"<table>{markup}</table>")
    assert screen.values("name") == ["emp001"]


@pytest.mark.parametrize(
    "markup",
    [
        "<tr bgcolor=silver><td>Common Name<td>emp001<tr><td>Country<td>JP<tr bgcolor=silver><td>備考<td>なし",
        "<tr bgcolor=silver><td>Common Name<td>emp001<td>備考<td>なし<tr><td>Country<td>JP<td>更新<td>なし",
        "<tr><td><b>Common Name</b><td>emp001<td><b>備考</b><td>なし",
        "<tr><td><b>Common Name</b><td><b>emp001</b><tr><td>Organizational Unit<td>JP<tr><td>備考<td>なし",
        "<tr><td>Common Name<td>emp001<td>備考<td>なし",
    ],
)
def test_a_first_line_of_names_and_values_is_no_line_of_headings(
    browser_page: Page, screen: Screen, markup: str
) -> None:
    """Though every other line may have another ground."""
    browser_page.set_content(f"<table>{markup}</table>")
    assert screen.values("name") == ["emp001"]


def test_a_list_is_read_past_its_title_and_its_notes(browser_page: Page, screen: Screen) -> None:
    """Rows that span the table are none of the list's; what a picture or a button says is what its cell says."""
    browser_page.set_content(
        "<table border=1><tr><td colspan=3>申請情報一覧<tr><td>リクエストＩＤ<td>ステータス<td>取得"
        "<tr><td>１２３<td>発行済み<td><input type=button value='Download Key'>"
        f"<tr><td>124<td><img src='{PICTURE}' alt=発行済み><td>-"
        "<tr><td colspan=3>2件中 1 - 2件目</table>"
    )
    assert screen.rows("id", "status") == [{"id": "123", "status": "発行済み"}, {"id": "124", "status": "発行済み"}]


def test_an_empty_list_says_so_in_one_cell(browser_page: Page, screen: Screen) -> None:
    """Which is no row."""
    browser_page.set_content(
        "<table><tr><th>リクエストＩＤ<th>ステータス<tr><td colspan=2>該当する申請はありません。</table>"
    )
    assert screen.rows("id", "status") == []


def test_the_button_of_a_row_is_pressed_in_that_row(browser_page: Page, screen: Screen) -> None:
    """Though the ID is in full width, in a frame, and other rows have the same button."""
    rows = "".join(
        f"<tr><td>{one}<td><a href='javascript:void(top.document.title={number})'>Download Key</a>"
        for number, one in enumerate(("１２３", "１２４"))
    )
    browser_page.set_content(f'<title>x</title><iframe srcdoc="<table>{rows}</table>"></iframe>')
    screen.press_in_row("124", "download_key")
    browser_page.wait_for_function("document.title === '1'")


def test_a_heading_is_not_the_link_that_leads_to_it(browser_page: Page, screen: Screen) -> None:
    """A menu shows the name of each screen all the time."""
    browser_page.set_content("<a href='#'>申請情報一覧</a><p onclick='x'>申請情報一覧</p>")
    assert screen.has("menu", "requests")
    assert not screen.has("screens", "requests")
    browser_page.set_content(f"<a href='#'>申請情報一覧</a><h2><img src='{PICTURE}' alt=申請情報一覧></h2>")
    assert screen.has("screens", "requests")


def test_a_frame_without_height_shows_nothing(browser_page: Page, screen: Screen) -> None:
    """Old portals keep one for their own purposes."""
    browser_page.set_content("<iframe height=0 frameborder=0 srcdoc='<button>Login</button>'></iframe>menu")
    assert not screen.has("buttons", "login")


def test_values_are_read_in_frames(browser_page: Page, screen: Screen) -> None:
    """As fields and buttons are."""
    browser_page.set_content("<iframe srcdoc='menu'></iframe><iframe srcdoc='<p>Common Name：emp001</p>'></iframe>")
    assert screen.values("name") == ["emp001"]


def test_a_page_that_becomes_a_frameset_is_followed(browser_page: Page, screen: Screen) -> None:
    """The eye was waiting in the page that was there before."""
    browser_page.set_content(
        "<script>setTimeout(() => document.write('<iframe srcdoc=\"<h1>鍵の取得</h1>\"></iframe>'), 100)</script>wait"
    )
    assert screen.wait_for(("screens", "key"), ("buttons", "login")) == ("screens", "key")


def test_a_window_that_opens_is_looked_at_first(bare: Screen) -> None:
    """And when it has closed, the one behind it."""
    bare.page.set_content("<h1>鍵の取得</h1><button onclick=\"open('', 'w', 'width=300,height=200')\">Login</button>")
    bare.press("login")
    popup = bare.page
    popup.set_content("<button>Download</button>")
    assert bare.has("buttons", "download")
    popup.close()
    assert not bare.has("buttons", "download")
    assert bare.has("screens", "key")


def test_what_lies_behind_a_notice_is_still_found(bare: Screen) -> None:
    """A hand on it brings its window to the front."""
    behind = bare.page
    behind.set_content("<script>open('', 'news', 'width=300,height=200')</script>ユーザーＩＤ <input>")
    behind.wait_for_function("true")
    assert bare.page is not behind
    bare.fill("user", "emp001")
    assert bare.page is behind
    assert behind.locator("input").input_value() == "emp001"


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP", "ISO-2022-JP"])
@pytest.mark.parametrize("header", [True, False], ids=["by header", "by meta"])
def test_pages_in_old_encodings_are_read(browser_page: Page, screen: Screen, encoding: str, *, header: bool) -> None:
    """The browser decodes them, whoever names the encoding."""
    meta = "" if header else f"<meta http-equiv=Content-Type content='text/html; charset={encoding}'>"
    body = f"<html><head>{meta}<title>鍵</title></head>ユーザーＩＤ <input>".encode(encoding)
    kind = f"text/html; charset={encoding}" if header else "text/html"
    browser_page.route(HERE, lambda route: route.fulfill(content_type=kind, body=body))
    browser_page.goto(HERE)
    screen.fill("user", "emp001")
    browser_page.unroute_all()


def test_a_page_that_goes_on_by_itself_is_followed(browser_page: Page, screen: Screen) -> None:
    """By meta refresh and by script."""
    bodies = {
        "": "<meta http-equiv=refresh content='0; url=two'>一",
        "two": "<script>location.replace('three')</script>二",
        "three": "<h1>鍵の取得</h1>",
    }
    kind = "text/html; charset=utf-8"
    browser_page.route(
        f"{HERE}**", lambda route: route.fulfill(content_type=kind, body=bodies[route.request.url[len(HERE) :]])
    )
    browser_page.goto(HERE, wait_until="commit")
    assert screen.wait_for(("screens", "key")) == ("screens", "key")
    browser_page.unroute_all()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("２０２６１１２１００００００１", "202611210000001"),
        ("２０２６．１１．２１　１０：１１：１２", "2026.11.21 10:11:12"),
        (" 2026/11/21～2029/11/21 ", "2026/11/21～2029/11/21"),
        ("ｅｍｐ００１", "emp001"),
        ("発行済み（再）", "発行済み（再）"),
        ("10 個", "10 個"),
        ("０３ー１２３４ー５６７８", "03-1234-5678"),
        ("ＡＢ−１２", "AB-12"),
        ("サーバー１", "サーバー1"),
        ("10:00–12:00", "10:00–12:00"),
    ],
)
def test_values_are_copied_in_half_width(written: str, read: str) -> None:
    """Digits, letters and what stands between digits; words stay as they are."""
    assert narrow(written) == read


def test_a_selector_finds_what_no_words_lead_to(browser_page: Page, screen: Screen) -> None:
    """The last resort of a target file."""
    browser_page.set_content(
        f"<title>x</title><img src='{PICTURE}' id=go onclick=\"document.title='ok'\" width=9 height=9>"
    )
    given = replace(WORDS, locators={"buttons": {"login": "#go"}})
    Screen(lambda: browser_page, given, patience=0.5).press("login")
    assert browser_page.title() == "ok"


def test_a_selector_that_is_none_is_named(browser_page: Page) -> None:
    """As a mistake in the target file, not of the portal."""
    browser_page.set_content("x")
    wrong = replace(WORDS, locators={"buttons": {"login": "##go["}})
    with pytest.raises(ConfigurationProblemError, match=r"\[locators\] ##go\["):
        Screen(lambda: browser_page, wrong, patience=0.5).press("login")


def test_a_selector_for_an_unknown_name_is_refused() -> None:
    """The error names the known ones."""
    with pytest.raises(
        ConfigurationProblemError, match=r"\[locators.buttons\] logn: 知らない名前です（使えるもの: .*login"
    ):
        load("danshin", None, {"buttons": {"logn": "#x"}})


MAP = (
    f"<div style='height:{{below}}px'></div><img src='{PICTURE}' width=300 height=100 usemap='#menu'>"
    "<map name=menu><area shape=rect coords='0,0,99,99' href='#other' alt='Download'>"
    "<area shape={shape} coords='{coords}' href='#' onclick=\"document.title='pressed'\" alt='Ｌｏｇｉｎ'></map>"
)


@pytest.mark.parametrize("below", [0, 3000])
@pytest.mark.parametrize(
    ("shape", "coords"),
    [
        ("rect", "100,0,199,99"),
        ("circle", "150,50,30"),
        ("poly", "110,10,190,10,190,90"),
        ("default", ""),
        ("rect", "50 0 199 99"),
    ],
)
def test_an_area_of_a_picture_is_pressed(
    browser_page: Page, screen: Screen, below: int, shape: str, coords: str
) -> None:
    """Where it is itself, and not another area that lies over it; also in a picture that is not in view yet."""
    browser_page.set_content(MAP.format(below=below, shape=shape, coords=coords))
    assert screen.can_press("login")
    screen.press("login")
    assert browser_page.title() == "pressed"
    assert screen.links()[0].endswith("#other")


@pytest.mark.parametrize("hidden", ["display:none", "visibility:hidden"])
def test_an_area_of_a_picture_that_is_not_shown_is_not_there(browser_page: Page, screen: Screen, hidden: str) -> None:
    """Nor one without a picture."""
    markup = MAP.format(below=0, shape="rect", coords="100,0,199,99")
    browser_page.set_content(f"<div style='{hidden}'>{markup}</div><map name=alone><area alt=Login href=#></map>")
    assert not screen.has("buttons", "login")


def test_a_covered_area_of_a_picture_cannot_be_pressed(browser_page: Page, screen: Screen) -> None:
    """Something lies over all of it."""
    veil = "<div style='position:fixed;inset:0;background:white'></div>"
    browser_page.set_content(MAP.format(below=0, shape="rect", coords="100,0,199,99") + veil)
    assert not screen.can_press("login")


@pytest.mark.parametrize(
    "inside",
    [
        "Login<span style='display:none'>処理中...</span>",
        "Login<span style='position:absolute;width:1px;height:1px;overflow:hidden'>外部サイトへ</span>",
        "<svg width=9 height=9><title>矢印</title></svg>Login",
        "<i class=icon>arrow_forward</i>Login",
        "\ue001Login",
        "Login…",
        "Login ›",
        "Login<small>ログイン</small>",
    ],
)
def test_what_only_adorns_a_button_is_no_part_of_its_name(browser_page: Page, screen: Screen, inside: str) -> None:
    """Spinners that wait, words for programs that read aloud, pictures of all kinds, a second line in small print."""
    browser_page.set_content(f"<button onclick=\"document.title='ok'\">{inside}</button>")
    screen.press("login")
    assert browser_page.title() == "ok"


@pytest.mark.parametrize(
    "markup",
    [
        "<summary onclick=\"document.title='ok'\">Login</summary>",
        "<div role=menuitem onclick=\"document.title='ok'\">Login</div>",
        "<p style='cursor:pointer'>Login</p><script>onclick = () => document.title='ok'</script>",
    ],
)
def test_what_looks_as_if_it_could_be_pressed_is_pressed(browser_page: Page, screen: Screen, markup: str) -> None:
    """No markup says so where a script listens."""
    browser_page.set_content(markup)
    screen.press("login")
    assert browser_page.title() == "ok"


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><th>Common Name<td>emp001 <button>コピー</button></table>",
        "<table><tr><th>Common Name<td>emp001 <a href=#>変更</a></table>",
        "<table><tr><th>Common Name<td>emp\u200b001</table>",
        "<p>Common Name <input disabled value=emp001></p>",
        "<table><tr><th>Common Name<td><textarea readonly>emp001</textarea></table>",
        "<table><tr><th>Common Name<td style='display:none'>x<td>emp001</table>",
        "<table><tr><th>Common Name<td><a href=#>emp001</a></table>",
    ],
)
def test_a_value_is_read_without_what_stands_with_it(browser_page: Page, screen: Screen, markup: str) -> None:
    """Buttons to copy or to change it, and signs that nobody sees."""
    browser_page.set_content(markup)
    assert screen.values("name") == ["emp001"]


HEAD = "<tr><th>リクエストID<th>ステータス"


@pytest.mark.parametrize(
    "listed",
    [
        f"<tr><th rowspan=2>No<th colspan=2>申請{HEAD}<tr><td>1<td>7<td>発行済み<tr><td>2<td>8<td>発行中",
        "<tr><th>区分<th>リクエストID<th>ステータス<tr><td rowspan=2>新規<td>7<td>発行済み<tr><td>8<td>発行中",
        f"{HEAD}<tr><td>7<td>発行済み<tr><td>8<td>発行中<tfoot>{HEAD}</tfoot>",
        "<tr><th>リクエストID ▲<th>ステータス ⇅<tr><td>7<td>発行済み<tr><td>8<td>発行中",
    ],
)
def test_cells_over_several_rows_feet_and_arrows_do_not_mislead(
    browser_page: Page, screen: Screen, listed: str
) -> None:
    """Two lines of headings, a cell for two rows, headings again at the foot, arrows that sort."""
    browser_page.set_content(f"<table>{listed}</table>")
    assert screen.rows("id", "status") == [{"id": "7", "status": "発行済み"}, {"id": "8", "status": "発行中"}]
