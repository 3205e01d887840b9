"""The HTML report as a reader gets it."""

from __future__ import annotations

from pathlib import Path

import pytest

import reports
from reports import html
from reports.reading import read
from sekisho.results import DialogRow, Note, Run, Scenario
from sekisho.verdict import ConfigurationProblemError, Verdict

from .conftest import Reader
from .samples import (
    certificate,
    dialog,
    failing,
    mail,
    picture,
    renewal,
    run,
    save,
    save_picture,
    saved,
    scenario,
    step,
)

TEXT = "document.querySelector('{}').innerText"


def written(folder: Path, scenarios: list[Scenario], a_run: Run | None = None) -> Path:
    """The report of some scenarios, with a picture for each step of the renewal."""
    for number in range(9):
        save_picture(folder, f"{number}.jpg")
    return html.write(saved(folder, a_run or run(), scenarios))


def walk(name: str = "更新できる") -> Scenario:
    """The whole renewal with its pictures."""
    return renewal(name, [f"pictures/{number}.jpg" for number in range(9)])


def test_both_reports_are_written(tmp_path: Path) -> None:
    """And named, so that whoever asked can say where they are."""
    assert [path.name for path in reports.write_all(save(tmp_path, run(), [failing()]))] == [
        "report.html",
        "junit.xml",
        "conformance.csv",
    ]


def test_a_failure_shows_requirement_manual_and_portal_first(tmp_path: Path, reader: Reader) -> None:
    """Before any procedure."""
    seen = reader.read(written(tmp_path, [failing(), walk()]), TEXT.format("#findings"))
    for words in ("DAN-RULE-03", "31日前は更新できない", "申請が受け付けられた", "sekisho run --select"):
        assert words in seen.value
    assert seen.errors == []


def test_a_warning_is_listed_with_its_reason(tmp_path: Path, reader: Reader) -> None:
    """It is no deviation, and nobody should have to look for it."""
    warned = step("画面を見る", "DAN-RENEW-01", verdict=Verdict.WARNING, reason="番号が二度表示される")
    seen = reader.read(written(tmp_path, [scenario("x", [warned], verdict=Verdict.WARNING)]), TEXT.format("#findings"))
    assert "不適合はありません" in seen.value
    assert "番号が二度表示される" in seen.value


@pytest.mark.parametrize(("told", "shown"), [("Windows", True), ("", False)])
def test_the_system_that_portals_were_told_is_said(tmp_path: Path, reader: Reader, told: str, *, shown: bool) -> None:
    """Where it is not the machine's own."""
    seen = reader.read(written(tmp_path, [walk()], run(told_system=told)), TEXT.format("dl.facts"))
    assert ("ポータルに名乗った OS: Windows" in seen.value) is shown


def test_the_report_asks_for_nothing_but_itself(tmp_path: Path, reader: Reader) -> None:
    """It works offline, and tells nobody that it was opened."""
    seen = reader.read(written(tmp_path, [walk()]), "sekisho.prepare()")
    assert {url.partition(":")[0] for url in seen.requests} <= {"file", "blob"}
    assert sum(url.startswith("file:") for url in seen.requests) == 1


