"""Of several things that look alike the right one is taken: the one that a person could see, reach and mean."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from fixtures.unnamed import undecided
from pages import hand
from pages.dialect import Dialect
from pages.layers import does_it
from pages.refusing import refused
from pages.screen import Screen
from sekisho.verdict import BlockedError, DeviationError
from steps.clock import look

OK, OTHER = "onclick=\"document.title='ok'\"", "onclick=\"document.title='other'\""
FOLDED = "height:0;overflow:hidden;padding:0;border:0"
VEIL = "<div style='position:fixed;inset:0;background:#888'></div>"
KEY = "<button onclick=\"document.title='{0}'\">Download Key</button>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<button style='{FOLDED}' {OTHER}>Login</button><button {OK}>Login</button>",
        f"<button disabled>Login</button><button {OK}>Login</button>",
        f"<button {OTHER}>Login</button>{VEIL}<div style='position:fixed;top:9px'><button {OK}>Login</button></div>",
        f"<a href=# {OTHER}>Login</a><form onsubmit='return false'><input value=x><button {OK}>Login</button></form>",
    ],
)
def test_the_button_that_can_be_pressed_is_pressed(browser_page: Page, screen: Screen, markup: str) -> None:
    """Not one that is folded up, greyed out, under what lies in front, or beside the form that was filled in."""
    browser_page.set_content(markup)
    screen.press("login")
    assert browser_page.title() == "ok"


ASKING = (
    "<button onclick=\"layer.style.display='block'\">Login</button><input type=button value=OK><div id=layer"
    " style='display:none;position:fixed;inset:0;background:#888'>実行しますか{0}</div><p id=p></p>"
)
GO_ON = "<a href=# onclick=\"layer.remove(); setTimeout(() => p.textContent = '鍵の取得', 300)\">はい</a>"


@pytest.mark.parametrize(
    ("offers", "reached"),
    [
        (f"{GO_ON}<a href=#>いいえ</a>", True),
        (GO_ON, False),
        (f"{GO_ON}</div><button style='position:fixed;bottom:0'>いいえ</button><div>", False),
    ],
)
def test_a_layer_that_asks_whether_to_go_on_is_answered(browser_page: Page, offers: str, *, reached: bool) -> None:
    """Not one that only wants to be closed, whatever the page offers: what it says may be what is waited for."""
    words = {"agree": ["OK", "はい"], "decline": ["いいえ"], "login": ["Login"]}
    screen = Screen(lambda: browser_page, Dialect("test", {"buttons": words, "screens": {"key": ["鍵の取得"]}}), 20)
    browser_page.set_content(ASKING.format(offers))
    screen.press("login")
    assert (screen.look_for(("screens", "key")) is not None) is reached


@pytest.mark.parametrize(("layers", "reached"), [(2, True), (9, False)])
def test_whoever_asks_again_whether_it_is_meant_is_answered_again(
    browser_page: Page, layers: int, *, reached: bool
) -> None:
    """As a person does, who gives up where there is no end to it."""
    browser_page.set_content(
        f"""<button onclick="ask()">Login</button><p id=p></p><script>let left = {layers}; const ask = () => {{
          const layer = document.createElement('div'); layer.style = 'position:fixed;inset:0;background:#888';
          const made = document.createElement.bind(document, 'button');
          const button = (textContent, onclick) => Object.assign(made(), {{textContent, onclick}});
          const go = () => {{ layer.remove(); --left ? ask() : p.textContent = '鍵の取得'; }};
          layer.append('失効しますか', button('OK', go), button('キャンセル', null));
          document.body.append(layer); }}; </script>"""
    )
    screen = layered(browser_page)
    screen.press("login")
    assert (screen.look_for(("screens", "key")) is not None) is reached


MODAL = (
    "<title>-</title><button onclick='layer.showModal()'>取得</button><dialog id=layer><h2>鍵の取得</h2>{0}"
    f"<button {OTHER}>キャンセル</button></dialog>"
)


@pytest.mark.parametrize("label", ["取得する", "取得", "この内容で取得する", "はい、取得します"])
def test_a_layer_may_call_its_button_after_the_one_that_was_pressed(browser_page: Page, label: str) -> None:
    """Components for confirmations advise to: no list of words knows what portals do."""
    browser_page.set_content(MODAL.format(f"<button {OK}>{label}</button>"))
    screen = layered(browser_page)
    screen.press("submit")
    screen.look_for(("screens", "done"))
    assert browser_page.title() == "ok"


def test_a_layer_is_answered_before_time_passes(browser_page: Page) -> None:
    """Not when something is looked for the next day."""
    button = "<button onclick=\"document.title='ok'; layer.close()\">取得する</button>"
    browser_page.set_content(MODAL.format(button))
    screen, browsing = layered(browser_page), cast("Any", SimpleNamespace(windows=SimpleNamespace(page=browser_page)))
    screen.press("submit")
    look(screen, browsing)
    assert browser_page.title() == "ok"


@pytest.mark.parametrize("meanwhile", ["送信中…", "<span class=spinner></span>"])
def test_a_layer_may_come_over_a_button_that_is_called_something_else_by_then(
    browser_page: Page, meanwhile: str
) -> None:
    """It says that it is at work as soon as it is pressed."""
    modal = MODAL.replace("layer.showModal()", f"this.innerHTML = &quot;{meanwhile}&quot;; layer.showModal()")
    browser_page.set_content(modal.format(f"<button {OK}>取得する</button>"))
    screen = layered(browser_page)
    screen.press("submit")
    screen.look_for(("screens", "done"))
    assert browser_page.title() == "ok"


def test_a_layer_that_comes_after_two_presses_is_answered(browser_page: Page) -> None:
    """The second of them opens nothing more."""
    modal = MODAL.replace("layer.showModal()", "layer.open || layer.showModal()")
    browser_page.set_content(modal.format(f"<button {OK}>取得する</button>"))
    screen = layered(browser_page)
    screen.double_press("submit")
    screen.look_for(("screens", "done"))
    assert browser_page.title() == "ok"


@pytest.mark.parametrize("label", ["取得しない", "取得をやめる", "内容を直す"])
def test_which_button_of_a_layer_goes_on_is_asked_where_none_is_called_so(browser_page: Page, label: str) -> None:
    """It is pressed by nobody who does not know; and that the portal has not gone on is not its fault."""
    browser_page.set_content(MODAL.format(f"<button {OTHER}>{label}</button>"))
    screen = layered(browser_page)
    screen.press("submit")
    with pytest.raises(DeviationError, match="agree") as caught:
        screen.wait_for(("screens", "done"))
    assert browser_page.title() == "-"
    assert isinstance(undecided(caught.value, "kihonet"), BlockedError)


def test_a_layer_that_says_what_is_wrong_is_no_question(browser_page: Page) -> None:
    """Whatever else it offers."""
    browser_page.set_content(MODAL.format(f"<p>リクエストIDが違います。</p><button {OTHER}>直す</button>"))
    screen = layered(browser_page)
    screen.press("submit")
    with pytest.raises(DeviationError) as caught:
        screen.wait_for(("screens", "done"))
    assert not caught.value.perhaps


TOLD = (
    "<title>-</title><button onclick='layer.showModal()'>取得</button><p id=p></p><dialog id=layer><p>{0}</p>"
    "<button onclick=\"layer.close(); p.innerHTML = '<button onclick=document.title=`ok`>Login</button>完了'\">閉じる"
    "</button></dialog>"
)


def test_a_layer_that_only_says_something_is_closed(browser_page: Page) -> None:
    """As a person does who has read it; what comes then is what was waited for."""
    browser_page.set_content(TOLD.format("申請を受け付けました。"))
    screen = layered(browser_page)
    screen.press("submit")
    assert screen.look_for(("screens", "done")) is not None


def test_a_layer_that_refuses_stays_to_be_read(browser_page: Page) -> None:
    """Nothing is closed before somebody has judged it."""
    browser_page.set_content(TOLD.format("リクエストIDが違います。"))
    screen = layered(browser_page)
    screen.press("submit")
    assert screen.look_for(("screens", "done")) is None
    assert "リクエストIDが違います。" in screen.news


LOST = "<p>この証明書を失効します。元に戻せません。</p>"
GO = "<button onclick=\"document.title='lost'\">OK</button>"
SHUT = "<button aria-label=閉じる onclick=layer.close()>×</button>"


@pytest.mark.parametrize("offers", [GO, SHUT + GO, GO + SHUT])
def test_a_layer_that_tells_what_will_be_lost_is_left_to_a_person(browser_page: Page, offers: str) -> None:
    """Nobody presses OK on the way to something else."""
    browser_page.set_content(f"<title>-</title><button {OK}>取得</button><dialog id=layer>{LOST}{offers}</dialog>")
    browser_page.evaluate("layer.showModal()")
    with pytest.raises(DeviationError, match="別の画面が前に出ている") as caught:
        Screen(lambda: browser_page, layered(browser_page).dialect, 1).press("submit")
    assert browser_page.title() == "-"
    assert "OK" in caught.value.perhaps


@pytest.mark.parametrize("offers", [SHUT + GO, GO + SHUT])
def test_what_can_only_close_is_pressed_before_an_ok(browser_page: Page, offers: str) -> None:
    """Wherever it stands."""
    browser_page.set_content(f"<title>-</title><button {OK}>取得</button><dialog id=layer>完了{offers}</dialog>")
    browser_page.evaluate("layer.showModal()")
    layered(browser_page).press("submit")
    assert browser_page.title() == "ok"


def test_a_refusal_that_comes_twice_in_a_layer_that_fades_is_read_twice(browser_page: Page) -> None:
    """The first one has gone before the second is looked for."""
    opens, shuts = "layer.style.cssText = 'position:fixed;inset:0;background:#fff'", "layer.style.display = 'none'"
    fades = f"layer.style.opacity = 0; setTimeout(() => {{ {shuts} }}, 300)"
    browser_page.set_content(
        f'<button onclick="{opens}">取得</button><div id=layer role=dialog style="display:none">'
        f'<p>パスワードが正しくありません。</p><button onclick="{fades}">OK</button></div>'
    )
    screen = layered(browser_page)
    for _ in range(3):
        screen.press("submit")
        screen.settle()
        assert refused(screen) == "パスワードが正しくありません。"


@pytest.mark.parametrize(
    ("label", "does"),
    [
        ("今すぐ申請", True),
        ("申請いたします", True),
        ("失効を申請する", False),
        ("取消を申請", False),
        ("あとで申請", False),
        ("保存せずに申請", False),
        ("いいえ、申請", False),
        ("他の証明書を申請", False),
    ],
)
def test_a_button_that_does_something_else_is_not_called_after_the_pressed_one(label: str, *, does: bool) -> None:
    """What stands before its words says when, how, or with what."""
    assert does_it(label, ["申請"]) is does


def test_what_lies_under_a_layer_that_only_says_something_is_pressed(browser_page: Page) -> None:
    """The layer is closed first."""
    browser_page.set_content(
        f"<title>-</title><button {OK}>取得</button><dialog id=layer>完了<button onclick=layer.close()>OK</button>"
        "</dialog><script>layer.showModal()</script>"
    )
    layered(browser_page).press("submit")
    assert browser_page.title() == "ok"


def test_a_layer_that_comes_when_a_hand_is_on_its_way_is_closed(
    browser_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application says so a moment after it has shown what comes next."""
    browser_page.set_content(
        f"<title>-</title><button {OK}>取得</button>"
        "<dialog id=layer>完了<button onclick=layer.close()>OK</button></dialog>"
    )
    screen = layered(browser_page)
    aim = hand.press

    def late(*given: Any) -> None:  # noqa: ANN401 - what the hand is given
        monkeypatch.setattr(hand, "press", aim)
        browser_page.evaluate("layer.showModal()")
        hand.press(*given)

    monkeypatch.setattr(hand, "press", late)
    screen.press("submit")
    assert browser_page.title() == "ok"


