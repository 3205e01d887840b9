"""Names, arguments and variables in UTF-8, whatever encoding the system's locale has: scenarios have Japanese names."""

from __future__ import annotations

import os
import sys

from sekisho.verdict import EnvironmentProblemError


def settle() -> None:
    """Begin this program again in Python's UTF-8 mode (PEP 540) where the system's own encoding is another one.

    What is written goes on to be in the encoding of the terminal.
    """
    if _utf8():
        return
    terminal = sys.stdout.encoding if sys.stdout else "utf-8"
    os.environ["PYTHONUTF8"] = "1"  # for what this program starts
    os.environ.setdefault("PYTHONIOENCODING", f"{terminal}:backslashreplace")
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - itself


def require() -> None:
    """Raise EnvironmentProblemError where Python does not take names for UTF-8, in words that any terminal can show."""
    if not _utf8():
        raise EnvironmentProblemError(
            f"Python takes this system's names for {sys.getfilesystemencoding()}, and scenarios have Japanese names: "
            "set PYTHONUTF8=1 (or LC_ALL=C.UTF-8), or use `sekisho run`."
        )


def _utf8() -> bool:
    return sys.getfilesystemencoding().lower() == "utf-8"
