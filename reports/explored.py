"""What the headings of an exploration's tables say, in both languages: values of its cells are Japanese."""

from __future__ import annotations

from markupsafe import Markup

from reports.wording import both, in_both
from sekisho.explore import Fault
from sekisho.explore.calendar import Place


def fault_name(fault: Fault) -> Markup:
    """A fault in a word or two."""
    return both(fault.short, fault.english_short)


def fault_title(fault: Fault, *, program: bool = False) -> Markup:
    """What a fault is, to a browser or to a program, as the attribute `title`."""
    return in_both("title", fault.told(program=program), fault.told_in_english(program=program))


def place_name(place: Place) -> Markup:
    """A day of the calendar."""
    return both(place.name, place.english)
