"""What the command line, a run, the doctor and the canary say in English: the sentences that are seen most."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reports.conclusion import Conclusion
from sekisho.canary.report import Report, Sighting
from sekisho.cli import folders, jobs, summary
from sekisho.doctor import environment
from sekisho.native_ui import Surface
from sekisho.results import Gap
from sekisho.run.known_gaps import why_not
from sekisho.run.waiting import Waiting
from sekisho.verdict import ConfigurationProblemError

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_LANG", "en")


def test_a_number_of_workers_that_is_none() -> None:
    """Option, value, and what is allowed."""
    with pytest.raises(ConfigurationProblemError, match=r"^--jobs x: must be auto or a whole number from 1\.$"):
        jobs.workers("x", 3, shared_accounts=False)


def test_a_folder_that_holds_no_run(tmp_path: Path) -> None:
    """Which, and how that is known."""
    with pytest.raises(ConfigurationProblemError, match=r"not the folder of a run \(it has no run\.json\)\.$"):
        folders.existing(tmp_path)


def test_the_conclusion_of_a_run() -> None:
    """In the report's words."""
    assert summary.sentence(Conclusion.CONFORMANT) == (
        "[bold]Conformant[/] Nothing that was examined deviates from the manual."
    )


def test_a_gap_that_ran_out() -> None:
    """Its last day."""
    gap = Gap(requirement="DAN-RULE-03", reason="later", until=date(2026, 1, 31))

    assert why_not(gap, "chromium 156", datetime(2026, 3, 1, tzinfo=UTC)) == "ran out on 2026-01-31"


def test_what_waits_and_cannot_be_read(tmp_path: Path) -> None:
    """File, reason, consequence."""
    reason = os.strerror(2)
    with pytest.raises(ConfigurationProblemError, match=rf"cannot be read \({reason}\)\. This run cannot go on\.$"):
        Waiting(tmp_path).manifest()


def test_a_surface_that_cannot_be_operated() -> None:
    """The surface, why, and what is done instead; nothing of what is kept of it is told as it is kept."""
    lacking = Sighting(surface=Surface.CERTIFICATE_MANAGER, problem="no row")
    seen = Report(
        browser="chromium 156",
        build="",
        edge=False,
        at_spi="2.46",
        seen=datetime.now(UTC),
        seconds=1,
        sightings=(lacking,),
    )

    assert seen.lines(native=True) == [
        (
            "chromium 156 (at-spi 2.46): the certificate manager cannot be operated (no row). "
            "The certificate store itself is read instead of the list."
        )
    ]


def test_what_a_machine_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finding."""
    monkeypatch.setattr("shutil.which", lambda _: None)

    assert not [one for one in environment._screen() if JAPANESE.search(f"{one.name}{one.detail}{one.fix}")]
