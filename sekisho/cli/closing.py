"""The end of a run or of a merge: the summary on the screen, the reports, and the exit code."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from reports.conclusion import conclude
from reports.reading import read
from sekisho.cli import folders, summary
from sekisho.cli.exit import Exit


def close(folder: Path, *, broken: bool) -> Exit:
    """Show what the results in a folder come to and write the reports; `broken`: tests ended without a verdict."""
    console, results = Console(), read(folder)
    summary.show(console, results)
    concluded = conclude(results)
    console.print(summary.sentence(concluded), soft_wrap=True)
    console.print(f"報告書: {folders.write_reports(folder)}", soft_wrap=True, highlight=False)
    return summary.exit_code(concluded, {one.verdict for one in results.scenarios}, broken=broken)
