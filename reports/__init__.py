"""Reports of a run, made from the files in its folder and nothing else."""

from __future__ import annotations

from pathlib import Path


def write_all(folder: Path) -> list[Path]:
    """Write report.html, junit.xml and conformance.csv into a run's folder, also when the run was interrupted.

    Raises ConfigurationProblemError when the folder holds no readable run.json.
    """
    from reports import conformance, html, junit  # noqa: PLC0415 - the command line starts without the template engine

    return [html.write(folder), junit.write(folder), conformance.write(folder)]
