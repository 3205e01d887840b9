"""What is imported is declared: an environment that has it by luck is not everybody's."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("sekisho", "mock_ca", "mock_apps", "steps", "pages", "fixtures", "reports", "features")
TESTS = ("tests", "bench", "scripts")
CHECKERS_ONLY = {"_typeshed"}  # known to type checkers, imported by nobody


def test_every_package_that_is_imported_is_declared() -> None:
    """What the harness imports, as a dependency; what its tests import, as one of theirs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {_name(one) for one in project["project"]["dependencies"]}
    tests = needed | {_name(one) for one in project["dependency-groups"]["dev"]}

    assert sorted(set(_distributions(OURS)) - needed) == []
    assert sorted(set(_distributions((*OURS, *TESTS))) - tests) == []


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _distributions(folders: tuple[str, ...]) -> Iterator[str]:
    """The distributions of what is imported below these folders, apart from Python's own modules and ours."""
    known = packages_distributions()
    own = {*OURS, *TESTS, "conftest", *sys.stdlib_module_names, *CHECKERS_ONLY}
    modules = {module for folder in folders for path in (ROOT / folder).rglob("*.py") for module in _imported(path)}
    for module in modules - own:
        found = {_name(one) for one in known.get(module, (module,))}
        yield from found if len(found) == 1 else ()  # a namespace of many, such as `google`, names none of them


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]
