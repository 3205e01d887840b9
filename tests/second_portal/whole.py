"""Carry out all scenarios against the portal with all its habits: `python -m tests.second_portal.whole [OPTION ...]`.

The options are those of `sekisho run`, such as `--certs context`. Results stand in reports/out/second-portal.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.second_portal.habits import EVERY
from tests.second_portal.running import ROOT, running
from tests.second_portal.setup import Setup
from tests.second_portal.trials import run


def main() -> int:
    """Carry them out; gives the exit code of `sekisho run`."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), Setup(EVERY)) as portal:
        ended = run(portal, ROOT / "reports" / "out" / "second-portal", *sys.argv[1:])
    sys.stdout.write(ended.stdout)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
