"""The option `--manual-dir`, which the commands have in common: manuals that lie elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho.language import say


def _take_in(given: list[Path] | None) -> list[Path] | None:
    """Let there be the manuals in these folders, whatever the command then does with them."""
    if given:
        from sekisho.manual import folders  # noqa: PLC0415 - `--help` must answer at once

        folders.add(given)
    return given


ManualDirs = Annotated[
    list[Path] | None,
    typer.Option(
        "--manual-dir",
        metavar="DIR",
        callback=_take_in,
        help=say(
            "よそにある手順書のフォルダー（くり返し可）", "The folder of a manual that lies elsewhere (repeatable)"
        ),
    ),
]
