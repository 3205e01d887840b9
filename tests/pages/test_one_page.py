"""An application of one page: it never leaves, draws its screens a moment later, and says things for some seconds."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.refusing import refused
from pages.renewal import ConfirmationPage, RenewalList
from pages.screen import Screen
from pages.sight import LOOKING
from sekisho.verdict import DeviationError
from steps.renewal import applicable
from steps.screens import headline, look
from steps.words import SCREENS

MOMENT = (
    "const draw = (text, later = 300) => setTimeout(() => { document.querySelector('main').innerHTML = text }, later);"
)
FORM = "<main><label>パスワード <input type=password></label><button>Submit</button></main>"
NOTE = "半角数字4桁で入力してください"
TRAIL = "<ol><li>ホーム</li><li>{}</li></ol>"
ROW = "<tr><td>{}<td>u<td>2026/11/27<td>2030/02/27<td>発行済み<td><button>Download Key</button>"
HEADINGS = "<tr><th>リクエスト ID<th>Common Name<th>証明書更新申請日時<th>有効期限<th>ステータス<th>取得"


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen of the manual obn."""
    return Screen(lambda: page, load("obn"), 20)


def show(page: Page, markup: str, script: str) -> None:
    """Open a page with a script that draws."""
    page.set_content(f"{markup}<script>{MOMENT}{script}</script>")


def test_a_note_that_goes_away_by_itself_is_read(page: Page, screen: Screen) -> None:
    """It was there for some seconds; whoever only looks when the screen is at rest would miss it."""
    note = f"const p = document.createElement('p'); p.textContent = '{NOTE}'; document.body.append(p);"
    show(page, FORM, f"document.querySelector('button').onclick = () => {{ {note} setTimeout(() => p.remove(), 900) }}")
    screen.fill("key_password", "123")
    screen.press("submit")
    assert screen.look_for(("buttons", "download")) is None
    assert refused(screen) == NOTE
    assert NOTE in str(screen.missing(("buttons", "download")))


@pytest.mark.parametrize("stands", [True, False])
def test_a_note_that_went_away_is_read_though_a_clock_goes_on(page: Page, screen: Screen, *, stands: bool) -> None:
    """An application of one page tells how long its session lasts: that is as it was before."""
    ticks = "clock.textContent = clock.textContent.replace(/\\d+$/, (one) => one - 1)"
    note = f"const p = document.createElement('p'); p.textContent = '{NOTE}'; document.body.append(p);"
    gone = (
        f"clock.hidden = false; setTimeout(() => {{ {ticks} }}, 600); setTimeout(() => {{ p.remove(); {ticks} }}, 1200)"
    )
    pressed = f"document.querySelector('button').onclick = () => {{ {note} {gone} }}"
    show(page, f"<p id=clock {'' if stands else 'hidden'}>自動ログアウトまで 19:58</p>{FORM}", pressed)
    screen.fill("key_password", "123")
    screen.press("submit")
    assert screen.look_for(("buttons", "download")) is None
    assert refused(screen) == NOTE


def test_what_was_said_on_the_way_is_no_answer_where_a_screen_followed(page: Page, screen: Screen) -> None:
    """Only what went while the screen stayed as it was."""
    show(page, FORM, f"document.querySelector('button').onclick = () => {{ draw('{NOTE}', 1); draw('受付完了') }}")
    screen.press("submit")
    assert screen.look_for(("buttons", "download")) is None
    assert screen.news == ["受付完了"]


CHECKED = (
    "const [field, button] = [document.querySelector('input'), document.querySelector('button')];"
    "const wrong = () => !/^[0-9]{4}$/.test(field.value);"
    f"field.onblur = () => {{ if (wrong()) field.parentElement.insertAdjacentHTML('afterend', '<p>{NOTE}</p>') }};"
    "field.oninput = () => { grey(wrong()) };"
)


@pytest.mark.parametrize("way", ["button.disabled = it", "button.setAttribute('aria-disabled', it)"])
def test_a_button_that_stays_grey_with_a_reason_is_an_answer(page: Page, screen: Screen, way: str) -> None:
    """The page looks at what is typed at once, and lets nobody go on."""
    show(page, FORM, f"{CHECKED} function grey(it) {{ {way} }} grey(true);")
    screen.fill("key_password", "123")
    screen.press("submit")
    assert refused(screen) == NOTE


HASTY = """document.querySelector('button').onclick = async () => {{
  const form = main.innerHTML;
  main.innerHTML = '<button {grey}>Download</button>';
  const answer = await fetch('https://portal.test/keys').then((one) => one.text());
  await new Promise((end) => setTimeout(end, 300));
  main.innerHTML = answer === 'no' ? form + '<p>パスワードが違います</p>' : '<button>Download</button>';
}}; const main = document.querySelector('main');"""


