"""pytest in this process: silent, shown as progress, ended by Ctrl-C, SIGTERM or SIGHUP; what is finished is kept."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Self

import pytest
from rich.console import Console

from sekisho.cli.endings import ENDINGS
from sekisho.cli.quiet import quiet
from sekisho.language import say
from sekisho.run.progress import Progress, display

NOTHING_CARRIED_OUT = (
    pytest.ExitCode.INTERNAL_ERROR,
    pytest.ExitCode.USAGE_ERROR,
    pytest.ExitCode.NO_TESTS_COLLECTED,
)
TIDYING_SECONDS = 60.0


@dataclass(frozen=True)
class Ended:
    """How pytest ended: its exit code, what broke without a verdict (and pytest's text), whether it was Ctrl-C."""

    code: int
    problems: dict[str, str]
    interrupted: bool

    @property
    def given_up(self) -> bool:
        """Whether pytest stopped before its last test, not by Ctrl-C: there is no use in going on."""
        return not self.interrupted and "pytest" in self.problems

    @property
    def open_ended(self) -> bool:
        """Whether there is more to be carried out, for which the time or the portal was lacking."""
        return self.interrupted or self.given_up

    def then(self, later: Ended) -> Ended:
        """How two sessions ended that follow each other in one run."""
        return Ended(later.code or self.code, {**self.problems, **later.problems}, later.interrupted)


def carry_out(arguments: list[str], totals: dict[tuple[str, str], int]) -> Ended:
    """Run pytest with these arguments; `totals` are the scenarios per (manual, procedure) to expect, perhaps none."""
    plain = not sys.stdout.isatty() or bool(os.environ.get("CI"))
    with _Ending() as ending, quiet() as (screen, caught), display(Console(file=screen), totals, plain=plain) as shown:
        return _ended(arguments, Progress(shown), caught, ending, nothing_due=not totals)


class _Ending:
    """The signals by which somebody ends a session; whether one came, whatever became of the exception for it.

    In the loop that drives the browser it may be lost. The key is then pressed once more, after longer than the tidying
    up of a session takes.
    """

    def __init__(self) -> None:
        self.came = False
        self._again = threading.Timer(TIDYING_SECONDS, _press_again)
        self._again.daemon = True

    def __enter__(self) -> Self:
        handlers: dict[int, Callable[[int, FrameType | None], None]] = dict.fromkeys(ENDINGS, self._end)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where it is ignored
            handlers[signal.SIGINT] = self._press
        self._before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(self, *_: object) -> None:
        self._again.cancel()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _press(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signal calls it
        if not self.came:
            self._again.start()
        self.came = True
        raise KeyboardInterrupt

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Once: whoever ends a group of processes ends us twice, and the second would cut off the tidying up."""
        for one in ENDINGS:
            signal.signal(one, signal.SIG_IGN)
        self._press(number, frame)


def _press_again() -> None:
    """From another thread; a signal also wakes a main thread that waits."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    elif main := threading.main_thread().ident:
        signal.pthread_kill(main, signal.SIGINT)


def ended_early(code: object) -> str:
    """What is said where a conftest or a module ends Python while it is imported."""
    return say(
        f"試験を始める前に、読み込んだファイルが sys.exit({code!r}) で終わらせました。",
        f"a file that was loaded ended it by sys.exit({code!r}) before anything was tested.",
    )


def _ended(
    arguments: list[str], progress: Progress, caught: Callable[[], str], ending: _Ending, *, nothing_due: bool
) -> Ended:
    try:
        code = int(pytest.main(arguments, plugins=[progress]))
    except KeyboardInterrupt:  # while pytest starts or ends it reaches us instead of pytest
        code, progress.interrupted = int(pytest.ExitCode.INTERRUPTED), True
    except SystemExit as ended:  # what a conftest or a module calls while it is imported: nothing was tested
        code = int(pytest.ExitCode.USAGE_ERROR)
        sys.stderr.write(f"{ended_early(ended.code)}\n")
    except Exception:  # Ctrl-C reaches the browser too, and what cleans up then finds it gone
        if not (progress.interrupted or ending.came):
            raise
        code = int(pytest.ExitCode.INTERRUPTED)
    if ending.came and code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED):
        code, progress.interrupted = int(pytest.ExitCode.INTERRUPTED), True  # Python's parser makes another error of it
    problems = progress.broken
    as_expected = nothing_due and code == pytest.ExitCode.NO_TESTS_COLLECTED
    if code in NOTHING_CARRIED_OUT and not problems and not as_expected:
        problems["pytest"] = caught()
    return Ended(code, problems, interrupted=progress.interrupted)
