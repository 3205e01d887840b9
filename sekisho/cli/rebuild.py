"""`sekisho report`: the reports of a run once more, from its result files."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sekisho.cli import folders
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError


def rebuild(run: Path, *, pdf: bool = False) -> None:
    """Write the reports of a run's folder anew, on request also as PDF.

    Raises ConfigurationProblemError when a result file is broken, EnvironmentProblemError when nothing can be printed.
    """
    try:
        folder = folders.existing(run)
        print(folders.write_reports(folder))  # noqa: T201 - the command's output
        if pdf:
            print(folders.print_report(folder))  # noqa: T201 - as above
    except ValidationError as error:
        raise ConfigurationProblemError(
            say(f"{run}: 結果ファイルを読めません。\n{error}", f"{run}: a result cannot be read.\n{error}")
        ) from error
