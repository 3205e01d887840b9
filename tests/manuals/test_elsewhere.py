"""A manual that lies elsewhere is used as ours are; `tests/manuals/sixth` exists nowhere else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.manual.folders import FEATURES
from sekisho.results import read_run, read_scenarios
from sekisho.verdict import Verdict

Command = Callable[..., subprocess.CompletedProcess[str]]

TOP = FEATURES.parent
KNOCKING = "戸を叩くと通される"
PARTS = ("sekisho", "features", "steps", "pages", "fixtures", "reports", "mock_ca", "mock_apps")


def test_the_commands_that_only_tell_know_it(sekisho: Command, sixth: Path) -> None:
    """By the name in its file, whatever its folder is called."""
    where = ("--manual-dir", str(sixth))
    listed = json.loads(sekisho("list", *where, "--manual", "kura", "--json").stdout)
    assert [one["ids"] for one in listed if one["scenario"] == KNOCKING] == [["KURA-GATE-01", "KURA-GATE-02"]]
    assert {one["manual"] for one in listed} == {"kura"}
    whole = len((sixth / "rows.csv").read_text("utf-8").splitlines()) - 1
    assert f"{whole} 項目のうち {whole} 項目" in sekisho("coverage", *where, "--manual", "kura").stdout
    written = sixth.parent / "new.toml"
    told = sekisho("target", "init", "kura", *where, "--out", str(written)).stdout
    assert (f"check {written} --manual-dir {sixth}" in told, 'manual = "kura"' in written.read_text("utf-8")) == (
        True,
        True,
    )
    assert "kura" not in sekisho("list").stdout


def test_its_own_sentences_and_screens_are_carried_out(sekisho: Command, sixth: Path, portal_file: Path) -> None:
    """On its own portal; the report says its title, also where nobody has the manual."""
    out = portal_file.parent / "run"
    where = ("--manual-dir", str(sixth), "--target", str(portal_file), "--certs", "context", "--out", str(out))
    done = sekisho("run", *where, "--select", KNOCKING)
    assert done.returncode == 0, done.stdout + done.stderr
    (scenario,) = read_scenarios(out)
    assert f"--manual-dir {sixth}" in scenario.repeat
    assert (scenario.manual, scenario.feature, scenario.verdict) == ("kura", "kura/gate.feature", Verdict.PASS)
    assert read_run(out).called["kura"].name == "蔵の入口"

    shutil.rmtree(sixth)
    assert sekisho("report", str(out)).returncode == 0
    assert "蔵の入口 ご利用の手引き" in (out / "report.html").read_text("utf-8")


def test_its_target_file_is_checked_against_it(sekisho: Command, sixth: Path, portal_file: Path) -> None:
    """A site that it does not have is a mistake."""
    portal_file.write_text(portal_file.read_text("utf-8").replace("gate =", "gaet ="), encoding="utf-8")
    done = sekisho("check", str(portal_file), "--manual-dir", str(sixth))
    assert (done.returncode, "sites.gaet" in done.stdout + done.stderr) == (2, True)
    unknown = sekisho("check", str(portal_file))
    assert (unknown.returncode, "kura" in unknown.stdout + unknown.stderr) == (2, True)


@pytest.fixture
def package(tmp_path: Path, sixth: Path) -> Path:
    """A package that brings the manual, installed into a folder."""
    site = tmp_path / "site"
    shutil.copytree(sixth, site / "kura_manual")
    (site / "kura_manual" / "__init__.py").write_text("")
    info = site / "kura_manual-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kura-manual\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[sekisho.manuals]\nkura = kura_manual\n")
    return site


def test_a_package_can_bring_it(sekisho: Command, package: Path) -> None:
    """By an entry point of the group sekisho.manuals."""
    listed = sekisho("list", "--manual", "kura", PYTHONPATH=str(package))
    assert "シナリオ kura " in listed.stdout, listed.stderr


def test_a_package_that_cannot_be_imported_is_named(sekisho: Command, package: Path) -> None:
    """With what went wrong there."""
    (package / "kura_manual" / "__init__.py").write_text("import no_such_thing\n")
    done = sekisho("list", PYTHONPATH=str(package))
    assert done.returncode == 2
    assert "kura-manual 1.0 のエントリーポイント sekisho.manuals の kura = kura_manual" in done.stderr
    assert "No module named 'no_such_thing'" in done.stderr
    (package / "kura_manual" / "__init__.py").write_text("raise SystemExit(0)\n")
    done = sekisho("list", PYTHONPATH=str(package))
    assert (done.returncode, "kura = kura_manual: 読み込めません（SystemExit" in done.stderr) == (2, True)


@pytest.fixture
def without_nec(tmp_path: Path) -> tuple[Path, Path]:
    """A copy of sekisho's own folders in which one manual is missing, and where that lies."""
    top = tmp_path / "checkout"
    for part in PARTS:
        shutil.copytree(TOP / part, top / part, ignore=shutil.ignore_patterns("__pycache__", "out"))
    for name in ("conftest.py", "pytest.toml"):
        shutil.copy(TOP / name, top / name)
    shutil.move(top / "features" / "nec", tmp_path / "carried away")
    return top, tmp_path / "carried away"


def run_in(top: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the copy's."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(top)}
    return subprocess.run(
        command, env=environment, cwd=top, capture_output=True, encoding="utf-8", check=False, timeout=180
    )


def test_one_of_ours_is_the_same_when_it_is_carried_away(without_nec: tuple[Path, Path], sekisho: Command) -> None:
    """Deleted here, nothing misses it; named where it lies, it has the same scenarios, ids and verdict."""
    top, nec = without_nec
    left = run_in(top, "list").stdout
    assert ("obn " in left, "nec" in left) == (True, False)
    here = sekisho("list", "--manual", "nec", "--json").stdout
    assert run_in(top, "list", "--manual-dir", str(nec), "--manual", "nec", "--json").stdout == here

    chosen = ("--select", "確認画面に「いいえ」と答えるとルートCA証明書は取り込まれない", "--jobs", "1")
    out = top.parent / "run"
    done = run_in(top, "run", "--manual-dir", str(nec), "--manual", "nec", *chosen, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    (scenario,) = read_scenarios(out)
    assert (scenario.id in here, scenario.verdict) == (True, Verdict.PASS)
