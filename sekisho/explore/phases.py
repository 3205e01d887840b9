"""The parts of a procedure to explore: what there is, what is done, how it is done over, and what must be true then."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from sekisho.language import Pair
from sekisho.manual.citations import CitedScenario
from sekisho.verdict import ConfigurationProblemError

BROKEN_OFF = "途中で終わっていれば、次のとおりやり直す"
"""The sentence after which stands what the manual tells a user to do who could not finish."""

TURNS = Pair(
    f"「{{}}」: 「もし {BROKEN_OFF}」が {{}} 行あります。手順とやり直しの間に 1 行だけ書いてください。",
    f'"{{}}": "もし {BROKEN_OFF}" is there {{}} times. Write it once, between the procedure and doing it over.',
)
NOTHING_DONE = Pair(
    f"「{{}}」: 障害を起こす手順がありません。「{BROKEN_OFF}」の前に「もし」で書いてください。",
    f'"{{}}": there is no procedure in which a fault could happen. Write it with "もし" before "{BROKEN_OFF}".',
)
NOTHING_CHECKED = Pair(
    f"「{{}}」: 障害のあとで確かめることがありません。「{BROKEN_OFF}」の後に「ならば」で書いてください。",
    f'"{{}}": nothing is checked after the fault. Write it with "ならば" after "{BROKEN_OFF}".',
)


class Phase(Enum):
    """Where in a procedure a sentence stands."""

    PREMISE = "what there is before"
    PROCEDURE = "what the user does, and where the fault strikes"
    TURN = "what came of it"
    RECOVERY = "what the user does who could not finish"
    CHECK = "what must be true in the end"


def phase_of(procedure: CitedScenario, line: int) -> Phase:
    """The phase of the sentence on a line of the feature file. Raises ConfigurationProblemError without a turn."""
    turn = _turn(procedure)
    if line == turn:
        return Phase.TURN
    if line < turn:
        begins = next((step.line for step in procedure.steps if step.kind != "given"), turn)
        return Phase.PREMISE if line < begins else Phase.PROCEDURE
    checks = next((step.line for step in procedure.steps if step.checks and step.line > turn), None)
    return Phase.CHECK if checks is not None and line >= checks else Phase.RECOVERY


def _turn(procedure: CitedScenario) -> int:
    if found := list(lacking(procedure)):
        raise ConfigurationProblemError("\n".join(f"{procedure.feature}:{line}: {what}" for line, what in found))
    return next(step.line for step in procedure.steps if step.text == BROKEN_OFF)


def lacking(procedure: CitedScenario) -> Iterator[tuple[int, str]]:
    """What a procedure lacks of its four parts: the line, what is wrong there, and what to do."""
    first, last = (procedure.steps[0].line, procedure.steps[-1].line) if procedure.steps else (0, 0)
    turns = [step.line for step in procedure.steps if step.text == BROKEN_OFF]
    if len(turns) != 1:
        yield turns[-1] if turns else last, str(TURNS).format(procedure.name, len(turns))
        return
    if not any(step.kind != "given" and step.line < turns[0] for step in procedure.steps):
        yield first, str(NOTHING_DONE).format(procedure.name)
    if not any(step.checks and step.line > turns[0] for step in procedure.steps):
        yield last, str(NOTHING_CHECKED).format(procedure.name)
