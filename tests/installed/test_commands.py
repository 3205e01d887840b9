"""What an installed sekisho does in an empty folder, on a machine without a checkout."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sekisho

from .conftest import Environment

pytestmark = pytest.mark.xdist_group("installed")


def written(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of everything in a folder."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


@pytest.fixture
def untouched(installed: Environment) -> Iterator[None]:
    """Nothing is written where sekisho was installed, also by those who may."""
    before = written(installed.packages)
    yield
    assert written(installed.packages) == before


def test_it_knows_its_manuals(installed: Environment, empty: Path, untouched: None) -> None:
    """`list`, `list --defects`, `coverage`, `target init` and `check` read what the wheel carries."""
    listed = json.loads(installed(empty, "sekisho", "list", "--json").stdout)
    assert len(listed) > 300
    assert "renewal-opens-on-day-31" in installed(empty, "sekisho", "list", "--defects").stdout
    assert installed(empty, "sekisho", "coverage").returncode == 0
    assert list(empty.iterdir()) == []

    assert installed(empty, "sekisho", "target", "init", "danshin", "--out", "portal.toml").returncode == 0
    page = next(line for line in (empty / "portal.toml").read_text("utf-8").splitlines() if "target.md" in line)
    assert Path(page.removeprefix("# 詳しくは ").removesuffix("。")).is_file()
    checked = installed(empty, "sekisho", "check", "portal.toml")
    assert checked.returncode == 2, checked.stderr
    assert "portal.toml: 直すところが" in checked.stdout


def test_it_says_its_version(installed: Environment, empty: Path) -> None:
    """The one that was installed."""
    assert installed(empty, "sekisho", "--version").stdout == f"sekisho {sekisho.__version__}\n"


def test_doctor_says_in_one_line_what_to_install(installed: Environment, empty: Path) -> None:
    """Also what brings a browser; nothing of what only a checkout has."""
    said = installed(empty, "sekisho", "doctor", PATH="/nowhere").stdout
    (line,) = (line for line in said.splitlines() if "apt-get update && " in line)
    assert line.startswith("    ")
    assert " install chromium chromium-sandbox chromium-l10n libnss3-tools dbus" in line
    assert "make setup" not in said


def test_commands_are_told_as_they_work_here(installed: Environment, empty: Path) -> None:
    """By name where the PATH leads to it, otherwise by its path; never as in a checkout."""
    programs = installed.folder / "bin"
    by_path = installed(empty, "sekisho", "run", "--select", "nothing-of-that-kind-[x]", SEKISHO_COMMAND="bin/sekisho")
    assert f"'{programs}/sekisho' list" in by_path.stderr
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    by_name = installed(empty, "sekisho", "run", "--select", "nothing-of-that-kind-[x]", PATH=path)
    assert "「sekisho list」" in by_name.stderr


def test_modules_of_the_current_folder_are_none_of_its_business(installed: Environment, empty: Path) -> None:
    """A person's own files may be called as ours are."""
    for name in ("mock_ca", "reports", "steps", "json", "fixtures"):
        (empty / f"{name}.py").write_text("raise SystemExit('yours, not ours')\n", "utf-8")
    assert "renewal-opens-on-day-31" in installed(empty, "sekisho", "list", "--defects").stdout


def test_without_a_place_for_results_it_says_so(installed: Environment, empty: Path) -> None:
    """A file stands where the runs would go: exit code 3, what to do, and nothing is carried out."""
    (empty / "sekisho-runs").write_text("", "utf-8")
    done = installed(empty, "sekisho", "run", "--select", "DAN-RENEW-03", "--certs", "context")
    assert done.returncode == 3, done.stderr
    assert "./sekisho-runs" in done.stderr
    assert "--out DIR" in done.stderr


def test_scenarios_run_with_nothing_but_what_the_wheel_asks_for(fresh: Environment, empty: Path) -> None:
    """In two workers, with Playwright's certificates; the results lie below the current folder."""
    carry_out(fresh, empty, "context", 2)


@pytest.mark.usefixtures("read_only_possible", "untouched")
def test_scenarios_run_where_nothing_can_be_written(installed: Environment, empty: Path) -> None:
    """With the browser's own store; and the report of the run can be made again."""
    carry_out(installed, empty, "native", 1, only_read=True)
    again = installed(empty, "sekisho", "report", "sekisho-runs/latest", only_read=True)
    assert again.returncode == 0, again.stderr


def carry_out(environment: Environment, folder: Path, certs: str, jobs: int, *, only_read: bool = False) -> None:
    """Carry out a scenario of the manual, and look at what is left of it."""
    asked = ("--manual", "danshin", "--select", "DAN-RENEW-01", "--certs", certs, "--jobs", str(jobs))
    done = environment(folder, "sekisho", "run", *asked, only_read=only_read)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [one.name for one in folder.iterdir()] == ["sekisho-runs"]
    latest = folder / "sekisho-runs" / "latest"
    run = json.loads((latest / "run.json").read_text("utf-8"))
    assert (run["certs"], run["jobs"]) == (certs, jobs)
    assert (latest / "report.html").is_file()


def test_two_versions_live_beside_each_other(
    installed: Environment, new_environment: Callable[[str, Path], Environment], next_wheel: Path, empty: Path
) -> None:
    """Each is its own, with its own mock, also after the other was called."""
    newer = new_environment("2", next_wheel)
    assert newer(empty, "sekisho", "--version").stdout == "sekisho 99.1\n"
    assert "次の版では取り込む" in newer(empty, "sekisho", "list", "--defects").stdout
    assert installed(empty, "sekisho", "--version").stdout == f"sekisho {sekisho.__version__}\n"
    assert "次の版では取り込む" not in installed(empty, "sekisho", "list", "--defects").stdout
