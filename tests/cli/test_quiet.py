"""Other programs' output stays off the screen, and can be shown when it is needed."""

from __future__ import annotations

import subprocess
import sys

NOISY = """
import os, subprocess, sys
from sekisho.cli.quiet import quiet
with quiet() as (screen, caught):
    print("from Python")
    os.write(2, b"from C\\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    screen.write("progress\\n")
    screen.flush()
    text = caught()
print("after")
sys.stderr.write(text)
"""


def test_only_what_is_meant_for_the_screen_gets_there() -> None:
    """Python's, C's and children's output is caught; afterwards everything is as before."""
    result = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=True)

    assert result.stdout == "progress\nafter\n"
    assert sorted(result.stderr.splitlines()) == ["from C", "from Python", "from a child"]