def layered(page: Page) -> Screen:
    """A screen with the words of layers."""
    words = {"agree": ["OK", "実行"], "decline": ["キャンセル", "取消"], "login": ["Login"], "submit": ["取得"]}
    words |= {"close": ["OK", "閉じる"]}
    screens = {"key": ["鍵の取得"], "done": ["完了"]}
    return Screen(lambda: page, Dialect("test", {"buttons": words, "screens": screens}), 20)


def test_buttons_of_the_page_are_no_layer_where_the_pressed_one_is_only_grey(browser_page: Page) -> None:
    """Many pages grey the button that was pressed, and offer in their lists what is not to be done."""
    browser_page.set_content(
        f"<title>-</title><div><button onclick='this.disabled = true'>Login</button></div>"
        f"<table><tr><td>1<td><button {OTHER}>実行</button><button {OTHER}>取消</button></table>"
    )
    screen = layered(browser_page)
    screen.press("login")
    assert screen.look_for(("screens", "key")) is None
    assert browser_page.title() == "-"


def test_a_layer_over_the_frame_of_the_button_is_answered(browser_page: Page) -> None:
    """The page around the frame asks."""
    inner = "<button onclick='top.layer.hidden = false'>Login</button>"
    browser_page.set_content(
        f'<title>-</title><iframe srcdoc="{inner}"></iframe><div id=layer hidden style="position:fixed;inset:0;'
        f'background:#888">よろしいですか<button {OK}>OK</button><button {OTHER}>キャンセル</button></div>'
    )
    screen = layered(browser_page)
    screen.press("login")
    screen.look_for(("screens", "key"))
    assert browser_page.title() == "ok"


