"""A machine without room: never a word against the portal, and always which place it was."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Download as BrowserDownload

from fixtures import run as begun
from pages import downloads
from pages.screen import Screen
from sekisho.browser import guard
from sekisho.machine import files, os_errors, variables
from sekisho.person.browsing import Browsing
from sekisho.verdict import BrokenError, DeviationError, EnvironmentProblemError, NotApplicableError
from tests.processes import until

from .places import fill, little_room
from .server import PAGES, Hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="small file systems of Linux")
at_night = pytest.mark.skipif("SEKISHO_TRIES" not in os.environ, reason="a whole run: at night (SEKISHO_TRIES)")
FILE = "/a-file"
SIZE = 40_000


@pytest.fixture
def offered(hostile: Hostile, browsing: Browsing) -> Iterator[None]:
    """A page with a link to a file, which the page makes itself."""
    script = f"a.href = URL.createObjectURL(new Blob(['x'.repeat({SIZE})]))"
    PAGES[FILE] = f"<a id=a download=user.p12>Download</a><script>{script}</script>"
    browsing.open(f"{hostile.url}{FILE}")
    yield
    del PAGES[FILE]


def fetched(screen: Screen, folder: Path) -> downloads.Download:
    """The file."""
    return downloads.fetch(screen, screen.page.get_by_text("Download").click, folder)


@pytest.mark.usefixtures("offered")
def test_what_arrived_is_counted(screen: Screen, tmp_path: Path) -> None:
    """By the browser, whatever the file on disk has."""
    assert len(fetched(screen, tmp_path).data) == SIZE
    address = screen.page.evaluate("a.href")
    assert guard.arrived(screen.page.context, address) == SIZE


@pytest.mark.usefixtures("offered")
def test_what_the_browser_tells_of_a_download_after_its_end_is_waited_for(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells Playwright, which keeps the file, a moment before it tells us."""
    fetched(screen, tmp_path)
    address, watch = screen.page.evaluate("a.href"), guard._of_window[screen.page.context]
    told, send = dict(watch._arrived), watch._session.send
    watch._arrived.clear()
    monkeypatch.setattr(watch._session, "send", lambda asked: (send(asked), watch._arrived.update(told)))
    assert guard.arrived(screen.page.context, address) == SIZE


