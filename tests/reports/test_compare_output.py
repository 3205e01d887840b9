"""The comparison as a person gets it: on the screen, as HTML, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reports.compare.markdown import text
from sekisho.cli.app import app
from sekisho.results import Scenario
from sekisho.verdict import ConfigurationProblemError, Verdict

from .axe import AXE
from .conftest import Reader
from .samples import certificate, failing, mail, picture, run, save, save_picture, scenario, step

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) | @team \u202egnp {{ 7*7 }}"


def sekisho(*arguments: str) -> Result:
    """One command, carried out here."""
    return CliRunner(env={"COLUMNS": "160"}).invoke(app, arguments)


def refused(result: Result) -> str:
    """The sentence of a command that was refused; `sekisho.cli.main` prints it and ends with exit code 2."""
    assert isinstance(result.exception, ConfigurationProblemError)
    return str(result.exception)


def both(tmp_path: Path, before: list[Scenario], after: list[Scenario]) -> tuple[str, str]:
    """Two runs on disk, each with a picture."""
    for name, scenarios in (("a", before), ("b", after)):
        save_picture(tmp_path / name, "one.jpg")
        save(tmp_path / name, run(id=name), scenarios)
    return str(tmp_path / "a"), str(tmp_path / "b")


def seen(words: str = "更新できます", **changes: object) -> Scenario:
    """A scenario that saw a screen, a mail and a certificate."""
    shown = picture("pictures/one.jpg").model_copy(update={"text": [words]})
    found = scenario("x", [step("a", "DAN-RENEW-01", evidence=[shown, mail(), certificate()])])
    return found.model_copy(update=changes)


def test_without_a_difference_the_exit_code_is_0(tmp_path: Path) -> None:
    """And it says so."""
    done = sekisho("compare", *both(tmp_path, [seen()], [seen()]))
    assert done.exit_code == 0, done.output
    assert "違いはありません" in done.stdout


def test_a_difference_that_is_no_regression_has_exit_code_0(tmp_path: Path) -> None:
    """New words alone are no fault."""
    done = sekisho("compare", *both(tmp_path, [seen()], [seen("更新を受け付けます")]))
    assert done.exit_code == 0
    assert "− 更新できます" in done.stdout
    assert "＋ 更新を受け付けます" in done.stdout


def test_a_regression_has_exit_code_1_and_every_form_says_so(tmp_path: Path) -> None:
    """Screen, HTML, Markdown and JSON."""
    folders = both(tmp_path, [seen()], [seen(verdict=Verdict.FAIL)])
    html, note = tmp_path / "out" / "c.html", tmp_path / "out" / "c.md"

    done = sekisho("compare", *folders, "--html", str(html), "--markdown", str(note), "--json")

    assert done.exit_code == 1
    assert json.loads(done.stdout)["verdicts"][0]["turn"] == "regression"
    assert "適合しなくなった" in note.read_text("utf-8")
    assert "適合しなくなった" in html.read_text("utf-8")


def test_the_html_shows_both_pictures_and_asks_for_nothing(tmp_path: Path, reader: Reader) -> None:
    """It works offline: the pictures are inside."""
    file = tmp_path / "c.html"
    sekisho("compare", *both(tmp_path, [seen()], [seen("更新を受け付けます")]), "--html", str(file))

    found = reader.read(file, "[...document.querySelectorAll('#wordings img')].map((one) => one.src.slice(0, 15))")

    assert found.value == ["data:image/jpeg"] * 2
    assert [url for url in found.requests if not url.startswith("data:")] == [file.as_uri()]


def test_an_outside_judge_finds_nothing_serious(tmp_path: Path, reader: Reader) -> None:
    """axe-core, with everything open, on a phone."""
    file = tmp_path / "c.html"
    sekisho("compare", *both(tmp_path, [seen()], [seen("更新を受け付けます")]), "--html", str(file))
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(file, f"{opened} {AXE}", width=390).value == []


def test_text_from_a_portal_stays_text(tmp_path: Path, reader: Reader) -> None:
    """In the HTML nothing runs; in the Markdown there is no element, link, table cell or name that is notified."""
    evil = failing().model_copy(update={"name": ATTACK, "id": "y"})
    folders = both(tmp_path, [seen(), seen(id="y", name=ATTACK)], [seen(ATTACK), evil])
    html, note = tmp_path / "c.html", tmp_path / "c.md"
    sekisho("compare", *folders, "--html", str(html), "--markdown", str(note))

    found = reader.read(html, "document.querySelectorAll('script, img[src=x]').length")

    assert (found.value, found.errors) == (0, [])
    told = note.read_text("utf-8")
    assert "<script" not in told
    assert "<img" not in told
    assert "](javascript" not in told
    assert "@team" not in told
    assert "\u202e" not in told


def test_markdown_keeps_a_table_in_one_line() -> None:
    """A bar or a line break in a name breaks no table."""
    assert text("a|b\nc") == r"a\|b c"


@pytest.mark.parametrize("which", [0, 1])
def test_a_folder_that_is_no_run_is_refused(tmp_path: Path, which: int) -> None:
    """With its name."""
    folders = list(both(tmp_path, [seen()], [seen()]))
    folders[which] = str(tmp_path / "nothing")
    done = sekisho("compare", *folders)
    assert "nothing" in refused(done)


def test_runs_without_a_common_scenario_are_refused(tmp_path: Path) -> None:
    """No difference would be found in nothing."""
    done = sekisho("compare", *both(tmp_path, [seen()], [seen(id="other", manual="obn")]))
    assert "一つもありません" in refused(done)


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """Its name and the reason are said."""
    folders = both(tmp_path, [seen()], [seen()])
    done = sekisho("compare", *folders, "--html", str(tmp_path / "a" / "run.json" / "c.html"))
    assert "c.html" in refused(done)


def test_a_picture_outside_the_run_is_not_taken(tmp_path: Path) -> None:
    """A result file from elsewhere cannot have this machine's files put into the page."""
    save_picture(tmp_path, "secret.jpg")
    leaky = scenario("x", [step("a", evidence=[picture("link/secret.jpg")])])
    file, folders = tmp_path / "c.html", both(tmp_path, [leaky], [leaky])
    for one in folders:
        (Path(one) / "link").symlink_to(tmp_path / "pictures", target_is_directory=True)
    sekisho("compare", *folders, "--html", str(file))
    assert "data:image" not in file.read_text("utf-8")
