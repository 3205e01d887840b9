"""A target file is refused with file, key, value and what is allowed; its secrets stay outside."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from sekisho.evidence.masking import Masking
from sekisho.target_file import TargetPortal, examine, read, secret
from sekisho.target_file.secrets import value
from sekisho.verdict import BlockedError, ConfigurationProblemError

from .least import LEAST

GOOD = (
    LEAST
    + """
[[accounts]]
state = "renewable"
user_id = "emp1"
login_password_env = "SEKISHO_TEST_PASSWORD"
traits = { days_left = 20 }
"""
)


def written(folder: Path, text: str) -> Path:
    """A target file with this text."""
    path = folder / "portal.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("manual = ", r"portal.toml: TOML として読めません"),
        ('name = "x"', r"portal.toml: manual: この項目は必須です"),
        (GOOD.replace("danshin", "dansin"), r"manual = 'dansin': 使えるのは danshin, gunma, kihonet"),
        (
            GOOD.replace('"renewable"', '"renewabel"'),
            r"accounts\[0\].state = 'renewabel': 使えるのは invited, active, renewable",
        ),
        (GOOD.replace("maildir", "mailder"), r"mail.mailder = 'Maildir': 知らない項目です（maildir のことですか）"),
        (GOOD + GOOD[GOOD.index("[[accounts]]") :], r"accounts\[1\].user_id = 'emp1': accounts\[0\] と同じです"),
        (GOOD.replace("https://enrol", "enrol"), r"sites.enrol = 'enrol.example.test/': http:// か https:// で始まる"),
        (GOOD.replace("enrol =", "enroll ="), r"sites.enroll: 知らない項目です（enrol のことですか）"),
        (GOOD.replace("login_password_env", "login_password"), r"accounts\[0\].login_password: 知らない項目です"),
        (GOOD.replace("SEKISHO_TEST_PASSWORD", "pa$$word"), r"accounts\[0\].login_password_env: 環境変数の名前を"),
        (GOOD.replace("days_left", "day_left"), r"traits.day_left: 知らない項目です（days_left のことですか）。性質は"),
        (GOOD.replace("20 }", "[20] }"), r"accounts\[0\].traits.days_left: "),
        (GOOD + "[dialect.buttns]\nx = ['y']", r"dialect.buttns: 知らない項目です（buttons のことですか）"),
        (GOOD + "[dialect.buttons]\ndownlaod = ['y']", r"dialect.buttons.downlaod: 知らない項目です（download のこと"),
        (GOOD + "[dialect.buttons]\ndownload = 'y'", r"dialect.buttons.download = 'y': \[ \] の並びを"),
        (GOOD + "[dialect.buttons]\ndownload = []", r"dialect.buttons.download: 空にはできません"),
        (GOOD + '[dialect.messages]\nmismatch = ["■"]', r"dialect.messages.mismatch: '■' には文字も数字もありません"),
        (GOOD + "[locators.fields]\nuser = '#u'", r"locators.fields.user: 知らない項目です（user_id のことですか）"),
        (GOOD + "[limits]\npause_seconds = -1", r"limits.pause_seconds = -1: 0 以上の数を"),
        (GOOD + "[operator]\nminutes = 0", r"operator.minutes = 0: 0 より大きい数を"),
        (GOOD.replace('maildir = "Maildir"', ""), r"mail: maildir、folder、imap のどれか一つを.*なし"),
        (GOOD.replace("[[accounts]]", "[mail.imap]\nhost = 'x'\n[[accounts]]"), r"mail.imap.user: この項目は必須です"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path: Path, text: str, said: str) -> None:
    """What was wrong, where, and what to do."""
    with pytest.raises(ConfigurationProblemError, match=said):
        read(written(tmp_path, text))


def test_a_secret_that_was_written_into_the_file_is_not_repeated(tmp_path: Path) -> None:
    """The sentence goes to logs."""
    for wrong in ("login_password_env = 'himitsu$1'", "login_password_env = 'X'\nlogin_password = 'himitsu$1'"):
        text = GOOD.replace('login_password_env = "SEKISHO_TEST_PASSWORD"', wrong)
        with pytest.raises(ConfigurationProblemError) as caught:
            read(written(tmp_path, text))
        assert "himitsu" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the system's own reason."""
    with pytest.raises(ConfigurationProblemError, match=r"none.toml: ターゲットファイルを読めません（No such file"):
        read(tmp_path / "none.toml")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """Shift_JIS from an old editor is the usual case."""
    path = tmp_path / "portal.toml"
    path.write_bytes('name = "検証"'.encode("shift_jis"))
    with pytest.raises(ConfigurationProblemError, match="UTF-8 ではありません"):
        read(path)


def test_a_file_may_begin_as_editors_on_windows_begin_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a byte order mark; the lines are counted as ever."""
    monkeypatch.delenv("SEKISHO_TEST_BOM", raising=False)
    path, beside = written(tmp_path, GOOD), tmp_path / ".env"
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    beside.write_bytes(codecs.BOM_UTF8 + b"SEKISHO_TEST_BOM=right\n")
    assert read(path).manual == "danshin"
    assert secret("SEKISHO_TEST_BOM", tmp_path) == "right"


def test_an_account_is_used_once_and_its_password_is_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second scenario that needs such a user is BLOCKED, with the state named."""
    monkeypatch.setenv("SEKISHO_TEST_PASSWORD", "secret-1")
    masking = Masking()
    portal = TargetPortal(read(written(tmp_path, GOOD)), tmp_path / "portal.toml", masking.add)
    with pytest.raises(BlockedError, match="状態 renewable、性質 days_left=5 のアカウントがない"):
        portal.account("renewable", days_left=5)
    assert portal.account("renewable", days_left=20).user_id == "emp1"
    assert "secret-1" not in masking.clean("the password is secret-1")
    with pytest.raises(BlockedError, match="この状態は 1 件、うち条件に合うもの 1 件、使用済み 1 件"):
        portal.account("renewable")


