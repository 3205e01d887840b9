"""Finding one's way in the HTML report."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from sekisho.verdict import Verdict

from .axe import AXE
from .conftest import Reader
from .samples import failing, renewal, run, save_picture, saved, scenario, step

VISIBLE = "[...document.querySelectorAll('.scenario')].filter(one => one.checkVisibility()).map(one => one.id)"
KEY = "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{}', bubbles: true}}));"

OTHERS = [("a", Verdict.NOT_APPLICABLE), ("w", Verdict.WARNING)]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One scenario that failed, one that passed, one with a name that needs escaping in an address."""
    names = [save_picture(tmp_path, f"{number}.jpg") for number in range(9)]
    odd = scenario("100% & 半角 カナ", [step("確かめる", "DAN-FAQ-08")], id="100%-半角-カナ")
    return html.write(saved(tmp_path, run(), [failing(id="f"), renewal("更新", names), odd]))


def test_a_link_to_a_scenario_opens_it(report: Path, reader: Reader) -> None:
    """Closed ones too."""
    seen = reader.read(report, "document.getElementById('scenario-更新').open", "#scenario-更新")
    assert seen.value is True


def test_the_screens_of_a_scenario_are_flicked_through(report: Path, reader: Reader) -> None:
    """From whichever stands beside a step, by a key or a press, to the last and not beyond."""
    script = """(async () => {
        const body = document.querySelector('#scenario-更新 .scenario-body');
        body.closest('details').open = true;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const places = [], note = () => places.push(document.getElementById('viewer-place').innerText);
        body.querySelectorAll('.step .picture button')[6].click(); note();
        document.querySelector('[data-do=before]').click(); note();
        for (let n = 0; n < 4; n += 1) {
            viewer.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true})); note();
        }
        return [places, document.getElementById('viewer-caption').innerText.split('\\n').length];
    })()"""
    assert reader.read(report, script).value == [["7 / 9", "6 / 9", "7 / 9", "8 / 9", "9 / 9", "9 / 9"], 2]


def test_a_screen_that_stayed_is_in_the_strip_once(tmp_path: Path, reader: Reader) -> None:
    """Where it comes again later, it is there again, and is itself found there; one screen alone has no strip."""
    one, other = (save_picture(tmp_path, name) for name in ("1.jpg", "2.jpg"))
    walked = renewal("f", [one, one, other, other, other, one, one, one, one])
    still = renewal("s", [one] * 9)
    script = """(async () => {
        document.querySelectorAll('.scenario').forEach(one => { one.open = true; });
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        [...document.querySelectorAll('#scenario-f .step .picture button')].at(-1).click();
        const strips = [...document.querySelectorAll('.scenario')].map(one => one.querySelectorAll('.film li').length);
        return [strips.sort(), document.getElementById('viewer-place').innerText];
    })()"""
    found = reader.read(html.write(saved(tmp_path, run(), [walked, still])), script)
    assert (found.value, found.errors) == ([[0, 3], "3 / 3"], [])


def test_every_link_inside_the_report_leads_somewhere(report: Path, reader: Reader) -> None:
    """Ids with signs and Japanese letters included."""
    script = """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
        .filter(id => !document.getElementById(id))"""
    assert reader.read(report, script).value == []


@pytest.mark.parametrize("row_id", ["DAN-RENEW-03", "DAN-RENEW-11"])
def test_a_link_to_a_row_of_the_manual_marks_it(report: Path, reader: Reader, row_id: str) -> None:
    """A single id of a range leads to the range."""
    assert reader.read(report, "document.querySelectorAll('tr.target').length", f"#{row_id}").value == 1


def test_the_filter_leaves_the_chosen_verdict(report: Path, reader: Reader) -> None:
    """And gives the rest back."""
    press = "document.querySelector('.filter[data-verdict=fail]').click();"
    assert reader.read(report, f"{press} {VISIBLE}").value == ["scenario-f"]
    assert len(reader.read(report, f"{press} {press} {VISIBLE}").value) == 3


def test_the_search_finds_words_inside_scenarios(report: Path, reader: Reader) -> None:
    """In mails too; all words must occur."""
    search = "search.value = 'danshinnet-sc download'; search.dispatchEvent(new Event('input'));"
    assert reader.read(report, f"{search} {VISIBLE}").value == ["scenario-更新"]


def test_a_search_without_a_hit_says_so(report: Path, reader: Reader) -> None:
    """Not an empty page."""
    search = "search.value = 'zzz'; search.dispatchEvent(new Event('input'));"
    script = f"{search} document.getElementById('no-match').innerText"
    assert reader.read(report, script).value == "条件に合うシナリオはありません。"


