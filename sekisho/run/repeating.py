"""The command that carries out just some results again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sekisho import language
from sekisho.machine.remedies import command
from sekisho.manual import folders
from sekisho.run.options import Options, given


def repeating(options: Options, results: Sequence[str], how: Literal["run", "explore"]) -> str:
    """It, for these results by their ids, on the same target, in the same browser and mode, in the same language.

    An address of a browser elsewhere must have lost what is secret in it.
    Of a cell with a second fault that is the cell with the first one, and then it.
    """
    chosen = [word for one in results for word in ("--select", one)] + ["--depth", "2"] * (len(results) > 1)
    return command(how, *chosen, *folders.options(), *_same(options), *language.options())


def _same(options: Options) -> list[str]:
    """What of the options says on which target, in which browser and mode, and who does what only a person can."""
    again = Options(
        target=options.target,
        browser=options.browser,
        certs=options.certs,
        allow_destructive=options.allow_destructive,
        defects=options.defects,
        connect=options.connect,
        hand_over=options.hand_over,
    )
    return [word for pair in given(again) for word in pair if word is not None]