def test_text_from_the_portal_stays_text(tmp_path: Path, reader: Reader) -> None:
    """A mail, a subject, a title or a name with markup runs nothing and makes no element."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)></script>{{ 7*7 }}'\"><b id=injected>"
    evidence = [
        mail(subject=attack, body=attack),
        certificate(subject=attack, title=attack, extensions=[attack]),
        dialog(DialogRow(subject=attack, issuer=attack, serial=attack), pressed=attack),
        picture("pictures/0.jpg", attack),
        Note(title=attack, lines=[attack]),
    ]
    steps = [step(attack, attack, table=[[attack]], evidence=evidence)]
    hostile = scenario(attack, steps, id="x", rule=attack, repeat=attack)
    report = written(tmp_path, [hostile], run(target=attack, command=attack, certs_reason=attack))
    seen = reader.read(report, "[document.querySelectorAll('#injected, img[src=x]').length, document.body.innerText]")
    assert seen.errors == []
    assert seen.value[0] == 0
    assert "{{ 7*7 }}" in seen.value[1]


def test_hidden_characters_are_shown(tmp_path: Path) -> None:
    """A name cannot be turned around by a writing-direction override."""
    text = written(tmp_path, [scenario("emp\u202e71000\x00", [step("a")], id="x")]).read_text(encoding="utf-8")
    assert "emp⟨U+202E⟩71000␀" in text


def test_equal_pictures_are_carried_once(tmp_path: Path) -> None:
    """Two scenarios through the same screens cost as much as one."""
    one = len(written(tmp_path / "one", [walk()]).read_bytes())
    text = written(tmp_path / "two", [walk("a"), walk("b")]).read_text(encoding="utf-8")
    assert text.count('<script type="text/plain"') == 9
    assert len(text.encode()) < one + 40_000


def test_a_run_of_260_scenarios_stays_under_15_megabytes(tmp_path: Path, reader: Reader) -> None:
    """Even if no two of its 2340 screens are alike; those beyond the limit are linked, and the report says so."""
    scenarios = [
        renewal(f"更新 {n}", [save_picture(tmp_path, f"{n}-{k}.jpg", 26_000) for k in range(9)]) for n in range(260)
    ]
    report = html.write(saved(tmp_path, run(), scenarios))
    assert report.stat().st_size < 15_000_000
    seen = reader.read(report, "[document.querySelectorAll('.scenario').length, document.body.innerText]")
    assert seen.value[0] == 260
    assert "結果フォルダーのファイルを参照しています" in seen.value[1]


@pytest.mark.parametrize("path", ["pictures/gone.jpg", "link/outside.jpg", "run.json"])
def test_a_picture_that_cannot_be_shown_is_named(tmp_path: Path, path: str) -> None:
    """Missing, behind a link out of the folder, or no picture: the report is written and says which."""
    (tmp_path / "outside.jpg").write_bytes(b"\xff\xd8\xffsecret")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path, target_is_directory=True)
    text = written(folder, [scenario("x", [step("a", evidence=[picture(path)])])]).read_text(encoding="utf-8")
    assert path in text
    assert 'class="missing"' in text
    assert '<script type="text/plain"' not in text


def test_an_empty_run_is_reported(tmp_path: Path, reader: Reader) -> None:
    """It claims nothing and names every row as not examined."""
    seen = reader.read(written(tmp_path, []), "document.body.innerText")
    assert "判定不能（実績なし）" in seen.value
    assert "DAN-FAQ-09" in seen.value
    assert seen.errors == []


def test_an_interrupted_run_says_so_and_shows_what_it_has(tmp_path: Path, reader: Reader) -> None:
    """Finished scenarios are kept."""
    seen = reader.read(written(tmp_path, [walk()], run(finished=None)), "document.body.innerText")
    assert "判定不能（中断）" in seen.value
    assert "更新できる" in seen.value


def test_a_broken_scenario_is_named_and_the_others_are_shown(tmp_path: Path, reader: Reader) -> None:
    """With the key that is wrong."""
    folder = save(tmp_path, run(), [failing()])
    (folder / "scenarios" / "bad.json").write_text(failing().model_dump_json().replace('"FAIL"', '"GOOD"'), "utf-8")
    seen = reader.read(html.write(read(folder)), TEXT.format("#overview"))
    assert "scenarios/bad.json" in seen.value
    assert "verdict" in seen.value


@pytest.mark.parametrize("content", [None, "", "{}", '{"schema_version": 2}'])
def test_without_a_readable_run_the_error_names_the_file(tmp_path: Path, content: str | None) -> None:
    """Nothing is written."""
    if content is not None:
        (tmp_path / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=r"run\.json"):
        reports.write_all(tmp_path)
    assert not (tmp_path / "report.html").exists()


def test_a_run_without_the_manuals_rows_is_still_reported(tmp_path: Path) -> None:
    """The ids remain, and the missing file is named."""
    folder = save(tmp_path, run(), [failing()])
    (folder / "manual_steps.csv").unlink()
    text = html.write(read(folder)).read_text(encoding="utf-8")
    assert "manual_steps.csv" in text
    assert "DAN-RULE-03" in text


def test_rows_carried_out_by_the_same_steps_show_their_evidence_once(tmp_path: Path, reader: Reader) -> None:
    """One import carries out six rows of the manual: its certificate is drawn for the first of them."""
    steps = [step("取り込む", "DAN-ISSUE-07", "DAN-ISSUE-08", "DAN-ISSUE-09", evidence=[certificate()])]
    seen = reader.read(
        written(tmp_path, [scenario("取り込める", steps)]),
        "['.stop', '.stop .certificate'].map(one => document.querySelectorAll(one).length)",
    )
    assert seen.value == [3, 1]


def test_what_goes_beyond_the_manual_says_so(tmp_path: Path, reader: Reader) -> None:
    """At the scenario's name, among the findings and in the coverage."""
    noticed = step("拒まれる", "DAN-ISSUE-04", verdict=Verdict.WARNING, beyond=True, reason="受け付けた")
    beyond = scenario("長い", [noticed], beyond=True, verdict=Verdict.WARNING)
    seen = reader.read(written(tmp_path, [beyond]), "document.body.textContent")
    assert seen.value.count("手順書の外") >= 3
