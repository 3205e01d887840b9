"""The matrix of an exploration in a real browser: what is seen of cells, and that outside judges find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from sekisho.results import Exchange, FaultCell, Scenario, SecondFault

from . import samples
from .axe import AXE
from .conftest import Reader
from .samples import run, saved, step

STEPS = [step("確かめる", "DAN-FAQ-08")]
KEY = "enrol /KDanshinnetCA/ee/key.jsp"
TEXT_ON_A4 = 672  # CSS pixels between the margins of reports.paper: 178 mm


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A procedure with two exchanges of one press, of which three cells were carried out, one with a second fault."""
    clean = explored("undisturbed", exchanges=[exchange("POST", 303), exchange("GET", 200)])
    second = SecondFault(press=1, method="GET", address="enrol /index", fault="reset")
    found = [
        explored("lost", cell=cell("reply-lost"), wrong=True),
        explored("late", cell=cell("late")),
        explored("late-reset", cell=cell("late", second)),
    ]
    return html.write(saved(tmp_path, run(), [clean, *found]))


def exchange(method: str, status: int) -> Exchange:
    """Of the second press."""
    cause, screen = "鍵の取得を送信する", "鍵の取得"
    return Exchange(press=2, cause=cause, screen=screen, method=method, address=KEY, status=status, size=14)


def cell(fault: str, second: SecondFault | None = None) -> FaultCell:
    """In the exchange that posts."""
    return FaultCell(procedure="undisturbed", press=2, method="POST", address=KEY, fault=fault, second=second)


def explored(name: str, *, wrong: bool = False, **more: object) -> Scenario:
    """A result of a procedure that is explored."""
    facts = {"feature": "danshin/explore/issue.feature", "procedure": "新規取得の途中の障害", "example": {"障害": name}}
    return samples.explored(name, STEPS, facts | more, wrong=wrong)


def test_a_square_leads_to_its_cell_and_to_those_behind_it(report: Path, reader: Reader) -> None:
    """A press stands once, with its screen; the body of a redirect is not cut."""
    seen = reader.read(
        report,
        "const rows = [...document.querySelectorAll('.cells tbody tr')];"
        "[rows.length, document.querySelectorAll('.cells tbody th').length,"
        " [...rows[0].querySelectorAll('.square')].map(one => one.innerText.replace(/\\s+/g, ' ').trim()),"
        " [...rows[0].querySelectorAll('.square a')].map(one => decodeURI(one.hash)),"
        " document.querySelector('.red code').textContent]",
    )
    rows, presses, squares, links, command = seen.value
    assert (rows, presses) == (2, 1)
    assert links == ["#scenario-lost", "#scenario-late", "#scenario-late-reset"]
    assert squares.count("–") == 3
    assert any(one.endswith("+1") for one in squares)
    assert command.startswith("sekisho run --select")


def test_an_outside_judge_finds_nothing_serious(report: Path, reader: Reader) -> None:
    """axe-core, with everything open."""
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(report, f"{opened} {AXE}").value == []


def test_on_a_telephone_the_first_verdicts_are_seen(report: Path, reader: Reader) -> None:
    """Beside what they are about: else nothing says that there is more to the right."""
    right = "document.querySelector('.cells .square').getBoundingClientRect().right"
    assert reader.read(report, right, width=390).value < 390


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_faults_fit_on_paper(report: Path, reader: Reader, language: str) -> None:
    """Nobody can move it sideways there: what stands beyond the margin is lost."""
    right = "Math.max(...[...document.querySelectorAll('.cells *')].map(one => one.getBoundingClientRect().right))"
    seen = reader.read(report, f"document.documentElement.lang = '{language}'; {right}", width=TEXT_ON_A4, paper=True)
    assert 0 < seen.value <= TEXT_ON_A4
