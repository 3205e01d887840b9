"""An access token for a mailbox: in a variable, or what a program of the target file's author prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sekisho.language import say
from sekisho.machine import variables
from sekisho.machine.supervised import Kept, kept
from sekisho.verdict import EnvironmentProblemError

SECONDS = 60.0
LONGEST = 100_000  # bytes that a program may print
TOKEN = re.compile(r"[\x21-\x7e]{8,50000}")  # RFC 6750 section 2.1, and a little more; shorter cannot be kept secret


def checked(token: str, origin: str) -> str:
    """A token, if it is one: printable, in one piece. Raises EnvironmentProblemError, which does not repeat it."""
    found = token.strip()
    if not TOKEN.fullmatch(found):
        what = (
            say("空です", "empty")
            if not found
            else say(
                "アクセストークンではありません（空白の無い英数字と記号の一行）",
                "not an access token (one line of ASCII letters, digits and symbols without spaces)",
            )
        )
        raise EnvironmentProblemError(say(f"[mail.imap] の {origin} が{what}", f"[mail.imap] {origin}: {what}"))
    return found


def _all(printed: IO[bytes] | None) -> bytes:
    """What a program prints until it ends, and whatever it has started: they end when it is ended."""
    assert printed
    with printed:
        return printed.read(LONGEST)


@dataclass(frozen=True)
class TokenProgram:
    """The `token_command` of a target file, run in that file's folder without a shell, each time a token is needed.

    What it prints is a secret and goes nowhere else; what it complains of may repeat it and is not kept. `more` gives
    the variables that the file hands it, beside those that every program gets.
    """

    command: tuple[str, ...]
    folder: Path
    seconds: float = SECONDS
    more: Callable[[], Mapping[str, str]] = dict

    def token(self) -> str:
        """What it prints. Raises EnvironmentProblemError, naming the command, where that is no token."""
        environment = {**variables.passed_on(), **self.more()}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        try:
            with kept(self.command, self.folder, environment, **pipes) as running:
                return self._printed(running)
        except OSError as error:
            raise self._problem(
                say(
                    f"起動できません: {error.strerror}。ファイルと実行権を確かめてください",
                    f"cannot be started: {error.strerror}. Check the file and its permission to execute",
                )
            ) from error

    def _printed(self, running: Kept) -> str:
        told: list[bytes] = []
        reader = threading.Thread(target=lambda: told.append(_all(running.process.stdout)), daemon=True)
        reader.start()
        reader.join(self.seconds)
        try:
            code = None if reader.is_alive() else self._ended(running)
        except subprocess.TimeoutExpired:
            code = None
        if code is None:
            raise self._problem(
                say(f"{self.seconds:g} 秒のうちに終わりません", f"did not end within {self.seconds:g} seconds")
            )
        if code:
            raise self._problem(
                say(
                    f"終了コード {code} で終わりました。端末で実行して確かめてください",
                    f"ended with exit code {code}. Run it in a terminal to see why",
                )
            )
        return checked(
            b"".join(told).decode("ascii", errors="replace"),
            say(f"token_command の {self._name} の出力", f"output of token_command {self._name}"),
        )

    def _ended(self, running: Kept) -> int:
        running.process.wait(self.seconds)
        return running.code

    def _problem(self, what: str) -> EnvironmentProblemError:
        return EnvironmentProblemError(
            say(
                f"[mail.imap] token_command の {self._name} が{what}", f"[mail.imap] token_command {self._name}: {what}"
            )
        )

    @property
    def _name(self) -> str:
        return shlex.join(self.command)
