"""Results made in code."""

from __future__ import annotations

from datetime import UTC, datetime

from sekisho.results import Failure, Scenario
from sekisho.verdict import Verdict


def scenario(
    name: str, did: str = "", verdict: Verdict = Verdict.FAIL, row: str = "DAN-RULE-01", **example: str
) -> Scenario:
    """A scenario about a row that said what the portal did, or passed if it said nothing."""
    failure = Failure(verdict=verdict, requirement=[row], manual_says="", portal_did=did, step="")
    return Scenario(
        id=name + "".join(example.values()),
        nodeid=name,
        manual="danshin",
        procedure="規則",
        feature="danshin/rules.feature",
        name=name,
        example=example,
        ids=[row],
        worker="gw0",
        started=datetime.now(UTC),
        seconds=1,
        verdict=verdict if did else Verdict.PASS,
        steps=[],
        failure=failure if did else None,
        repeat="",
    )
