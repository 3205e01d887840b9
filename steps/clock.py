"""Time that passes on the portal's side."""

from __future__ import annotations

from datetime import time

from pytest_bdd import parsers, when

from sekisho.portal import Portal

CONCEPT = "日が経つ"


@when(parsers.parse("{days:d}日が過ぎる"))
def _(portal: Portal, days: int) -> None:
    portal.pass_days(days)


@when(parsers.parse("{hour:d}時{minute:d}分になる"))
def _(portal: Portal, hour: int, minute: int) -> None:
    portal.wait_until(time(hour, minute))


@when(parsers.parse("{hours:d}時間が過ぎる"))
def _(portal: Portal, hours: int) -> None:
    portal.pass_minutes(60 * hours)


@when(parsers.parse("{minutes:d}分が過ぎる"))
def _(portal: Portal, minutes: int) -> None:
    portal.pass_minutes(minutes)
