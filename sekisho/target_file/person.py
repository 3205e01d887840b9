"""The person at the terminal, who does what only a portal's people can and tells what came of it."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TextIO, TypeVar

from sekisho.language import say
from sekisho.machine import terminal
from sekisho.verdict import BlockedError

if sys.platform != "win32":
    import termios

    TERMINAL_GONE: tuple[type[Exception], ...] = (OSError, termios.error)
else:
    TERMINAL_GONE = (OSError,)

REFUSAL = "-"
Read = TypeVar("Read")
KEYBOARD, SCREEN = ("CONIN$", "CONOUT$") if sys.platform == "win32" else ("/dev/tty", "/dev/tty")


class Keyboard:
    """Lines as they are typed. One thread reads for ever, so that a line typed too late answers no later question."""

    def __init__(self, file: TextIO) -> None:
        """Begin to read."""
        self._file, self.gone = file, False
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.forget()
        threading.Thread(target=self._read, daemon=True, name="keyboard").start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in self._file:
                self._lines.put(line.strip())
        self.gone = True
        self._lines.put(None)

    def forget(self) -> None:
        """Drop what was typed before the question, read already or still in the terminal's own buffer."""
        if sys.platform != "win32":
            termios.tcflush(self._file.fileno(), termios.TCIFLUSH)
        with contextlib.suppress(queue.Empty):
            while True:
                self._lines.get_nowait()

    def line(self, seconds: float) -> str | None:
        """The next line, or None when the terminal is gone. Raises queue.Empty when nothing comes in time."""
        return self._lines.get(timeout=max(0, seconds))


KEYBOARDS: dict[str, Keyboard] = {}


@dataclass
class Person:
    """Asks at the terminal, with a time limit in minutes. `in_words` turns a question into what has to be done."""

    minutes: float
    in_words: Callable[[dict[str, Any]], str]
    keyboard: str = KEYBOARD
    screen: str = SCREEN
    hint: str = "operator.ask"
    """What else can be done where nobody can be asked."""
    _end: float = field(default=0, init=False)

    def ask(self, question: dict[str, Any]) -> dict[str, str]:
        """Ask and wait. Raises BlockedError where nobody answers in time, or says that it cannot be done."""
        work = self.in_words(question)
        self._check_attended(work)
        with terminal.borrowed(), self._opened(work) as screen:
            self._end = time.monotonic() + self.minutes * 60
            self._request(screen, work)
            if question["do"] != "reissue":
                self._line(screen, work, say("  済んだら Enter: ", "  Enter when done: "))
                return {}
            user_id = self._line(
                screen,
                work,
                say(
                    f"  伝えられたユーザー ID（同じなら Enter）[{question['user_id']}]: ",
                    f"  User ID that you were told (Enter if the same) [{question['user_id']}]: ",
                ),
            )
            password = ""
            while not password:
                password = self._line(
                    screen,
                    work,
                    say(
                        "  伝えられた新しい証明書取得用パスワード: ",
                        "  New password for the certificate that you were told: ",
                    ),
                )
            return {"user_id": user_id or question["user_id"], "login_password": password}

    def _request(self, screen: TextIO, work: str, *more: str) -> None:
        """Say what is asked for, and how to say that it cannot be done."""
        head = say(
            f"\n■ 担当の方へのお願い（{self.minutes:g} 分以内）: {work}",
            f"\n■ Request to the person in charge (within {self.minutes:g} min): {work}",
        )
        refusing = say(
            f"できないときは「{REFUSAL} 理由」と入力してください。", f'If it cannot be done, type "{REFUSAL} REASON".'
        )
        print("\n  ".join([head, *more, refusing]), file=screen)

    def hand_over(self, work: str, scenario: str, read: Callable[[str], Read]) -> Read:
        """Have something done, and give what a line says of it; asks again for one that `read` refuses (ValueError)."""
        self._check_attended(work)
        with terminal.borrowed(), self._opened(work) as screen:
            self._end = time.monotonic() + self.minutes * 60
            self._request(screen, work, say(f"シナリオ: {scenario}", f"Scenario: {scenario}"))
            while True:
                line = self._line(
                    screen,
                    work,
                    say(
                        "  済んだら、写真のファイル（PNG か JPEG）か、見たことを一行で: ",
                        "  When done, a photograph's file (PNG or JPEG), or what you saw in one line: ",
                    ),
                )
                try:
                    return read(line)
                except ValueError as problem:
                    print(f"  {problem}", file=screen)

    def _line(self, screen: TextIO, work: str, prompt: str) -> str:
        print(prompt, end="", file=screen, flush=True)
        try:
            line = self._keys.line(self._end - time.monotonic())
        except queue.Empty:
            raise BlockedError(
                say(
                    f"{work}: 端末で頼んだが、{self.minutes:g} 分のうちに答えがなかった",
                    f"{work}: asked at the terminal, but there was no answer within {self.minutes:g} min",
                )
            ) from None
        if line is None:
            raise BlockedError(say(f"{work}: 端末が閉じられた", f"{work}: the terminal was closed"))
        if line.startswith(REFUSAL):
            reason = line.removeprefix(REFUSAL).strip() or say("理由は述べられなかった", "no reason was given")
            raise BlockedError(
                say(
                    f"{work}: 担当者ができないと答えた（{reason}）",
                    f"{work}: the person in charge answered that it cannot be done ({reason})",
                )
            )
        return line

    @contextlib.contextmanager
    def _opened(self, work: str) -> Iterator[TextIO]:
        try:
            self._keys.forget()
            with open(self.screen, "w", encoding="utf-8") as screen:  # noqa: PTH123 - a device, no path on Windows
                yield screen
        except TERMINAL_GONE as error:
            raise BlockedError(
                say(f"{work}: 頼める端末がない（{self.hint}）", f"{work}: there is no terminal to ask at ({self.hint})")
            ) from error

    @cached_property
    def _keys(self) -> Keyboard:
        return _keyboard(self.keyboard)

    def _check_attended(self, work: str) -> None:
        if os.environ.get("CI"):
            raise BlockedError(
                say(f"{work}: CI では人に頼めない（{self.hint}）", f"{work}: in CI nobody can be asked ({self.hint})")
            )
        if _in_background(self.keyboard):
            raise BlockedError(
                say(
                    f"{work}: 背景で実行中なので人に頼めない（{self.hint}）",
                    f"{work}: running in the background, where nobody can be asked ({self.hint})",
                )
            )


def _keyboard(device: str) -> Keyboard:
    """The one keyboard of a device: of two that read, each would get lines that are meant for the other."""
    known = KEYBOARDS.get(device)
    if known is None or known.gone:
        known = KEYBOARDS[device] = Keyboard(open(device, encoding="utf-8"))  # noqa: PTH123, SIM115 - as above; open while we run
    return known


def _in_background(device: str) -> bool:
    """Whether reading from a terminal would stop this process, as it does to a job in the background."""
    if not hasattr(os, "tcgetpgrp"):
        return False
    with contextlib.suppress(OSError), open(device, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return os.tcgetpgrp(file.fileno()) != os.getpgrp()
    return False  # not the terminal that this process was started from, or none at all
