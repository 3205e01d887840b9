"""What stands in front of a page, as portals write it: what is closed, and what is left to a person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.verdict import DeviationError
from tests.pages.test_alike import OK, layered

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
