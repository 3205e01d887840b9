"""What the headings of an exploration's tables say: values of its cells, which are Japanese, with their English."""

from __future__ import annotations

from markupsafe import Markup

from reports.wording import both, in_both
from sekisho.explore import Fault
from sekisho.explore.calendar import Place

FAULTS = {
    "reply-lost": ("reply lost", "The portal has done it, but its reply does not arrive"),
    "killed": ("killed", "The browser is killed when the portal has done it"),
    "cut-middle": ("cut mid", "The body of the reply breaks off in the middle"),
    "refused": ("not sent", "The connection is refused before the request leaves the PC"),
    "asleep": ("asleep", "The PC falls asleep before the reply, and wakes 30 minutes later"),
    "late": ("late", "The reply comes after the user has stopped waiting"),
    "reset": ("reset", "The connection is reset within the header of the reply"),
    "unavailable": ("503", "It does not reach the portal, and 503 comes back"),
    "cut-last": ("cut at end", "The body of the reply breaks off before its last byte"),
    "cut-first": ("cut at start", "The body of the reply breaks off after its first byte"),
}
PLACES = {
    "ふつうの日": "ordinary day",
    "月末": "end of a month",
    "平年の2月28日": "28 February of a common year",
    "うるう日の前日": "day before a leap day",
    "うるう日": "leap day",
    "うるう年の3月15日": "15 March of a leap year",
    "大みそか": "31 December",
    "2038年1月19日": "19 January 2038",
}


def fault_name(fault: Fault) -> Markup:
    """A fault in a word or two."""
    return both(fault.short, FAULTS[fault.name][0])


def fault_title(fault: Fault) -> Markup:
    """What a fault is, as the attribute `title`."""
    return in_both("title", fault.title, FAULTS[fault.name][1])


def place_name(place: Place) -> Markup:
    """A day of the calendar."""
    return both(place.name, PLACES[place.name])
