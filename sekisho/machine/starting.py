"""Runs a module of sekisho's: `python -P sekisho/machine/starting.py mock_ca …`, see `sekisho.layout.python`.

Python's own `-m` would look into the current folder first, which is a person's, and not into what a wheel carries.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Run the module that the first argument names; the others are its own."""
    sys.path.insert(0, str(Path(__file__).parent.resolve().parents[1]))  # this sekisho and no other
    from sekisho import layout  # noqa: PLC0415 - see above
    from sekisho.machine import garbage  # noqa: PLC0415

    if layout.INSTALLED:
        sys.path.append(sys.path.pop(0))  # behind Python's own: others' packages lie there too
    layout.settle()
    garbage.settle()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
