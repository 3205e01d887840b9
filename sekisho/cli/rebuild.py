"""`sekisho report`: the reports of a run once more, from its result files."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sekisho.cli import folders
from sekisho.verdict import ConfigurationProblemError


def rebuild(run: Path) -> None:
    """Write the reports of a run's folder anew. Raises ConfigurationProblemError when a result file is broken."""
    try:
        print(folders.write_reports(folders.existing(run)))  # noqa: T201 - the command's output
    except ValidationError as error:
        raise ConfigurationProblemError(f"{run}: 結果ファイルを読めません。\n{error}") from error
