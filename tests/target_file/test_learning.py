"""What a target file may learn from a run: its portal's own words, with what they stand for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pages.dialect import load
from sekisho.cli import closing
from sekisho.cli.learning import text
from sekisho.evidence.masking import MASK
from sekisho.results import OwnWords, Scenario
from sekisho.target_file import read
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.reports.samples import run, save, scenario, step
from tests.target_file.least import LEAST

REFUSED = "認証に失敗しました。(E0001)"
HERE = '「引用」 "\\ \t𠮷'


def usual(name: str, section: str = "messages") -> list[str]:
    """The manual's words."""
    return load("danshin").words(section, name)


def own(said: str, name: str = "mismatch", section: str = "messages") -> OwnWords:
    """What a portal said in place of the manual's words."""
    return OwnWords(section=section, name=name, instead_of=usual(name, section), said=said)


def result(name: str, *words: OwnWords, verdict: Verdict = Verdict.WARNING) -> Scenario:
    """A scenario with a step for each of them."""
    steps = [step("見る", verdict=verdict, reason="x", own_words=[one]) for one in words]
    return scenario(name, steps, verdict=Verdict.WARNING)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A target file."""
    path = tmp_path / "portal.toml"
    path.write_text(LEAST, encoding="utf-8")
    return path


def test_what_is_printed_is_understood_by_the_target_file(file: Path, tmp_path: Path) -> None:
    """Each wording once, whatever characters it has, with where it was seen; then there is nothing left to learn.

    Beside the manual's words: those of a target file take their place, and a portal may say both.
    """
    scenarios = (
        result("danshin-a", own(REFUSED), own(REFUSED), own(HERE, "login_refused")),
        result("danshin-b", own(REFUSED), own("別の題名", "confirmation", "screens")),
    )
    results = save(tmp_path / "run", run(), list(scenarios))
    said = text(file, results)
    assert "（danshin-a、ほか 1 件）" in said
    file.write_text(LEAST + said, encoding="utf-8")
    assert read(file).dialect == {
        "screens": {"confirmation": [*usual("confirmation", "screens"), "別の題名"]},
        "messages": {
            "mismatch": [*usual("mismatch"), REFUSED],
            "login_refused": [*usual("login_refused"), HERE],
        },
    }
    assert text(file, results) == ""


def test_a_table_is_printed_whole(file: Path, tmp_path: Path) -> None:
    """With what the file has already: it takes that table's place."""
    file.write_text(LEAST + '[dialect.messages]\nempty = ["未入力"]\nmismatch = ["不一致"]\n', encoding="utf-8")
    said = text(file, save(tmp_path / "run", run(), [result("danshin-a", own(REFUSED))]))
    assert tomllib.loads(said)["dialect"] == {"messages": {"empty": ["未入力"], "mismatch": ["不一致", REFUSED]}}


def test_words_with_a_masked_secret_are_none_to_learn(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No screen says them."""
    assert text(file, save(tmp_path / "run", run(), [result("danshin-a", own(f"{MASK} は違います"))])) == ""
    assert "書き足す言葉はありません" in capsys.readouterr().err


def test_what_cannot_be_known_again_is_none_to_learn(file: Path, tmp_path: Path) -> None:
    """An ornament, what a step saw that failed, and what another manual's portal said in the same run."""
    ornament, failed = result("danshin-a", own("■")), result("danshin-b", own(REFUSED), verdict=Verdict.FAIL)
    other = result("danshin-c", own(REFUSED)).model_copy(update={"manual": "kihonet"})
    results = save(tmp_path / "run", run(manuals=["danshin", "kihonet"]), [ornament, failed, other])
    assert text(file, results) == ""


def test_nothing_of_what_is_printed_reaches_a_terminal_as_a_command(file: Path, tmp_path: Path) -> None:
    """Nor breaks the table's comment, and the file has it all the same."""
    hostile = own("赤\x9b31m\u202e逆\u2028").model_copy(update={"instead_of": ["一\n二\x9b"]})
    said = text(file, save(tmp_path / "run", run(), [result("danshin-a", hostile)]))
    assert not {"\x9b", "\u202e", "\u2028"} & set(said)
    assert tomllib.loads(said)["dialect"]["messages"]["mismatch"][-1] == hostile.said


def test_a_run_at_another_portal_is_said(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its words may be another portal's."""
    text(file, save(tmp_path / "run", run(target="よその本番"), [result("danshin-a", own(REFUSED))]))
    assert "対象は「よその本番」でした" in capsys.readouterr().err


def test_the_run_of_another_manual_is_refused(file: Path, tmp_path: Path) -> None:
    """Names of its dialect are none of this manual's."""
    with pytest.raises(ConfigurationProblemError, match=r"kihonet の実行です。.* の手順書は danshin です"):
        text(file, save(tmp_path / "run", run(manuals=["kihonet"]), []))


def test_a_folder_without_results_is_refused(file: Path, tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(ConfigurationProblemError, match="実行結果のフォルダーではありません"):
        text(file, tmp_path)


def test_a_result_under_the_name_of_another_is_refused(file: Path, tmp_path: Path) -> None:
    """By the run's name, and not with a trace."""
    results = save(tmp_path / "run", run(), [result("danshin-a", own(REFUSED))])
    (results / "scenarios" / "danshin-a.json").rename(results / "scenarios" / "danshin-b.json")
    with pytest.raises(ConfigurationProblemError, match="結果ファイルを読めません"):
        text(file, results)


def test_a_run_at_a_target_says_how_to_learn(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the command, where there is something to learn."""
    results = save(tmp_path / "run", run(), [result("danshin-a", own(REFUSED), own(REFUSED), own("x", "empty"))])
    closing.close(results, broken=False, target=file)
    shown = capsys.readouterr().out
    assert "ポータル自身の言葉が 2 通りありました" in shown
    assert f"target words {file} {results}" in shown
    closing.close(save(tmp_path / "other", run(), [result("danshin-a")]), broken=False, target=file)
    assert "ポータル自身の言葉" not in capsys.readouterr().out
