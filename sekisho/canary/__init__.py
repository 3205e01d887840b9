"""The canary: goes before the first scenario, and says what this browser cannot do or we cannot read."""

from __future__ import annotations

import os
import sys
from typing import Literal

from sekisho.browser.channels import BrowserChoice
from sekisho.canary.examining import Mode, examine
from sekisho.canary.keeping import keep, kept, key
from sekisho.canary.report import Report, Sighting, instead
from sekisho.doctor.environment import native_problem
from sekisho.language import language, say
from sekisho.verdict import EnvironmentProblemError

__all__ = ["Report", "Sighting", "decide", "instead", "look"]

_seen: dict[str, Report] = {}  # of this process: the command and the run within it ask for the same


def look(choice: BrowserChoice, certs: str, *, headed: bool = False, afresh: bool = False) -> Report:
    """What the canary sees, or saw when nothing was different. `certs` is what was asked for: auto, native, context.

    Raises EnvironmentProblemError for a browser that does not start, or without what `native` needs.
    """
    mode: Mode = "context" if certs == "context" else "native"
    missing = native_problem() or "" if mode == "native" else ""
    if certs == "native" and missing:
        raise _unusable(missing)
    root = sys.platform == "linux" and os.geteuid() == 0
    name = key(choice, mode, headed, root, missing, language())  # reasons are in the language of their day
    found = None if afresh else _seen.get(name) or kept(name)
    if found is None:
        found = examine(choice, mode, missing=missing, headed=headed)
        keep(name, found)
    _seen[name] = found
    return found


def decide(report: Report, certs: str) -> tuple[Literal["native", "context"], str]:
    """Where certificates live in a run, and why if that was not asked for.

    Raises EnvironmentProblemError where the browser's own store was asked for and does not work.
    """
    problem = report.context_only
    if certs == "context":
        return "context", ""
    if not problem:
        return "native", ""
    if certs == "native":
        raise _unusable(problem)
    return "context", problem


def _unusable(why: str) -> EnvironmentProblemError:
    return EnvironmentProblemError(say(f"--certs native は使えません: {why}", f"--certs native cannot be used: {why}"))
