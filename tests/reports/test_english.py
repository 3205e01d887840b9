"""What is made of a run in English: nothing Japanese stands in it but what the manual, the portal and the run say."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest

import reports
from reports import explored
from reports.compare import compare
from reports.compare import html as compare_html
from reports.compare.markdown import markdown
from reports.package import paper_statement
from reports.package.statement import Certified
from reports.reading import read
from reports.wording import manual_name
from sekisho.explore import FAULTS
from sekisho.explore.calendar import PLACES
from sekisho.results import Called, Note, Run, Scenario
from sekisho.verdict import Verdict

from .samples import certificate, dialog, failing, mail, run, save, scenario, step, stopped

JAPANESE = re.compile(r"[^\n]{0,40}[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60][^\n]{0,40}")
OTHER = re.compile(
    r'<span class="ja" lang="ja">[^<]*</span>|<span class="en" lang="ja">日本語</span>|data-ja-[a-z-]+="[^"]*"'
)
INSIDE = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
Record = TypeVar("Record", Run, Scenario)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_LANG", "en")


def foreign(record: Record) -> Record:
    """The same with another word for each that is Japanese: what remains of Japanese is sekisho's own."""
    return type(record).model_validate(_foreign(json.loads(record.model_dump_json())))


def _foreign(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {_foreign(key): _foreign(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_foreign(one) for one in value]
    return f"w{sha256(value.encode()).hexdigest()[:8]}" if isinstance(value, str) and JAPANESE.search(value) else value


def folder(place: Path, **changes: object) -> Path:
    """Results of every verdict and every kind of evidence, from a run of a manual whose rows are nowhere."""
    evidence = [mail(), dialog(), certificate(), Note(title="note", lines=["line"])]
    scenarios = [
        scenario("passed", [step("pass", "DAN-RENEW-01", evidence=evidence)]),
        scenario(
            "warned", [step("warn", "DAN-RENEW-02", verdict=Verdict.WARNING, reason="so")], verdict=Verdict.WARNING
        ),
        failing(),
        *(stopped(str(one), one, "reason", "DAN-FAQ-05") for one in (Verdict.ERROR, Verdict.BLOCKED, Verdict.WAITING)),
    ]
    told = foreign(run(called={"danshin": Called(name="d", title="D")}, language="en", **changes))
    save(place, told, [foreign(one) for one in scenarios])
    (place / "manual_steps.csv").unlink()
    return place


def japanese(page: str) -> list[str]:
    """What a reader of English sees of Japanese."""
    return JAPANESE.findall(OTHER.sub("", INSIDE.sub("", page)))


def test_the_reports_are_english(tmp_path: Path) -> None:
    """Also where a run is not whole, and rows and pictures are missing."""
    for path in reports.write_all(folder(tmp_path, finished=None, stopped="so", shard="1/2")):
        assert not japanese(path.read_text(encoding="utf-8-sig")), path.name


def test_the_statement_is_english(tmp_path: Path) -> None:
    """The page that is printed."""
    when = datetime(2026, 11, 21, tzinfo=UTC)
    page = paper_statement.html(read(folder(tmp_path)), {}, Certified("", when, "en"), paper_statement.Signer("ab"))

    assert not japanese(page)
    assert "Issued 21 November 2026" in page


def test_a_report_speaks_as_its_run_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the locale says, unless a language was asked for."""
    monkeypatch.delenv("SEKISHO_LANG")
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    reports.write_all(folder(tmp_path))

    assert '<html lang="en">' in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_comparison_is_english(tmp_path: Path) -> None:
    """On its page and in its Markdown."""
    before, after = folder(tmp_path / "a"), folder(tmp_path / "b", browser="Chromium 157")
    (after / "scenarios" / "passed.json").unlink()
    found = compare(read(before), read(after))
    page = compare_html.write(found, before, after, tmp_path / "compare.html")

    assert not japanese(page.read_text(encoding="utf-8").replace(manual_name("danshin"), ""))
    assert not japanese(markdown(found))
    assert "The browsers differ" in markdown(found)


def test_the_words_of_runs_in_two_languages_are_no_difference(tmp_path: Path) -> None:
    """Notes, reasons and the names that sekisho gives certificates; that they were not compared is said."""

    def place(language: str, title: str, reason: str) -> Path:
        shown = [certificate(title=title), Note(title=title, lines=[reason])]
        told = step("warn", "DAN-RENEW-02", verdict=Verdict.WARNING, reason=reason, evidence=shown)
        return save(tmp_path / language, run(language=language), [scenario("one", [told], verdict=Verdict.WARNING)])

    found = compare(read(place("ja", "更新後の証明書", "理由")), read(place("en", "renewed certificate", "reason")))

    assert found.differences == 0
    assert [one.startswith("The languages of the runs differ (ja → en)") for one in found.notes] == [True]


def test_every_fault_and_every_day_of_an_exploration_has_its_english() -> None:
    """They head its tables; of a program other things are said than of a browser."""
    english = [
        *(one.english for one in FAULTS),
        *(one.english_short for one in FAULTS),
        *(one.english for one in PLACES),
    ]
    english += [one.english_of_program for one in FAULTS if one.of_program]
    assert all(one and one.isascii() for one in english)
    (killed,) = [one for one in FAULTS if one.name == "killed"]
    for program, words in ((False, ("ブラウザー", "The browser is")), (True, ("プログラム", "The program is"))):
        title = explored.fault_title(killed, program=program)
        assert all(word in title for word in words)
