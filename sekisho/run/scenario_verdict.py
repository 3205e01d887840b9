"""From the way a scenario ended to its verdict, and to the words that explain it."""

from __future__ import annotations

import re
from functools import cache

from sekisho.language import say
from sekisho.manual.citations import CitedScenario, CitedStep, homes, sights
from sekisho.manual.rows import Row, rows
from sekisho.results import Failure
from sekisho.verdict import (
    BlockedError,
    ConfigurationProblemError,
    DeviationError,
    EnvironmentProblemError,
    LeftOutError,
    NotApplicableError,
    Verdict,
    WaitingError,
)

TOLD = (
    DeviationError,
    NotApplicableError,
    BlockedError,
    WaitingError,
    EnvironmentProblemError,
    ConfigurationProblemError,
)
FULL_STOP = re.compile(r"[。.]\s*$")
FIRST_LINE = 200  # characters of a stranger's first line


KINDS: tuple[tuple[type[BaseException], Verdict], ...] = (
    (DeviationError, Verdict.FAIL),
    (NotApplicableError, Verdict.NOT_APPLICABLE),
    (BlockedError, Verdict.BLOCKED),
    (WaitingError, Verdict.WAITING),
)


def verdict_of(error: BaseException | None, step: CitedStep | None = None) -> Verdict:
    """The verdict for an exception: whatever is not said in so many words is ours, never the portal's.

    Where the step at which it came goes beyond the manual, it is never more than a WARNING.
    """
    if error is None:
        return Verdict.PASS
    verdict = next((verdict for kind, verdict in KINDS if isinstance(error, kind)), Verdict.ERROR)
    return Verdict.WARNING if verdict is Verdict.FAIL and step and step.beyond else verdict


def remarked(error: DeviationError, remark: str) -> DeviationError:
    """The same deviation, with a sentence that its reader must know."""
    did = FULL_STOP.sub("", error.did)
    return error.retold(say(f"{did}。{remark}", f"{did}. {remark}"))


def concerned(error: BaseException, cited: CitedScenario, step: CitedStep | None) -> tuple[str, ...]:
    """The rows against which an exception at a step counts.

    An action that only leads up to the check counts against the row that it is itself about, as another scenario of
    the manual says; the rows of the check are then not reached. So does one that a check has to make before it checks.
    A step that no row is known of counts against what it leads up to first, and not against all that was not reached.
    """
    if step is None:
        return cited.scenario_ids or cited.ids
    whole = step.ids if step.own else tuple(dict.fromkeys([*step.ids, *cited.scenario_ids]))
    ahead = next((one.ids for one in cited.steps if one.line > step.line and one.ids), cited.ids)
    if step.own or (step.checks and not getattr(error, "doing", ())):
        return whole or ahead
    home = _home(error, cited, step)
    if set(home) & set(cited.ids):
        return whole or home
    return home or whole or ahead


def _home(error: BaseException, cited: CitedScenario, step: CitedStep) -> tuple[str, ...]:
    """The rows that an action is itself about; of several procedures that have it, those of the one under way."""
    known = {**sights(cited.manual), **homes(cited.manual)}
    before = [(one.text,) for one in reversed(cited.steps) if one.line < step.line and not one.checks]
    doing = [*getattr(error, "doing", ()), (step.text,)]
    found = [[rows for sentence in layer for rows in known.get(sentence, ())] for layer in (*doing, *before)]
    candidates = next((layer for layer in found[: len(doing)] if layer), [])
    context = [_procedures(rows) for layer in found if layer is not candidates for rows in layer]
    under_way = next((one for one in context if any(one & _procedures(rows) for rows in candidates)), set())
    return next((rows for rows in candidates if _procedures(rows) & under_way), (candidates or [()])[0])


def _procedures(ids: tuple[str, ...]) -> set[str]:
    return {one.rpartition("-")[0] for one in ids}


def failure_of(
    error: BaseException | None, cited: CitedScenario, step: CitedStep | None, detail: str
) -> Failure | None:
    """Requirement / Manual says / Portal did, for a scenario that did not pass: it stopped at this step."""
    if error is None or isinstance(error, LeftOutError) or verdict_of(error, step).passed:
        return None
    ids = concerned(error, cited, step)
    return Failure(
        verdict=verdict_of(error, step),
        requirement=list(ids),
        manual_says="\n".join(
            [*(f"{row.id} {row.does}" + (f" — {row.expects}" if row.expects else "") for row in _rows(ids))]
        ),
        portal_did=told(error),
        step=step.text if step else "",
        detail=detail,
    )


def told(error: BaseException) -> str:
    """What stopped a scenario, for people: our own sentences as they are, a library's dump by its first line only."""
    if isinstance(error, TOLD):
        return str(error)
    first = (str(error).strip().splitlines() or [""])[0][:FIRST_LINE]
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    again = say(
        "もう一度実行しても起きるなら、このシナリオの JSON の failure.detail を添えて、開発元に知らせてください",
        "If it comes again, report it to the developers with failure.detail of this scenario's JSON",
    )
    if type(error).__module__.startswith("playwright."):
        return say(
            f"ブラウザーを操作できなくなった（{said}）。{again}",
            f"the browser could not be operated any longer ({said}). {again}",
        )
    return say(
        f"sekisho の中で思いがけない誤りが起きた（{said}）。{again}",
        f"an unexpected error within sekisho ({said}). {again}",
    )


def _rows(ids: tuple[str, ...]) -> list[Row]:
    return list(dict.fromkeys(_by_member()[one] for one in ids if one in _by_member()))


@cache
def _by_member() -> dict[str, Row]:
    return {member: row for row in rows() for member in row.members}
