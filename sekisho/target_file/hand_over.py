"""What only a person can do in a scenario (a telephone call, an IC card): asked, waited for, and shown by evidence.

The person is at the terminal, or answers by files in a folder (`--hand-over DIR`), from wherever. Without either, out
of time, or told that it cannot be done, BlockedError is raised: nobody's silence is a PASS.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sekisho.evidence.photographs import SUFFIXES, NoPhotographError, photograph
from sekisho.language import Pair, say
from sekisho.machine import files
from sekisho.target_file.person import REFUSAL, Person
from sekisho.verdict import BlockedError, EnvironmentProblemError

DONE, CANNOT, END = Pair("済み", "done"), Pair("できない", "cannot"), Pair("以上", "end")  # each will do in either
PHOTOGRAPH = Pair("写真 ", "photo ")
BETWEEN = " 　:："  # may stand before a reason
LOOK_SECONDS = 0.05
FORGOTTEN_SECONDS = 10.0  # after which an answer that nobody goes on with may be one whose end was forgotten
LONGEST = 100_000  # bytes of an answer
EMPTY = Pair(
    "見たことを書くか、写真を付けてください。何も無ければ、証拠になりません。",
    "Write what you saw, or add a photograph: without either there is no evidence.",
)


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
    """What a line at the terminal says. Raises ValueError, in words, for one that shows nothing."""
    if not line:
        raise ValueError(str(EMPTY))
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
        said = self._in_words(work, scenario, answer.name)
        try:
            files.write(request, said)
        except OSError as problem:
            raise EnvironmentProblemError(
                say(
                    f"--hand-over {self.folder}: 書けない: {problem.strerror}",
                    f"--hand-over {self.folder}: cannot be written to: {problem.strerror}",
                )
            ) from problem
        try:
            lines = self._awaited(work, answer, lambda: _remind(request, said, answer))
            return self._evidence(work, lines, answer)
        finally:
            request.unlink(missing_ok=True)

    def _in_words(self, work: str, scenario: str, answer: str) -> str:
        return say(
            f"担当の方へのお願い（{self.minutes:g} 分以内）\n\n{work}\n\nシナリオ: {scenario}\n\n"
            f"同じフォルダーに {answer} を作ってください。\n"
            f"1 行目: {DONE}、または「{CANNOT} 理由」\n"
            f"2 行目から: 見たこと。写真（PNG か JPEG）は同じフォルダーに先に置き、「{PHOTOGRAPH}ファイル名」と書く\n"
            f"最後の行: {END}\n",
            f"Request to the person in charge (within {self.minutes:g} min)\n\n{work}\n\nScenario: {scenario}\n\n"
            f"Make {answer} in this folder.\n"
            f'Line 1: {DONE}, or "{CANNOT} REASON"\n'
            f'From line 2: what you saw. Put photographs (PNG or JPEG) here first, and write "{PHOTOGRAPH}FILE"\n'
            f"Last line: {END}\n",
        )

    def _awaited(self, work: str, answer: Path, remind: Callable[[], None]) -> list[str]:
        """The lines of the answer, once its last one is there; whoever seems to have forgotten that is reminded."""
        end = time.monotonic() + self.minutes * 60
        changed, before = time.monotonic(), list[str]()
        while True:
            lines = _lines(answer)
            if lines and lines[-1] in END:
                return lines[:-1]
            if lines != before:
                changed, before = time.monotonic(), lines
            elif lines and time.monotonic() - changed > FORGOTTEN_SECONDS:
                changed = math.inf
                remind()
            if time.monotonic() >= end:
                unfinished = (
                    say(
                        f"（{answer.name} の最後の行が「{END}」でない）",
                        f' (the last line of {answer.name} is not "{END}")',
                    )
                    if lines
                    else ""
                )
                raise BlockedError(
                    say(
                        f"{work}: {self.minutes:g} 分のうちに {self.folder} に答えがなかった{unfinished}",
                        f"{work}: no answer in {self.folder} within {self.minutes:g} minutes{unfinished}",
                    )
                )
            time.sleep(LOOK_SECONDS)

    def _evidence(self, work: str, lines: list[str], answer: Path) -> Evidence:
        first = lines[0] if lines else ""
        if first.startswith(CANNOT):
            reason = _without(CANNOT, first).strip(BETWEEN) or say("理由は述べられなかった", "no reason was given")
            raise BlockedError(
                say(
                    f"{work}: 担当者ができないと答えた（{reason}）",
                    f"{work}: the person in charge answered that it cannot be done ({reason})",
                )
            )
        if first not in DONE:
            raise BlockedError(
                say(
                    f"{work}: {answer.name} の 1 行目が「{DONE}」でも「{CANNOT}」でもない",
                    f'{work}: line 1 of {answer.name} is neither "{DONE}" nor "{CANNOT}"',
                )
            )
        named = [_without(PHOTOGRAPH, line).strip() for line in lines[1:] if line.startswith(PHOTOGRAPH)]
        note = "\n".join(line for line in lines[1:] if line and not line.startswith(PHOTOGRAPH))
        try:
            shown = tuple(photograph(files.inside(self.folder, one)) for one in named)
        except NoPhotographError as problem:
            raise BlockedError(
                say(f"{work}: 担当者の写真を使えない: {problem}", f"{work}: the photograph cannot be used: {problem}")
            ) from problem
        except OSError as problem:
            raise BlockedError(
                say(
                    f"{work}: 担当者の写真を使えない（{problem.strerror}）",
                    f"{work}: the photograph cannot be used ({problem.strerror})",
                )
            ) from problem
        if not note and not shown:
            raise BlockedError(
                say(
                    f"{work}: 担当者は済んだと答えたが、見たことも写真も無い",
                    f"{work}: the person in charge answered that it is done, but gave neither a note nor a photograph",
                )
            )
        return Evidence(note, shown)


def _remind(request: Path, said: str, answer: Path) -> None:
    """Say in the request what its answer lacks."""
    lacking = say(
        f"\n{answer.name} を読みましたが、最後の行が「{END}」ではありません。書き終えたら加えてください。\n",
        f'\n{answer.name} was read, but its last line is not "{END}". Add it when the answer is complete.\n',
    )
    with suppress(OSError):  # it has been said before
        files.write(request, said + lacking)


def _without(words: Pair, line: str) -> str:
    """What follows these words, in whichever language they are."""
    return line.removeprefix(words.japanese).removeprefix(words.english)


def _lines(answer: Path) -> list[str]:
    """What is there of an answer so far."""
    try:
        text = files.read(answer, LONGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise BlockedError(
            say(f"{answer.name} を読めない（{problem.strerror}）", f"{answer.name} cannot be read ({problem.strerror})")
        ) from problem
    except UnicodeDecodeError as problem:
        raise BlockedError(say(f"{answer.name} が UTF-8 でない", f"{answer.name} is not UTF-8")) from problem
    return [line.strip() for line in text.strip().splitlines()]


def at_terminal(minutes: float) -> AtTerminal:
    """The person at the terminal of this process."""
    return AtTerminal(
        Person(
            minutes,
            str,
            hint=say(
                "--hand-over DIR なら、別の人や CI でも頼めます",
                "with --hand-over DIR somebody else, or a CI job, can be asked",
            ),
        )
    )


__all__ = ["REFUSAL", "AtTerminal", "ByFiles", "Evidence", "HandOver", "Nobody", "at_terminal"]
