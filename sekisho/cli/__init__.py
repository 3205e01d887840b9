"""The command line. This package's modules are light; what a command needs is imported when it runs."""

from __future__ import annotations

import signal
import sys
import tempfile

from sekisho import language, layout
from sekisho.cli.complaints import complain
from sekisho.cli.endings import ENDINGS
from sekisho.cli.exit import Exit
from sekisho.cli.streams import Outputs, told
from sekisho.language import say
from sekisho.machine import encoding, garbage, tempfolders, variables
from sekisho.machine.os_errors import said
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError


def main() -> None:
    """Run the command line; ends the process with one of the codes in `sekisho.cli.exit`."""
    garbage.settle()
    encoding.settle()
    outputs = Outputs()
    variables.seal()
    layout.settle()
    passed_over = tempfolders.settle()
    for ending in ENDINGS:  # a run has its own way to end; everything else tidies up as after Ctrl-C
        signal.signal(ending, signal.default_int_handler)
    code = _run(passed_over)
    if lost := outputs.conclude():
        code = _lost(lost, code)
    sys.exit(code)


def _run(passed_over: str = "") -> int:
    try:
        _carry_out(sys.argv, passed_over)
    except SystemExit as ended:  # as the command line's library ends each command
        return ended.code if isinstance(ended.code, int) else Exit.CONFORMANT
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is no verdict
        return complain(problem)
    return Exit.CONFORMANT


def _carry_out(words: list[str], passed_over: str) -> None:
    """The command of these words, the program's own name first; its help is in the language that they choose."""
    try:
        chosen = language.choose(words[1:])
    except language.UnknownLanguageError as problem:
        raise ConfigurationProblemError(str(problem)) from None
    if passed_over:
        used = tempfile.gettempdir()
        sys.stderr.write(
            say(
                f"TMPDIR={passed_over} は使えないため、{used} を使います。\n",
                f"TMPDIR={passed_over} cannot be used; {used} is used instead.\n",
            )
        )
    from sekisho.cli import wording  # noqa: PLC0415 - as below
    from sekisho.cli.app import app  # noqa: PLC0415 - makes its help when it is imported

    try:
        sys.exit(wording.carry_out(app, chosen))
    except wording.WrongCall as problem:
        if wording.is_help(problem):
            sys.stderr.write(f"{problem.format_message()}\n")
            sys.exit(Exit.USAGE)
        raise ConfigurationProblemError(wording.wrong(problem)) from None
    except wording.Abort:
        sys.stderr.write(say("やめました。\n", "Given up.\n"))
        sys.exit(Exit.INTERRUPTED)


def _lost(problem: OSError, code: int) -> int:
    """Output that went nowhere is a problem of this machine; what else was found outweighs it.

    A pipe whose reader has closed it is none: as with `| head`, the reader has what it wanted.
    """
    if not told(problem):
        return code
    complain(
        EnvironmentProblemError(
            say(f"標準出力に書けません: {said(problem)}", f"cannot write to standard output: {said(problem)}")
        )
    )
    sys.stderr.flush()
    return code or Exit.ENVIRONMENT
