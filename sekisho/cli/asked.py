"""What pytest is told of that which a run was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from sekisho.cli import folders
from sekisho.cli.options import Options
from sekisho.layout import PYTEST_FILE
from sekisho.manual.folders import FEATURES, added, elsewhere, known
from sekisho.run.options import given

# A run is the same whatever plugins this Python has for its owner's tests, such as one that tries again what failed,
# and leaves no compiled files beside ours.
PLUGINS = ("--disable-plugin-autoload", "-p", "xdist", "-p", "pytest-bdd", "-p", "allure_pytest", "--assert=plain")
# It collects all garbage five times when a session ends, to warn of what nobody who runs scenarios can mend.
LEFT_OUT = ("-p", "no:unraisableexception")


def arguments(options: Options, folder: Path, jobs: int, manuals: Collection[str]) -> list[str]:
    """Those of pytest; values in one word with their options: alone, a folder is one whose conftest pytest loads."""
    words = [
        *map(str, _features(manuals)),
        "-c",
        str(PYTEST_FILE),
        *PLUGINS,
        *LEFT_OUT,
        f"--numprocesses={jobs if jobs > 1 else 0}",
    ]
    words += [f"--run-dir={folder}", f"--alluredir={folder / 'allure-results'}", "--tb=short"]
    words += [f"--manual-dir={folder}" for folder in added()]
    told = replace(
        options,
        target=options.target and options.target.resolve(),
        hand_over=options.hand_over and folders.for_answers(options.hand_over),
    )
    return [*words, *(name if value is None else f"{name}={value}" for name, value in given(told))]


def _features(manuals: Collection[str]) -> list[Path]:
    """The folders of the manuals that are meant: to read all of ours takes each worker half a second and more.

    Above one that lies elsewhere pytest does not find our conftest, so ours are read beside it.
    """
    strangers = [one.folder for one in elsewhere() if one.id in manuals]
    return [FEATURES, *strangers] if strangers else [one.folder for one in known().values() if one.id in manuals]
