"""`sekisho manual new` writes a whole manual from some answers: its rows, scenarios, words and users fit each other."""

from __future__ import annotations

import csv
import importlib
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from sekisho.cli import _run
from sekisho.cli.app import app
from sekisho.cli.exit import Exit
from sekisho.cli.sentences import Listener
from sekisho.layout import part
from sekisho.manual import accounts, checking, citations, folders, rows
from sekisho.manual.draft import answers, asks, bare, questions, writing
from sekisho.manual.draft.marks import Mark
from sekisho.manual.family import Family
from sekisho.manual.folders import Manual
from sekisho.manual.sentences import Sentence, resolve
from sekisho.target_file.template import template
from sekisho.verdict import ConfigurationProblemError

Command = Callable[..., subprocess.CompletedProcess[str]]
Made = Callable[..., Manual]

ANSWERS = Path(__file__).with_name("answers")
LEAST = {"id": "kura", "name": "蔵ネット", "family": {"issuer": "Kura CA", "sender": "kura@kura.example"}}
TWO = {
    "sites": {"service": {"title": "北の蔵"}, "south": {"title": "南の蔵"}},
    "accounts": {
        "certificates": ["north", "south"],
        "called": {"北": {"certificate": "north"}, "南": {"certificate": "south"}, "両方": {"certificate": "both"}},
    },
}
TWO_KINDS = {"certificates": {"north": {"services": ["service"]}, "south": {"services": ["south"]}}}
GUIDE = {"tells": ["link", "request_id", "user_id"]}
LETTER = {"tells": ["link", "user_id", "request_id", "password"]}
VARIED: Mapping[str, dict[str, Any]] = {
    "least": {},
    "no reminder": {"family": {"reminder_days": []}},
    "one reminder, on the first day": {"family": {"reminder_days": [30]}},
    "reminders side by side, until the last day": {"family": {"reminder_days": [2, 1, 0], "renewal_days": 1}},
    "a reminder without a link": {"family": {"mails": {"guide": GUIDE, "renewal": {"tells": ["validity"]}}}},
    "a month": {"family": {"months": 1, "renewal_days": 1, "invitation_days": 1, "idle_minutes": 2}},
    "ten years": {"family": {"months": 120, "renewal_days": 365, "invitation_days": 365, "idle_minutes": 1440}},
    "only renewal on the same day": {"family": {"finish_today": ["renewal"]}},
    "only reissue on the same day": {"family": {"finish_today": ["reissue"], "idle_minutes": 5}},
    "no reissue": {"family": {"reissue": False, "finish_today": ["issue"]}},
    "a letter and no mail": {"family": {"letter": LETTER, "reissue": False, "reminder_days": []}},
    "a letter at a reissue too": {"family": {"letter": {**LETTER, "reissue": True}}},
    "the password by post": {"family": {"mails": {"guide": GUIDE}, "letter": {"tells": ["password"]}}},
    "the service by post": {"family": {"mails": {"guide": GUIDE}, "letter": {"tells": ["service", "password"]}}},
    "two kinds, one each": {**TWO, "family": TWO_KINDS},
    "two kinds, both": {**TWO, "family": {**TWO_KINDS, "several_each": True}},
    "two services": {"sites": TWO["sites"]},
    "names with marks": {"name": "A & B {{ x }} 100% # '\""},
}


