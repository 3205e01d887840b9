"""The command line. This package's modules are light; what a command needs is imported when it runs."""

from __future__ import annotations

import signal
import sys
import tempfile

from sekisho import layout
from sekisho.cli.app import app
from sekisho.cli.complaints import complain
from sekisho.cli.endings import ENDINGS
from sekisho.cli.exit import Exit
from sekisho.cli.streams import Outputs, told
from sekisho.machine import encoding, tempfolders, variables
from sekisho.machine.os_errors import said
from sekisho.verdict import EnvironmentProblemError


def main() -> None:
    """Run the command line; ends the process with one of the codes in `sekisho.cli.exit`."""
    encoding.settle()
    outputs = Outputs()
    variables.seal()
    layout.settle()
    if passed_over := tempfolders.settle():
        sys.stderr.write(f"TMPDIR={passed_over} は使えないため、{tempfile.gettempdir()} を使います。\n")
    for ending in ENDINGS:  # a run has its own way to end; everything else tidies up as after Ctrl-C
        signal.signal(ending, signal.default_int_handler)
    code = _run()
    if lost := outputs.conclude():
        code = _lost(lost, code)
    sys.exit(code)


def _run() -> int:
    try:
        app()
    except SystemExit as ended:  # as the command line's library ends each command
        return ended.code if isinstance(ended.code, int) else Exit.CONFORMANT
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is no verdict
        return complain(problem)
    return Exit.CONFORMANT


def _lost(problem: OSError, code: int) -> int:
    """Output that went nowhere is a problem of this machine; what else was found outweighs it.

    A pipe whose reader has closed it is none: as with `| head`, the reader has what it wanted.
    """
    if not told(problem):
        return code
    complain(EnvironmentProblemError(f"標準出力に書けません: {said(problem)}"))
    sys.stderr.flush()
    return code or Exit.ENVIRONMENT
