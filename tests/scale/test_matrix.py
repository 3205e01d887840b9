"""The script that runs scenarios in several browsers and systems: its rows, its table, and what it makes of trouble."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sekisho.canary import Report, Sighting
from sekisho.native_ui import Surface
from sekisho.verdict import EnvironmentProblemError, Verdict
from tests.reports.samples import run, save, scenario

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "matrix.py"
SEEN = Report(
    browser="Chromium 150.0",
    build="Chromium 150.0.1",
    edge=False,
    at_spi="2.46.0",
    sightings=(Sighting(surface=Surface.CERTIFICATE_DIALOG), Sighting(surface=Surface.PIN_PROMPT, problem="Xvfb なし")),
    seen=datetime.now(UTC),
    seconds=1,
)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a project of the test's own; its browser is an executable file, and its canary sees `SEEN`."""
    spec = importlib.util.spec_from_file_location("matrix", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "matrix", module)
    spec.loader.exec_module(module)
    for name, place in {"TOP": "", "SCRIPTS": "scripts", "OUT": "reports/out/matrix"}.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    monkeypatch.setattr(module, "look", lambda *_, **__: SEEN)
    monkeypatch.setattr(module.BrowserChoice, "resolve", staticmethod(lambda name: name))
    monkeypatch.setattr(module.sys, "executable", str(tmp_path / "bin" / "python"))
    program(tmp_path / "bin" / "sekisho")
    return module


def program(path: Path, does: str = "", code: int = 0) -> None:
    """A program that notes how it was called."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "$@" >> "$0.calls"\n{does}\nexit {code}\n', encoding="utf-8")
    path.chmod(0o755)


def carried_out(folder: Path, *verdicts: Verdict) -> None:
    """A run's folder as `sekisho run` leaves it."""
    save(folder, run(), [scenario(f"one-{number}", [], verdict=one) for number, one in enumerate(verdicts)])


def test_a_row_counts_what_the_run_left(script: ModuleType, tmp_path: Path) -> None:
    """Its verdicts, the canary's view, the exit code."""
    out = tmp_path / "out"
    carried_out(out, Verdict.PASS, Verdict.PASS, Verdict.WARNING)
    row = script.tried(Path("/opt/chromium"), ["--manual=danshin"], out)
    assert (row.browser, row.at_spi, row.surfaces, row.lacking) == (
        "Chromium 150.0", "2.46.0", "1/2", {"PIN_PROMPT": "Xvfb なし"},
    )  # fmt: skip
    assert (row.verdicts, row.exit, row.good) == ({"PASS": 2, "WARNING": 1}, 0, True)
    called = (tmp_path / "bin" / "sekisho.calls").read_text("utf-8")
    assert called == f"run --browser /opt/chromium --out {out} --manual=danshin\n"


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ((Verdict.PASS, Verdict.ERROR), 3),
        ((Verdict.PASS, Verdict.FAIL), 1),
        ((), 3),
        ((Verdict.PASS, Verdict.BLOCKED), 0),
    ],
)
def test_a_row_is_bad_where_anything_was_not_decided_for_the_mock(
    script: ModuleType, tmp_path: Path, verdicts: tuple[Verdict, ...], code: int
) -> None:
    """The portal is our own: it has no fault, and a browser must not give it one."""
    program(tmp_path / "bin" / "sekisho", code=code)
    carried_out(tmp_path / "out", *verdicts)
    assert not script.tried(Path("/opt/chromium"), [], tmp_path / "out").good


def test_a_browser_without_the_surfaces_is_no_bad_row_if_the_canary_said_so(script: ModuleType) -> None:
    """A run in which nothing applies ends with 2; without a reason it stays bad."""
    row = script.Row("debian 12", verdicts={"NOT APPLICABLE": 8}, lacking={"PIN_PROMPT": "none"}, exit=2)
    assert row.good
    assert not replace(row, lacking={}).good
    assert not replace(row, verdicts={}).good


def test_a_browser_that_does_not_start_is_a_bad_row_with_the_reason(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no run is tried with it."""

    def look(*_: object, **__: object) -> None:
        raise EnvironmentProblemError("起動できません")

    monkeypatch.setattr(script, "look", look)
    row = script.tried(Path("/opt/chromium"), [], tmp_path / "out")
    assert (row.good, row.exit, row.note) == (False, 3, "起動できません")
    assert not (tmp_path / "bin" / "sekisho.calls").exists()


def test_browsers_are_what_the_script_prints(script: ModuleType, tmp_path: Path) -> None:
    """One that has none is no reason to leave the others out."""
    does = "[ $1 = chromiums ] || { echo no npm >&2; exit 3; }; echo /a/chromium; echo /b/chromium"
    program(tmp_path / "scripts" / "browsers.sh", does)
    assert list(script.browsers()) == [Path("/a/chromium"), Path("/b/chromium")]


def test_the_table_is_printed_and_written(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also while it grows; bare systems add their own rows, or one that says they could not be had."""
    carried_out(tmp_path / "reports" / "out" / "matrix" / "run-0", Verdict.PASS)
    made: Any = script.Row("debian 13", "3.13.5", "root", "Chromium 156.0", "2.56.2", "8/8", {}, {"PASS": 4}, 9, 0)
    out = tmp_path / ".tools" / "debian" / "out" / "trixie-root" / "matrix" / "matrix.json"
    made_there = f"[ $3 = --user ] && exit 3; mkdir -p {out.parent}; cat > {out} <<X\n{json.dumps([asdict(made)])}\nX"
    program(tmp_path / "scripts" / "debian_root.sh", made_there)
    assert script.main(["--browser", "/opt/chromium", "--debian", "trixie"]) == 1
    rows = json.loads((tmp_path / "reports" / "out" / "matrix" / "matrix.json").read_text("utf-8"))
    assert [(row["system"], row["user"], row["verdicts"]) for row in rows][1:] == [
        ("debian 13", "root", {"PASS": 4}), ("debian trixie", "plain user", {}),
    ]  # fmt: skip
    printed = capsys.readouterr().out
    assert "Chromium 156.0" in printed
    assert "Chromium 150.0: PIN_PROMPT: Xvfb なし" in printed
    page = (tmp_path / "reports" / "out" / "matrix" / "matrix.md").read_text("utf-8")
    assert "| debian 13 | 3.13.5 | 2.56.2 | root | Chromium 156.0 | 8/8 | 4 | 0 | 0 | 0 | 0 | 0 | 9 | 0 |\n" in page
    calls = (tmp_path / "scripts" / "debian_root.sh.calls").read_text("utf-8").splitlines()
    assert calls[1] == '--suite trixie --user make matrix ARGS="--no-debian --sample --jobs auto"'
    assert replace(made, verdicts={}).good is False