def given(more: Mapping[str, Any]) -> dict[str, Any]:
    """The least answers with some more."""
    family = {**LEAST["family"], **more.get("family", {})}  # type: ignore[dict-item] # a table
    if "mails" in family and "password" not in str(family):
        family["mails"] = {**family["mails"], "password_notice": {"tells": ["password"]}}
    return {**LEAST, **more, "family": family}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Write a manual of some answers."""

    def write(more: Mapping[str, Any] | str) -> Manual:
        """`more`: the name of a file of answers, or what is answered beside the least."""
        if isinstance(more, str):
            return writing.write(answers.read(ANSWERS / f"{more}.toml"), tmp_path / more, template)
        found = answers.understood(given(more))
        assert found.answers, found.mistakes
        return writing.write(found.answers, tmp_path / "made", template)

    return write


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    """What scenarios may say, without a run that collects everything."""
    for path in part("steps").glob("*.py"):
        importlib.import_module(f"steps.{path.stem}")
    listener = Listener()
    listener.pytest_collection_finish()
    return [one for one in listener.sentences if not one.manual]


def check(manual: Manual, sentences: list[Sentence]) -> None:
    """Whether rows, scenarios, words and users fit each other."""
    assert checking.problems(manual) == ()
    scenarios = citations.of(manual)
    assert resolve(sentences, [manual]) == []
    assert {one for row in rows.own(manual) for one in row.members} == {one for each in scenarios for one in each.ids}
    assert all(each.ids or each.beyond for each in scenarios)
    names = [one.name for one in scenarios]
    assert len(names) == len(set(names))
    asked = {line["id"] for line in accounts.lines(manual)}
    assert asked == {one for each in scenarios for one in each.results}


@pytest.mark.parametrize("name", ["kihonet_like", "danshin_like", "by_post"])
def test_what_is_written_fits_together(name: str, made: Made, sentences: list[Sentence]) -> None:
    """Every row has a scenario and every scenario a row; every sentence is known; users are named for each."""
    check(made(name), sentences)


@pytest.mark.parametrize("name", VARIED)
def test_so_it_does_whatever_is_switched_off(name: str, made: Made, sentences: list[Sentence]) -> None:
    """Or has the least or the most of its figures."""
    check(made(VARIED[name]), sentences)


def test_figures_stand_in_the_scenarios_as_literals(made: Made) -> None:
    """And none of the usual ones where others were answered."""
    manual = made("by_post")
    said = "".join(folders.text_of(path) for path in manual.features)
    for words in ("今日から13か月である", "| 45   |", "46日前に発行された", "45日前と10日前と3日前", "20分が過ぎる"):
        assert words in said
    assert "30" not in said.replace("300", "")


def test_what_is_switched_off_takes_its_words_rows_and_users_away(made: Made) -> None:
    """Nobody reissues, no browser is refused, no page is closed at midnight, nothing is invited by mail."""
    manual = made("by_post")
    words = tomllib.loads(folders.text_of(manual / folders.DIALECT))
    assert not {"unsupported_browser", "not_today"} & words["messages"].keys()
    assert not {"guide", "user_id_notice", "password_notice"} & words["mail"].keys()
    assert not (manual / "reissue.feature").exists()
    assert "reissue" not in folders.text_of(manual / folders.ACCOUNTS)
    assert not [one.id for one in rows.own(manual) if one.id.endswith(("RULE-05", "RULE-11")) or "REISSUE" in one.id]
    assert "letter = " in folders.text_of(manual / writing.TARGET)
    assert "letter" not in tomllib.loads(folders.text_of(made("danshin_like") / folders.DIALECT))


@pytest.mark.parametrize("name", ["danshin", "kihonet"])
def test_whom_a_scenario_asks_for_is_read_from_its_sentences(name: str) -> None:
    """As a run on the mock has shown it for ours, which have the same sentences."""
    manual = folders.named(name)
    nobody = Mark("1", frozenset())
    called = manual.about.accounts.called
    read = [line[:4] for one in citations.of(manual) for line in asks.lines(one, nobody, called)]
    with (manual / folders.ACCOUNTS).open(encoding="utf-8", newline="") as file:
        recorded = [line[:4] for line in csv.reader(file)][1:]
    assert sorted(read) == sorted(recorded)


BAD = {
    "months = 0": "family.months = 0: 1 以上の数を書いてください",
    'months = "3年"': "family.months = '3年': 整数を書いてください",
    "renewal_days = 2000": "family.renewal_days = 2000: 365 以下の数を書いてください",
    "idle_minutes = 1": "family.idle_minutes = 1: 2 以上の数を書いてください",
    "reminder = [7]": "family.reminder = …: 知らない項目です（reminder_days のことですか）",
    'sender = "somebody"': "family.sender = 'somebody': ",
    'issuer = "A「B」"': "family.issuer = 'A「B」': 「」<>|\\ と改行、前後の空白は使えません",
    '[family.mails.guide]\ntells = ["request_id", "user_id", "password"]': "family.mails.guide: 全員に届き、",
    '[words.button]\nlogin = ["認証"]': "words.button: 知らない項目です（buttons のことですか）",
    '[words.buttons]\nlogon = ["認証"]': "words.buttons.logon: 知らない項目です（login のことですか）",
    '[words.buttons]\nlogin = [""]': "words.buttons.login = ['']: ",
    '[sites.other]\ntitle = "証明書の取得"': "sites.other: 「証明書の取得」は sites.enrol の名前でもあります",
    '[accounts]\ncertificates = ["a", "b"]': 'accounts.called: "シナリオでの名前" = { certificate = "a" }',
}


@pytest.mark.parametrize("wrong", BAD)
def test_a_bad_answer_is_named_by_file_line_key_and_value(wrong: str, tmp_path: Path) -> None:
    """With what is allowed."""
    file = tmp_path / "answers.toml"
    lines = ['id = "kura"', 'name = "蔵"', "[family]", 'issuer = "Kura CA"', 'sender = "kura@kura.example"']
    kept = [one for one in lines if not one.startswith(wrong.split(" =", maxsplit=1)[0] + " =")]
    file.write_text("\n".join([*kept, wrong]), encoding="utf-8")
    line = len(kept) + 1
    with pytest.raises(ConfigurationProblemError) as problem:
        answers.read(file)
    said = str(problem.value)
    wanted = BAD[wrong].split(" = …")
    assert f"{file}:{line}: {wanted[0]}" in said or f"{file}:{line + 1}: {wanted[0]}" in said, said
    assert wanted[-1] in said


@pytest.mark.parametrize("table", ["family", "sites", "accounts", "words"])
def test_what_is_no_table_is_no_silent_default(table: str) -> None:
    """What would then be asked for inside is not complained of."""
    (mistake,) = answers.understood({**LEAST, table: 3}).mistakes
    assert mistake == (table, f"{table} = 3: {{ }} か [見出し] の表を書いてください")


def test_what_is_not_there_has_no_line(tmp_path: Path) -> None:
    """Not line 0."""
    file = tmp_path / "answers.toml"
    file.write_text('name = "蔵"\n', encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=r"answers\.toml: id: この項目は必須です"):
        answers.read(file)


def test_a_name_that_there_is_already_is_refused() -> None:
    """Results of two manuals would be mixed up."""
    (mistake,) = answers.understood({**LEAST, "id": "danshin"}).mistakes
    assert mistake == ("id", "id = 'danshin': 同じ名前の手順書がもうあります。別の名前にしてください")


def test_links_in_a_circle_are_no_place_for_it(tmp_path: Path, made: Made) -> None:
    """Nor one that leads nowhere."""
    (tmp_path / "made").symlink_to("made")
    with pytest.raises(ConfigurationProblemError, match=r"made: すでにあります。空のフォルダーか"):
        made({})


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, made: Made) -> None:
    """An empty one is not."""
    (tmp_path / "made").mkdir()
    manual = made({})
    kept = {path: path.read_bytes() for path in manual.folder.iterdir()}
    with pytest.raises(ConfigurationProblemError, match=r"made: すでにあります。空のフォルダーか"):
        made({})
    assert {path: path.read_bytes() for path in manual.folder.iterdir()} == kept


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ConfigurationProblemError("what is wrong with the target")])
def test_what_is_stopped_leaves_nothing(stop: BaseException, tmp_path: Path) -> None:
    """Neither half a folder nor the one beside it in which it was made."""

    def target(manual: str) -> str:
        assert manual in folders.known()
        raise stop

    with pytest.raises(type(stop) if isinstance(stop, Exception) else KeyboardInterrupt):
        writing.write_files(bare.files(tmp_path / "kura"), tmp_path / "kura", target)
    assert (list(tmp_path.iterdir()), "kura" in folders.known()) == ([], False)


def test_without_a_terminal_nobody_is_asked(sekisho: Command, tmp_path: Path) -> None:
    """And it is said what to do instead."""
    done = sekisho("manual", "new", str(tmp_path / "kura"))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--from answers.toml" in done.stderr


def answered(monkeypatch: pytest.MonkeyPatch, folder: Path, said: Mapping[str, list[str]]) -> str:
    """What the command printed to somebody who says these for questions that begin so, and else what is usual."""
    asked: list[str] = []
    left = {begin: list(answers_) for begin, answers_ in said.items()}

    def prompt(text: str, default: str, **_: object) -> str:
        asked.append(text)
        wanted = next((answers_ for begin, answers_ in left.items() if text.startswith(begin) and answers_), [])
        return wanted.pop(0) if wanted else default

    monkeypatch.setattr("typer.prompt", prompt)
    monkeypatch.setattr("sekisho.cli.manual_new._has_terminal", lambda: True)
    done = CliRunner().invoke(app, ["manual", "new", str(folder)])
    assert done.exit_code == 0, done.output
    return done.output


def test_questions_are_answered_by_enter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sentences: list[Sentence]
) -> None:
    """Each has a usual answer."""
    answered(monkeypatch, tmp_path / "kura-net", {})
    manual = folders.read(tmp_path / "kura-net")
    assert (manual.id, manual.about.name) == ("kura_net", "kura-net")
    check(manual, sentences)


def test_an_answer_is_checked_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sentences: list[Sentence]
) -> None:
    """And asked for again, with what is allowed; what is answered decides on what is asked."""
    said = {
        "ポータルの呼び名": ["蔵ネット"],
        "サービスの名前": ["北の蔵、南の蔵"],
        "証明書の種類": ["北、南"],
        "一人が何種類も": ["たぶん", "はい"],
        "取得案内の届き方": ["狼煙", "郵便"],
        "証明書の有効期間": ["三年", "1"],
        "更新できるのは": ["28", "20"],
        "更新案内のメール": ["20、20", "20、3"],
        "操作しないと": ["10"],
        "ログインのボタン": ["認証"],
    }
    told = answered(monkeypatch, tmp_path / "kura", said)
    for words in (
        "  はい、いいえ のどれかで",
        "  メール1通、メール2通、メールと郵便、郵便 のどれかで",
        "months = '三年'",
        "= 28: 有効期間（months = 1）",
        "同じ日",
    ):
        assert words in told
    manual = folders.read(tmp_path / "kura")
    family = manual.about.family
    assert family
    assert (family.months, family.renewal_days, family.reminder_days, family.idle_minutes) == (1, 20, (20, 3), 10)
    assert (family.several_each, family.certificates["kind2"].services) == (True, ("service2",))
    check(manual, sentences)


def test_every_question_is_about_a_key_that_there_is() -> None:
    """So that its answer is checked."""
    known = {"id", "name", "title", "sites", "accounts", *(f"words.buttons.{name}" for name in questions.BUTTONS)}
    known |= {f"family.{name}" for name in Family.model_fields}
    asked = {key for one in questions.questions({"id": "a", "name": "b"}, "a") for key in one.keys}
    assert asked <= known


def test_a_bare_one_is_whole(tmp_path: Path, sentences: list[Sentence]) -> None:
    """With one row, one scenario and a target file."""
    manual = writing.write_files(bare.files(tmp_path / "北の 蔵-2"), tmp_path / "北の 蔵-2", template)
    assert (manual.id, [one.id for one in rows.own(manual)]) == ("manual", ["MANUAL-FIRST-01"])
    assert [one.name for one in citations.of(manual)] == ["最初のページが開く"]
    assert checking.problems(manual) == ()
    assert resolve(sentences, [manual]) == []


def test_ctrl_c_at_a_question_ends_as_every_interruption_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """130, which scripts rely on, and nothing written."""

    def interrupted(*_: object, **__: object) -> str:
        raise typer.Abort

    monkeypatch.setattr("sekisho.cli.manual_new._has_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", interrupted)
    monkeypatch.setattr("sys.argv", ["sekisho", "manual", "new", str(tmp_path / "kura")])

    assert (_run(), list(tmp_path.iterdir())) == (Exit.INTERRUPTED, [])
    assert capsys.readouterr().err == "やめました。\n"
