"""What a command says when it ends without a verdict: what, where, and what to do; in one line as far as possible."""

from __future__ import annotations

import os
import sys
import traceback

from sekisho.cli.exit import Exit
from sekisho.language import say
from sekisho.machine import os_errors
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError
from sekisho.visible import visible

CIRCLE = "Symlink loop from "  # how pathlib begins to say it
WHOLE = "SEKISHO_TRACEBACK"  # an environment variable: say everything of what was not foreseen


def complain(problem: Exception) -> Exit:
    """Say why a command ends, and give its exit code.

    Names from outside may hold control characters, which must not reach the terminal.
    """
    problem = _round_in_a_circle(problem) or problem
    sys.stderr.write(f"sekisho: {visible(_sentence(problem))}\n")
    return Exit.USAGE if isinstance(problem, ConfigurationProblemError) else Exit.ENVIRONMENT


def _round_in_a_circle(problem: Exception) -> ConfigurationProblemError | None:
    """What somebody named who named links that lead to each other: not before Python 3.13 is it an OSError."""
    path = str(problem).removeprefix(CIRCLE)
    if not isinstance(problem, RuntimeError) or path == str(problem):
        return None
    return ConfigurationProblemError(
        say(
            f"{path}: リンクが輪になっています。別の場所を指定してください。",
            f"{path}: the links lead round in a circle. Give another place.",
        )
    )


def _sentence(problem: Exception) -> str:
    if isinstance(problem, ConfigurationProblemError | EnvironmentProblemError):
        return str(problem)
    return os_errors.said(problem) if isinstance(problem, OSError) else unforeseen(problem)


def unforeseen(problem: BaseException) -> str:
    """What nobody thought of; with the place in the code, for whoever mends it."""
    if os.environ.get(WHOLE):
        return "".join(traceback.format_exception(problem))
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    what, where = f"{type(problem).__name__}: {problem}", f"{frame.filename}:{frame.lineno}"
    return say(
        f"思わぬ例外で終わりました（判定ではありません）: {what}（{where}）。"
        f"環境変数 {WHOLE}=1 を付けて実行すると、全文を示します。",
        f"ended by an unforeseen exception (this is no verdict): {what} ({where}). "
        f"Run it with {WHOLE}=1 in the environment to see all of it.",
    )
