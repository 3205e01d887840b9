"""Derives the accounts.csv of each manual from a run on the mock: `python -m tests.target_file.derive [DIR]`, 10 min.

With `--manual-dir FOLDER` that of a manual of the family which lies there, and of no other.

As a pytest plugin it notes, for each scenario, which users it asks for, what it asks of the portal's people, and
whether each user's record differs at the end. DIR keeps the notes; a manual with all of them is not run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures import selection
from fixtures.mock import MockPortal
from sekisho.manual import folders
from sekisho.manual.accounts import OPERATOR, told, write
from sekisho.manual.citations import CitedScenario, of, scenarios
from sekisho.manual.folders import FEATURES
from sekisho.manual.titles import titled
from sekisho.results import Scenario

ASKED: list[dict[str, Any]] = []
PORTAL: list[MockPortal] = []
BY_PEOPLE = ("reissue", "pass_days", "pass_minutes", "wait_until")
EITHER = "たか、理由を示して"  # what a portal may do or refuse: another than the mock may do it, and change the user


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the notes go."""
    parser.addoption("--accounts", type=Path)


def pytest_configure() -> None:
    """Listen to what is asked of the mock. Edge's scenarios ask for the same users in any browser."""
    selection.NEEDS.pop("msedge", None)
    MockPortal.account = _noting(MockPortal.account)  # type: ignore[method-assign]
    for name in BY_PEOPLE:
        setattr(MockPortal, name, _people(name, getattr(MockPortal, name)))


def _noting(provision: Callable[..., Any]) -> Callable[..., Any]:
    def account(self: MockPortal, state: str, **traits: str | int) -> Any:  # noqa: ANN401 - an Account
        made = provision(self, state, **traits)
        known = {one["user_id"]: f"#{number}" for number, one in enumerate(_users(), start=1)}
        traits = {name: known.get(str(value), value) for name, value in traits.items()}
        ASKED.append({"user_id": made.user_id, "state": state, "traits": traits, "before": _trace(self, made.user_id)})
        PORTAL[:] = [self]
        return made

    return account


def _people(name: str, done: Callable[..., Any]) -> Callable[..., Any]:
    def asked(self: MockPortal, *arguments: Any) -> Any:  # noqa: ANN401 - handed on
        if not any(one["traits"] == {"do": name} for one in ASKED):
            ASKED.append({"user_id": "", "state": OPERATOR, "traits": {"do": name}, "before": ""})
        return done(self, *arguments)

    return asked


def _users() -> list[dict[str, Any]]:
    return [one for one in ASKED if one["user_id"]]


def _trace(portal: MockPortal, user_id: str) -> str:
    return str(portal.control("GET", f"/subscribers/{user_id}/trace")["trace"])


def pytest_runtest_setup() -> None:
    """Forget the scenario before."""
    ASKED.clear()


def pytest_sekisho_scenario(item: pytest.Item, scenario: Scenario) -> None:
    """Write down what a scenario asked for, before its fixtures leave."""
    folder: Path = item.config.getoption("--accounts")
    folder.mkdir(parents=True, exist_ok=True)
    either = any(EITHER in step.text for step in scenario.steps)
    used = ["yes" if one["user_id"] and (either or _changed(one)) else "no" for one in ASKED]
    lines = [[one["state"], told(one["traits"]), use] for one, use in zip(ASKED, used, strict=True)]
    (folder / f"{scenario.id}.json").write_text(json.dumps([str(scenario.verdict), lines]), encoding="utf-8")


def _changed(one: dict[str, Any]) -> bool:
    return _trace(PORTAL[0], one["user_id"]) != str(one["before"])


def main(folder: Path, elsewhere: list[Path]) -> None:
    """Run every manual that has a scenario without a note, and write the table; those that lie elsewhere, if any do."""
    folders.add(elsewhere)
    about = [one for one in folders.known().values() if not elsewhere or one.folder in folders.added()]
    asked = {one.id for one in about}
    all_of_them = [one for one in scenarios() if one.manual in asked]
    missing = dict.fromkeys(one.manual for one in all_of_them if not all(map(_note(folder), one.results)))
    with tempfile.TemporaryDirectory() as run:
        command = [
            sys.executable,
            "-m",
            "pytest",
            str(FEATURES),
            *map(str, folders.added()),
            "-p",
            "tests.target_file.derive",
            "-n",
            "2",
            "-q",
        ]
        command += ["--accounts", str(folder), "--run-dir", run, *(f"--manual={name}" for name in missing)]
        command += folders.options()
        if missing:
            subprocess.run(command, check=False)
    for manual in about:
        write(manual / folders.ACCOUNTS, [line for one in of(manual) for line in _lines(folder, one)])


def _note(folder: Path) -> Callable[[str], bool]:
    return lambda scenario: (folder / f"{scenario}.json").exists()


def _lines(folder: Path, one: CitedScenario) -> Iterator[list[str]]:
    for scenario, values in zip(one.results, one.values, strict=True):
        _, lines = json.loads((folder / f"{scenario}.json").read_text(encoding="utf-8"))
        for line in lines or [[""] * 3]:
            yield [scenario, titled(one.name, values), *line]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.target_file.derive", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where notes are kept")
    parser.add_argument("--manual-dir", action="append", type=Path, default=[], metavar="FOLDER")
    given = parser.parse_args()
    main(given.folder or Path(tempfile.mkdtemp()), given.manual_dir)
