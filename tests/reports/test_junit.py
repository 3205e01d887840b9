"""JUnit XML of a run."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from reports import junit
from reports.reading import read
from sekisho.verdict import Verdict

from .samples import failing, run, save, scenario, step, stopped


def document(folder: Path) -> ET.Element:
    """The written file, read again."""
    return ET.parse(junit.write(read(folder))).getroot()  # noqa: S314 - written a line ago


def test_verdicts_become_failure_error_and_skipped(tmp_path: Path) -> None:
    """Counts agree with the cases, in each suite and in the whole."""
    scenarios = [
        scenario("通る", [step("a")]),
        failing(),
        stopped("環境", Verdict.ERROR, "ポートは使われています", "DAN-RESUME-01"),
        stopped("利用者がない", Verdict.BLOCKED, "利用者がありません", "DAN-FAQ-05"),
        stopped("Edge がない", Verdict.NOT_APPLICABLE, "Edge がありません", "DAN-VERIFY-EDGE-01"),
    ]
    root = document(save(tmp_path, run(), scenarios))
    expected = {"tests": "5", "failures": "1", "errors": "1", "skipped": "2"}
    assert {key: root.attrib[key] for key in expected} == expected
    for counted, element in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
        assert len(root.findall(f".//{element}")) == int(root.attrib[counted])
    assert [suite.attrib["name"] for suite in root] == ["danshin クライアント証明書の更新", "danshin 規則"]


def test_a_failure_says_requirement_manual_and_portal(tmp_path: Path) -> None:
    """What a CI server shows suffices to understand it."""
    failure = document(save(tmp_path, run(), [failing()])).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "有効期限の31日前に証明書更新申請の画面が開き、申請が受け付けられた"
    assert (failure.text or "").startswith("Requirement: DAN-RULE-03\nManual says: 更新は有効期限の30日前から")


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    """XML forbids most of them, even escaped."""
    hostile = scenario("\x00\x1b[31m\ufffe]]><&\"'", [step("a")], id="x", repeat="a\x0bb")
    root = document(save(tmp_path, run(machine="host\x07"), [hostile]))
    case = root.find(".//testcase")
    assert case is not None
    assert case.attrib["name"] == "␀␛[31m\ufffd]]><&\"'"


def test_an_empty_run_is_a_valid_file_without_cases(tmp_path: Path) -> None:
    """Interrupted before the first scenario ended."""
    root = document(save(tmp_path, run(finished=None), []))
    assert root.attrib["tests"] == "0"


def test_an_unreadable_result_is_an_error(tmp_path: Path) -> None:
    """No server may take the run for green."""
    folder = save(tmp_path, run(), [scenario("通る", [step("a")])])
    (folder / "scenarios" / "bad.json").write_text("{}", encoding="utf-8")
    root = document(folder)
    assert root.attrib["errors"] == "1"
    [case] = root.findall(".//testcase[@classname='result files']")
    assert case.attrib["name"] == "scenarios/bad.json"


def test_what_goes_beyond_the_manual_is_marked_and_never_fails_a_server(tmp_path: Path) -> None:
    """The case passes; its output says what was noticed."""
    noticed = step("拒まれる", verdict=Verdict.WARNING, beyond=True, reason="手順書の外: 受け付けた")
    root = document(save(tmp_path, run(), [scenario("長い", [noticed], beyond=True, verdict=Verdict.WARNING)]))
    (case,) = root.iter("testcase")
    assert [one.attrib["value"] for one in case.iter("property")] == ["手順書の外"]
    assert "手順書の外: 受け付けた" in str(case.findtext("system-out"))
    assert case.find("failure") is None
