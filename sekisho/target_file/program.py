"""A program that does what only a portal's people can: one process for each question, JSON in and JSON out."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sekisho.language import say
from sekisho.machine import variables
from sekisho.machine.supervised import Kept, kept
from sekisho.verdict import BlockedError, EnvironmentProblemError

LONGEST = 1_000_000  # bytes of an answer; what is longer is none
SHOWN = 500  # characters of what a program wrote, in the sentence about it


@dataclass(frozen=True)
class Program:
    """The command of a target file's [operator], run in that file's folder for at most so many minutes.

    `more` gives the variables that the file hands it, beside those that every program gets.
    """

    command: tuple[str, ...]
    folder: Path
    minutes: float
    more: Callable[[], Mapping[str, str]] = dict

    def ask(self, question: dict[str, Any]) -> dict[str, str]:
        """Run the program with one question. Raises BlockedError with its reason where it says that it cannot.

        Raises EnvironmentProblemError, naming the command, where it fails, takes too long or answers something else.
        """
        answer = self._answer(self._run(json.dumps(question)), question)
        if "cannot" in answer:
            raise BlockedError(
                say(
                    f"{answer['cannot']}（[operator] の {self._name} の答え）",
                    f"{answer['cannot']} (answer of [operator] {self._name})",
                )
            )
        return answer

    def _run(self, question: str) -> bytes:
        environment = {**variables.passed_on(), **self.more()}
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complained:
            pipes = {"stdin": subprocess.PIPE, "stdout": told, "stderr": complained}
            try:
                with kept(self.command, self.folder, environment, **pipes) as running:
                    code = self._wait(running, question)
            except OSError as error:
                raise self._problem(
                    say(
                        f"起動できません: {error.strerror}。ファイルと実行権を確かめてください",
                        f"cannot be started: {error.strerror}. Check the file and its permission to execute",
                    )
                ) from error
            if code:
                raise self._problem(
                    say(
                        f"終了コード {code} で終わりました: {_start(complained) or '（出力なし）'}",
                        f"ended with exit code {code}: {_start(complained) or '(no output)'}",
                    )
                )
            told.seek(0)
            return told.read(LONGEST + 1)

    def _wait(self, running: Kept, question: str) -> int:
        try:
            running.process.communicate((question + "\n").encode(), timeout=self.minutes * 60)
        except subprocess.TimeoutExpired:
            raise self._problem(
                say(
                    f"{self.minutes:g} 分のうちに終わりません（operator.minutes で延ばせます）",
                    f"did not end within {self.minutes:g} minutes (operator.minutes can be raised)",
                )
            ) from None
        return running.code

    def _answer(self, told: bytes, question: dict[str, Any]) -> dict[str, str]:
        try:
            answer = json.loads(told[: LONGEST + 1]) if len(told) <= LONGEST else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not all(isinstance(value, str) for value in answer.values()):
            shown = told[:SHOWN].decode(errors="replace") or say("（出力なし）", "(no output)")
            asked = json.dumps(question)
            raise self._problem(
                say(
                    f"{asked} への答えが、値が文字列の JSON オブジェクト一つになっていません: {shown}",
                    f"its answer to {asked} is not one JSON object whose values are strings: {shown}",
                )
            )
        return answer

    def _problem(self, what: str) -> EnvironmentProblemError:
        return EnvironmentProblemError(
            say(f"[operator] command の {self._name} が{what}", f"[operator] command {self._name}: {what}")
        )

    @property
    def _name(self) -> str:
        return shlex.join(self.command)


def _start(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(SHOWN).decode(errors="replace").strip()
