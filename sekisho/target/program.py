"""A program that does what only a portal's people can: one process for each question, JSON in and JSON out."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sekisho.verdict import BlockedError, EnvironmentProblemError

LONGEST = 1_000_000  # bytes of an answer; what is longer is none
SHOWN = 500  # characters of what a program wrote, in the sentence about it


@dataclass(frozen=True)
class Program:
    """The command of a target file's [operator], run in that file's folder for at most so many minutes."""

    command: tuple[str, ...]
    folder: Path
    minutes: float

    def ask(self, question: dict[str, Any]) -> dict[str, str]:
        """Run the program with one question. Raises BlockedError with its reason where it says that it cannot.

        Raises EnvironmentProblemError, naming the command, where it fails, takes too long or answers something else.
        """
        answer = self._answer(self._run(json.dumps(question)), question)
        if "cannot" in answer:
            raise BlockedError(f"{answer['cannot']}（[operator] の {self._name} の答え）")
        return answer

    def _run(self, question: str) -> bytes:
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complained:
            try:
                process = subprocess.Popen(
                    self._resolved(),
                    cwd=self.folder,
                    stdin=subprocess.PIPE,
                    stdout=told,
                    stderr=complained,
                    start_new_session=True,
                )
            except OSError as error:
                raise self._problem(f"起動できません: {error.strerror}。ファイルと実行権を確かめてください") from error
            with ended(process):
                code = self._wait(process, question)
            if code:
                raise self._problem(f"終了コード {code} で終わりました: {_start(complained) or '（出力なし）'}")
            told.seek(0)
            return told.read(LONGEST + 1)

    def _resolved(self) -> list[str]:
        """The command, with a program that lies in the target file's folder named by its whole path."""
        own = self.folder / self.command[0]
        return [str(own.absolute()) if own.is_file() else self.command[0], *self.command[1:]]

    def _wait(self, process: subprocess.Popen[bytes], question: str) -> int:
        try:
            process.communicate((question + "\n").encode(), timeout=self.minutes * 60)
        except subprocess.TimeoutExpired:
            raise self._problem(f"{self.minutes:g} 分のうちに終わりません（operator.minutes で延ばせます）") from None
        return process.returncode

    def _answer(self, told: bytes, question: dict[str, Any]) -> dict[str, str]:
        try:
            answer = json.loads(told[: LONGEST + 1]) if len(told) <= LONGEST else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not all(isinstance(value, str) for value in answer.values()):
            shown = told[:SHOWN].decode(errors="replace") or "（出力なし）"
            asked = json.dumps(question)
            raise self._problem(f"{asked} への答えが、値が文字列の JSON オブジェクト一つになっていません: {shown}")
        return answer

    def _problem(self, what: str) -> EnvironmentProblemError:
        return EnvironmentProblemError(f"[operator] command の {self._name} が{what}")

    @property
    def _name(self) -> str:
        return shlex.join(self.command)


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave nothing of a process and its children behind."""
    try:
        yield
    finally:
        _kill(process)
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, and what it has left in the background."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _start(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(SHOWN).decode(errors="replace").strip()