@pytest.mark.parametrize("grey", ["", "this.disabled = true;"])
def test_what_a_layer_said_was_the_answer_where_nothing_else_comes(browser_page: Page, grey: str) -> None:
    """A refusal may offer OK and キャンセル too: it was read when it was closed."""
    browser_page.set_content(
        f"<button onclick=\"{grey} layer.style.display='block'\">Login</button><div id=layer style='display:none;"
        "position:fixed;inset:0;background:#888'><p>パスワードが違います</p>"
        "<button onclick='layer.remove()'>OK</button><button>キャンセル</button></div>"
    )
    screen = layered(browser_page)
    screen.press("login")
    assert screen.look_for(("screens", "key")) is None
    assert "パスワードが違います" in screen.news


@pytest.mark.parametrize(("button", "reached"), [("確認しました", True), ("戻る", False)])
def test_a_notice_before_what_comes_is_noted(browser_page: Page, button: str, *, reached: bool) -> None:
    """By its own button, and by no other."""
    words = {"noted": ["確認しました"], "login": ["Login"]}
    screen = Screen(lambda: browser_page, Dialect("test", {"buttons": words, "screens": {"key": ["鍵の取得"]}}), 20)
    browser_page.set_content(
        f'<button onclick="n.hidden = false; this.remove()">Login</button><div id=n hidden><h1>重要なお知らせ</h1>'
        f"<button onclick=\"n.textContent = '鍵の取得'\">{button}</button></div>"
    )
    screen.press("login")
    assert (screen.look_for(("screens", "key")) is not None) is reached


