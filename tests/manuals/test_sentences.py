"""What scenarios may say, and what is said of a manual in which somebody says something else."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.layout import part
from sekisho.manual.draft import asks

from .test_bad_input import Change, replaced

Command = Callable[..., subprocess.CompletedProcess[str]]
SCENARIO = "\n  シナリオ: {}\n    もし 蔵の入口を開く\n    ならば 入口が見える\n"


def added(text: str) -> Change:
    """More at the end of the scenarios."""

    def change(folder: Path) -> None:
        path = folder / "gate.feature"
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")

    return change


def test_the_page_of_sentences_is_current(sekisho: Command) -> None:
    """Make it again: sekisho sentences --markdown > docs/sentences.md."""
    done = sekisho("sentences", "--markdown")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == part("docs", "sentences.md").read_text("utf-8")


def test_every_sentence_with_a_place_has_an_example(sekisho: Command) -> None:
    """A scenario's, or where none says it one beside the sentence, which is gone when it is no longer needed."""
    listed = json.loads(sekisho("sentences", "--json").stdout)
    assert [one["text"] for one in listed if "{" in one["text"] and not one["example"]] == []
    tables = [one for one in listed if re.search("次の(とおり(?!やり直)|内容|情報|表|行)", one["text"])]
    assert tables
    assert [one["text"] for one in tables if "\n| " not in one["example"]] == []
    modules = [importlib.import_module(f"steps.{path.stem}") for path in part("steps").glob("[a-z]*.py")]
    beside = {example for module in modules for example in getattr(module, "EXAMPLES", ())}
    unsaid = [re.sub(r"\\{\w+\\}", ".+", re.escape(one["text"])) for one in listed if not one["used"]]
    assert [
        example for example in beside if not any(re.fullmatch(one, example.partition("\n")[0]) for one in unsaid)
    ] == []


def test_whoever_a_sentence_asks_for_is_known_beforehand(sekisho: Command) -> None:
    """`manual check` names the line of accounts.csv, and `check` looks whether the target file has such a user."""
    listed = json.loads(sekisho("sentences", "利用者", "--json").stdout)
    given = [one for one in listed if one["kind"] == "前提" and not one["manual"] and "利用者" in one["text"]]
    kinds = defaultdict[str, dict[str, str]](dict)
    assert [
        one["text"] for one in given if not asks.user(one["example"].partition("\n")[0] or one["text"], kinds)
    ] == []


def test_words_choose_and_each_sentence_has_values_and_an_example(sekisho: Command) -> None:
    """Those of another manual alone are not among them."""
    found = json.loads(sekisho("sentences", "発行された案内", "--manual", "kihonet", "--json").stdout)
    (one,) = found
    assert one["text"] == "{days}日前に発行された案内を受け取った利用者がいる"
    assert (one["kind"], one["concept"], one["manual"]) == ("前提", "利用者", "")
    assert "30" in one["values"]["days"]
    assert one["example"] == f"{one['values']['days'][0]}日前に発行された案内を受け取った利用者がいる"
    assert all(place.startswith("features/kihonet/") for place in one["used"])
    assert json.loads(sekisho("sentences", "MPKI", "--manual", "gunma", "--json").stdout) == []


def test_a_manual_without_a_fault_is_told_so(sekisho: Command, sixth: Path) -> None:
    """With how much there is of it."""
    done = sekisho("manual", "check", str(sixth))
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"kura: 問題はありません（\d+ 項目、シナリオ \d+ 件）。\n", done.stdout)


FAULTS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "a sentence that nobody knows": (
        replaced("gate.feature", "もし 戸を叩く", "もし 戸をたたく"),
        ("gate.feature:9: 「戸をたたく」: 「もし」の文として知られていません。近い文: 「戸を叩く」",),
    ),
    "a sentence in another place": (
        replaced("gate.feature", "もし 戸を叩く", "ならば 戸を叩く"),
        ("gate.feature:9: 「戸を叩く」: 「ならば」の文として知られていません",),
    ),
    "a row that nobody asks for": (
        replaced("gate.feature", "# KURA-GATE-02", "# KURA-GATE-01"),
        ("rows.csv: KURA-GATE-02: どのシナリオも引用していません",),
    ),
    "words that its dialect does not have": (
        replaced(
            "gate.feature", "ならば 入口が見える", "ならば 画面に「開いています」と表示される\n    かつ 入口が見える"
        ),
        ("dialect.toml: [shown] に「開いています」がありません",),
    ),
    "what no user has": (
        replaced("desk.feature", "利用者の「承認番号」が入っている", "利用者の「承認番口」が入っている"),
        ("manual.toml: [accounts.fields] に「承認番口」がありません（承認番号 のことですか）",),
    ),
    "a heading that no list has": (
        replaced("ledger.feature", "| 申請日 | 状態   |", "| 申請目 | 状態   |"),
        ("ledger.feature:11: 「一覧に次の行がある」: ", "dialect.toml: [columns] に「申請目」がありません"),
    ),
    "an id that no row has": (
        replaced("gate.feature", "# KURA-GATE-02", "# KURA-GATE-02 KURA-GATE-09"),
        ("gate.feature: 「戸を叩くと通される」の引用する KURA-GATE-09 は rows.csv にありません",),
    ),
    "a scenario about no row": (added(SCENARIO.format("ただ見る")), ("「ただ見る」: どの項番も引用していません",)),
    "two of one name": (
        added("\n  @KURA-GATE-01" + SCENARIO.format("戸を叩くと通される")),
        ("「戸を叩くと通される」: 同じ名前のシナリオがほかにもあります",),
    ),
    "another name, and a user of whom the table says nothing": (
        replaced(
            "gate.feature",
            "戸を叩くと通される\n",
            "戸を叩くと開く\n    前提 10日前に発行された案内を受け取った利用者がいる\n",
        ),
        (
            "accounts.csv: 求める利用者の行がありません。次を足してください（使い終えないなら no）: kura-gate-",
            ",戸を叩くと開く,invited,days_ago=10,yes",
            "（戸を叩くと通される）というシナリオはありません。この行を消してください。",
        ),
    ),
    "a file that is missing": (lambda folder: (folder / "rows.csv").unlink(), ("rows.csv: ありません",)),
    "a word that nobody uses": (
        replaced("dialect.toml", "[buttons]\n", '[buttons]\nlog_inn = ["ログイン"]\n'),
        ("dialect.toml:2: buttons.log_inn: どの画面でも文でも使われません",),
    ),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_with_file_and_remedy(
    sekisho: Command, sixth: Path, change: Change, said: tuple[str, ...]
) -> None:
    """And the exit code is 2."""
    change(sixth)
    done = sekisho("manual", "check", str(sixth))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert all(one in done.stdout + done.stderr for one in said), done.stdout + done.stderr
