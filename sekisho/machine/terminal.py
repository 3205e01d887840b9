"""The one terminal, which a run's progress and a question to the person at it must share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_tenants: list[tuple[Callable[[], None], Callable[[], None]]] = []


@contextmanager
def occupied(stop: Callable[[], None], start: Callable[[], None]) -> Iterator[None]:
    """Draw on the terminal, and be stopped and started again around every question."""
    _tenants.append((stop, start))
    try:
        yield
    finally:
        _tenants.pop()


@contextmanager
def borrowed() -> Iterator[None]:
    """The terminal for a question: nobody else draws on it until it is answered."""
    for stop, _ in _tenants:
        stop()
    try:
        yield
    finally:
        for _, start in _tenants:
            start()
