"""The verdict of a run as a whole: what the first line of a report may claim."""

from __future__ import annotations

from enum import StrEnum

from reports.reading import Results
from sekisho.verdict import Verdict


class Conclusion(StrEnum):
    """What a run concludes about its target."""

    CONFORMANT = "CONFORMANT"
    NOT_CONFORMANT = "NOT CONFORMANT"
    OUTDATED = "OUTDATED"
    ENVIRONMENT = "ENVIRONMENT"
    WAITING = "WAITING"
    INCOMPLETE = "INCOMPLETE"
    INTERRUPTED = "INTERRUPTED"
    EMPTY = "EMPTY"


# What a verdict leaves open, the first of these first.
OPEN = {
    Verdict.WAITING: Conclusion.WAITING,
    Verdict.BLOCKED: Conclusion.INCOMPLETE,
    Verdict.NOT_REACHED: Conclusion.INCOMPLETE,
}


def conclude(results: Results) -> Conclusion:
    """One deviation is enough for NOT CONFORMANT; CONFORMANT needs a whole run in which something passed."""
    verdicts = {scenario.verdict for scenario in results.scenarios}
    if Verdict.FAIL in verdicts:
        return Conclusion.NOT_CONFORMANT
    if Verdict.UNEXPECTED_PASS in verdicts:
        return Conclusion.OUTDATED
    if results.run.finished is None:
        return Conclusion.INTERRUPTED
    if Verdict.ERROR in verdicts or results.unreadable or results.run.stopped:
        return Conclusion.ENVIRONMENT
    if left := [conclusion for verdict, conclusion in OPEN.items() if verdict in verdicts]:
        return left[0]
    return Conclusion.CONFORMANT if verdicts & {Verdict.PASS, Verdict.WARNING} else Conclusion.EMPTY
