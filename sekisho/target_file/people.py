"""What only a portal's people can do (the support desk's telephone, the portal's clock), and who does it in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from sekisho.language import Pair, say
from sekisho.target_file.model import Operator
from sekisho.target_file.person import Person
from sekisho.target_file.program import Program
from sekisho.verdict import BlockedError

Question = dict[str, Any]
Answer = dict[str, str]
NOT_NAMED = Pair(
    "（ターゲットファイルの [operator] に担当がない）", " (the target file names nobody for it under [operator])"
)


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
        raise BlockedError(
            say(f"{in_words(question)}必要がある{NOT_NAMED}", f"Somebody would have to {in_words(question)}{NOT_NAMED}")
        )


def people(operator: Operator, folder: Path, handed: Callable[[str], str] = str) -> People:
    """Who answers, as the target file says; relative paths start from its folder. `handed` gives a variable's value."""
    if operator.command:
        names = operator.environment
        return Program(operator.command, folder, operator.minutes, lambda: {name: handed(name) for name in names})
    return Person(operator.minutes, in_words) if operator.ask else Nobody()


WORDS = {
    "reissue": Pair("再発行をサポートセンターに電話で依頼する", "ask the support desk by telephone for a reissue"),
    "pass_days": Pair("ポータルの日付を進める", "move the portal's date forward"),
    "pass_minutes": Pair("ポータルの時計を進める", "move the portal's clock forward"),
    "wait_until": Pair("ポータルの時計を決まった時刻まで進める", "move the portal's clock forward to a set time"),
}


def beyond_us(works: Iterable[str]) -> str:
    """That a target names nobody who does these things."""
    return say(
        f"{'、'.join(WORDS[one].japanese for one in works)}必要がある{NOT_NAMED}",
        f"Somebody would have to {' and to '.join(WORDS[one].english for one in works)}{NOT_NAMED}",
    )


def in_words(question: Question) -> str:
    """What a question asks for, to be continued: 'ポータルの日付を 3 日進める'."""
    match question:
        case {"do": "reissue", "user_id": user_id}:
            return say(
                f"{user_id} の再発行をサポートセンターに電話で依頼する",
                f"ask the support desk by telephone to reissue {user_id}",
            )
        case {"do": "pass_days", "days": days}:
            return say(f"ポータルの日付を {days} 日進める", f"move the portal's date forward by {days} d")
        case {"do": "pass_minutes", "minutes": minutes}:
            return say(f"ポータルの時計を {minutes} 分進める", f"move the portal's clock forward by {minutes} min")
        case {"do": "wait_until", "time": moment}:
            return say(
                f"ポータルの時計が {moment} を示すまで進める",
                f"move the portal's clock forward until it shows {moment}",
            )
        case _:
            return say("進めたポータルの時計を元に戻す", "set back the portal's clock, which was moved forward")
