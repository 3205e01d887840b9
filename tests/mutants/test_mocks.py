"""A mock with one module changed runs, and the checkout stays as it is."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from .making import ROOT
from .mocks import Mocks, StillbornError, mocks

FILE = ROOT / "mock_ca" / "defects.py"
SHIRO = ROOT / "tests" / "manuals" / "shiro"


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mocks]:
    """Where mocks are started."""
    with mocks(tmp_path_factory.mktemp("mocks"), [str(SHIRO)]) as running:
        yield running


def catalogue(running: Mocks) -> list[str]:
    """The defects that a mock knows."""
    headers = {"Authorization": f"Bearer {running.ready['token']}"}
    with urllib.request.urlopen(
        urllib.request.Request(running.ready["control"] + "/defects", headers=headers), timeout=10
    ) as answer:
        return [one["name"] for one in json.load(answer)["catalogue"]]


def test_a_changed_module_takes_the_place_of_its_file_for_one_mock(nursery: Mocks) -> None:
    """The next has it as it was, with the same roots, so that a browser goes on trusting it."""
    before = FILE.read_text(encoding="utf-8")
    changed = before.replace("for defect in catalogue:", "for defect in list(catalogue)[:1]:")
    nursery.start(module="mock_ca.defects", source=changed)
    assert len(catalogue(nursery)) == 1
    root = Path(nursery.ready["server_root"]).read_bytes()
    nursery.start()
    assert len(catalogue(nursery)) > 100
    assert Path(nursery.ready["server_root"]).read_bytes() == root
    assert FILE.read_text(encoding="utf-8") == before


def test_a_portal_that_a_manual_describes_is_played_and_changed_too(nursery: Mocks) -> None:
    """By its family's modules."""
    family = ROOT / "mock_ca" / "family" / "system.py"
    nursery.start()
    assert "shiro" in nursery.ready["systems"]
    with pytest.raises(StillbornError, match="ZeroDivisionError"):
        nursery.start(module="mock_ca.family.system", source=family.read_text(encoding="utf-8") + "\n1 / 0\n")


def test_a_mock_that_does_not_start_says_why(nursery: Mocks) -> None:
    """With the end of its log."""
    with pytest.raises(StillbornError, match="ZeroDivisionError"):
        nursery.start(module="mock_ca.defects", source="1 / 0")


def test_the_next_mock_gets_ready_beside_the_one_that_runs(nursery: Mocks) -> None:
    """It is taken only by whoever asks for the same; another is started anew."""
    changed = FILE.read_text(encoding="utf-8").replace("for defect in catalogue:", "for defect in list(catalogue)[:1]:")
    nursery.start()
    nursery.prepare(module="mock_ca.defects", source=changed)
    assert len(catalogue(nursery)) > 100
    nursery.start(module="mock_ca.defects", source=changed)
    assert len(catalogue(nursery)) == 1
    nursery.prepare(module="mock_ca.defects", source="1 / 0")
    nursery.start()
    assert len(catalogue(nursery)) > 100