@pytest.mark.parametrize("title", ["<h1>鍵の取得画面</h1>", "<img alt=鍵の取得画面 width=9 height=9>"])
def test_a_title_may_be_wanted_with_what_it_is(browser_page: Page, title: str) -> None:
    """A manual or a target file may have 画面 in its words."""
    browser_page.set_content(title)
    assert Screen(lambda: browser_page, Dialect("test", {"screens": {"key": ["鍵の取得画面"]}})).has("screens", "key")


@pytest.mark.parametrize("other", ["disabled", "readonly", f"style='{FOLDED}'"])
def test_the_field_that_can_be_written_in_is_filled(browser_page: Page, screen: Screen, other: str) -> None:
    """A copy of it stands before it."""
    field = "<table><tr><td>ユーザＩＤ<td><input {0}></table>"
    browser_page.set_content(field.format(other) + field.format("id=x"))
    screen.fill("user", "value")
    assert browser_page.locator("#x").input_value() == "value"


@pytest.mark.parametrize("before", ["1123", "1120", "112-1", "x112", "112x", "2112", "112.5"])
def test_the_row_of_an_id_is_not_that_of_one_with_it_in_it(browser_page: Page, screen: Screen, before: str) -> None:
    """Whichever stands first; and without it there is no row at all."""
    row = "<tr><td>{0}<td>" + KEY
    browser_page.set_content(f"<table>{row.format(before)}{row.format('112')}</table>")
    screen.press_in_row("112", "download_key")
    assert browser_page.title() == "112"


@pytest.mark.parametrize("around", ["（{}）", "ID:{}", "{}件目", "No.{} ", "１１２", "{}"])
def test_an_id_may_stand_among_other_signs_and_words(browser_page: Page, screen: Screen, around: str) -> None:
    """Brackets, a label before it, a counter behind it."""
    browser_page.set_content(f"<table><tr><td>{around.format('112')}<td>{KEY.format('ok')}</table>")
    screen.press_in_row("112", "download_key")
    assert browser_page.title() == "ok"


def test_a_box_that_is_ticked_stays_ticked(browser_page: Page, screen: Screen) -> None:
    """Whoever wants it ticked leaves it alone."""
    browser_page.set_content("<table><tr><td><input type=checkbox checked><td>112</table>")
    screen.tick_in_row("112")
    assert browser_page.locator("input").is_checked()


def test_a_picture_that_stands_for_a_box_is_pressed(browser_page: Page, screen: Screen) -> None:
    """The box itself is hidden."""
    browser_page.set_content(
        "<table><tr><td><input type=radio id=r style='display:none'><label for=r>◯</label><td>112</table>"
    )
    screen.tick_in_row("112")
    assert browser_page.locator("input").is_checked()


