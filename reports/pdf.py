"""The report on paper: report.html as a browser prints it, with the pictures of everything that is open."""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape

from reports.paper import Sheet, print_pdf
from reports.reading import read
from reports.spoken import spoken
from sekisho.language import speaking


def write(folder: Path, browser: Path) -> Path:
    """Write report.pdf beside the run's report.html, which must exist. Raises EnvironmentProblemError."""
    run = read(folder).run
    foot = f"{escape(run.target)} · {escape(run.id)} · sekisho {escape(run.version)}"
    path = folder / "report.pdf"
    with speaking(spoken(run)):
        path.write_bytes(print_pdf(folder / "report.html", browser, Sheet(foot, prepare="sekisho.prepare()")))
    return path
