"""Reports on paper: printed by the browser, bounded, and without a way out to the network."""

from __future__ import annotations

import io
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from reports import html, pictures
from reports.paper import Sheet, print_pdf
from sekisho.browser.channels import BrowserChoice
from sekisho.cli.app import app
from sekisho.verdict import EnvironmentProblemError

from .samples import failing, renewal, run, save, save_picture, saved


def page(tmp_path: Path, body: str) -> Path:
    """An HTML file."""
    (tmp_path / "page.html").write_text(f"<meta charset=utf-8>{body}", "utf-8")
    return tmp_path / "page.html"


def text(pdf: bytes) -> str:
    """The words of a PDF; fonts share some glyphs between a character and its radical, NFKC makes them one again."""
    return unicodedata.normalize("NFKC", "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages))


def printed(tmp_path: Path, body: str, **sheet: object) -> bytes:
    """The PDF of a page."""
    facts = {"foot": "足もと"} | sheet
    return print_pdf(page(tmp_path, body), BrowserChoice.resolve(None).path, Sheet(**facts))  # type: ignore[arg-type]


def test_the_report_command_prints_what_is_open(tmp_path: Path) -> None:
    """Claim, findings and the walk along the manual, with pictures; a passed scenario's details stay folded."""
    paths = [save_picture(tmp_path, f"{number}.jpg") for number in range(9)]
    save(tmp_path, run(), [failing(), renewal("更新できる", paths)])

    done = CliRunner().invoke(app, ["report", str(tmp_path), "--pdf"])

    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].endswith("report.pdf")
    found = text((tmp_path / "report.pdf").read_bytes()).replace("\n", "")
    for words in ("不適合", "DAN-RULE-03", "31日前は更新できない", "更新できる", run().id):
        assert words in found


def test_pictures_left_in_the_folder_are_waited_for_no_longer_than_they_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report beyond its limit links to them, and a lazy picture far below loads only when somebody scrolls to it."""
    monkeypatch.setattr(html, "Pictures", lambda folder, found: pictures.Pictures(folder, found, limit=0))
    paths = [save_picture(tmp_path, f"{number}.jpg") for number in range(9)]
    html.write(saved(tmp_path, run(), [renewal(f"更新 {number}", paths) for number in range(8)]))

    sheet = Sheet("", prepare="sekisho.prepare()")
    assert print_pdf(tmp_path / "report.html", BrowserChoice.resolve(None).path, sheet, seconds=60).startswith(b"%PDF")


def test_the_same_page_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    """A package of the same run has the same sums."""
    when = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    first = printed(tmp_path, "<h1>試験成績書</h1>", dated=when)

    assert printed(tmp_path, "<h1>試験成績書</h1>", dated=when) == first
    assert PdfReader(io.BytesIO(first)).metadata.creation_date == when  # type: ignore[union-attr]


def test_a_page_that_never_ends_is_given_up(tmp_path: Path) -> None:
    """The browser ends with it; the error names the page and the time."""
    began = time.monotonic()
    with pytest.raises(EnvironmentProblemError, match=r"page\.html.*2 秒"):
        print_pdf(
            page(tmp_path, "<p>x"), BrowserChoice.resolve(None).path, Sheet("", prepare="while (true);"), seconds=2
        )
    assert time.monotonic() - began < 20


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(EnvironmentProblemError, match="nowhere"):
        print_pdf(page(tmp_path, "<p>x"), Path("/nowhere/browser"), Sheet(""))


def test_the_foot_has_the_page_numbers(tmp_path: Path) -> None:
    """On each page."""
    found = text(printed(tmp_path, "<p>一</p><p style='break-before: page'>二</p>"))
    assert "1 / 2" in found
    assert "2 / 2" in found
    assert found.count("足もと") == 2
