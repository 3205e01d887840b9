"""Cells in which nothing is to be looked at: lines of a report that stays small, with all that stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from reports.folded import Fold
from reports.pictures import EXPLORED, Pictures
from sekisho.results import FaultCell, Scenario
from sekisho.verdict import Verdict

from . import samples
from .conftest import Reader
from .samples import renewal, run, save_picture, saved

PASSED = "document.getElementById('scenario-late')"
FILLED = f"!{PASSED}.querySelector('[data-fold]')"
OPEN = f"{PASSED}.open = true;"


def cell(name: str, pictures: list[str], *, wrong: bool = False) -> Scenario:
    """A renewal with a fault, and all the evidence of one."""
    facts = {"feature": "danshin/explore/renewal.feature", "procedure": "更新の途中の障害", "name": "更新"}
    fault = FaultCell(procedure="undisturbed", press=2, method="POST", address="renew /apply", fault="late")
    more = {"cell": fault, "example": {"障害": name}}
    return samples.explored(name, renewal(name, pictures).steps, facts | more, wrong=wrong)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Of three cells one failed."""
    names = [save_picture(tmp_path, f"{number}.jpg") for number in range(9)]
    return html.write(
        saved(tmp_path, run(), [cell("lost", names, wrong=True), cell("late", names), cell("cut", names)])
    )


def until(condition: str, value: str, *, before: str = "") -> str:
    """A script that does something and, once a condition holds or some seconds are over, gives a value."""
    return f"""(async () => {{ {before}
        for (let frame = 0; frame < 600 && !({condition}); frame += 1)
            await new Promise(requestAnimationFrame);
        return {value}; }})()"""


def test_a_cell_that_passed_is_a_line_until_somebody_opens_it(report: Path, reader: Reader) -> None:
    """Then all stands in it; one that failed stands open."""
    steps = "[...document.querySelectorAll('.scenario')].map(one => one.querySelectorAll('.step').length)"
    assert sorted(reader.read(report, steps).value) == [0, 0, 4]
    seen = reader.read(
        report,
        until(
            FILLED,
            f"[{PASSED}.querySelectorAll('.step').length, {PASSED}.querySelectorAll('.step img').length,"
            f" {PASSED}.textContent.includes('証明書の選択')]",
            before=OPEN,
        ),
    )
    assert seen.value == [10, 9, True]
    assert seen.errors == []


def test_a_link_to_such_a_cell_opens_it(report: Path, reader: Reader) -> None:
    """As a square of the matrix has it, with the pictures that come near the screen."""
    loaded = f"{PASSED}.querySelector('img[src]')"
    assert reader.read(report, until(loaded, f"{loaded}.src.slice(0, 5)"), "#scenario-late").value == "blob:"


def test_a_search_finds_what_stands_in_folded_cells(report: Path, reader: Reader) -> None:
    """And nothing that is only in their markup."""
    sought = "search.value = '{}'; search.dispatchEvent(new Event('input'));"
    hits = "document.querySelector('#hits b').innerText"
    for words, expected in (("danshinnet-sc late", "1"), ("figcaption", "0")):
        folded = until(f"{hits} === '{expected}'", hits, before=sought.format(words))
        assert reader.read(report, folded).value == expected


def test_a_browser_that_cannot_unfold_names_the_file(report: Path, reader: Reader) -> None:
    """Nothing is lost: the result lies beside the report."""
    seen = reader.read(
        report, until(FILLED, f"{PASSED}.textContent", before=f"delete window.DecompressionStream; {OPEN}")
    )
    assert "scenarios/late.json" in seen.value
    assert seen.errors == []


def test_paper_has_what_is_open(report: Path, reader: Reader) -> None:
    """Whoever prints by program waits until it is there."""
    shown = f"{PASSED}.querySelectorAll('.step img[src]').length"
    script = f"(async () => {{ {OPEN} await sekisho.prepare(); return {shown}; }})()"
    assert reader.read(report, script).value == 9


def test_hundreds_of_cells_are_a_small_report(tmp_path: Path) -> None:
    """Of each no more than its line and a square is added; its rows do not name it again."""
    found = [cell(f"cell-{number}", [f"pictures/{number}.jpg"] * 9) for number in range(120)]
    small, large = (
        len(html.write(saved(tmp_path / str(size), run(), found[:size])).read_bytes()) for size in (20, 120)
    )
    assert (large - small) / 100 < 2_500
    coverage = (tmp_path / "120" / "report.html").read_text(encoding="utf-8").partition('id="coverage"')[2]
    assert coverage.partition("</section>")[0].count("#scenario-cell-") == 0


def test_pictures_of_what_is_wrong_come_first_and_those_of_cells_last(tmp_path: Path) -> None:
    """An exploration carries fewer: those left out stay in the run's folder."""
    names = [save_picture(tmp_path, f"{number}.jpg", EXPLORED // 2 - 100) for number in range(3)]
    passed = cell("passed", [names[0]] * 9)
    red = cell("red", [names[1]] * 9).model_copy(update={"verdict": Verdict.FAIL})
    pictures = Pictures(tmp_path, [passed, renewal("whole", [names[2]] * 9), red])
    assert [pictures.shown(samples.picture(one)).link for one in names] == ["pictures/0.jpg", "", ""]


def test_without_such_cells_nothing_is_carried() -> None:
    """A run of scenarios has no folds."""
    assert Fold().packed == ""


def test_without_scripts_such_a_cell_names_its_file(report: Path, reader: Reader) -> None:
    """Opened, it would stand empty."""
    said = f"getComputedStyle({PASSED}.querySelector('[data-fold]'), '::after').content"
    assert "scenarios/late.json" in reader.read(report, said, scripts=False).value
    assert reader.read(report, said).value == "none"


def test_a_link_that_was_cut_off_breaks_nothing(report: Path, reader: Reader) -> None:
    """A mail program may end it in the middle of a letter."""
    seen = reader.read(report, until(FILLED, FILLED, before=OPEN), "#scenario-%E3%8")
    assert seen.value is True
    assert seen.errors == []


def test_a_link_to_a_search_leads_to_what_is_found_in_a_folded_cell(report: Path, reader: Reader) -> None:
    """It stood at the top of the page, though the count was right."""
    seen = reader.read(report, until("scrollY > 0", "scrollY > 0"), "#?q=danshinnet-sc%20late")
    assert seen.value is True
    assert seen.errors == []
