"""What only a person can do in a scenario (a telephone call, an IC card): asked, waited for, and shown by evidence.

The person is at the terminal, or answers by files in a folder (`--hand-over DIR`), from wherever. Without either, out
of time, or told that it cannot be done, BlockedError is raised: nobody's silence is a PASS.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sekisho.evidence.photographs import SUFFIXES, NoPhotographError, photograph
from sekisho.machine import files
from sekisho.target_file.person import REFUSAL, Person
from sekisho.verdict import BlockedError, EnvironmentProblemError

DONE, CANNOT, END = "済み", "できない", "以上"
LOOK_SECONDS = 0.05
LONGEST = 100_000  # bytes of an answer
EMPTY = "見たことを書くか、写真を付けてください。何も無ければ、証拠になりません。"


@dataclass(frozen=True)
class Evidence:
    """What a person shows for having done something: a note, photographs (JPEG), or both."""

    note: str = ""
    photographs: tuple[bytes, ...] = ()


class HandOver(Protocol):
    """Whoever does what only a person can."""

    def ask(self, work: str, scenario: str) -> Evidence:
        """Have it done. Raises BlockedError with the reason where it is not."""


@dataclass(frozen=True)
class AtTerminal:
    """The person at the terminal."""

    person: Person

    def ask(self, work: str, scenario: str) -> Evidence:
        """Ask for a line: a photograph's path, or what was seen."""
        return self.person.hand_over(work, scenario, typed)


def typed(line: str) -> Evidence:
    """What a line at the terminal says. Raises ValueError, in Japanese, for one that shows nothing."""
    if not line:
        raise ValueError(EMPTY)
    if line.lower().endswith(SUFFIXES):
        return Evidence(photographs=(photograph(Path(line).expanduser()),))
    return Evidence(note=line)


@dataclass(frozen=True)
class Nobody:
    """Nobody is there."""

    why: str

    def ask(self, work: str, scenario: str) -> Evidence:  # noqa: ARG002 - nobody hears of it
        """Say so."""
        raise BlockedError(f"{work}: {self.why}")


@dataclass(frozen=True)
class ByFiles:
    """Somebody who reads files in a folder and answers by files."""

    folder: Path
    minutes: float

    def ask(self, work: str, scenario: str) -> Evidence:
        """Write what is to be done, and wait for the answer; its name is a new one, which no earlier answer has."""
        name = f"{scenario[:100]}-{secrets.token_hex(4)}"
        request, answer = self.folder / f"{name}.txt", self.folder / f"{name}.answer.txt"
        try:
            files.write(request, self._in_words(work, scenario, answer.name))
        except OSError as problem:
            raise EnvironmentProblemError(f"--hand-over {self.folder}: 書けない: {problem.strerror}") from problem
        try:
            return self._evidence(work, self._awaited(work, answer), answer)
        finally:
            request.unlink(missing_ok=True)

    def _in_words(self, work: str, scenario: str, answer: str) -> str:
        return (
            f"担当の方へのお願い（{self.minutes:g} 分以内）\n\n{work}\n\nシナリオ: {scenario}\n\n"
            f"同じフォルダーに {answer} を作ってください。\n"
            f"1 行目: {DONE}、または「{CANNOT} 理由」\n"
            f"2 行目から: 見たこと。写真（PNG か JPEG）は同じフォルダーに先に置き、「写真 ファイル名」と書く\n"
            f"最後の行: {END}\n"
        )

    def _awaited(self, work: str, answer: Path) -> list[str]:
        """The lines of the answer, once its last one is there."""
        end = time.monotonic() + self.minutes * 60
        while True:
            lines = _lines(answer)
            if lines and lines[-1] == END:
                return lines[:-1]
            if time.monotonic() >= end:
                unfinished = f"（{answer.name} の最後の行が「{END}」でない）" if lines else ""
                raise BlockedError(f"{work}: {self.minutes:g} 分のうちに {self.folder} に答えがなかった{unfinished}")
            time.sleep(LOOK_SECONDS)

    def _evidence(self, work: str, lines: list[str], answer: Path) -> Evidence:
        first = lines[0] if lines else ""
        if first.startswith(CANNOT):
            reason = first.removeprefix(CANNOT).strip(" 　:：") or "理由は述べられなかった"
            raise BlockedError(f"{work}: 担当者ができないと答えた（{reason}）")
        if first != DONE:
            raise BlockedError(f"{work}: {answer.name} の 1 行目が「{DONE}」でも「{CANNOT}」でもない")
        named = [line.removeprefix("写真").strip() for line in lines[1:] if line.startswith("写真 ")]
        note = "\n".join(line for line in lines[1:] if line and not line.startswith("写真 "))
        try:
            shown = tuple(photograph(files.inside(self.folder, one)) for one in named)
        except NoPhotographError as problem:
            raise BlockedError(f"{work}: 担当者の写真を使えない: {problem}") from problem
        except OSError as problem:
            raise BlockedError(f"{work}: 担当者の写真を使えない（{problem.strerror}）") from problem
        if not note and not shown:
            raise BlockedError(f"{work}: 担当者は済んだと答えたが、見たことも写真も無い")
        return Evidence(note, shown)


def _lines(answer: Path) -> list[str]:
    """What is there of an answer so far."""
    try:
        text = files.read(answer, LONGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise BlockedError(f"{answer.name} を読めない（{problem.strerror}）") from problem
    except UnicodeDecodeError as problem:
        raise BlockedError(f"{answer.name} が UTF-8 でない") from problem
    return [line.strip() for line in text.strip().splitlines()]


def at_terminal(minutes: float) -> AtTerminal:
    """The person at the terminal of this process."""
    return AtTerminal(Person(minutes, str, hint="--hand-over DIR なら、別の人や CI でも頼めます"))


__all__ = ["REFUSAL", "AtTerminal", "ByFiles", "Evidence", "HandOver", "Nobody", "at_terminal"]