def test_a_button_under_a_bar_at_the_edge_can_be_pressed(browser_page: Page, screen: Screen) -> None:
    """A person scrolls."""
    bar = "<div style='position:fixed;bottom:0;left:0;right:0;height:200px;background:#888'>Cookie</div>"
    height = browser_page.viewport_size["height"] if browser_page.viewport_size else 700
    page = f"<div style='height:{height - 100}px'></div><button>Login</button><div style='height:2000px'></div>{bar}"
    browser_page.set_content(page)
    assert screen.can_press("login")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (f"<div style='{FOLDED}'><p>鍵の取得</p></div>", False),
        ("<p style='position:absolute;top:-999px'>鍵の取得</p>", False),
        ("<p style='clip-path:inset(100%)'>鍵の取得</p>", False),
        ("<h1>入力</h1><ol><li>入力<li>鍵の取得<li>完了</ol>", False),
        ("<h1>入力</h1><ol><li>入力<li class=current>鍵の取得<li>完了</ol>", True),
        ("<ol><li>入力<li>鍵の取得</ol>", True),
        ("<h1>１．鍵の取得</h1>", True),
        ("<h1>鍵の取得画面</h1>", True),
        ("<h1>鍵の取得ページ</h1>", True),
        ("<h1>鍵の取得画面の説明</h1>", False),
        ("<h1>2. 鍵の取得画面</h1>", True),
        ("<h1>メニュー</h1><p>続けて<b>「鍵の取得画面」</b>に進みます</p>", False),
        ("<div>申請 » 鍵の取得</div>", True),
        ("<h2>申請　＞　１．鍵の取得</h2>", True),
        ("<p>鍵の取得 » 完了</p>", False),
        ("<td>証明書　鍵の取得</td>", True),
        ("<td>証明書 鍵の取得</td>", True),
        ("<div>証明書｜鍵の取得</div>", True),
        ("<div>エラー　鍵の取得</div>", False),
        ("<p>次の画面　鍵の取得</p>", False),
        ("<p>未完了　鍵の取得</p>", False),
        ("<p>手順２　鍵の取得</p>", False),
        ("<p>ログアウト｜鍵の取得</p>", False),
        ("<p>お問い合わせ　鍵の取得</p>", False),
        ("<ol><li>1　申請</li><li>2　鍵の取得</li></ol>", False),
        ("<td>鍵の取得　確認</td>", False),
        ("<td>申請　鍵の取得　完了</td>", False),
        ("<td>入力　確認　鍵の取得</td>", False),
        ("<td>申請 》 鍵の取得 <font size=1>BRSK018</font></td>", True),
        ("<td>鍵の取得 BRSK018</td>", True),
        ("<td>鍵の取得（BRSK018）</td>", True),
        ("<td>鍵の取得 Error</td>", False),
        ("<p><span>申請</span> » <span>STEP2 鍵の取得</span></p>", False),
        ("<p>申請 » 鍵の取得の確認</p>", False),
        ("<h1>鍵の取得<small>Get key</small></h1>", True),
        ("<div style='overflow:hidden'><h1>鍵の取得</h1></div>", True),
    ],
)
def test_a_heading_is_what_says_where_one_is(browser_page: Page, screen: Screen, markup: str, *, shown: bool) -> None:
    """Not what is folded up or out of the picture, nor one of the steps that are still to come."""
    browser_page.set_content(markup)
    assert screen.has("screens", "key") is shown


def test_a_row_is_found_by_a_name_with_a_long_vowel(browser_page: Page) -> None:
    """Which plain words leave out: サーバー1 is the row of サーバ1, and not of サーバー12."""
    browser_page.set_content("<table><tr><td>サーバー12<td>他<tr><td>サーバー1<td>これ</table>")
    screen = Screen(lambda: browser_page, Dialect("test", {}), 1)
    assert "これ" in screen._row("サーバー1").inner_text()


@pytest.mark.parametrize("hyphen", "-\u2010\u2011\u2212\uff0d")
def test_a_row_is_found_by_its_number(browser_page: Page, hyphen: str) -> None:
    """Which is no part of an amount, and may have hyphens of any kind."""
    browser_page.set_content(f"<table><tr><td>12,345<td>他<tr><td>345<td>これ<tr><td>A{hyphen}1<td>それ</table>")
    screen = Screen(lambda: browser_page, Dialect("test", {}), 1)
    assert "これ" in screen._row("345").inner_text()
    assert "それ" in screen._row("A-1").inner_text()
