"""Carry out all scenarios against the portal with all its habits: `python -m tests.second_portal.whole [OPTION ...]`.

The options are those of `sekisho run`, such as `--certs context`. Results stand in reports/out/second-portal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.second_portal.habits import EVERY
from tests.second_portal.running import ROOT, running
from tests.second_portal.setup import Setup
from tests.second_portal.trials import run


def main() -> int:
    """Carry them out; gives the exit code of `sekisho run`."""
    parser = argparse.ArgumentParser(
        "python -m tests.second_portal.whole",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), Setup(EVERY)) as portal:
        ended = run(portal, ROOT / "reports" / "out" / "second-portal", *rest)
    sys.stdout.write(ended.stdout)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
