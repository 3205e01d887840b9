"""The implementation conformance statement: a table that spreadsheets open."""

from __future__ import annotations

import csv
from pathlib import Path

from reports import conformance
from reports.reading import read
from sekisho.manual import rows
from sekisho.verdict import Verdict

from .samples import failing, run, save, scenario, step


def lines(folder: Path) -> dict[str, dict[str, str]]:
    """The lines of a statement, by row."""
    with conformance.write(read(folder)).open(encoding="utf-8-sig", newline="") as file:
        return {line["項番"]: line for line in csv.DictReader(file)}


def test_every_row_of_the_manual_has_a_line(tmp_path: Path) -> None:
    """In its order, those of a range too, asked for or not."""
    found = lines(save(tmp_path, run(), [scenario("a", [step("押す", "DAN-RENEW-03")])]))
    assert list(found) == [one for row in rows.rows() if row.manual == "danshin" for one in row.members]
    assert found["DAN-RENEW-03"]["対応"] == "対応"
    assert found["DAN-RENEW-03"]["証拠（結果 ID: 判定）"] == "a:PASS"
    assert [found["DAN-ISSUE-01"][one] for one in ("対応", "判定", "証拠（結果 ID: 判定）")] == ["未確認", "未確認", ""]


def test_a_row_is_as_good_as_what_speaks_worst_of_it(tmp_path: Path) -> None:
    """With every result that does; what does not apply is neither kept nor broken."""
    bad = failing(id="bad")
    row = bad.failure.requirement[0] if bad.failure else ""
    absent = scenario("edge", [step("開く", "DAN-FAQ-08", verdict=Verdict.NOT_APPLICABLE)], verdict="NOT APPLICABLE")
    found = lines(save(tmp_path, run(), [bad, scenario("good", [step("押す", row)]), absent]))
    assert (found[row]["対応"], found[row]["判定"]) == ("非対応", "不適合")
    assert {"bad:FAIL", "good:PASS"} <= set(found[row]["証拠（結果 ID: 判定）"].split())
    assert found["DAN-FAQ-08"]["対応"] == "対象外"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Rows may come from anybody's manual."""
    folder = save(tmp_path, run(), [])
    steps = folder / "manual_steps.csv"
    head, first, *_ = steps.read_text("utf-8").splitlines()
    row_id = first.partition(",")[0]
    steps.write_text(f'{head}\n{row_id},danshin,"=HYPERLINK(""http://x"")",+1,@a,＝2\n', encoding="utf-8")
    (line,) = lines(folder).values()
    assert [line[name] for name in ("手順", "段", "すること", "期待")] == [
        '\'=HYPERLINK("http://x")',
        "'+1",
        "'@a",
        "'＝2",
    ]
