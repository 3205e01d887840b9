"""The parts of a procedure to explore: what there is, what is done, how it is done over, and what must be true then."""

from __future__ import annotations

from enum import Enum

from sekisho.manual.citations import CitedScenario
from sekisho.verdict import ConfigurationProblemError

BROKEN_OFF = "途中で終わっていれば、次のとおりやり直す"
"""The sentence after which stands what the manual tells a user to do who could not finish."""


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
    found = [step.line for step in procedure.steps if step.text == BROKEN_OFF]
    if len(found) != 1:
        raise ConfigurationProblemError(
            f"{procedure.feature}: 「{procedure.name}」: 「もし {BROKEN_OFF}」が {len(found)} 行あります。"
            "手順とやり直しの間に 1 行だけ書いてください。"
        )
    return found[0]
