"""What a wheel puts where, and what it leaves out."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import sekisho

from .conftest import TOP, built, unpacked_source

PARTS = ("features", "steps", "pages", "fixtures", "reports", "mock_ca", "mock_apps")
NOT_FOR_USERS = {"tests", "bench", "scripts", "deploy", "out", "images", "__pycache__"}
ABOUT = f"sekisho-{sekisho.__version__}.dist-info"

pytestmark = pytest.mark.xdist_group("installed")


def files(wheel: Path) -> dict[str, bytes]:
    """Each file of a wheel by its name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_one_name_is_added_to_site_packages(wheel: Path) -> None:
    """Besides what describes the distribution."""
    assert {PurePosixPath(name).parts[0] for name in files(wheel)} == {"sekisho", ABOUT}


def test_every_file_that_a_run_needs_is_there(wheel: Path) -> None:
    """All of the folders that stand beside sekisho/ in a checkout, also what is no Python."""
    listed = subprocess.run(["git", "ls-files", "-z", *PARTS], cwd=TOP, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this folder is not under git's control")
    wanted = {name for name in listed.stdout.split("\0") if name and (TOP / name).is_file()}
    carried = {name.removeprefix("sekisho/_top/") for name in files(wheel)}
    assert len(wanted) > 200
    assert sorted((wanted | {"conftest.py", "pytest.toml"}) - carried) == []


def test_nothing_else_is_there(wheel: Path) -> None:
    """No tests, no measurements, no results of runs, nothing that Python or a tool has left behind."""
    assert [name for name in files(wheel) if NOT_FOR_USERS & set(PurePosixPath(name).parts)] == []


def test_it_has_its_licence_and_the_version_that_the_command_says(wheel: Path) -> None:
    """The whole of the licence; pyproject.toml and the package each have the version."""
    inside = files(wheel)
    assert inside[f"{ABOUT}/licenses/LICENSE"] == (TOP / "LICENSE").read_bytes()
    assert f"\nVersion: {sekisho.__version__}\n" in inside[f"{ABOUT}/METADATA"].decode()


def test_a_wheel_made_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    """As an index or a distribution builds it."""
    assert files(built("wheel", unpacked_source(tmp_path), tmp_path / "wheel")) == files(wheel)
