"""What only a portal's people can do (the support desk's telephone, the portal's clock), and who does it in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from sekisho.target_file.model import Operator
from sekisho.target_file.person import Person
from sekisho.target_file.program import Program
from sekisho.verdict import BlockedError

Question = dict[str, Any]
Answer = dict[str, str]
NOT_NAMED = "（ターゲットファイルの [operator] に担当がない）"


class People(Protocol):
    """Whoever answers for the portal's people.

    A question is `{"do": …}` with what it is about: docs/target.md lists them. Raises BlockedError with the reason
    where it cannot be done, and EnvironmentProblemError where nobody could be asked properly.
    """

    def ask(self, question: Question) -> Answer:
        """Have something done and give what was told: empty, or the facts that were asked for."""


class Nobody:
    """Nobody answers: a real portal's calendar and telephone are not ours."""

    def ask(self, question: Question) -> Answer:
        """Say what somebody would have to do."""
        raise BlockedError(f"{in_words(question)}必要がある{NOT_NAMED}")


def people(operator: Operator, folder: Path, handed: Callable[[str], str] = str) -> People:
    """Who answers, as the target file says; relative paths start from its folder. `handed` gives a variable's value."""
    if operator.command:
        names = operator.environment
        return Program(operator.command, folder, operator.minutes, lambda: {name: handed(name) for name in names})
    return Person(operator.minutes, in_words) if operator.ask else Nobody()


WORDS = {
    "reissue": "再発行をサポートセンターに電話で依頼する",
    "pass_days": "ポータルの日付を進める",
    "pass_minutes": "ポータルの時計を進める",
    "wait_until": "ポータルの時計を決まった時刻まで進める",
}


def beyond_us(works: Iterable[str]) -> str:
    """That a target names nobody who does these things."""
    return f"{'、'.join(WORDS[one] for one in works)}必要がある{NOT_NAMED}"


def in_words(question: Question) -> str:
    """What a question asks for, to be continued: 'ポータルの日付を 3 日進める'."""
    match question:
        case {"do": "reissue", "user_id": user_id}:
            return f"{user_id} の再発行をサポートセンターに電話で依頼する"
        case {"do": "pass_days", "days": days}:
            return f"ポータルの日付を {days} 日進める"
        case {"do": "pass_minutes", "minutes": minutes}:
            return f"ポータルの時計を {minutes} 分進める"
        case {"do": "wait_until", "time": moment}:
            return f"ポータルの時計が {moment} を示すまで進める"
        case _:
            return "進めたポータルの時計を元に戻す"