@pytest.mark.parametrize("grey", ["", "disabled"])
@pytest.mark.parametrize("answer", ["no", "yes"])
def test_what_a_page_shows_before_it_has_asked_may_be_taken_back(
    page: Page, screen: Screen, grey: str, answer: str
) -> None:
    """A page that trusts that all will be well draws what comes next at once."""
    page.route("https://portal.test/", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route("https://portal.test/keys", lambda route: route.fulfill(body=answer))
    page.goto("https://portal.test/")
    show(page, FORM, HASTY.format(grey=grey))
    screen.press("submit")
    assert (screen.look_for(("buttons", "download")) is None) is (answer == "no")
    assert refused(screen) == ("パスワードが違います" if answer == "no" else "")


def test_a_page_that_looks_for_news_all_the_time_is_not_waited_for(page: Page, screen: Screen) -> None:
    """What it shows is there, whatever it asks for meanwhile: it never comes to rest."""
    page.route("https://portal.test/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("https://portal.test/")
    show(page, FORM, "setInterval(() => fetch('https://portal.test/news'), 100)")
    for _ in range(9):
        page.wait_for_event("request")
    before = time.monotonic()
    assert screen.look_for(("buttons", "submit")) is not None
    assert time.monotonic() - before < LOOKING / 2


def test_a_button_that_stays_grey_without_a_reason_cannot_be_operated(page: Page, screen: Screen) -> None:
    """Nothing tells the user what to do."""
    show(page, FORM, "document.querySelector('button').disabled = true")
    screen.fill("key_password", "1234")
    with pytest.raises(DeviationError, match="操作できない"):
        screen.press("submit")


@pytest.mark.parametrize(
    ("markup", "may"),
    [
        ("<h1>鍵更新申請情報の確認</h1><dl><dt>Common Name<dd>u</dl><button>Submit</button>", True),
        ("<h1>お客様の証明書</h1><dl><dt>Common Name<dd>u</dl><button>Submit</button>", True),
        ("<p>有効期限が90日未満となった場合に実施できます</p>", False),
        ("<dl><dt>Common Name<dd>u</dl><button disabled>Submit</button><p>90日未満で実施できます</p>", False),
    ],
)
def test_a_renewal_can_be_applied_for_where_one_can_go_on(page: Page, screen: Screen, markup: str, may: object) -> None:
    """The title comes first, with the trail of pages, and stays above a refusal; what can be done comes later."""
    show(page, f"{TRAIL.format('鍵更新申請情報の確認')}<main>…</main>", f"draw('{markup}')")
    assert applicable(screen) is may


def test_a_screen_is_there_with_what_it_is_for(page: Page, screen: Screen) -> None:
    """Whoever turns to another tab at once would have opened nothing there."""
    shown = "<h1>鍵更新申請情報の確認</h1><dl><dt>Common Name<dd>u</dl><button>Submit</button>"
    show(page, f"{TRAIL.format('鍵更新申請情報の確認')}<main>…</main>", f"draw('{shown}')")
    evidence: Any = None
    look(screen, evidence, [("screens", "confirmation")], SCREENS["証明書更新申請"].means)
    assert page.get_by_role("button").is_visible()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_list_is_counted_when_it_is_whole(page: Page, screen: Screen, count: int) -> None:
    """Its title comes first, then a row, then the others: none of these moments is all."""
    rows = "".join(ROW.format(number) for number in (1, 2))
    drawn = f"draw('<table>{HEADINGS}{ROW.format(1)}</table>'); draw('<table>{HEADINGS}{rows}</table>', 600)"
    opened = f"document.querySelector('a').onclick = () => {{ draw('…', 0); {drawn} }}; {drawn}"
    show(page, f"<a href='#'>更新後証明書の取得</a>{TRAIL.format('更新申請情報の一覧')}<main>…</main>", opened)
    assert len(RenewalList(screen).wait_for_rows(count)) == 2


@pytest.mark.parametrize(("drawn", "there"), [(f"<table>{HEADINGS}{ROW.format(1)}</table>", True), ("無い", False)])
def test_whether_a_list_has_any_is_known_when_it_is_drawn(
    page: Page, screen: Screen, drawn: str, there: object
) -> None:
    """Whoever applied anew below its title would be told that the application is there already."""
    show(page, f"{TRAIL.format('更新申請情報の一覧')}<main>…</main>", f"draw('{drawn}')")
    assert RenewalList(screen).has_any() is there


def test_an_application_may_be_answered_without_leaving_the_page(page: Page, screen: Screen) -> None:
    """There is no address to be opened again: the page itself is loaded again."""
    show(
        page,
        "<main><button>Submit</button></main>",
        "document.querySelector('button').onclick = () => draw('送信完了')",
    )
    assert not ConfirmationPage(screen).submit_and_follow()


def test_an_application_without_an_answer_is_none(page: Page, screen: Screen) -> None:
    """Neither another page nor words that say that the portal is at work."""
    show(page, "<main><button>Submit</button></main>", "document.querySelector('button').onclick = () => draw('!')")
    with pytest.raises(DeviationError, match="次の画面が開かない"):
        ConfirmationPage(screen).submit_and_follow()


def test_what_shows_only_on_the_way_does_not_stay(page: Page, screen: Screen) -> None:
    """A frame with a menu, before the portal has said who may use it."""
    show(page, "<main><a href='#'>証明書更新申請</a></main>", "draw('forbidden')")
    assert not screen.stays("menu", "renewal")


ACCEPTED = ("screens", "revocation_accepted")


def test_a_title_may_be_the_first_of_several_sentences(page: Page, screen: Screen) -> None:
    """Whoever reads on reads the title too; another sentence that has its words is no title."""
    show(page, "<p>失効申請を受け付けました。数日後にメールでお知らせします。</p>", "")
    assert screen.look_for(ACCEPTED) == ACCEPTED
    show(page, "<p>失効申請を受け付けましたら、メールでお知らせします。</p>", "")
    assert screen.look_for(ACCEPTED) is None


def test_the_headline_of_a_screen_is_its_heading(page: Page, screen: Screen) -> None:
    """And not the trail of pages above it."""
    shown = f"{TRAIL.format('受付')}<h1>受付完了</h1><p>ありがとうございます</p>"
    show(
        page, "<main><button>申請</button></main>", f"document.querySelector('button').onclick = () => draw('{shown}')"
    )
    screen.press("apply_revocation")
    assert screen.look_for(ACCEPTED) is None
    assert headline(screen, ACCEPTED) == "受付完了"


def test_the_words_of_a_picture_that_still_stands_there_are_no_message_that_was_shown(
    page: Page, screen: Screen
) -> None:
    """They are in no text of the page, and on the screen all the same."""
    menu = "<img alt=注文書照会 width=90 height=20>"
    show(page, FORM, f"document.querySelector('button').onclick = () => draw('{menu}<p>受付</p>', 1)")
    screen.press("submit")
    assert screen.look_for(("buttons", "download")) is None
    assert "注文書照会" in screen.news
    assert "というメッセージ" not in str(screen.missing(("buttons", "download")))


FORM_OF_KEY = "<p>次の2つを入力してください。</p><label>パスワード <input type=password></label>"


def test_what_a_form_that_was_just_opened_asks_for_is_no_refusal(page: Page, screen: Screen) -> None:
    """All of it is new; where the form stood there before, the same line says what was wrong."""
    page.set_content(FORM_OF_KEY)
    assert refused(screen) == ""
    page.set_content("<p>URLの有効期限が切れています。もう一度申請してください。</p>" + FORM_OF_KEY)
    assert refused(screen) == "URLの有効期限が切れています。もう一度申請してください。"
    for why in (
        "URLの有効期限が過ぎていますので、窓口にご連絡ください。",
        "IDが期限切れのため再発行を依頼してください。",
    ):
        page.set_content(f"<p>{why}</p>{FORM_OF_KEY}")
        assert refused(screen) == why
    note = "document.body.insertAdjacentHTML('beforeend', '<p>パスワードを入力してください。</p>')"
    show(page, FORM, f"document.querySelector('button').onclick = () => {{ {note} }}")
    screen.press("submit")
    assert screen.look_for(("buttons", "download")) is None
    assert refused(screen) == "パスワードを入力してください。"


@pytest.mark.parametrize(
    "line",
    [
        "新しい証明書を申請できる期間ではありません。",
        "新しいパスワードが正しくありません",
        "通知用メールアドレスの形式が正しくありません",
        "本日の受付時間ではありません",
        "本日のお取扱いはございません",
        "パスワードは必須項目です。",
        "この項目は必須です",
        "もう一度「鍵の取得」からお手続きください。",
        "「パスワード」は必須フィールドです",
    ],
)
def test_a_refusal_is_no_lack_of_news(page: Page, screen: Screen, line: str) -> None:
    """Though it speaks of what is new, or of today."""
    page.set_content(f"<p>{line}</p>")
    assert refused(screen) == line


@pytest.mark.parametrize(
    "line",
    [
        "新しいお知らせはありません。",
        "未処理の注文書はありません。",
        "本日の通知はございません",
        "承認待ちの申請は現在ありません",
        "＊印は必須項目です。",
        "※は必須入力項目です",
        "赤い印の付いた項目は必須です",
    ],
)
def test_a_lack_of_news_is_no_refusal(page: Page, screen: Screen, line: str) -> None:
    """A page says so of itself."""
    page.set_content(f"<p>{line}</p>")
    assert refused(screen) == ""


@pytest.mark.parametrize(
    "line",
    [
        "有効期限が切れる前に、必ず取得してください。",
        "期限を過ぎると取得できませんので、お早めにお手続きください。",
        "画面は再表示できないため、控えてください。",
        "間違いのないように、正確に入力してください。",
        "大文字と小文字を間違えないよう、入力してください。",
    ],
)
def test_a_caution_on_a_form_that_was_just_opened_is_no_refusal(page: Page, screen: Screen, line: str) -> None:
    """It says what would be, and not what is."""
    page.set_content(f"<p>{line}</p>{FORM_OF_KEY}")
    assert refused(screen) == ""
