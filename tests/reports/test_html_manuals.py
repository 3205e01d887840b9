"""The HTML report of a run over several manuals."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from sekisho.manual.rows import rows
from sekisho.results import Dialog
from sekisho.verdict import Verdict

from .conftest import Reader
from .samples import failing, run, saved, scenario, step

THREE = ["danshin", "kihonet", "obn"]
LINES = "[...document.querySelectorAll('{}')].map(one => one.innerText.replace(/\\s+/g, ' ').trim())"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One failure in danshin, one row of kihonet passed, nothing of obn finished."""
    passed = scenario(
        "開く", [step("開く", "KIHO-ISSUE-01")], manual="kihonet", procedure="規則", feature="kihonet/a.feature"
    )
    return html.write(saved(tmp_path, run(manuals=THREE), [failing(), passed]))


def test_each_manual_has_a_line_with_its_verdict_and_what_was_decided(report: Path, reader: Reader) -> None:
    """Also the one of which no scenario has finished."""
    seen = reader.read(report, LINES.format(".by-manual tbody tr"))
    assert seen.value[0].startswith("団信ネット・団信Web ✕ 不適合 0 1 1")
    assert seen.value[1].startswith("企保ネット・N-ナビ ✓ 適合 1 0 1")
    assert seen.value[1].endswith("1 / 37")
    assert seen.value[2].startswith("オンライン請求 ○ 未到達 0 0 0")
    assert seen.errors == []


def test_procedures_of_the_same_name_are_told_apart_by_their_manual(report: Path, reader: Reader) -> None:
    """In the contents, above the section and in the table of procedures."""
    for place in (".contents li", ".procedure > .kind", ".summary .group"):
        text = " ".join(reader.read(report, LINES.format(place)).value)
        assert "団信ネット・団信Web" in text
        assert "企保ネット・N-ナビ" in text


def test_every_manuals_rows_are_listed_under_its_name(report: Path, reader: Reader) -> None:
    """With how many were decided."""
    headings = reader.read(report, LINES.format("#coverage .of-manual")).value
    assert [one.split()[0].rstrip("0123456789/ ") for one in headings] == [
        "団信ネット・団信Web",
        "企保ネット・N-ナビ",
        "オンライン請求",
    ]


def test_one_manual_needs_no_such_lines(tmp_path: Path, reader: Reader) -> None:
    """Its title says it all."""
    alone = html.write(saved(tmp_path, run(), [failing()]))
    assert reader.read(alone, LINES.format(".by-manual, .manual, .group, .of-manual, .kind")).value == [
        "適合性試験報告書"
    ]


def test_a_question_of_the_browser_without_rows_is_shown_without_a_table(tmp_path: Path, reader: Reader) -> None:
    """A warning or a prompt: its sentences, line by line, and what was pressed."""
    warning = Dialog(
        title="この接続ではプライバシーが保護されません", text="一行目\n二行目", columns=[], rows=[], pressed="詳細設定"
    )
    shown = html.write(saved(tmp_path, run(), [scenario("開く", [step("開く", "DAN-RENEW-01", evidence=[warning])])]))
    seen = reader.read(shown, "document.querySelector('.stop .dialog').textContent")
    for words in ("ブラウザーの確認画面", "この接続では", "一行目\n二行目", "詳細設定"):
        assert words in seen.value
    assert "候補の証明書はありません" not in seen.value


def test_what_was_not_decided_is_not_said_to_have_been_examined(tmp_path: Path, reader: Reader) -> None:
    """Every item has a scenario, and one of them could not show it here."""
    items = [one for row in rows() if row.manual == "danshin" for one in row.members]
    decided = scenario("ほか", [], ids=items[1:])
    missing = scenario("Edge だけ", [], ids=items[:1], verdict=Verdict.NOT_APPLICABLE)

    seen = reader.read(
        html.write(saved(tmp_path, run(), [decided, missing])), "document.querySelector('#coverage').innerText"
    )

    assert "すべての項目を確かめました" not in seen.value
    assert f"この実行では判定しなかった項目 1\n{items[0]}" in seen.value
