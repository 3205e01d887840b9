"""The command line. This package's modules are light; what a command needs is imported when it runs."""

from __future__ import annotations

import sys

from sekisho.cli.app import app
from sekisho.cli.exit import Exit
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError


def main() -> None:
    """Run the command line; ends the process with one of the codes in `sekisho.cli.exit`."""
    sys.exit(_run())


def _run() -> int:
    try:
        app()
    except ConfigurationProblemError as problem:
        return _complain(problem, Exit.USAGE)
    except EnvironmentProblemError as problem:
        return _complain(problem, Exit.ENVIRONMENT)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return Exit.CONFORMANT


def _complain(problem: Exception, code: Exit) -> Exit:
    sys.stderr.write(f"sekisho: {problem}\n")
    return code
