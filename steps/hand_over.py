"""What only a person can do: a telephone call, an IC card, a letter.

Asked at the terminal, or by files with `--hand-over DIR`: what is to be done is said, and done is only what is shown
by a photograph or a note. Without a person, out of time or told that it cannot be done, the scenario is 実施不能.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import parsers, when

CONCEPT = "担当者に頼む"
EXAMPLES = ("担当者が「窓口に電話し、利用の再開を頼む」を行う",)


@when(parsers.parse("担当者が「{work}」を行う"))
def _(hand_over: Callable[[str], None], work: str) -> None:
    hand_over(work)
