"""Menus that fold out while the mouse is on them are opened as a person opens them; what stays hidden is not there."""

from __future__ import annotations

import html

import pytest

from pages.screen import Screen
from sekisho.verdict import DeviationError

STYLE = "<style>.fold { display: none } li:hover > .fold, b:hover + .fold, .fold:hover { display: block }</style>"
ENTRY = "<a href=# onclick='top.document.title=\"open\"'>申請情報一覧</a>"
LAYER = f"<div id=m class=fold>{ENTRY}</div>"
SHOW, HIDE = "document.all.m.style.display='block'", "document.all.m.style.display='none'"
UNHIDE = "document.all.m.hidden=false"
UNVEIL = "document.all.m.style.visibility='visible'"

FOLDED = {
    "a list, by style": f"<ul><li>その他<ul class=fold><li>照会</ul><li>証明書<ul class=fold><li>{ENTRY}</ul></ul>",
    "a menu within a menu": f"<ul><li>証明書<ul class=fold><li>申請<ul class=fold><li>{ENTRY}</ul></ul></ul>",
    "beside its name": f"<b>証明書</b><div class=fold>{ENTRY}</div>",
    "by script": f"<div onmouseover={SHOW} onmouseout={HIDE}><b>証明書</b>{LAYER}</div>",
    "a layer at the page's end": f"<p><a href=# onmouseover={SHOW}>証明書</a><p>本文{LAYER}",
    "later": f'<div onmouseover="setTimeout(function(){{ {SHOW} }}, 400)">証明書{LAYER}</div>',
    "made invisible": f"<div onmouseover={UNVEIL}>証明書<p id=m style=visibility:hidden>{ENTRY}</div>",
    "details": f"<details><summary>証明書</summary>{ENTRY}</details>",
    "details around a list": f"<details><summary>証明書</summary><ul><li>{ENTRY}</ul></details>",
    "details in details": f"<details><summary>申</summary><details><summary>照会</summary>{ENTRY}</details></details>",
    "pressed, by its script": f'<a href="javascript:{SHOW};void 0">証明書</a><p id=m style=display:none>{ENTRY}</p>',
    "pressed, as it says": f"<button aria-expanded=false onclick={UNHIDE}>申</button><ul id=m hidden><li>{ENTRY}</ul>",
    "a drawer": f"<button aria-label=メニューを開く onclick=document.all.m.style.left=0>三</button><main>本文</main>"
    f"<nav id=m style='position:absolute;left:-999px;width:200px'>{ENTRY}</nav>",
    "a drawer, drawn when it is opened": "<button onclick='n.innerHTML = t.innerHTML'>☰</button><p>本文</p>"
    f"<nav id=n></nav><template id=t>{ENTRY}</template>",
    "pressed, in a layer": f"<div><b><a href=#>証明書</a></b><div id=m hidden>{ENTRY}</div></div>"
    f"<script>document.links[0].addEventListener('click', () => {{ {UNHIDE} }})</script>",
}


@pytest.mark.parametrize("markup", FOLDED.values(), ids=FOLDED)
def test_an_entry_is_pressed_where_its_menu_folds_out(screen: Screen, markup: str) -> None:
    """The mouse opens the menu, and then presses."""
    screen.page.set_content(STYLE + markup)
    screen.press("requests", "menu")
    assert screen.page.title() == "open"


@pytest.mark.parametrize("kind", ["a list, by style", "details"])
def test_an_entry_is_seen_where_its_menu_folds_out(screen: Screen, kind: str) -> None:
    """Who looks for an entry opens the menu."""
    screen.page.set_content(STYLE + FOLDED[kind])
    assert screen.wait_for(("menu", "requests")) == ("menu", "requests")


def test_an_entry_in_a_frame_is_pressed(screen: Screen) -> None:
    """The menu has a frame of its own."""
    menu = html.escape(f"{STYLE}<ul><li>証明書<div class=fold>{ENTRY}</div></ul>")
    screen.page.set_content(f'<iframe srcdoc="{menu}"></iframe>')
    screen.press("requests", "menu")
    assert screen.page.title() == "open"


@pytest.mark.parametrize(
    "before",
    [
        "<a href=# onclick=logout()>ログアウト</a>",
        "<a href=/logout>ログアウト</a>",
        "<form onsubmit=logout()><input type=submit value=ログアウト></form>",
        "<button onclick=logout()>ログアウト</button>",
    ],
)
def test_what_does_something_else_is_not_pressed_for_an_entry(screen: Screen, before: str) -> None:
    """Though the entry that is not shown stands right behind it."""
    script = "<script>const logout = () => { document.title = 'out' }</script>"
    screen.page.set_content(f"{script}{before}<ul style='display:none'><li>{ENTRY}</ul>")
    assert screen.look_for(("menu", "requests")) is None
    assert screen.page.title() != "out"


def test_an_entry_that_nothing_opens_is_not_there(screen: Screen) -> None:
    """A menu that never opens has no entries."""
    screen.page.set_content(f"<div><b>証明書</b><div style='display:none'>{ENTRY}</div></div>")
    assert screen.look_for(("menu", "requests")) is None
    with pytest.raises(DeviationError, match="申請情報一覧"):
        screen.press("requests", "menu")


def test_a_menu_is_not_brought_out_for_a_button(screen: Screen) -> None:
    """Its entries would be new, and what the portal has said is no longer all that is."""
    screen.page.set_content(FOLDED["a drawer, drawn when it is opened"])
    assert screen.look_for(("buttons", "download")) is None
    assert "申請情報一覧" not in screen.text()
