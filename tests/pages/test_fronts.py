"""What stands in front of a page, as portals write it: what is answered or closed, and what is left to a person."""

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
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.verdict import BlockedError, DeviationError
from steps.clock import look
from tests.pages.test_alike import OK, OTHER

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


DIV = "<div style='position:fixed;{place};background:#ccc;z-index:{front}'>{inside}</div>"
MIDDLE, ALL_OVER = "left:30%;top:30%;width:40%;height:20%", "inset:0"
CLOSES = "<a href=# onclick=\"document.querySelectorAll('div').forEach(one => one.remove())\">閉じる</a>"


@pytest.mark.parametrize(
    "layer",
    [
        DIV.format(place=ALL_OVER, front=2, inside=f"お知らせ{CLOSES}"),
        f"<div>{DIV.format(place=ALL_OVER, front=2, inside=f'<div>お知らせ</div><p>{CLOSES}</p>')}</div>",
        DIV.format(place=ALL_OVER, front=1, inside="") + DIV.format(place=MIDDLE, front=2, inside=f"完了{CLOSES}"),
    ],
    ids=["one", "within another", "before a veil"],
)
def test_a_layer_that_is_one_by_its_looks_alone_is_closed(browser_page: Page, layer: str) -> None:
    """Older portals lay one thing over the other and say nothing of it in their markup."""
    browser_page.set_content(f"<title>-</title><p><button {OK}>取得</button></p>{layer}")
    layered(browser_page).press("submit")
    assert browser_page.title() == "ok"


OVER = "<div style='position:fixed;inset:0;background:#ccc'>{0}</div>"
DOES = "onclick=\"document.title='lost'\""
GONE = "onclick=\"this.closest('div').remove()\""
CONFIRM = f"<button {DOES}>OK</button>"


@pytest.mark.parametrize(
    "inside",
    [
        f"失効手続を開始します。{CONFIRM}<span>キャンセル</span>",
        f"証明書を失効させます{CONFIRM}",
        f"OKを押すと手続きに進みます{CONFIRM}",
        f"発行手数料5,500円が発生します{CONFIRM}",
        f"Revoke this certificate. This cannot be undone.{CONFIRM}",
        f"<img alt=よろしいですか>{CONFIRM}",
        f"<style>p::before {{ content: 'よろしいですか' }}</style><p>お知らせ</p>{CONFIRM}",
        f"<label><input type=radio name=a>全部</label><label><input type=radio name=a>これ</label>{CONFIRM}",
        f"お知らせ<iframe srcdoc=よろしいですか></iframe>{CONFIRM}",
        f"<a href=# title=確認 {DOES}>失効へ</a>",
        f"<a href=# {DOES}><img alt=確認>次の画面</a>",
        f"お知らせ<button {DOES}>詳細</button><button {GONE}>閉じる</button>",
    ],
)
def test_what_may_do_more_than_close_is_not_pressed_on_the_way(browser_page: Page, inside: str) -> None:
    """A person who is to do something else reads it, and decides."""
    browser_page.set_content(f"<title>-</title><p><button>取得</button></p>{OVER.format(inside)}")
    with pytest.raises(DeviationError, match="別の画面が前に出ている"):
        Screen(lambda: browser_page, layered(browser_page).dialect, 1).press("submit")
    assert browser_page.title() == "-"


@pytest.mark.parametrize(
    "inside",
    [
        f"登録が完了しました<button {GONE}>OK</button>",
        f"お知らせ<button {DOES}>確認</button><button {GONE}>閉じる</button>",
        f"お知らせ<span style=cursor:pointer {GONE}>×</span>",
        f"お知らせ<input style=display:none><button {GONE}>OK</button>",
        f"お知らせ<label><input type=checkbox>次回から表示しない</label><button {GONE}>閉じる</button>",
        f"お知らせ<button aria-label=Close {GONE}><b aria-hidden=true>×</b></button><button {GONE}>閉じる</button>",
    ],
)
def test_what_only_closes_is_pressed_first(browser_page: Page, inside: str) -> None:
    """As libraries for dialogs write it."""
    browser_page.set_content(f"<title>-</title><p><button {OK}>取得</button></p>{OVER.format(inside)}")
    screen = layered(browser_page)
    close = {"buttons": {**screen.dialect.sections["buttons"], "close": ["OK", "閉じる", "確認", "×", "Close"]}}
    Screen(lambda: browser_page, Dialect("test", close), 10).press("submit")
    assert browser_page.title() == "ok"


def test_a_layer_around_the_frame_is_closed(browser_page: Page) -> None:
    """It lies over the frame, and the thing within knows nothing of it."""
    inner = "<button onclick=top.document.title=`ok`>取得</button>"
    layer = OVER.format(f"お知らせ<button {GONE}>閉じる</button>")
    browser_page.set_content(f'<title>-</title><iframe srcdoc="{inner}"></iframe>{layer}')
    layered(browser_page).press("submit")
    assert browser_page.title() == "ok"


