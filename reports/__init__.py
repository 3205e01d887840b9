"""Reports of a run, made from the files in its folder and nothing else."""

from __future__ import annotations

from pathlib import Path

from reports import html, junit


def write_all(folder: Path) -> list[Path]:
    """Write report.html and junit.xml into a run's folder, also when the run was interrupted.

    Raises ConfigurationProblemError when the folder holds no readable run.json.
    """
    return [html.write(folder), junit.write(folder)]
