"""What is a manual's own lies in its folder: no other line of the harness names one."""

from __future__ import annotations

import re
from pathlib import Path

from sekisho.manual.folders import known

TOP = Path(__file__).parents[2]
HARNESS = ("sekisho", "steps", "pages", "fixtures", "reports")


def test_no_line_of_the_harness_names_a_manual() -> None:
    """Delete the folder and the manual is gone."""
    names = re.compile(rf"\b({'|'.join(known())})\b")
    found = [
        f"{path.relative_to(TOP)}:{number}: {line.strip()}"
        for part in HARNESS
        for path in (TOP / part).rglob("*")
        if path.suffix in {".py", ".js", ".toml", ".jinja"} and "out" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if names.search(line)
    ]
    assert found == []
