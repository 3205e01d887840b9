"""A portal that is down in between: what was finished is kept, the rest is BLOCKED by name, and can be gone on with."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sekisho.manual.citations import procedures
from sekisho.manual.folders import named
from sekisho.results import Scenario, read_run, read_scenarios
from sekisho.target_file.spent import Spent
from sekisho.verdict import Verdict
from tests.second_portal.pool import Wanted
from tests.second_portal.running import Running, running
from tests.second_portal.setup import Setup

(NAME,) = [one.name for one in procedures(named("danshin")) if one.feature.endswith("explore/issue.feature")]
WORDS = ("--kind", "faults", "--select", NAME, "--budget", "5", "--skip-check")
AGAIN = ("--select", NAME, "--skip-check", "--kind", "faults", "--budget", "5")
"""The same in the order of the help, as the command to go on has them: with others it would explore more."""
PATIENCE = 300  # seconds


@dataclass(frozen=True)
class Explored:
    """What an exploration came to."""

    code: int
    said: str
    results: list[Scenario]
    folder: Path
    target: Path
    spent: int
    """How many users are used up."""

    @property
    def blocked(self) -> int:
        """How many of its cells could not be tried: all but the first, and a second that came to its end before."""
        return sum(one.verdict is Verdict.BLOCKED for one in self.results)

    @property
    def report(self) -> str:
        """Its report, as it is now."""
        return (self.folder / "report.html").read_text("utf-8")

    @property
    def matrix(self) -> str:
        """The part of it with a square for each cell."""
        return self.report[self.report.index('id="exploration"') : self.report.index('id="coverage"')]


def started(portal: Running, *words: str) -> subprocess.Popen[str]:
    """`sekisho explore` with the portal's target file."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *WORDS, *words]
    environment = {**os.environ, **portal.environment, "PYTHONUTF8": "1", "CI": "1"}
    return subprocess.Popen(
        [*command, "--target", str(portal.target)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def explored(code: int, said: str, folder: Path, target: Path) -> Explored:
    """What stands in the folder now."""
    return Explored(code, said, read_scenarios(folder), folder, target, len(Spent(folder).users))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Explored, Explored]:
    """One in which the portal goes away behind the first cell, and the same gone on with when it is there again."""
    folder = tmp_path_factory.mktemp("gone")
    with running(folder / "portal", Setup(accounts=[Wanted("invited", {})] * 12)) as portal:
        with started(portal, "--out", str(folder / "run")) as first:
            assert first.stdout
            lines = []
            for line in first.stdout:
                lines.append(line)
                if line.startswith("[1/5]"):
                    portal.ask({"do": "shut"})
            said = "".join(lines)
        assert (folder / "run" / "report.html").is_file(), said
        gone = explored(first.wait(), said, folder / "run", portal.target)
        assert gone.matrix.count('class="square"><a class="v-blocked"') == gone.blocked
        assert "続けてポータルに届かなかった" in gone.report
        portal.ask({"do": "open"})
        with started(portal, "--resume", str(folder / "run")) as second:
            told, _ = second.communicate(timeout=PATIENCE)
        whole = explored(second.returncode, told, folder / "run", portal.target)
    return gone, whole


def test_what_was_finished_is_kept_and_the_rest_is_blocked_by_name(both: tuple[Explored, Explored]) -> None:
    """For one cause; exit code 3, and the command that goes on."""
    gone, _ = both
    assert gone.code == 3, gone.said
    passed = [one for one in gone.results if one.verdict is Verdict.PASS]
    assert gone.blocked in {3, 4}, gone.said
    assert len(passed) + gone.blocked == len(gone.results) == 6, gone.said
    assert gone.spent in {len(passed), len(passed) + 1}, gone.said  # one was under way, perhaps, when it went away
    causes = {one.failure.portal_did for one in gone.results if one.failure}
    assert len(causes) == 1, causes
    assert "続けてポータルに届かなかった" in causes.pop()
    assert f"{gone.blocked} 件が同じ理由" in gone.said
    words = shlex.split(next(line for line in gone.said.splitlines() if "--resume" in line))
    assert words[words.index("explore") :] == [
        "explore",
        "--resume",
        str(gone.folder),
        "--target",
        str(gone.target),
        *AGAIN,
    ]
    assert all(one.repeat.endswith(f"--select {one.id} --target {gone.target}") for one in gone.results if one.cell)


def test_what_was_blocked_is_carried_out_and_nothing_else(both: tuple[Explored, Explored]) -> None:
    """The report afterwards is whole: it says nothing of a stop."""
    gone, whole = both
    assert whole.code == 0, whole.said
    assert {one.verdict for one in whole.results} == {Verdict.PASS}
    assert whole.spent in {6, 7}, whole.said
    kept = {(one.id, one.started) for one in gone.results if one.verdict is Verdict.PASS}
    assert kept <= {(one.id, one.started) for one in whole.results}
    assert {one.id for one in gone.results} == {one.id for one in whole.results}
    run = read_run(whole.folder)
    assert (run.stopped, len(run.resumed)) == ("", 1)
    assert run.finished
    document = ET.parse(whole.folder / "junit.xml").getroot()  # noqa: S314 - our own
    assert [document.get(key) for key in ("tests", "errors", "skipped")] == ["6", "0", "0"]
    assert "v-blocked" not in whole.matrix
