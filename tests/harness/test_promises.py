"""What docs/security.md promises is held by tests that there are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py(?:::\w+)+)`")


def test_every_test_that_is_named_is_collected() -> None:
    """And every row of the tables names one."""
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    promises = [row for part in text.split("| promise | held by |")[1:] for row in _rows(part)]
    assert len(promises) > 20
    assert [row for row in promises if not NAMED.search(row)] == []
    named = set(NAMED.findall(text))
    files = sorted({one.partition("::")[0] for one in named})
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-q", *files]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    collected = {line.partition("[")[0] for line in told.stdout.splitlines()}
    assert sorted(named - collected) == [], told.stdout[-2000:] + told.stderr[-2000:]


def _rows(part: str) -> list[str]:
    """The rows of a table whose head came before."""
    lines = part.strip().splitlines()[1:]
    return lines[: next((place for place, line in enumerate(lines) if not line.startswith("|")), len(lines))]
