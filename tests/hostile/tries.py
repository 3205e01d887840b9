"""How many inputs a test tries, and how many were tried: the same each time by day, others and more of them at night.

`SEKISHO_TRIES=50` tries fifty times as many, begins with those that failed before, and keeps what fails in .hypothesis
for the next night. What is found there is written down as an `@example` or a file, and so tried by day from then on.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from sekisho.verdict import ConfigurationProblemError

TIMES = int(os.environ.get("SEKISHO_TRIES", "1"))
NIGHT = TIMES > 1
KEPT = ".hypothesis/examples"

QUICKLY = 4.0  # seconds of this process's own time, for one input: other processes' load is no fault of it

Test = TypeVar("Test", bound=Callable[..., None])


class Count:
    """How many bad inputs the test that is under way has tried."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tried = 0

    def one(self) -> None:
        """One more: called by tests that try many and are no given ones."""
        self._tried += 1

    def take(self) -> int:
        """How many there were since this was asked last."""
        tried, self._tried = self._tried, 0
        return tried


COUNT = Count()


def tried(count: int) -> Callable[[Test], Test]:
    """Have a given test try so many inputs, and count them."""
    chosen = settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=not NIGHT,
        database=DirectoryBasedExampleDatabase(KEPT) if NIGHT else None,
        suppress_health_check=list(HealthCheck),
        print_blob=NIGHT,
    )

    def decorate(test: Test) -> Test:
        inner = test.hypothesis.inner_test  # type: ignore[attr-defined] # what @given keeps there for such as us

        @functools.wraps(inner)
        def counted(*arguments: object, **named: object) -> None:
            COUNT.one()
            inner(*arguments, **named)

        test.hypothesis.inner_test = counted  # type: ignore[attr-defined]
        return chosen(test)

    return decorate


@contextmanager
def bounded() -> Iterator[None]:
    """What is looked at does not take longer than a person notices."""
    began = time.process_time()
    yield
    assert time.process_time() - began < QUICKLY


def refusal(call: Callable[[], object]) -> str | None:
    """The sentence with which a person's input is refused, quickly; None where it is not."""
    with bounded():
        try:
            call()
        except ConfigurationProblemError as problem:
            return str(problem)
    return None
