"""Finding one's way in the HTML report."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html

from .conftest import Reader
from .samples import failing, renewal, run, save, save_picture, scenario, step

VISIBLE = "[...document.querySelectorAll('.scenario')].filter(one => one.checkVisibility()).map(one => one.id)"
KEY = "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{}', bubbles: true}}));"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One scenario that failed, one that passed, one with a name that needs escaping in an address."""
    names = [save_picture(tmp_path, f"{number}.jpg") for number in range(9)]
    odd = scenario("100% & 半角 カナ", [step("確かめる", "DAN-FAQ-08")], id="100%-半角-カナ")
    return html.write(save(tmp_path, run(), [failing(id="f"), renewal("更新", names), odd]))


def test_a_link_to_a_scenario_opens_it(report: Path, reader: Reader) -> None:
    """Closed ones too."""
    seen = reader.read(report, "document.getElementById('scenario-更新').open", "#scenario-更新")
    assert seen.value is True


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


def test_english_is_one_press_away(report: Path, reader: Reader) -> None:
    """The manual's own words stay Japanese."""
    press = "document.querySelector('[data-do=language]').click();"
    seen = reader.read(report, f"{press} [document.documentElement.lang, document.body.innerText, search.placeholder]")
    language, text, placeholder = seen.value
    assert (language, placeholder) == ("en", "Search (/ key)")
    assert "Not conformant" in text
    assert "指摘事項" not in text


def test_keys_lead_to_the_failures(report: Path, reader: Reader) -> None:
    """N goes to the scenario that failed."""
    script = KEY.format("n") + "document.activeElement.closest('.scenario').id"
    assert reader.read(report, script).value == "scenario-f"


def test_a_picture_is_decoded_when_it_is_needed(report: Path, reader: Reader) -> None:
    """Not before it comes near the screen."""
    assert reader.read(report, "document.querySelectorAll('.scenario img[src]').length").value == 0


def test_verdicts_are_words_and_signs_not_only_colours(report: Path, reader: Reader) -> None:
    """Every badge says its verdict."""
    script = "[...document.querySelectorAll('.badge')].every(one => /[^\\s]/u.test(one.textContent.slice(1)))"
    assert reader.read(report, script).value is True
