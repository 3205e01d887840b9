"""Time that passes on the portal's side."""

from __future__ import annotations

from datetime import time

from pytest_bdd import given, parsers, when

from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.explore.calendar import PLACES, place
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.portal import Portal
from sekisho.results import Note
from sekisho.verdict import ConfigurationProblemError, NotApplicableError

CONCEPT = "日が経つ"
MIDNIGHT = time()


@given(parsers.parse("今日は{name}である"))
def _(portal: Portal, evidence: Recorder, name: str) -> None:
    meant, today = place(name), portal.today()
    if meant is None:
        raise ConfigurationProblemError(
            say(
                f"「{name}」という日は無い（{'、'.join(one.name for one in PLACES)}）",
                f'"{name}" is no such day (there are: {", ".join(one.name for one in PLACES)})',
            )
        )
    day = meant.next(today)
    if day is None:
        raise NotApplicableError(say(f"{name}は過ぎた（今日は {today}）", f'"{name}" is past (today is {today})'))
    portal.move_to(day)
    evidence.add(Note(title=say("暦", "Calendar"), lines=[f"{name}: {day}"]))


@when(parsers.parse("{days:d}日が過ぎる"))
def _(portal: Portal, screen: Screen, browsing: Browsing, days: int) -> None:
    look(screen, browsing)
    portal.pass_days(days)


@when(parsers.parse("{hour:d}時{minute:d}分になる"))
def _(portal: Portal, screen: Screen, browsing: Browsing, hour: int, minute: int) -> None:
    look(screen, browsing)
    portal.wait_until(time(hour, minute))


@when(parsers.parse("翌日の{hour:d}時{minute:d}分になる"))
def _(portal: Portal, screen: Screen, browsing: Browsing, hour: int, minute: int) -> None:
    look(screen, browsing)
    portal.wait_until(MIDNIGHT)
    if time(hour, minute) != MIDNIGHT:
        portal.wait_until(time(hour, minute))


@when(parsers.parse("{hours:d}時間が過ぎる"))
def _(portal: Portal, screen: Screen, browsing: Browsing, hours: int) -> None:
    look(screen, browsing)
    portal.pass_minutes(60 * hours)


@when(parsers.parse("{minutes:d}分が過ぎる"))
def _(portal: Portal, screen: Screen, browsing: Browsing, minutes: int) -> None:
    look(screen, browsing)
    portal.pass_minutes(minutes)


def look(screen: Screen, browsing: Browsing) -> None:
    """See what is still coming on the open page, if there is one: whoever is away meanwhile has looked at it before.

    What asks whether to go on is answered before that, too.
    """
    if browsing.windows.page is not None:
        screen.settle()
        while screen.agree():
            screen.settle()
