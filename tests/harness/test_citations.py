"""What the feature files say of themselves: which row a sentence is about, and what goes beyond the manual."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sekisho.manual.citations import OF_ANY_SCREEN, CitedScenario, homes, in_file, scenarios
from sekisho.manual.folders import Manual, named
from sekisho.manual.rows import manuals
from sekisho.verdict import ConfigurationProblemError
from steps import forms, lists, told_in_mail

ROOT = Path(__file__).parents[2]
FEATURE = """# language: ja
機能: 試し

  シナリオ: 記載
    # DAN-ISSUE-10
    前提 利用者がいる
    ならば 発行者がある
    # 手順書の外
    かつ 鍵がある

  @手順書の外
  シナリオ: 長すぎる
    前提 利用者がいる
    ならば 拒まれる
"""


@pytest.fixture
def made(tmp_path: Path) -> tuple[CitedScenario, ...]:
    """The scenarios of a feature file."""
    path = tmp_path / "x.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return in_file(path, Manual(tmp_path, named("danshin").about))


def test_a_comment_marks_the_steps_below_it_as_beyond_the_manual(made: tuple[CitedScenario, ...]) -> None:
    """They cite no row."""
    assert [(step.ids, step.beyond) for step in made[0].steps] == [
        (("DAN-ISSUE-10",), False),
        (("DAN-ISSUE-10",), False),
        ((), True),
    ]
    assert not made[0].beyond


def test_a_tag_marks_the_whole_scenario_as_beyond_the_manual(made: tuple[CitedScenario, ...]) -> None:
    """With all its steps."""
    assert made[1].beyond
    assert all(step.beyond for step in made[1].steps)


@pytest.mark.parametrize("one", scenarios(), ids=lambda one: f"{one.feature}:{one.name}")
def test_what_goes_beyond_the_manual_comes_last(one: CitedScenario) -> None:
    """A warning ends a scenario; nothing that a row asks for may stand behind it."""
    marks = [step.beyond for step in one.steps]
    assert marks == sorted(marks)


def test_every_manual_knows_what_its_actions_are_about() -> None:
    """Each is carried out step by step somewhere."""
    assert all(homes(manual) for manual in manuals())
    assert homes("danshin")["ユーザーIDと証明書取得用パスワードでログインする"][0] == ("DAN-ISSUE-02",)
    assert homes("danshin")["鍵をダウンロードする"][:2] == (("DAN-ISSUE-06",), ("DAN-RENEW-07",))
    assert homes("obn")["鍵をダウンロードする"][0] == ("OBN-DOWNLOAD-04",)


@pytest.mark.parametrize("manual", ["danshin", "kihonet", "obn"])
def test_the_browsers_menu_is_walked_where_the_manual_describes_it(manual: str) -> None:
    """A row of the way is cited for the step that goes it: only there is it walked."""
    steps = [step for one in scenarios() if one.manual == manual for step in one.steps]
    ways = [step for step in steps if step.text == "ブラウザの設定から証明書の管理を開く"]
    assert any(step.own and step.ids for step in ways)
    assert not all(step.own for step in ways)


def test_what_is_done_within_something_longer_is_a_sentence_of_a_manual() -> None:
    """Or a deviation there would count against the wrong row."""
    known = {sentence for manual in manuals() for sentence in homes(manual)}
    found = [
        call
        for path in [*ROOT.glob("pages/*.py"), *ROOT.glob("steps/*.py"), *ROOT.glob("features/*/*.py")]
        for call in _doings(path)
    ]
    assert found
    assert [sentence for sentence in found if sentence not in known] == []


def _doings(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "doing"]
    return [str(one.value) for call in named for one in call.args if isinstance(one, ast.Constant)]


def test_sentences_of_any_form_are_at_home_nowhere() -> None:
    """次のとおり入力する under a row of one procedure says nothing of the same words in another."""
    examples = {one.partition("\n")[0] for each in (forms, lists, told_in_mail) for one in each.EXAMPLES}
    assert [one for one in examples if not OF_ANY_SCREEN.match(one)] == []
    said = {step.text for one in scenarios() for step in one.steps} - examples
    assert [one for one in said if OF_ANY_SCREEN.match(one)] == []


@pytest.mark.parametrize("place", ["シナリオ: 先", "背景:"])
def test_nothing_begins_as_if_it_went_on(tmp_path: Path, place: str) -> None:
    """pytest-bdd does not carry it out, though a background may stand before it; the line is told, and the remedy."""
    path = tmp_path / "danshin" / "x.feature"
    path.parent.mkdir()
    path.write_text(f"# language: ja\n機能: 例\n\n  {place}\n    かつ 鍵をダウンロードする\n", encoding="utf-8")
    with pytest.raises(
        ConfigurationProblemError, match=r"x\.feature:5: 「かつ 鍵をダウンロードする」: .*前提、もし、ならば"
    ):
        in_file(path, Manual(path.parent, named("danshin").about))


def test_a_background_belongs_to_each_scenario(tmp_path: Path) -> None:
    """Its sentences, and the rows that it cites; that of a rule comes after that of the feature."""
    path = tmp_path / "danshin" / "x.feature"
    path.parent.mkdir()
    path.write_text(
        "# language: ja\n機能: 甲\n  背景:\n    前提 乙がある\n    # DAN-RULE-01\n    もし 丙を開く\n"
        "  ルール: 丁\n    背景:\n      前提 戊がある\n    シナリオ: 己\n      # DAN-RULE-02\n      もし 庚を押す\n"
        "      | 欄 | 値 |\n      | 辛 | 壬 |\n",
        encoding="utf-8",
    )
    (one,) = in_file(path, Manual(path.parent, named("danshin").about))
    assert [step.text for step in one.background] == ["乙がある", "丙を開く", "戊がある"]
    assert one.ids == ("DAN-RULE-01", "DAN-RULE-02")
    assert one.step(6) is one.background[1]
    assert one.steps[0].table == (("欄", "値"), ("辛", "壬"))