@pytest.mark.usefixtures("offered")
def test_a_file_that_lacks_what_arrived_is_no_fault_of_the_portal(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both figures are told, and the room that is left."""
    whole = BrowserDownload.save_as

    def short(offered: BrowserDownload, path: Path) -> None:
        whole(offered, path)
        path.write_bytes(b"x" * 100)

    monkeypatch.setattr(BrowserDownload, "save_as", short)
    with pytest.raises(BrokenError, match=rf"100 バイトだが、届いたのは {SIZE} バイト.*空き"):
        fetched(screen, tmp_path)


@pytest.mark.usefixtures("offered")
def test_a_file_that_finds_no_room_is_no_fault_of_the_portal(screen: Screen, tmp_path: Path) -> None:
    """The folder is named."""
    with little_room(tmp_path / "small", "16k") as small, pytest.raises(BrokenError, match="small"):
        fetched(screen, small)


@pytest.mark.parametrize(
    "error", [DeviationError("画面に「Download」が現れない"), EnvironmentProblemError("500"), None]
)
def test_without_room_nothing_counts_against_the_portal_or_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception | None
) -> None:
    """What was seen is told, too."""
    monkeypatch.setattr(os_errors, "LEAST", 2**80)
    found = os_errors.explained(error, [tmp_path])
    assert isinstance(found, BrokenError)
    assert "空きがない" in str(found)
    assert str(error or "") in str(found)


def test_a_place_of_the_run_that_is_full_is_named(tmp_path: Path) -> None:
    """Not only the temporary folder."""
    with little_room(tmp_path / "out", "64k") as out:
        fill(out)
        assert str(out) in os_errors.no_room([out])
    assert os_errors.no_room([tmp_path]) == ""


def test_what_ended_for_want_of_room_is_known_from_whatever_it_became() -> None:
    """Also where the place has room again."""
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    for cause in (OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "quota"), full):
        error = DeviationError("取り込めない")
        error.__cause__ = cause
        found = os_errors.explained(error)
        assert isinstance(found, BrokenError)
        assert "空" in str(found)


def test_other_ends_stay_what_they_are() -> None:
    """What is not applicable needs no room; what a system refuses is told with a remedy."""
    for error in (DeviationError("x"), NotApplicableError("x"), None):
        assert os_errors.explained(error) is error
    found = os_errors.explained(PermissionError(errno.EACCES, "Permission denied", "/root/x"))
    assert str(found) == "/root/x: Permission denied。権限を確かめてください。"


def test_a_result_that_finds_no_room_is_named_and_leaves_nothing_half(tmp_path: Path) -> None:
    """Python's own error for a write has no name."""
    with little_room(tmp_path / "out", "16k") as out:
        with pytest.raises(OSError, match="No space left") as caught:
            files.write(out / "one.json", "x" * 100_000)
        assert caught.value.filename == str(out / "one.json")
        assert list(out.iterdir()) == []


def carried_out(out: Path, filled: Path, environment: dict[str, str]) -> tuple[int, str, list[dict[str, Any]]]:
    """A run of a few scenarios, in which a place is filled once the first one is finished."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", "--manual", "danshin"]
    with subprocess.Popen(
        [*command, "--jobs", "1", "--select", "DAN-ISSUE-04", "--out", str(out)],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as run:
        until(lambda: any(out.glob("scenarios/*.json")) or run.poll() is not None, seconds=120)
        fill(filled)
        said, _ = run.communicate(timeout=240)
    found = [json.loads(one.read_text("utf-8")) for one in out.glob("scenarios/*.json")]
    return run.returncode, said, sorted(found, key=lambda one: str(one["started"]))


def test_a_temporary_folder_that_fills_up_in_the_middle_of_a_run(tmp_path: Path) -> None:
    """The mock, the browser's profile, the downloads: all are there. The run gives up, and says which place is full."""
    with little_room(tmp_path / "tmp", "300m") as place:
        code, said, found = carried_out(tmp_path / "out", place, {"TMPDIR": str(place)})
    assert code == 3, said
    verdicts = [one["verdict"] for one in found]
    assert verdicts[0] == "PASS"
    assert set(verdicts[1:]) == {"ERROR"}
    assert all(f"{place} に空きがない" in one["failure"]["portal_did"] for one in found[1:])
    assert "打ち切りました" in said
    assert "Traceback" not in said
    assert (tmp_path / "out" / "report.html").is_file()


@at_night
def test_a_run_whose_own_folder_fills_up(tmp_path: Path) -> None:
    """What had finished is there and on the screen, and the file that found no room is named."""
    with little_room(tmp_path / "out", "3m") as place:
        code, said, found = carried_out(place / "run", place, {})
    assert code == 3, said
    assert [one["verdict"] for one in found] == ["PASS"]
    assert "結果を書けません" in said
    assert str(place / "run") in said
    assert "Traceback" not in said


def test_a_run_that_finds_no_room_for_its_folder_says_so(
    tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before its first scenario: pytest's own traceback stood there."""
    session = SimpleNamespace(config=pytestconfig)
    monkeypatch.setattr(begun, "runs_scenarios", lambda _: True)
    monkeypatch.setattr(variables, "seal", lambda: None)
    with little_room(tmp_path / "out", "16k") as out:
        fill(out)
        monkeypatch.setattr(begun, "_begin", lambda _: files.write(out / "run.json", "{}"))
        with pytest.raises(pytest.exit.Exception, match=r"run\.json: No space left on device。空き容量を") as ended:
            begun.pytest_sessionstart(session)  # type: ignore[arg-type]
    assert ended.value.returncode == 3
