"""What a scenario can conclude, and the exceptions by which a step concludes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of a step, a scenario or a requirement; the declaration order is the order of severity."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    NOT_APPLICABLE = "NOT APPLICABLE"
    WARNING = "WARNING"
    KNOWN_GAP = "KNOWN GAP"
    NOT_REACHED = "NOT REACHED"
    WAITING = "WAITING"
    BLOCKED = "BLOCKED"
    ERROR = "ERROR"
    UNEXPECTED_PASS = "UNEXPECTED PASS"  # noqa: S105 - as above
    FAIL = "FAIL"

    @property
    def severity(self) -> int:
        """How bad this is: 0 for PASS, rising to FAIL."""
        return list(Verdict).index(self)

    @property
    def passed(self) -> bool:
        """Whether the portal did what its manual says, with or without a warning."""
        return self in {Verdict.PASS, Verdict.WARNING}


def worst(verdicts: list[Verdict]) -> Verdict:
    """The most severe of several verdicts; NOT REACHED when there are none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.NOT_REACHED)


class DeviationError(AssertionError):
    """The portal did something else than its manual says: the verdict is FAIL.

    `did` is what the portal did, in Japanese, for the report's reader.
    """

    on_any_day = False
    """Whether it is one whatever day the portal's calendar shows."""

    def __init__(self, did: str) -> None:
        """Record what the portal did."""
        super().__init__(did)
        self.did = did
        self.doing: tuple[tuple[str, ...], ...] = ()
        """What was being done, the innermost first, each in the sentences of scenarios that do it step by step."""
        self.wanted: tuple[str, ...] = ()
        """The words of a thing that is not there; empty where it is about something else."""
        self.perhaps: tuple[str, ...] = ()
        """Things of its kind that are there instead and that nobody knows: one of them may be it."""

    def retold(self, did: str) -> DeviationError:
        """The same, in other words."""
        again = DeviationError(did)
        again.doing, again.on_any_day = self.doing, self.on_any_day
        again.wanted, again.perhaps = self.wanted, self.perhaps
        return again.with_traceback(self.__traceback__)


class NotApplicableError(Exception):
    """This browser, mode or system cannot show what the scenario asks about; the text says why, in Japanese."""


class LeftOutError(NotApplicableError):
    """What follows goes beyond the manual, and the target file leaves that out."""


class BlockedError(Exception):
    """The target offers no such account or action; the text names what is missing, in Japanese."""


class WaitingError(Exception):
    """The first half of a scenario is done: the second one can begin when it is `until`."""

    def __init__(self, until: datetime, said: str = "") -> None:
        """Say from when on, and in a sentence how."""
        super().__init__(said or until.isoformat())
        self.until = until


class EnvironmentProblemError(Exception):
    """Something on this machine is missing or broken; the text names it and the command that would fix it."""


class HopelessError(EnvironmentProblemError):
    """What the next scenario would meet just the same: after some of these in a row a run gives up."""


class UnreachableError(HopelessError):
    """The portal cannot be reached, or does not say a word: nothing can be said about what it does."""


class UnrestoredError(HopelessError):
    """The portal could not be put back as it was: what it does from then on says nothing."""


class BrokenError(HopelessError):
    """A program that the run needs has ended or does not answer, or this machine has no room."""


class ConfigurationProblemError(Exception):
    """An option, a file or a key is wrong; the text names it, its value and what is allowed."""


@contextmanager
def doing(*sentences: str) -> Iterator[None]:
    """Name what is done here as part of something longer, so that a deviation counts against the row about it.

    Manuals say it in different sentences: the one that the scenario's manual knows counts.
    """
    try:
        yield
    except DeviationError as error:
        error.doing = (*error.doing, sentences)
        raise


def require(met: object, did: str) -> None:
    """Raise DeviationError saying what the portal did, unless a requirement is met."""
    if not met:
        raise DeviationError(did)
