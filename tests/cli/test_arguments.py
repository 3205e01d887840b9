"""What pytest is told: nothing that it could take for a folder of tests."""

from __future__ import annotations

from pathlib import Path

from sekisho.cli import run
from sekisho.manual.folders import FEATURES


def test_only_the_folders_of_manuals_stand_alone(tmp_path: Path) -> None:
    """A word alone may be a path: pytest loads the conftest of each folder around it, somebody's project's too."""
    words = run._arguments(run.Options(certs="context", shard="1/2"), tmp_path, 2)
    alone = [word for before, word in zip(["", *words], words, strict=False) if before not in {"-p", "-c"}]
    assert [word for word in alone if not word.startswith("-")] == [str(FEATURES)]
