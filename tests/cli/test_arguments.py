"""What pytest is told: nothing that it could take for a folder of tests, and all that was said."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from fixtures import options as in_pytest
from sekisho.cli.asked import arguments
from sekisho.cli.options import Options
from sekisho.manual.folders import FEATURES
from sekisho.run import options as of_a_run
from sekisho.run.options import declared


def test_only_the_folders_of_manuals_stand_alone(tmp_path: Path) -> None:
    """A word alone may be a path: pytest loads the conftest of each folder around it, somebody's project's too."""
    words = arguments(Options(certs="context", shard="1/2"), tmp_path, 2, {"obn", "danshin"})
    alone = [word for before, word in zip(["", *words], words, strict=False) if before not in {"-p", "-c"}]
    assert [word for word in alone if not word.startswith("-")] == [str(FEATURES / "danshin"), str(FEATURES / "obn")]


class Parser:
    """What pytest asks of plugins: options in groups, here argparse's own."""

    def __init__(self) -> None:
        """Know none."""
        self.of = ArgumentParser(allow_abbrev=False)

    def getgroup(self, *_: str) -> Parser:
        """All are in one."""
        return self

    def addoption(self, name: str, **how: Any) -> None:  # noqa: ANN401 - argparse's own
        """One option."""
        self.of.add_argument(name, **how)


def test_what_the_command_is_told_pytest_reads_as_it_was(tmp_path: Path) -> None:
    """Each option that both have, set to something unusual."""
    (tmp_path / "answers").mkdir()
    said = of_a_run.Options(
        target=tmp_path / "portal.toml",
        manuals=["danshin", "obn"],
        browser="/opt/a b/chrome",
        certs="context",
        connect="ws://127.0.0.1:1/",
        select=["DAN-*", "x=y"],
        shard="2/3",
        repeat=4,
        allow_destructive=True,
        defects=["a", "b"],
        hand_over=tmp_path / "answers",
        headed=True,
    )
    assert [one.field for one in declared(of_a_run.Options) if getattr(said, one.field) == one.usual] == []
    parser: Any = Parser()
    manager: Any = pytest.PytestPluginManager()
    in_pytest.pytest_addoption(parser, manager)
    read, _ = parser.of.parse_known_args(arguments(Options(**asdict(said)), tmp_path, 1, {"danshin"}))
    for one in declared(of_a_run.Options):
        assert getattr(read, f"sekisho_{one.name.replace('-', '_')}") == getattr(said, one.field), one.name
