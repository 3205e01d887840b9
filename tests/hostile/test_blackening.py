"""No picture shows a secret: read from the pixels, where the same page shows it as long as it is no secret."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from pages.labelled import Labelled, Secrets
from sekisho.evidence.blackening import Blackening
from sekisho.evidence.masking import MASK, Masking
from sekisho.evidence.recorder import Place, Recorder
from sekisho.manual.citations import scenarios
from sekisho.results import Mail, Picture
from sekisho.verdict import Verdict

SECRET = "Himitsu-8842"
BLACK, WHITE = 40, 215  # of 255; a JPEG's edges are neither
# The brightest and the darkest pixel of a part of a picture, the outermost left out.
READ = """async ([jpeg, box]) => {
  const image = new Image();
  image.src = `data:image/jpeg;base64,${jpeg}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const [x, y, w, h] = [box.x + 3, box.y + 3, box.width - 6, box.height - 6].map(Math.round);
  const { data } = canvas.getImageData(x, y, Math.max(w, 1), Math.max(h, 1));
  const grey = [];
  for (let at = 0; at < data.length; at += 4) grey.push((data[at] + data[at + 1] + data[at + 2]) / 3);
  return [Math.min(...grey), Math.max(...grey)];
}"""
STYLE = "<meta charset=utf-8><style>body { font: 24px sans-serif; margin: 30px }</style>"
SHADOW = "<div id=host></div><script>host.attachShadow({mode: 'open'}).innerHTML = '<p><b id=s>{0}</b></p>'</script>"
TURNING = """<style>button { width: 90px; height: 60px; border: 0; background: black }
.turned { background: white }</style><button id=s onclick="this.classList.toggle('turned')"></button>"""
INSIDE = "<iframe width=700 height=120 style='border: 7px solid; margin: 11px' srcdoc='{0}'></iframe>"
SHOWS = "<input id=s type=password value='{0}'><script>setTimeout(() => s.type = 'text')</script>"
PLACES = {
    "text": "<p>番号は <b id=s>{0}</b> です</p>",
    "pieces": "<p>番号は <b id=s>Him<i>itsu</i>-<u>88</u>42</b> です</p>",
    "capitals": "<p>番号は <b id=s style='text-transform: uppercase'>{0}</b> です</p>",
    "full width": "<p>番号は <b id=s>Ｈｉｍｉｔｓｕ－８８４２</b> です</p>",
    "colours of its own": "<p><b id=s style='-webkit-text-fill-color: red; text-shadow: 9px 0 lime'>{0}</b></p>",
    "turned": "<p style='display: inline-block; transform: translate(90px, 40px) scale(1.5)'><b id=s>{0}</b></p>",
    "picture of vectors": "<svg width=500 height=60><text id=s y=40 fill=red>{0}</text></svg>",
    "field": "<p><input id=s value='{0}' style='transition: all 5s'></p>",
    "shown password": SHOWS,
    "field that is too short": "<input id=s maxlength=9 value='Himitsu-8'>",
    "field with spaces": "<input id=s value='Himit su-88 42'>",
    "area": "<textarea id=s style='resize: none'>{0}</textarea>",
    "list": "<select id=s><option>x<option selected>{0}</select>",
    "button": "<input id=s type=button value='{0}'>",
    "two cells": "<table><tr><td>Himitsu<td><b id=s>8842</b></table>",
    "groups": "<p><b id=s>Himi-tsu 8842</b></p>",
    "another hyphen": "<p><b id=s>Himitsu\u20108842</b></p>",
    "placeholder": "<input id=s placeholder='{0}' style='border: 0'>",
    "placeholder of a password": "<input id=s type=password placeholder='{0}'>",
    "picture that does not come": "<img id=s alt='{0}' src='x:'>",
    "frame": INSIDE.replace("{0}", "<body style=font-size:24px>x <b id=s>{0}</b>"),
    "frame in a frame": INSIDE.replace(
        "{0}", '<body style=font-size:24px><iframe height=80 srcdoc="<b id=s style=font-size:24px>{0}</b>"></iframe>'
    ),
    "shadow": SHADOW,
    "no styles allowed": "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\"><b id=s>{0}</b>",
}


HIDDEN = {"picture of vectors", "placeholder", "placeholder of a password", "picture that does not come"}


@pytest.fixture(scope="module")
def browser_page(plain_browser: Browser) -> Iterator[Page]:
    """A page that shows what it is given."""
    window = plain_browser.new_context(viewport={"width": 1024, "height": 700})
    yield window.new_page()
    window.close()


@pytest.fixture
def masking() -> Masking:
    """What is secret."""
    return Masking()


def recorder(folder: Path, masking: Masking, blackening: Blackening | None = None) -> Recorder:
    """A record with a step under way."""
    made = Recorder(folder, scenarios()[0], Place("node", "main", {}, "sekisho run"), masking, blackening)
    made.begin("もし", "画面を見る", (), [])
    return made


def taken(recorder: Recorder, page: Page, folder: Path) -> tuple[Picture, str]:
    """The record of a picture, and its pixels."""
    recorder.picture(page)
    step = recorder.end(Verdict.PASS)
    assert step
    (picture,) = step.evidence
    assert isinstance(picture, Picture)
    return picture, base64.b64encode((folder / picture.path).read_bytes()).decode()


def box_of(page: Page, what: str = "#s") -> FloatRect:
    """Where something is on the screen, in whatever frame."""
    found = next(one for frame in page.frames if (one := frame.locator(what)).count())
    box = found.bounding_box()
    assert box
    return box


def pixels(page: Page, jpeg: str, box: FloatRect) -> tuple[float, float]:
    """The darkest and the brightest there."""
    darkest, brightest = page.evaluate(READ, [jpeg, box])
    return darkest, brightest


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_black_wherever_it_stands(browser_page: Page, masking: Masking, tmp_path: Path, place: str) -> None:
    """Without being a secret it is seen. What stands beside stays, and the page is as it was."""
    page = browser_page
    page.set_content(f"{STYLE}{PLACES[place].replace('{0}', SECRET)}<p id=n>ふつうの文字</p>")
    page.wait_for_function("!document.querySelector('#s')?.matches('[type=password]:not([placeholder])')")
    plain, shown = taken(recorder(tmp_path, masking), page, tmp_path)
    darkest, brightest = pixels(page, shown, box_of(page))
    assert brightest > WHITE
    assert darkest < WHITE or place not in HIDDEN

    masking.add(SECRET)
    _, black = taken(recorder(tmp_path, masking), page, tmp_path)
    darkest, brightest = pixels(page, black, box_of(page))
    if place in HIDDEN:  # it is not there at all
        assert darkest > WHITE
    else:
        assert brightest < BLACK
    darkest, brightest = pixels(page, black, box_of(page, "#n"))
    assert darkest < BLACK < WHITE < brightest
    again, after = taken(recorder(tmp_path, Masking()), page, tmp_path)
    assert (after, again.path) == (shown, plain.path)


LAYOUTS = {
    "cells": "<table><tr><th>ワンタイムパスワード<td><b id=s>482913</b></table>",
    "below": "<table><tr><th>ワンタイムパスワード<th>期限<tr><td><b id=s>482913</b><td>10 分</table>",
    "line": "<p>ワンタイムパスワード：<b id=s>482913</b></p>",
    "definition": "<dl><dt>ワンタイム パスワード<dd><b id=s>482913</b></dl>",
    "paragraphs": "<div>ワンタイムパスワード</div><div><b id=s>482913</b></div>",
    "field": "<label>ワンタイムパスワード <input id=s value=482913></label>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_beside_a_label_is_black_and_masked(
    browser_page: Page, masking: Masking, tmp_path: Path, layout: str
) -> None:
    """In the picture, and in every text of the scenario, those that came before too."""
    labelled = Labelled(["ワンタイムパスワード"])
    record = recorder(tmp_path, masking, Blackening(masking, (), [labelled]))
    record.warning("コード 482913 が届いた")
    browser_page.set_content(f"{STYLE}{LAYOUTS[layout]}<p id=n>ふつうの文字</p><p>控え 482913 です</p>")
    _, black = taken(record, browser_page, tmp_path)
    _, brightest = pixels(browser_page, black, box_of(browser_page))
    assert brightest < BLACK
    written = record.write(Verdict.PASS, None).model_dump_json()
    assert "482913" not in written
    assert f"コード {MASK} が届いた" in written


def test_words_and_what_a_mail_says_are_masked_too(browser_page: Page, masking: Masking, tmp_path: Path) -> None:
    """By the target file's words wherever they are, by its labels also in mails; verdicts are no words."""
    labelled = Labelled(["確認コード"])
    record = recorder(tmp_path, masking, Blackening(masking, ("受付 00123", "PASS"), [labelled]))
    mail = Mail(
        sender="a", recipient="b", subject="s", date=datetime.now(UTC), body="受付 00123\n確認コード：\n77-4411\n"
    )
    record.add(mail)
    record.end(Verdict.PASS)
    record.begin("もし", "画面を見る", (), [])
    browser_page.set_content(f"{STYLE}<p><b id=s>受付 00123</b></p><p>77-4411</p>")
    _, black = taken(record, browser_page, tmp_path)
    _, brightest = pixels(browser_page, black, box_of(browser_page))
    assert brightest < BLACK
    written = record.write(Verdict.PASS, None)
    assert written.verdict is Verdict.PASS
    assert not any(word in written.model_dump_json() for word in ("00123", "77-4411"))


def test_of_an_address_of_mail_the_host_stays_readable(masking: Masking) -> None:
    """It may be the portal's own, and stands in every address of the report."""
    body = "連絡先：tanaka@example.test\n"
    mail = Mail(sender="a", recipient="b", subject="s", date=datetime.now(UTC), body=body)
    Blackening(masking, (), [Labelled(["連絡先"])]).read(mail)
    assert masking.clean("tanaka@example.test https://enrol.example.test/") == f"{MASK} https://enrol.example.test/"


def test_a_picture_shows_what_the_last_press_led_to(browser_page: Page, masking: Masking, tmp_path: Path) -> None:
    """On a page that changes on every press, of which each picture is taken at once."""
    browser_page.goto("about:blank")  # which allows styles, whatever the page before allowed
    browser_page.set_content(TURNING)
    for turned in (False, True) * 4:
        _, jpeg = taken(recorder(tmp_path, masking), browser_page, tmp_path)
        darkest, brightest = pixels(browser_page, jpeg, box_of(browser_page))
        assert darkest > WHITE if turned else brightest < BLACK
        browser_page.get_by_role("button").click()


def test_a_secret_that_comes_while_the_picture_is_taken_is_not_in_it(
    browser_page: Page, masking: Masking, tmp_path: Path
) -> None:
    """At any moment of it: the picture is looked at again, and taken again."""
    masking.add(SECRET)
    for after in range(0, 60, 6):
        come = f"setTimeout(() => s.textContent = '{SECRET}', {after})"
        browser_page.set_content(f"{STYLE}<p><b id=s></b></p><script>{come}</script>")
        _, jpeg = taken(recorder(tmp_path, masking), browser_page, tmp_path)
        browser_page.wait_for_function("s.textContent")
        darkest, brightest = pixels(browser_page, jpeg, box_of(browser_page))
        assert brightest < BLACK or darkest > WHITE


def test_a_page_in_which_nothing_can_be_blackened_has_no_picture(
    browser_page: Page, masking: Masking, tmp_path: Path
) -> None:
    """A browser without highlights, say: the step is recorded without one."""
    masking.add(SECRET)
    browser_page.set_content(f"{STYLE}<p>{SECRET}</p><script>delete window.Highlight</script>")
    record = recorder(tmp_path, masking)
    record.picture(browser_page)
    step = record.end(Verdict.PASS)
    assert step
    assert [one.kind for one in step.evidence] == ["note"]


@pytest.mark.parametrize(
    "body",
    [
        "パスコード: {}",
        "パスコードは {} です",
        "パスコード　{}",
        "【パスコード】{}",
        "パスコード = {}",
        "パスコード → {}",
        "1. パスコード: {}",
        "パスコード（半角）：{}",
        "受付番号: R　パスコード: {}",
        "| パスコード | {} |",
        "パスコード……{}",
        "パスコード\n\n{}",
    ],
)
def test_a_secret_of_the_dialect_is_masked_however_a_mail_tells_it(body: str) -> None:
    """As soon as the mail is read, whether a scenario speaks of it or not."""
    masking, told = Masking(), "Kura-884-Zx"
    mail = Mail(sender="a@b.test", recipient="c@d.test", subject="x", body=body.format(told), date=datetime.now(UTC))
    Blackening(masking, (), [Secrets(["パスコード"])]).read(mail)
    assert told not in masking.clean(mail.body)


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<table><tr><td>パスコード<td>{}</table>", "Kura 884Z"),
        ("<table><tr><td>パスコード<td>{}</table>", "8841 2007 31"),
        ("<table><tr><td>パスコード<td>{}（再表示できません）</table>", "Kura#884!"),
        ("<p>パスコード <input value='{}'></p>", "Kura-884-Zx"),
    ],
)
def test_a_secret_of_the_dialect_is_masked_in_groups_with_a_remark_and_in_a_field(
    browser_page: Page, markup: str, told: str
) -> None:
    """Before a scenario notes it."""
    masking = Masking()
    browser_page.set_content(markup.format(told))
    snapshot = Blackening(masking, (), [Secrets(["パスコード"])]).look(browser_page)
    assert told not in masking.clean(f"x {told} x")
    assert any(told in words for words in snapshot.dark.values())


def test_what_a_person_types_and_what_is_asked_for_is_no_secret(browser_page: Page) -> None:
    """Words in a row are none, nor is what a scenario types in a field with the name of a secret."""
    masking = Masking()
    browser_page.set_content("<p>パスコード <input></p><table><tr><td>パスコード<td>Enter 8 characters</table>")
    browser_page.locator("input").fill("R-12-typed")
    Blackening(masking, (), [Secrets(["パスコード"])]).look(browser_page)
    text = "R-12-typed Enter 8 characters"
    assert masking.clean(text) == text


def test_a_hint_beside_a_field_is_no_secret(browser_page: Page) -> None:
    """Nor is an address, nor what stands in the next line of the page: all evidence would be black."""
    masking = Masking()
    browser_page.set_content(
        "<table><tr><td>証明書パスワード<td><input>半角英数字8文字以上（例: Sample-2026）。https://portal.test/help</table>"
        "<p>証明書パスワード</p><p>ユーザーID: emp00021 を使います</p>"
    )
    Blackening(masking, (), [Secrets(["証明書パスワード"])]).look(browser_page)
    text = "https://portal.test/help?password=1 ユーザーID: emp00021"
    assert masking.clean(text) == text
