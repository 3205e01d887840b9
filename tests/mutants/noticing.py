"""When a scenario has noticed a mutant: what it says of the portal is worse than what it says of the mock as it is."""

from __future__ import annotations

from typing import NamedTuple

from sekisho.results import Scenario
from sekisho.verdict import Verdict


class Heard(NamedTuple):
    """What a scenario said: its verdict, its warnings in order, and for a reader why it did not pass."""

    verdict: str
    warnings: list[str]
    said: str


def heard(one: Scenario) -> Heard:
    """What a finished scenario says."""
    warnings = [step.text for step in one.steps if step.verdict is Verdict.WARNING]
    reasons = " / ".join(step.reason for step in one.steps if step.verdict is Verdict.WARNING)
    did = one.failure.portal_did if one.failure else reasons
    return Heard(one.verdict.value, warnings, " ".join(did.split())[:300])


def notices(now: Heard, green: Heard) -> bool:
    """Whether a scenario blames the portal where it did not: FAIL, or a warning at a sentence that had none.

    ERROR and BLOCKED blame this machine or the accounts: nobody would look at the portal.
    """
    return now.verdict == Verdict.FAIL or bool(set(now.warnings) - set(green.warnings))
