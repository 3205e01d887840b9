"""Reports of a run, made from the files in its folder and nothing else."""

from __future__ import annotations

from pathlib import Path

from reports.spoken import spoken
from sekisho.language import speaking


def write_all(folder: Path) -> list[Path]:
    """Write report.html, junit.xml and conformance.csv into a run's folder, also when the run was interrupted.

    Raises ConfigurationProblemError when the folder holds no readable run.json.
    """
    from reports import conformance, html, junit, reading  # noqa: PLC0415 - to start without the template engine

    results = reading.read(folder)
    with speaking(spoken(results.run)):
        return [html.write(results), junit.write(results), conformance.write(results)]
