"""Where sekisho's parts lie: beside this package in a checkout, inside it where a wheel was installed.

A checkout has `features/`, `steps/`, `pages/`, `fixtures/`, `reports/`, `mock_ca/` and `mock_apps/` at its top. A wheel
carries the same folders in `sekisho/_top/` (see pyproject.toml), for nobody's site-packages should get a `steps`.
Whoever wants a file of theirs asks here.
"""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.resolve()
_CARRIED = PACKAGE / "_top"
INSTALLED = _CARRIED.is_dir()
TOP = _CARRIED if INSTALLED else PACKAGE.parent
PYTEST_FILE = TOP / "pytest.toml"


def part(*names: str) -> Path:
    """A file or folder of sekisho's own, by its way from the top of a checkout. It is only read."""
    return TOP.joinpath(*names)


def document(name: str) -> str:
    """A page of docs/, as a person is told where it lies."""
    return str(part("docs", name)) if INSTALLED else f"docs/{name}"


def runs() -> Path:
    """Where runs are kept when nobody says where: in the checkout, or below the current folder."""
    return Path.cwd() / "sekisho-runs" if INSTALLED else part("reports", "out")


def runs_named() -> str:
    """The same, as a person is told."""
    return "./sekisho-runs" if INSTALLED else "reports/out"


def settle() -> None:
    """Let this process import the folders that a wheel carries. In a checkout its installation has seen to that."""
    if INSTALLED and str(TOP) not in sys.path:
        sys.path.insert(0, str(TOP))  # first: others put packages of such names into site-packages


def python(module: str) -> list[str]:
    """The command that runs a module of sekisho's in another process, whatever lies in the current folder."""
    return [sys.executable, "-P", str(PACKAGE / "machine" / "starting.py"), module]