def test_a_secret_may_stand_in_a_file_beside_and_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken as it stands: a password may hold a dollar sign."""
    monkeypatch.delenv("SEKISHO_TEST_PASSWORD", raising=False)
    (tmp_path / ".env").write_text("SEKISHO_TEST_PASSWORD='pa$HOME{x}'\n", encoding="utf-8")
    assert secret("SEKISHO_TEST_PASSWORD", tmp_path) == "pa$HOME{x}"
    assert "SEKISHO_TEST_PASSWORD" not in os.environ
    monkeypatch.setenv("SEKISHO_TEST_PASSWORD", "of the environment")
    assert secret("SEKISHO_TEST_PASSWORD", tmp_path) == "of the environment"


def test_a_file_of_secrets_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Shift_JIS from an old editor is the usual case."""
    (tmp_path / ".env").write_bytes("X='検証'".encode("shift_jis"))
    with pytest.raises(ConfigurationProblemError, match=r"\.env: 読めません。UTF-8 の 名前=値"):
        secret("SEKISHO_TEST_NONE", tmp_path)


def test_a_secret_too_short_to_be_masked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is typed, with the variable; what a program of the file's gets may be as short as it is."""
    monkeypatch.setenv("SEKISHO_TEST_PASSWORD", "abc")
    portal = TargetPortal(read(written(tmp_path, GOOD)), tmp_path / "portal.toml", Masking().add)
    with pytest.raises(ConfigurationProblemError, match=r"SEKISHO_TEST_PASSWORD の値が短すぎます。4 文字"):
        portal.account("renewable", days_left=20)
    assert value("SEKISHO_TEST_PASSWORD") == "abc"


def test_a_secret_that_is_not_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable, not the value."""
    monkeypatch.delenv("SEKISHO_TEST_PASSWORD", raising=False)
    portal = TargetPortal(read(written(tmp_path, GOOD)), tmp_path / "portal.toml", str)
    with pytest.raises(ConfigurationProblemError, match="SEKISHO_TEST_PASSWORD"):
        portal.account("renewable")


def test_all_that_is_wrong_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    """Wrong values, missing ones, and names that the manual does not know; nothing twice."""
    path = tmp_path / "portal.toml"
    text = LEAST.replace("enrol =", "enroll =").replace('name = "検証環境"', "name = 7")
    text += '\n[[accounts]]\nstate = "invitd"\nuser_id = "a"\nlogin_password_env = "X"\n[[accounts]]\nuser_id = "b"\n'
    text += '[[accounts]]\nstate = "active"\nuser_id = "c"\nlogin_password_env = "X"\ntraits = { dayz_left = 3 }\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationProblemError) as refused:
        read(path)
    said = str(refused.value).splitlines()
    lines = text.splitlines()
    wrong = {"name = 7": "name", "[[accounts]]": "accounts[1].state", "enroll =": "sites.enroll"}
    for words, key in {**wrong, 'state = "invitd"': "accounts[0].state", "traits =": "accounts[2].traits"}.items():
        (line,) = (one for one in said if f": {key}" in one)
        assert lines[int(line.split(":")[1]) - 1].startswith(words), line
    assert len(said) == len(set(said)) == 6, said


@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        ("accounts = 7\n", []),
        ('accounts = ["x"]\n', []),
        ('accounts = [{ state = "active", user_id = "a", login_password_env = "$" }]\n', []),
        ("", ["a", "b"]),
    ],
)
def test_what_is_right_in_a_wrong_file_can_still_be_looked_at(tmp_path: Path, wrong: str, left: list[str]) -> None:
    """So that a check says everything at once."""
    path = tmp_path / "portal.toml"
    users = "".join(
        f'\n[[accounts]]\nstate = "active"\nuser_id = "{one}"\nlogin_password_env = "X"' for one in ("a", "b")
    )
    path.write_text(wrong + LEAST + (users if not wrong else ""), encoding="utf-8")
    examined = examine(path)
    assert examined.target
    assert bool(examined.mistakes) == bool(wrong)
    assert [one.user_id for one in examined.target.accounts] == left


def test_accounts_keep_their_places_where_one_before_is_left_out(tmp_path: Path) -> None:
    """A finding about one must not name another."""
    path = tmp_path / "portal.toml"
    bad = '\n[[accounts]]\nstate = 7\nuser_id = "a"\nlogin_password_env = "X"'
    good = '\n[[accounts]]\nstate = "active"\nuser_id = "b"\nlogin_password_env = "X"\n'
    path.write_text(LEAST + bad + good, encoding="utf-8")
    examined = examine(path)
    assert examined.numbers == (1,)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a = " + "[" * 50_000, "a." * 20_000 + "b = 1"], ids=["tables", "lists", "dots"]
)
def test_a_bomb_ends_as_a_message(tmp_path: Path, text: str) -> None:
    """In a moment."""
    path = tmp_path / "portal.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=r"TOML|必須"):
        read(path)
