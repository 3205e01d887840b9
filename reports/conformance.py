"""The implementation conformance statement as a table: which row of the manual is kept, by what evidence.

A line for each single row, in the manual's order, as ISO/IEC 9646-7 asks of such a statement; for spreadsheets.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from reports.reading import Results
from reports.requirements import given, requirements
from reports.wording import manual_name, verdict_name, word
from sekisho.language import Pair
from sekisho.machine import files
from sekisho.verdict import Verdict
from sekisho.visible import visible

FILE = "conformance.csv"
COLUMNS = (
    Pair("項番", "ID"),
    Pair("手順書", "Manual"),
    Pair("手順", "Procedure"),
    Pair("段", "Step"),
    Pair("すること", "Action"),
    Pair("期待", "Expected"),
    Pair("対応", "Support"),
    Pair("判定", "Verdict"),
    Pair("証拠（結果 ID: 判定）", "Evidence (result ID: verdict)"),
)
KEPT, BROKEN = Pair("対応", "supported"), Pair("非対応", "not supported")
OPEN, NONE = Pair("未確認", "not examined"), Pair("対象外", "not applicable")
SUPPORTED = {
    Verdict.PASS: KEPT,
    Verdict.WARNING: KEPT,
    Verdict.UNEXPECTED_PASS: KEPT,
    Verdict.FAIL: BROKEN,
    Verdict.KNOWN_GAP: BROKEN,
    Verdict.NOT_APPLICABLE: NONE,
}
FORMULA = tuple("=+-@＝＋－＠\t\r")  # what a spreadsheet, a Japanese one too, would work out at the beginning of a cell


def write(results: Results) -> Path:
    """Write conformance.csv into a run's folder."""
    return files.write(results.folder / FILE, table(results).encode("utf-8-sig"))


def table(results: Results) -> str:
    """The statement of a run, with every row of its manuals, asked for or not."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(str, COLUMNS))
    found, evidence = requirements(results.scenarios), _evidence(results)
    for row in results.rows:
        for one in row.members:
            verdict = found.get(one)
            told = (*_judged(verdict), " ".join(evidence[one]))
            cells = (one, manual_name(row.manual), row.procedure, row.step, row.does, row.expects, *told)
            writer.writerow(map(_cell, cells))
    return out.getvalue()


def _judged(verdict: Verdict | None) -> tuple[str, str]:
    """Whether a row is kept, and its verdict; a row that nothing spoke of has none, as in the report."""
    if verdict is None:
        return str(OPEN), word("not_cited")
    return str(SUPPORTED.get(verdict, OPEN)), verdict_name(verdict)


def _evidence(results: Results) -> defaultdict[str, list[str]]:
    """The results that speak of each row, each with what it gave."""
    found = defaultdict(list)
    for scenario in results.scenarios:
        for row_id, verdict in given(scenario).items():
            found[row_id].append(f"{scenario.id}:{verdict.value.replace(' ', '_')}")
    return found


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
