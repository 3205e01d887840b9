"""`sekisho coverage`: every row of the manuals against the scenarios that cite it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reports.coverage import Coverage, RowCoverage, coverage
from reports.reading import read
from reports.wording import WORDS, manual_name, verdict_name
from sekisho.cli import folders
from sekisho.cli.exit import Exit
from sekisho.language import say
from sekisho.manual.citations import scenarios
from sekisho.manual.rows import rows
from sekisho.manual.selection import check_manuals
from sekisho.results import Scenario
from sekisho.run.progress import STYLES


def show(manuals: list[str], run: Path | None, *, as_json: bool) -> Exit:
    """Print the coverage of these manuals (none: of all); NOT_CONFORMANT when a row has no scenario."""
    check_manuals(manuals)
    results = None if run is None else read(folders.existing(run)).scenarios
    found = _coverage(manuals, results)
    if as_json:
        print(found.to_json())  # noqa: T201 - the command's output
    else:
        _print(Console(), found, with_results=run is not None)
    return Exit.NOT_CONFORMANT if found.uncited else Exit.CONFORMANT


def _coverage(manuals: list[str], results: list[Scenario] | None) -> Coverage:
    return coverage(
        [row for row in rows() if not manuals or row.manual in manuals],
        [one for one in scenarios() if not manuals or one.manual in manuals],
        None if results is None else [one for one in results if not manuals or one.manual in manuals],
    )


def _print(console: Console, found: Coverage, *, with_results: bool) -> None:
    by_manual = [(manual, list(group)) for manual, group in groupby(found.rows, key=lambda row: row.manual)]
    for manual, its_rows in by_manual:
        console.print(_table(manual, its_rows, with_results=with_results))
    for manual, its_rows in by_manual:
        _conclude(console, manual, its_rows)
    if found.unknown:
        cited = say("手順書にない項番の引用", "Cited, but in no manual:")
        console.print(f"[red]{cited}[/] {' '.join(found.unknown)}")


def _conclude(console: Console, manual: str, its_rows: list[RowCoverage]) -> None:
    whole, uncited = sum(len(row.members) for row in its_rows), sum(len(row.uncited) for row in its_rows)
    cited = whole - uncited
    console.print(
        say(
            f"{manual}: 手順書の {whole} 項目のうち {cited} 項目にシナリオがあります。",
            f"{manual}: {cited} of the manual's {whole} rows have a scenario.",
        )
    )
    if uncited:
        missing = [row.id if row.uncited == row.members else " ".join(row.uncited) for row in its_rows if row.uncited]
        console.print(f"[red]{say('シナリオのない項目', 'Rows without a scenario:')}[/] {' '.join(missing)}")


def _table(manual: str, its_rows: list[RowCoverage], *, with_results: bool) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        title=" ".join(dict.fromkeys([manual, manual_name(manual)])),
        title_justify="left",
    )
    table.add_column(say("項番", "Row"), overflow="fold")
    table.add_column(say("手順書の内容", "What the manual says"), overflow="fold")
    table.add_column(say("シナリオ", "Scenarios"), overflow="fold")
    if with_results:
        table.add_column(say("判定", "Verdict"), overflow="fold")
    for row in its_rows:
        cells = [row.id, escape(row.does), _scenarios(row)]
        table.add_row(*cells, *([_verdict(row)] if with_results else []))
    return table


def _scenarios(row: RowCoverage) -> str:
    none, (japanese, english) = say("なし", "none"), WORDS["beyond"]
    if not row.citations:
        return f"[red]{none}[/]"
    mark = say(f"（{japanese}）", f" ({english})")
    names = "\n".join(escape(citation.name + mark * citation.beyond) for citation in row.citations)
    return f"{names}\n[red]{none}: {' '.join(row.uncited)}[/]" if row.uncited else names


def _verdict(row: RowCoverage) -> str:
    return f"[{STYLES[row.verdict]}]{verdict_name(row.verdict)}[/]" if row.verdict else "-"