def test_a_layer_in_the_same_shadow_tree_is_closed(browser_page: Page) -> None:
    """An application may have all of it in one."""
    layer = OVER.format(f"お知らせ<button {GONE}>閉じる</button>")
    browser_page.set_content("<title>-</title><div id=host></div>")
    whole = f"<p><button {OK}>取得</button></p>{layer}"
    browser_page.evaluate("html => { host.attachShadow({ mode: 'open' }).innerHTML = html; }", whole)
    layered(browser_page).press("submit")
    assert browser_page.title() == "ok"


def test_a_dialog_elsewhere_is_left_alone_while_a_button_is_grey(browser_page: Page) -> None:
    """What keeps the hand off is that it is grey, and nothing over it."""
    aside = f"<div role=dialog style='position:fixed;right:0;bottom:0'>お知らせ<button {DOES}>確認</button></div>"
    late = "<script>setTimeout(() => { b.disabled = false }, 500)</script>"
    browser_page.set_content(
        f"<title>-</title><button id=b disabled onclick=document.body.id=`ok`>取得</button>{aside}{late}"
    )
    layered(browser_page).press("submit")
    assert (browser_page.title(), browser_page.evaluate("document.body.id")) == ("-", "ok")


def test_closing_a_layer_sends_what_was_typed_nowhere_else(browser_page: Page) -> None:
    """Its button may send the form around it."""
    shut = "<button formaction='http://elsewhere.example/'>閉じる</button>"
    typed, under = "<input type=password name=p value=secret>", "<p><a href=#>取得</a></p>"
    browser_page.set_content(f"<form method=post>{typed}{OVER.format(f'お知らせ{shut}')}{under}</form>")
    screen = Screen(lambda: browser_page, layered(browser_page).dialect, 5, hosts=Hosts(["https://portal.example"]))
    with pytest.raises(ElsewhereError):
        screen.press("submit")


def test_a_button_that_pulses_without_end_is_pressed(browser_page: Page) -> None:
    """It never holds still, and a person presses it all the same."""
    pulse = "@keyframes pulse { from { transform: scale(1) } to { transform: scale(1.2) } }"
    style = f"<style>{pulse} button {{ animation: pulse .5s infinite alternate }}</style>"
    browser_page.set_content(f"<title>-</title>{style}<button {OK}>取得</button>")
    Screen(lambda: browser_page, layered(browser_page).dialect, 3).press("submit")
    assert browser_page.title() == "ok"


def test_one_notice_behind_the_other_is_closed_whatever_its_markup(browser_page: Page) -> None:
    """The button that was pressed is still there when the button of the first one has gone."""
    browser_page.set_content(
        """<title>-</title><p><button onclick="tell(2)">取得</button></p><p id=p></p><script>const tell = (left) => {
          const layer = document.createElement('div'); layer.style = 'position:fixed;inset:0;background:#ccc';
          layer.innerHTML = `<p>お知らせ ${left}</p><button>閉じる</button>`; document.body.append(layer);
          layer.querySelector('button').onclick = () => {
            layer.remove(); left > 1 ? tell(left - 1) : p.textContent = '鍵の取得'; }; }; </script>"""
    )
    screen = layered(browser_page)
    screen.press("submit")
    assert screen.look_for(("screens", "key"))


def test_a_layer_that_offers_what_nobody_knows_is_named(browser_page: Page) -> None:
    """It is no deviation of the manual's that there is one: who knows the portal says how it is closed."""
    layer = DIV.format(place=ALL_OVER, front=2, inside="新しくなりました<button>はじめる</button>")
    browser_page.set_content(f"<title>-</title><p><button {OK}>取得</button></p>{layer}")
    with pytest.raises(DeviationError, match="別の画面が前に出ている") as caught:
        Screen(lambda: browser_page, layered(browser_page).dialect, 1).press("submit")
    assert caught.value.perhaps == ("はじめる",)


@pytest.mark.parametrize("layer", [DIV.format(place=ALL_OVER, front=2, inside="処理中"), ""], ids=["veil", "grey"])
def test_what_cannot_be_used_without_a_layer_is_the_portals_doing(browser_page: Page, layer: str) -> None:
    """A veil that stays, or a button that stays grey."""
    grey = "" if layer else "disabled"
    browser_page.set_content(f"<title>-</title><p><button {grey}>取得</button><button>他</button></p>{layer}")
    with pytest.raises(DeviationError, match="操作できない") as caught:
        Screen(lambda: browser_page, layered(browser_page).dialect, 1).press("submit")
    assert not caught.value.perhaps
