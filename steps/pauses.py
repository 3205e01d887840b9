"""Time that a person has to wait: a scenario that contains it has two halves.

Where the portal's clock can be moved (the mock, an `[operator]` who can), the scenario goes straight on. Else its first
half ends here as 待機中, and `sekisho run --resume RUN` goes on when the time has come. The person comes back to the
PC then: certificates, files, mails and what was noted are still there, windows are closed.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import parsers, when

from sekisho.portal import Portal

CONCEPT = "待ち時間"
EXAMPLES = (
    "30分待つ",
    "1時間待つ",
)

Pause = Callable[[Callable[[], None]], None]


@when(parsers.parse("{minutes:d}分待つ"))
def _(pause: Pause, portal: Portal, minutes: int) -> None:
    pause(lambda: portal.sit_out(minutes))


@when(parsers.parse("{hours:d}時間待つ"))
def _(pause: Pause, portal: Portal, hours: int) -> None:
    pause(lambda: portal.sit_out(60 * hours))


@when("翌日まで待つ")
def _(pause: Pause, portal: Portal) -> None:
    pause(portal.sit_out_the_day)