def test_a_search_says_how_many_it_found_and_goes_to_the_first(report: Path, reader: Reader) -> None:
    """None as well; and without a search there is nothing to count."""
    sought = "search.value = '{}'; search.dispatchEvent(new Event('input'));"
    hits = "document.getElementById('hits').checkVisibility() && document.getElementById('hits').innerText"
    enter = "search.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));"

    assert reader.read(report, f"{sought.format('danshinnet-sc')} {hits}").value == "1 件のシナリオ"
    assert reader.read(report, f"{sought.format('zzz')} {hits}").value == "0 件のシナリオ"
    assert reader.read(report, f"{sought.format('')} {hits}").value is False
    script = f"{sought.format('danshinnet-sc')} {enter} document.activeElement.closest('.scenario').id"
    assert reader.read(report, script).value == "scenario-更新"


def test_a_search_can_be_sent_as_an_address(report: Path, reader: Reader) -> None:
    """Words and chosen verdicts; a link to a scenario that it hides shows it all the same."""
    sought = "search.value = '更新 %'; search.dispatchEvent(new Event('input'));"
    press = "document.querySelector('.filter[data-verdict=fail]').click();"
    address = reader.read(report, f"{sought} {press} location.hash").value

    state = (
        "[search.value, [...document.querySelectorAll('.filter[aria-pressed=true]')].map(one => one.dataset.verdict)]"
    )
    assert reader.read(report, state, address).value == ["更新 %", ["fail"]]
    assert reader.read(report, VISIBLE, "#?verdict=fail").value == ["scenario-f"]
    assert reader.read(report, VISIBLE, "#?q=%&verdict=nothing").errors == []


def test_a_phone_has_the_contents_folded(report: Path, reader: Reader) -> None:
    """They are there, and open on a wide screen."""
    state = "[document.getElementById('contents').open, document.querySelector('#contents summary').checkVisibility()]"
    assert reader.read(report, state, width=390).value == [False, True]
    assert reader.read(report, state).value == [True, False]


@pytest.mark.parametrize("width", [390, 768, 1366])
@pytest.mark.parametrize("english", [False, True], ids=["ja", "en"])
def test_headings_fit_the_screen(report: Path, reader: Reader, width: int, english: bool) -> None:  # noqa: FBT001
    """In both languages, with everything open; nothing is scrolled sideways."""
    script = """document.querySelectorAll('details').forEach(one => { one.open = true; });
        [document.documentElement.scrollWidth - innerWidth,
         [...document.querySelectorAll('h1, h2, h3, h4, summary, th, button')]
            .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
            .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)]"""
    press = "document.querySelector('[data-do=language]').click();" if english else ""
    assert reader.read(report, press + script, width=width).value == [0, []]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_outside_judge_finds_nothing_serious(report: Path, reader: Reader, dark: bool) -> None:  # noqa: FBT001
    """axe-core, with everything open."""
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(report, f"{opened} {AXE}", dark=dark).value == []


def test_english_is_one_press_away(report: Path, reader: Reader) -> None:
    """The manual's own words stay Japanese."""
    press = "document.querySelector('[data-do=language]').click();"
    seen = reader.read(report, f"{press} [document.documentElement.lang, document.body.innerText, search.placeholder]")
    language, text, placeholder = seen.value
    assert (language, placeholder) == ("en", "Search (/ key)")
    assert "Not conformant" in text
    assert "指摘事項" not in text


def test_keys_lead_to_all_that_did_not_simply_pass(tmp_path: Path, reader: Reader) -> None:
    """N goes on to the next, P back, past those that passed."""
    steps = [step("確かめる", "DAN-FAQ-08")]
    others = [scenario(name, steps, id=name, verdict=verdict) for name, verdict in OTHERS]
    report = html.write(saved(tmp_path, run(), [failing(id="f"), scenario("適合", steps, id="p"), *others]))
    here = "document.activeElement.closest('.scenario').id"

    walked = reader.read(report, f"[1, 2, 3, 4].map(() => {{ {KEY.format('n')} return {here}; }})").value

    assert sorted(walked[:3]) == ["scenario-a", "scenario-f", "scenario-w"]
    assert walked[3] == walked[0]
    assert reader.read(report, f"{KEY.format('n')} {KEY.format('n')} {KEY.format('p')} {here}").value == walked[0]


def test_a_picture_is_decoded_when_it_is_needed(report: Path, reader: Reader) -> None:
    """Not before it comes near the screen."""
    assert reader.read(report, "document.querySelectorAll('.scenario img[src]').length").value == 0


def test_verdicts_are_words_and_signs_not_only_colours(report: Path, reader: Reader) -> None:
    """Every badge says its verdict."""
    script = "[...document.querySelectorAll('.badge')].every(one => /[^\\s]/u.test(one.textContent.slice(1)))"
    assert reader.read(report, script).value is True
