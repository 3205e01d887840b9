"""The pytest plugin that every project gets with an installed sekisho, and hardly notices.

A project that names a manual in its pytest settings (`sekisho_manual = NAME`) may use the sentences of that
manual in feature files of its own. For all others nothing is imported. The options of a run are `--sekisho-target`,
`--sekisho-certs` and so on there: other plugins have a `--browser` too.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from sekisho import layout

MANUAL = "sekisho_manual"
ASKED = "sekisho for a project of its own"
NAMES = ("steps", "pages", "fixtures", "reports", "mock_ca", "mock_apps")
CLASHING = {"playwright": 'addopts = ["-p", "no:playwright"]'}  # has fixtures of the same names


class Asked:
    """Stands among the plugins of a project that asked, with the manual's name."""

    def __init__(self, manual: str) -> None:
        """Remember the manual's name."""
        self.manual = manual


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the setting."""
    parser.addini(MANUAL, "sekisho: the manual whose sentences your .feature files use", default="")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Bring in fixtures and sentences, ahead of the project's own conftest.py, which may override them."""
    plugins = early_config.pluginmanager
    manual = str(early_config.getini(MANUAL))
    if not manual:
        return
    for name, remedy in CLASHING.items():
        if plugins.has_plugin(name):
            raise pytest.UsageError(f"{MANUAL}: the plugin {name} has fixtures of the same names; write {remedy}")
    if layout.INSTALLED:  # a checkout is such a project itself
        _check(_folders(early_config))
    layout.settle()
    plugins.register(Asked(manual), ASKED)
    for module in [*runpy.run_path(str(layout.part("conftest.py")))["pytest_plugins"], *_only_of(manual)]:
        plugins.import_plugin(module)


def _only_of(name: str) -> Iterator[str]:
    """The module that takes in the sentences which only this manual has, where it is one of ours."""
    from sekisho.manual.folders import FEATURES, known  # noqa: PLC0415 - nothing is imported for those who did not ask

    manual = known().get(name)  # an unknown one is refused with the nearest, before anything is carried out
    if manual and manual.folder.parent == FEATURES and (manual / "conftest.py").is_file():
        yield f"features.{manual.folder.name}.conftest"


def _folders(config: pytest.Config) -> Iterator[Path]:
    """Where a project's own modules may be imported from: its top, and where tests lie."""
    yield config.rootpath
    yield from (config.rootpath / name for name in (*config.getini("testpaths"), "tests", "test", "src"))


def _check(folders: Iterable[Path]) -> None:
    """Refuse a project that has a package of the name of one of ours: Python knows only one of them."""
    for path in (folder / name for folder in folders for name in NAMES):
        if path.with_suffix(".py").is_file() or any(path.glob("*.py")):
            raise pytest.UsageError(f"{MANUAL}: {path}: sekisho has a {path.name} too; give yours another name")


def own_manual(config: pytest.Config) -> str:
    """The manual whose sentences the project's own feature files use; empty in a run of sekisho's."""
    asked = config.pluginmanager.get_plugin(ASKED)
    return asked.manual if isinstance(asked, Asked) else ""
