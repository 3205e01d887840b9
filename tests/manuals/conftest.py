"""A sixth manual in a folder that no checkout has, and its portal on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.manual import folders
from tests.cli.conftest import sekisho
from tests.manuals.portal import Premises, serve
from tests.manuals.portal.server import ROOMS

__all__ = ["sekisho"]

SIXTH = Path(__file__).with_name("sixth")
MANUALS = (SIXTH, Path(__file__).with_name("shiro"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Their scenarios need runs of their own, which name the folder (`--manual-dir`)."""
    return True if collection_path in MANUALS and collection_path not in folders.added() else None


@pytest.fixture
def sixth(tmp_path: Path) -> Path:
    """The folder; its name is not the manual's."""
    return shutil.copytree(SIXTH, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    """Where the portal is, with its mailbox; what is wrong with it is added here."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return Premises(tmp_path / "Maildir")


@pytest.fixture
def portal_file(tmp_path: Path, premises: Premises) -> Iterator[Path]:
    """A target file for the portal, which runs meanwhile."""
    with serve(premises) as address:
        sites = "".join(f'{name} = "{address}/{name}/"\n' for name in ROOMS)
        file = tmp_path / "portal.toml"
        file.write_text(
            f'manual = "kura"\nname = "蔵"\n[sites]\n{sites}[mail]\nmaildir = "Maildir"\n',
            encoding="utf-8",
        )
        yield file
