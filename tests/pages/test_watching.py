"""A screen that moves on by itself is seen whole, however briefly each page is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from pages.dialect import Dialect
from pages.watching import Watching

WORDS = Dialect("test", {"values": {"status": ["証明書ステータス"], "id": ["リクエスト ID"]}})
HERE = "http://portal.test/"
ON = "<script>onload = () => location.replace('{next}')</script>"
PAGES = {
    "1": "<p>しばらくお待ちください</p><table><tr><td>証明書ステータス：</td><td>鍵生成中</td></tr></table>"
    + ON.format(next="2"),
    "2": "<dl><dt>証明書ステータス</dt><dd>発行要求中</dd></dl>" + ON.format(next="3"),
    "3": "<table><tr><th>証明書ステータス</th><td id=s>発行要求中</td></tr></table>"
    "<script>onload = () => { s.textContent = '発行済み'; setTimeout(() => location.replace('4'), 30) }</script>",
    "4": "<h1>鍵の取得</h1>",
    "5": "<x-wait><template shadowrootmode=open><p>発行しています</p><dl>"
    "<dt>証明書ステータス<dd id=s>鍵生成中</dl></template>"
    "</x-wait><script>onload = () => { const part = document.querySelector('x-wait').shadowRoot;"
    " part.getElementById('s').textContent = '発行済み'; setTimeout(() => location.replace('4'), 30) }</script>",
    "6": "<table><tr><td>リクエスト ID<td><input readonly value=123></table>"
    "<dl><dt>証明書ステータス<dd><input disabled value=鍵生成中></dl>" + ON.format(next="4"),
}


@pytest.fixture
def page(plain_browser: Browser) -> Iterator[Page]:
    """A tab before the first page, and a portal without a server."""
    page = plain_browser.new_page()
    page.route(HERE + "*", _answer)
    yield page
    page.context.close()


def _answer(route: Route) -> None:
    route.fulfill(content_type="text/html; charset=utf-8", body=PAGES[route.request.url[-1]])


@pytest.fixture
def watching(page: Page) -> Watching:
    """All that was seen from the first page to the last."""
    watching = Watching(page, WORDS)
    page.goto(HERE + "1", wait_until="commit")
    page.get_by_role("heading", name="鍵の取得").wait_for()
    return watching


def test_every_value_is_seen_in_its_order(watching: Watching) -> None:
    """From page to page and within a page; a value that stays is seen once."""
    assert watching.values("status") == ["鍵生成中", "発行要求中", "発行済み"]


def test_words_that_were_there_for_a_moment_are_remembered(watching: Watching) -> None:
    """And words that never were are not."""
    assert watching.showed("しばらく お待ちください")
    assert not watching.showed("エラー")


def test_a_heading_that_never_showed_has_no_values(watching: Watching) -> None:
    """Instead of a value of another heading."""
    assert watching.values("id") == []


def test_a_tab_can_be_watched_again(page: Page, watching: Watching) -> None:
    """As when somebody went back and does the step once more: each watch has what came in its own time."""
    again = Watching(page, WORDS)
    page.goto(HERE + "1", wait_until="commit")
    page.get_by_role("heading", name="鍵の取得").wait_for()
    assert again.values("status") == watching.values("status") == ["鍵生成中", "発行要求中", "発行済み"]


def test_what_moves_on_in_a_shadow_tree_is_seen(page: Page) -> None:
    """A component shows how far the portal is."""
    watching = Watching(page, WORDS)
    page.goto(HERE + "5", wait_until="commit")
    page.get_by_role("heading", name="鍵の取得").wait_for()
    assert watching.values("status") == ["鍵生成中", "発行済み"]
    assert watching.showed("発行しています")


APPLICATION = """<main><h1>申請情報の確認</h1><dl><dt>証明書ステータス</dt><dd>有効</dd></dl>
<button onclick="apply()">Submit</button></main><script>
  const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  async function apply() {
    history.pushState({}, "", "/sent");
    const screen = document.createElement(SCREEN);
    screen.innerHTML = "<h1>送信完了</h1><x-facts></x-facts>";
    OVER ? document.body.append(screen) : document.querySelector("main").replaceChildren(screen);
    const facts = screen.querySelector("x-facts").attachShadow({ mode: "open" });
    for (const status of ["鍵生成中", "発行要求中", "発行済み"]) {
      await after(50);
      facts.innerHTML = `<TAG>証明書ステータス</TAG><TAG>${status}</TAG>`;
    }
    await after(50);
    document.querySelector("main").innerHTML = "<h1>鍵の取得</h1>";
  }
</script>"""


@pytest.mark.parametrize("over", ["true", "false"])
@pytest.mark.parametrize("tag", ["dt", "span", "div"])
def test_a_page_that_stays_is_seen_to_change(page: Page, tag: str, over: str) -> None:
    """An application of one page shows all its screens in it, one in the other's place or over it."""
    kind = {"true": "'section'", "false": "'article'"}[over]
    body = APPLICATION.replace("SCREEN", kind).replace("OVER", over).replace("TAG", tag)
    PAGES["7"] = body
    page.goto(HERE + "7")
    button = page.get_by_role("button", name="Submit")
    watching = Watching(page, WORDS, button)
    button.click()
    page.get_by_role("heading", name="鍵の取得").wait_for()
    assert watching.values("status") == ["鍵生成中", "発行要求中", "発行済み"]
    assert watching.showed("送信完了")
    assert not watching.showed("申請情報の確認")


def test_values_in_fields_that_nobody_types_in_are_seen(page: Page) -> None:
    """Old portals show what they tell in fields that cannot be written in."""
    watching = Watching(page, WORDS)
    page.goto(HERE + "6", wait_until="commit")
    page.get_by_role("heading", name="鍵の取得").wait_for()
    assert watching.values("id") == ["123"]
    assert watching.values("status") == ["鍵生成中"]


def test_a_remark_beside_the_name_of_a_field_is_no_value(page: Page) -> None:
    """The form that comes next marks what must be filled in."""
    PAGES["8"] = (
        "<dl><dt>リクエスト ID<dd>123</dl><script>onload = () => setTimeout(() => { document.body.innerHTML ="
        " '<h1>鍵の取得</h1><div><span>リクエスト ID</span><span>必須</span></div><input value=123>' }, 50)</script>"
    )
    watching = Watching(page, WORDS)
    page.goto(HERE + "8", wait_until="commit")
    page.get_by_role("heading", name="鍵の取得").wait_for()
    assert watching.values("id") == ["123"]
