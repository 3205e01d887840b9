"""From the way a scenario ended to its verdict, and to the words that explain it."""

from __future__ import annotations

from functools import cache

from sekisho.citations import CitedScenario
from sekisho.manual import Row, rows
from sekisho.results import Failure, Step
from sekisho.verdict import BlockedError, DeviationError, NotApplicableError, Verdict

KINDS: tuple[tuple[type[BaseException], Verdict], ...] = (
    (DeviationError, Verdict.FAIL),
    (NotApplicableError, Verdict.NOT_APPLICABLE),
    (BlockedError, Verdict.BLOCKED),
)


def conclude(error: BaseException | None) -> Verdict:
    """The verdict for an exception: whatever is not said in so many words is ours, never the portal's."""
    if error is None:
        return Verdict.PASS
    return next((verdict for kind, verdict in KINDS if isinstance(error, kind)), Verdict.ERROR)


def failure_of(error: BaseException | None, cited: CitedScenario, steps: list[Step], detail: str) -> Failure | None:
    """Requirement / Manual says / Portal did, for a scenario that did not pass."""
    if error is None:
        return None
    stopped = next((step for step in steps if step.verdict is conclude(error)), None)
    ids = tuple(stopped.ids if stopped else ()) or cited.scenario_ids or cited.ids
    sentence = stopped.text if stopped else ""
    return Failure(
        verdict=conclude(error),
        requirement=list(ids),
        manual_says="\n".join(
            [*(f"{row.id} {row.does}" + (f" — {row.expects}" if row.expects else "") for row in _rows(ids))]
        ),
        portal_did=str(error) or type(error).__name__,
        step=sentence,
        detail=detail,
    )


def _rows(ids: tuple[str, ...]) -> list[Row]:
    return list(dict.fromkeys(_by_member()[one] for one in ids if one in _by_member()))


@cache
def _by_member() -> dict[str, Row]:
    return {member: row for row in rows() for member in row.members}
