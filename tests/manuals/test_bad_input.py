"""A manual with something wrong: file, line, what, remedy; exit code 2, and nothing is begun."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.manual.checking import problems
from sekisho.manual.folders import read
from sekisho.verdict import ConfigurationProblemError

Command = Callable[..., subprocess.CompletedProcess[str]]
Change = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Change:
    """Another text in one file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def in_shift_jis(name: str) -> Change:
    """As a spreadsheet on Windows saves it."""
    return lambda folder: (folder / name).write_bytes((folder / name).read_text("utf-8").encode("cp932"))


BAD: dict[str, tuple[Change, str]] = {
    "no rows": (lambda folder: (folder / "rows.csv").unlink(), "rows.csv: ありません。手順書の項番を書きます"),
    "no binding": (lambda folder: (folder / "test_scenarios.py").unlink(), "test_scenarios.py: ありません"),
    "a row twice": (
        replaced("rows.csv", "KURA-GATE-02", "KURA-GATE-01"),
        "rows.csv:3: 項番 KURA-GATE-01 は 2 行目にもあります。どちらかを直してください。",
    ),
    "a row that is none": (replaced("rows.csv", "KURA-GATE-02", "kura 2"), "rows.csv:3: 'kura 2' is not an id"),
    "a column too many": (replaced("rows.csv", ",入口,2,", ",入口,2,,,"), "rows.csv:3: 列は"),
    "another heading": (replaced("rows.csv", "id,procedure", "項番,手続き"), "rows.csv: 見出しは id,procedure"),
    "rows in Shift_JIS": (in_shift_jis("rows.csv"), "rows.csv:2: UTF-8 ではありません（Shift_JIS など）。UTF-8 で"),
    "a feature in Shift_JIS": (in_shift_jis("gate.feature"), "gate.feature:2: UTF-8 ではありません"),
    "a feature that is none": (replaced("gate.feature", "機能:", "きのう:"), "gate.feature: "),
    "an unknown key": (
        replaced("manual.toml", "name =", "nmae ="),
        "manual.toml:2: nmae = '蔵の入口': 知らない項目です",
    ),
    "a site without a title": (replaced("manual.toml", 'title = "入口"\n', ""), "manual.toml:5: sites.gate.title"),
    "a name with a blank": (
        replaced("manual.toml", '"kura"', '"ku ra"'),
        "manual.toml:1: id = 'ku ra': 正規表現 ^[a-z]",
    ),
    "a fact without words": (
        replaced("manual.toml", "[sites.gate]", "[accounts.fields]\nhanko = {}\n\n[sites.gate]"),
        "manual.toml:6: accounts.fields.hanko: title に、それが何かを書いてください（title の要らないもの: request_id",
    ),
    "a fact that every portal's users have": (
        replaced("manual.toml", "[sites.gate]", '[accounts.fields]\nmail = { title = "x" }\n\n[sites.gate]'),
        "manual.toml:6: accounts.fields.mail: この名前は使えません（identities, login_password, mail",
    ),
    "a secret that is a file": (
        replaced("manual.toml", "[sites.gate]", "[accounts.fields]\nletter = { secret = true }\n\n[sites.gate]"),
        "manual.toml:6: accounts.fields.letter: secret と file は、どちらか一つです",
    ),
    "users who have what nobody declared": (
        replaced("manual.toml", "[sites.gate]", "[accounts.gets]\nhanko_env = {}\n\n[sites.gate]"),
        "manual.toml:6: accounts.gets.hanko_env: 知らない項目です（使えるもの: request_id, reference_id_env, letter",
    ),
    "no TOML": (replaced("manual.toml", "[sites.gate]", "[sites.gate"), "manual.toml:5: TOML として読めません"),
    "a word that is no list": (
        replaced("dialect.toml", '["戸を叩く"]', '"戸を叩く"'),
        "dialect.toml:2: buttons.knock:",
    ),
    "a key that nobody uses": (
        replaced("dialect.toml", "[buttons]\n", '[buttons]\nlog_inn = ["ログイン"]\n'),
        "dialect.toml:2: buttons.log_inn: どの画面でも文でも使われません",
    ),
    "a sentence of ours": (
        replaced("gate.py", '"戸を叩く"', '"鍵をダウンロードする"'),
        "gate.py:32: 「鍵をダウンロードする」という文は",
    ),
    "a binding of nothing": (
        replaced("test_scenarios.py", "scenarios(", "print("),
        "test_scenarios.py: どのシナリオも",
    ),
    "no Python": (replaced("gate.py", "def gate(", "def gate(("), "gate.py:17: Python として読めません"),
    "a state in another column": (replaced("accounts.csv", ",,,no", ",,no"), "accounts.csv:2: 列は"),
    "a NUL in a cell": (replaced("rows.csv", ",入口,2,", ",入口,2\0,"), "rows.csv:3: step: NUL 文字（0x00）があります"),
    "a cell without end": (replaced("rows.csv", "入口を開く", '"' + "x" * 200_000), "rows.csv:2: CSV として読めません"),
    "accounts with a cell without end": (
        replaced("accounts.csv", ",,,no", f',"{"x" * 200_000}",,no'),
        "accounts.csv:2: CSV として読めません",
    ),
    "a state that there is not": (replaced("accounts.csv", ",,,no", ",activ,,no"), "accounts.csv:2: state = 'activ'"),
    "people who have nothing to do": (
        replaced("accounts.csv", ",,,no", ",operator,,no"),
        "accounts.csv:2: traits = ''",
    ),
    "consumed perhaps": (replaced("accounts.csv", ",,,no", ",,,maybe"), "accounts.csv:2: consumed = 'maybe'"),
    "a number without end": (
        replaced("dialect.toml", "[buttons]\n", f"[buttons]\nx = {'9' * 6000}\n"),
        "dialect.toml: TOML として読めません: 数が長すぎます",
    ),
    "a key without end": (
        replaced("manual.toml", "id =", f"{'.'.join('a' * 9000)} = 1\nid ="),
        "manual.toml:1: TOML として読めません: キーの点",
    ),
    "a module that is a pipe": (lambda folder: os.mkfifo(folder / "pipe.py"), "pipe.py: ふつうのファイルでは"),
    "a feature that is a pipe": (lambda folder: os.mkfifo(folder / "x.feature"), "x.feature: ふつうのファイルでは"),
    "a duration that is no number": (
        lambda folder: (folder / "durations.csv").write_text("id,seconds\nx,nan\n"),
        "durations.csv:2: ",
    ),
    "no duration": (lambda folder: (folder / "durations.csv").write_text("id,seconds\nx,long\n"), "durations.csv:2: "),
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_it_is_told_with_file_line_and_remedy(sixth: Path, change: Change, said: str) -> None:
    """In the words of whoever writes a manual."""
    assert told(sixth) == ""
    change(sixth)
    assert said in told(sixth)


def told(folder: Path) -> str:
    """All that is wrong with the manual in a folder."""
    try:
        return "\n".join(problems(read(folder)))
    except ConfigurationProblemError as problem:
        return str(problem)


TOGETHER: dict[str, tuple[Change, str]] = {
    "a row twice": (replaced("rows.csv", "KURA-GATE-02", "KURA-GATE-01"), "rows.csv:3: 項番 KURA-GATE-01 は"),
    "a row of ours": (replaced("rows.csv", "KURA-GATE-02", "DAN-RULE-03"), "手順書 danshin にもあります"),
    "the name of ours": (replaced("manual.toml", '"kura"', '"danshin"'), "同じ名前の手順書が"),
}


LOOKED_UP: dict[str, tuple[Change, str]] = {
    "a field of a table": (
        replaced("desk.feature", "| 利用者ID | emp00032 ", "| 会員番号 | emp00032 "),
        "desk.feature:67: 「次のとおり入力する」: ",
    ),
    "a button or an item of a menu": (
        replaced("desk.feature", "ボタン「申請する」を押す\n    ならば", "ボタン「申込む」を押す\n    ならば"),
        "dialect.toml: [buttons] か [menu] に「申込む」がありません",
    ),
    "an option": (
        replaced("desk.feature", "「新規」を選ぶ", "「初回」を選ぶ"),
        "dialect.toml: [options] に「初回」がありません",
    ),
    "what nobody noted": (
        replaced("desk.feature", "控えた「", "控えた「仮"),
        "desk.feature:42: 控えた「仮証明書パスワード」: 前に「画面の「仮証明書パスワード」を控える」がありません",
    ),
    "a sentence of a background": (
        replaced("desk.feature", "サイト「利用申請」を開く", "サイトを開きます"),
        "desk.feature:6: 「サイトを開きます」: 「もし」の文として知られていません",
    ),
    "a user of a background": (
        replaced("accounts.csv", "kura-desk-902c121f,利用規約に同意しないと申し込めない,invited,,no\n", ""),
        "次を足してください（使い終えないなら no）: kura-desk-902c121f,",
    ),
}


@pytest.mark.parametrize(("change", "said"), LOOKED_UP.values(), ids=LOOKED_UP)
def test_what_scenarios_say_is_looked_up(sekisho: Command, sixth: Path, change: Change, said: str) -> None:
    """Before any run, in tables and backgrounds too."""
    change(sixth)
    done = sekisho("manual", "check", str(sixth))
    assert (done.returncode, said in done.stdout) == (2, True), done.stdout


@pytest.mark.parametrize(("change", "said"), TOGETHER.values(), ids=TOGETHER)
def test_nothing_is_carried_out(sekisho: Command, sixth: Path, tmp_path: Path, change: Change, said: str) -> None:
    """Exit code 2, and no folder of a run."""
    change(sixth)
    done = sekisho("run", "--manual-dir", str(sixth), "--out", str(tmp_path / "run"))
    assert (done.returncode, done.stdout, said in done.stderr) == (2, "", True), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_folder_that_is_not_there_is_named(sekisho: Command, tmp_path: Path) -> None:
    """As it was written."""
    done = sekisho("list", "--manual-dir", str(tmp_path / "nowhere"))
    assert (done.returncode, "nowhere: そのフォルダーはありません" in done.stderr) == (2, True)


def test_links_that_lead_round_in_a_circle_are_no_folder(sekisho: Command, tmp_path: Path) -> None:
    """Python's own way to a real path raises RuntimeError there."""
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    done = sekisho("list", "--manual-dir", str(tmp_path / "one"))
    assert (done.returncode, "one: そのフォルダーはありません" in done.stderr) == (2, True), done.stderr


def test_a_manual_whose_portal_the_mock_does_not_play_needs_a_target_file(sekisho: Command, sixth: Path) -> None:
    """Said before the run, and not scenario by scenario as something inexplicable."""
    done = sekisho("run", "--manual-dir", str(sixth), "--manual", "kura", "--out", str(sixth.parent / "run"))
    assert (done.returncode, "手順書 kura のポータルは内蔵の模擬認証局にありません" in done.stderr) == (2, True), (
        done.stderr
    )
    assert f"target init kura --manual-dir {sixth} --out portal.toml" in done.stderr
    assert "manual.toml に [family] を書けば模擬認証局が演じます（docs/manual.md）" in done.stderr


def test_a_module_that_ends_the_process_is_no_conformance(sekisho: Command, sixth: Path, portal_file: Path) -> None:
    """sys.exit(0) in a stranger's conftest was exit code 0 and not a word."""
    replaced("conftest.py", "from . import gate", "import sys\nsys.exit(0)\nfrom . import gate")(sixth)
    done = sekisho(
        *("run", "--manual-dir", str(sixth), "--target", str(portal_file), "--certs", "context"),
        *("--skip-check", "--out", str(sixth.parent / "run")),
    )
    assert (done.returncode, "sys.exit(0)" in done.stderr) == (2, True), done.stderr
    looked = sekisho("manual", "check", str(sixth))
    assert (looked.returncode, "sys.exit(0)" in looked.stderr) == (2, True), looked.stderr


def test_a_module_that_cannot_be_imported_ends_the_run_as_wrong_usage(
    sekisho: Command, sixth: Path, portal_file: Path
) -> None:
    """With what Python says."""
    replaced("conftest.py", "from . import gate", "from . import gaet")(sixth)
    out = str(sixth.parent / "run")
    done = sekisho("run", "--manual-dir", str(sixth), "--target", str(portal_file), "--skip-check", "--out", out)
    assert (done.returncode, "gaet" in done.stderr) == (2, True), done.stderr
