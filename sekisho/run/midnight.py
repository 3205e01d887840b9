"""Scenarios under way at midnight in Japan: portals count days, and what was right yesterday is wrong today."""

from __future__ import annotations

from datetime import datetime

from sekisho.japan import in_tokyo
from sekisho.language import say
from sekisho.verdict import DeviationError, EnvironmentProblemError


def undecided(error: BaseException | None, began: datetime, now: datetime) -> BaseException | None:
    """What stopped a scenario: a deviation is none that counts where the day changed meanwhile."""
    if not isinstance(error, DeviationError) or error.on_any_day:
        return error
    if in_tokyo(began).date() == in_tokyo(now).date():
        return error
    start, end = (f"{in_tokyo(one):%m-%d %H:%M}" for one in (began, now))
    return EnvironmentProblemError(
        say(
            f"シナリオの途中で日付が変わった（日本時間 {start} から {end}）。"
            f"日数を数えるポータルの動作は、これでは判定できない。もう一度実行する。ポータルの動作: {error}",
            f"the day changed during the scenario (in Japan from {start} to {end}). "
            f"What a portal does that counts days cannot be judged so. Run it again. What the portal did: {error}",
        )
    )
