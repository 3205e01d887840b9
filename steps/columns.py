"""Columns in another order than the manual names them in: a warning, as a person finds them by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekisho.evidence.recorder import Recorder
from sekisho.language import say


def remark_order(evidence: Recorder, rows: Sequence[Mapping[str, str]], headings: Mapping[str, str]) -> None:
    """Warn where the columns stand in another order than `headings` (name in the dialect to heading) has them.

    `rows` are as read off the screen, each with its columns in the order in which they stand there.
    """
    wanted = list(headings)
    shown = [name for name in rows[0] if name in headings] if rows else wanted
    if shown != wanted:
        manual, portal = (
            say("、", ", ").join(headings[name] for name in wanted),
            say("、", ", ").join(headings[name] for name in shown),
        )
        evidence.warning(
            say(
                f"一覧の列が「{portal}」の順に並んでいる（手順書では「{manual}」。順は定められていない）",
                f'The columns of the list stand in the order "{portal}" (in the manual "{manual}"; no order '
                "is prescribed)",
            )
        )
