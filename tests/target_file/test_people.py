"""What only a portal's people can do is done by a program or a person in time, or the scenario says why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import time as time_of_day
from pathlib import Path

import pytest

from sekisho.portal import Account
from sekisho.target_file import TargetPortal, read
from sekisho.target_file.hand_over import AtTerminal
from sekisho.target_file.people import in_words
from sekisho.target_file.person import Person
from sekisho.verdict import BlockedError, ConfigurationProblemError, EnvironmentProblemError

from .least import LEAST

FILE = f"{LEAST}[operator]\n"
USER = Account(state="revoked", user_id="emp1", login_password="old-password", mail="emp1@example.test")


def portal(folder: Path, program: str, *, minutes: float = 0.5, secrets: list[str] | None = None) -> TargetPortal:
    """A portal whose operator is a Python program with this text, in the target file's folder."""
    (folder / "desk.py").write_text(program, encoding="utf-8")
    command = json.dumps([sys.executable, "desk.py"])
    (folder / "portal.toml").write_text(f"{FILE}command = {command}\nminutes = {minutes}", encoding="utf-8")
    kept = [] if secrets is None else secrets

    def mask(secret: str) -> str:
        kept.append(secret)
        return secret

    return TargetPortal(read(folder / "portal.toml"), folder / "portal.toml", mask)


ANSWER = "import json, sys; question = json.load(sys.stdin); print(json.dumps({}))"
NOTE = "import sys; open('asked.txt', 'a').write(sys.stdin.read()); print('{}')"


def test_the_support_desk_is_asked_and_its_password_is_a_secret(tmp_path: Path) -> None:
    """One JSON object with the user's ID in, one with the new password out."""
    secrets: list[str] = []
    told = '{"user_id": question["user_id"] + "-" + question["do"], "login_password": "new-password"}'
    new = portal(tmp_path, ANSWER.format(told), secrets=secrets).reissue(USER)
    assert (new.user_id, new.login_password, new.state) == ("emp1-reissue", "new-password", "invited")
    assert new.mail == "emp1@example.test"
    assert secrets == ["new-password"]


def test_a_moved_clock_is_set_back_when_the_scenario_ends(tmp_path: Path) -> None:
    """And an untouched one is left alone."""
    one = portal(tmp_path, NOTE)
    one.end_scenario()
    one.pass_days(3)
    one.pass_minutes(30)
    one.wait_until(time_of_day(23, 0))
    one.end_scenario()
    one.end_scenario()
    assert [json.loads(line) for line in (tmp_path / "asked.txt").read_text().splitlines()] == [
        {"do": "pass_days", "days": 3},
        {"do": "pass_minutes", "minutes": 30},
        {"do": "wait_until", "time": "23:00"},
        {"do": "clock_back"},
    ]


@pytest.mark.parametrize("error", [ConfigurationProblemError, EnvironmentProblemError])
def test_a_mailbox_that_cannot_be_opened_stops_no_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Most scenarios that move the clock read no mail; those that do say what is wrong."""

    def closed(_: TargetPortal) -> None:
        raise error

    monkeypatch.setattr(TargetPortal, "mailbox", property(closed))
    one = portal(tmp_path, NOTE)
    one.pass_days(3)
    one.end_scenario()
    asked = (tmp_path / "asked.txt").read_text().splitlines()
    assert [json.loads(line)["do"] for line in asked] == ["pass_days", "clock_back"]


def test_a_clock_that_cannot_be_set_back_spoils_what_follows(tmp_path: Path) -> None:
    """Later scenarios are our ERROR: a portal with a wrong clock shows nothing about itself."""
    one = portal(tmp_path, "import sys; sys.exit('clock_back' in sys.stdin.read() and 'the clock is stuck')")
    with pytest.raises(EnvironmentProblemError, match="値が文字列の JSON"):
        one.pass_days(3)
    with pytest.raises(EnvironmentProblemError, match=r"時計を元に戻せません.*the clock is stuck"):
        one.end_scenario()
    with pytest.raises(EnvironmentProblemError, match="時計を元に戻せません"):
        one.account("invited")


def test_what_the_program_cannot_do_is_blocked_with_its_reason(tmp_path: Path) -> None:
    """The clock was not moved, so nothing is set back."""
    one = portal(tmp_path, ANSWER.format('{"cannot": "本番の時計です"}'))
    with pytest.raises(BlockedError, match=r"本番の時計です.*desk.py"):
        one.pass_days(3)
    one.end_scenario()
    with pytest.raises(BlockedError, match="本番の時計です"):
        one.reissue(USER)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('no database')", "終了コード 1 で終わりました: no database"),
        ("", "JSON オブジェクト一つになっていません: （出力なし）"),
        ("print('done')", "JSON オブジェクト一つになっていません: done"),
        ("print('[1]')", "JSON オブジェクト一つになっていません"),
        ("print('{\"user_id\": 1}')", "値が文字列の JSON"),
        ("print('\"' + 'x' * 2_000_000 + '\"')", "JSON オブジェクト一つになっていません"),
        ('print(\'{"user_id": "emp1"}\')', "login_password がありません"),
        ('print(\'{"user_id": "e", "login_password": "p", "pasword": "p"}\')', "知らない項目 pasword"),
        ("import os; os.close(0); os.abort()", "終了コード -6"),
    ],
)
def test_a_program_that_fails_is_our_problem_and_named(tmp_path: Path, program: str, said: str) -> None:
    """ERROR, never a verdict about the portal."""
    with pytest.raises(EnvironmentProblemError, match=said) as caught:
        portal(tmp_path, program).reissue(USER)
    assert "[operator]" in str(caught.value)


def test_a_program_that_never_ends_is_ended_with_its_children(tmp_path: Path) -> None:
    """Within the time limit, and nothing of it stays."""
    child = "import subprocess, sys, time; c = subprocess.Popen(['sleep', '60']);"
    child += " open('child', 'w').write(str(c.pid)); time.sleep(60)"
    with pytest.raises(EnvironmentProblemError, match=r"0.02 分のうちに終わりません（operator.minutes"):
        portal(tmp_path, child, minutes=0.02).pass_days(1)
    gone(int((tmp_path / "child").read_text()))


DAEMON = """
import os, pathlib, sys, time
if os.fork():
    os.wait()
    while not pathlib.Path("daemon").exists():
        time.sleep(0.02)
    print("{}", flush=True)
    sys.exit(0)
os.setsid()
if os.fork():
    os._exit(0)
os.closerange(0, 3)
pathlib.Path("made").write_text(str(os.getpid()))
os.rename("made", "daemon")
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lets a process take over what is left by others")
def test_what_a_program_leaves_in_the_background_is_ended_with_it(tmp_path: Path) -> None:
    """A daemon has forked twice, has a session of its own, and none of the program's files."""
    portal(tmp_path, DAEMON).pass_days(1)
    gone(int((tmp_path / "daemon").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_a_daemon_ends_also_with_whoever_asked(tmp_path: Path) -> None:
    """Kill -9 in the middle of a question."""
    (tmp_path / "desk.py").write_text(DAEMON.replace("sys.exit(0)", "time.sleep(60)"))
    ask = "from sekisho.target_file.program import Program; from pathlib import Path;"
    ask += f" Program(({sys.executable!r}, 'desk.py'), Path({str(tmp_path)!r}), 1).ask({{}})"
    with subprocess.Popen([sys.executable, "-c", ask]) as asking:
        end = time.monotonic() + 50  # starting takes long on a machine that others use too
        while not (tmp_path / "daemon").exists():
            assert time.monotonic() < end
            time.sleep(0.02)
        asking.kill()
    gone(int((tmp_path / "daemon").read_text()))


def test_the_program_gets_what_the_file_hands_it_and_no_other_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PATH and its like, and the variables that [operator] names, from the environment or the file beside."""
    monkeypatch.setenv("SEKISHO_KEY_PASSWORD", "key-password")
    monkeypatch.setenv("PORTAL_OTHER_PASSWORD", "other-password")
    monkeypatch.setenv("DESK_TOKEN", "desk-token-1")
    (tmp_path / ".env").write_text("DESK_MODE=test\nPORTAL_THIRD_PASSWORD=third-password\n", encoding="utf-8")
    secrets: list[str] = []
    portal(tmp_path, "import json, os; open('got.json', 'w').write(json.dumps(dict(os.environ))); print('{}')")
    file = tmp_path / "portal.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\nenvironment = ["DESK_TOKEN", "DESK_MODE"]', encoding="utf-8")

    def mask(value: str) -> str:
        secrets.append(value)
        return value

    TargetPortal(read(file), tmp_path / "portal.toml", mask).pass_days(1)
    got = json.loads((tmp_path / "got.json").read_text())
    assert (got["DESK_TOKEN"], got["DESK_MODE"]) == ("desk-token-1", "test")
    assert "PATH" in got
    assert not [name for name, value in got.items() if "password" in value]
    assert secrets == ["desk-token-1"]


def test_a_variable_that_the_file_names_and_nobody_set_is_named(tmp_path: Path) -> None:
    """Before anything is started."""
    portal(tmp_path, "")
    file = tmp_path / "portal.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\nenvironment = ["NOWHERE_TOKEN"]', encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match="NOWHERE_TOKEN が設定されていません"):
        TargetPortal(read(file), tmp_path / "portal.toml", str).pass_days(1)
    file.write_text(file.read_text(encoding="utf-8").replace("NOWHERE_TOKEN", "hunter2-!"), encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=r"operator.environment\[0\]: 環境変数の名前を書いて") as wrong:
        read(file)
    assert "hunter2" not in str(wrong.value)


def gone(pid: int) -> None:
    """Wait until a process is gone, or is only waiting for its parent to notice."""
    end = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
        assert time.monotonic() < end, "the child lives on"
        time.sleep(0.05)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the system's own reason."""
    one = portal(tmp_path, "")
    text = (tmp_path / "portal.toml").read_text(encoding="utf-8").replace(json.dumps(sys.executable), '"./nowhere"')
    (tmp_path / "portal.toml").write_text(text, encoding="utf-8")
    one = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str)
    with pytest.raises(EnvironmentProblemError, match=r"nowhere desk.py が起動できません: No such file"):
        one.pass_days(1)


def test_without_an_operator_it_is_blocked_and_says_what_is_needed(tmp_path: Path) -> None:
    """What somebody would have to do, and where to say who."""
    (tmp_path / "portal.toml").write_text(FILE.replace("[operator]", ""), encoding="utf-8")
    one = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str)
    with pytest.raises(BlockedError, match=r"日付を 3 日進める必要がある（ターゲットファイルの \[operator\]"):
        one.pass_days(3)
    with pytest.raises(BlockedError, match="emp1 の再発行をサポートセンターに電話で依頼する必要がある"):
        one.reissue(USER)


def test_a_program_and_a_person_are_not_both_named(tmp_path: Path) -> None:
    """It would not be clear who is asked."""
    (tmp_path / "portal.toml").write_text(f'{FILE}command = ["desk"]\nask = true', encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match="command と ask は、どちらか一つ"):
        read(tmp_path / "portal.toml")


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Person, int]]:
    """A person at a pseudo-terminal, and the end of it at which the person sits."""
    monkeypatch.delenv("CI", raising=False)
    seat, terminal = os.openpty()
    device = os.ttyname(terminal)
    yield Person(0.1, in_words, device, device), seat
    os.close(terminal)
    os.close(seat)


def seen(seat: int, words: str) -> str:
    """What a person has read when some words show."""
    text = b""
    while words.encode() not in text:
        text += os.read(seat, 4096)
    return text.decode()


def test_a_person_is_asked_in_words_and_tells_the_new_password(at_terminal: tuple[Person, int]) -> None:
    """Enter keeps the user's ID; an empty password is asked for again; what was typed before is no answer."""
    person, seat = at_terminal
    os.write(seat, b"typed too early\n")
    seen(seat, "early")

    def answer() -> None:
        read = seen(seat, "ユーザー ID")
        assert "emp1 の再発行をサポートセンターに電話で依頼する" in read
        os.write(seat, b"\n")
        seen(seat, "パスワード: ")
        os.write(seat, b"\n")
        seen(seat, "パスワード: ")
        os.write(seat, b"new-password\n")

    typist = threading.Thread(target=answer)
    typist.start()
    assert person.ask({"do": "reissue", "user_id": "emp1"}) == {"user_id": "emp1", "login_password": "new-password"}
    typist.join()


def test_what_a_person_has_done_needs_evidence(at_terminal: tuple[Person, int]) -> None:
    """An empty line is asked for again."""
    person, seat = at_terminal

    def answer() -> None:
        assert "電話する" in seen(seat, "一行で: ")
        os.write(seat, b"\n")
        assert "証拠になりません" in seen(seat, "一行で: ")
        os.write(seat, "番号を聞いた\n".encode())

    typist = threading.Thread(target=answer)
    typist.start()
    assert AtTerminal(person).ask("電話する", "x-1").note == "番号を聞いた"
    typist.join()


def test_a_person_may_refuse_with_a_reason(at_terminal: tuple[Person, int]) -> None:
    """BLOCKED, in the person's words."""
    person, seat = at_terminal
    threading.Thread(target=lambda: (seen(seat, "Enter: "), os.write(seat, "- 夜間は無理\n".encode()))).start()
    with pytest.raises(BlockedError, match="夜間は無理"):
        person.ask({"do": "pass_days", "days": 1})


def test_nobody_at_the_terminal_is_blocked_after_the_time_limit(at_terminal: tuple[Person, int]) -> None:
    """The run goes on."""
    person, _ = at_terminal
    person.minutes = 0.005
    with pytest.raises(BlockedError, match=r"0.005 分のうちに答えがなかった"):
        person.ask({"do": "clock_back"})


def test_in_ci_and_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """BLOCKED at once, with the key of the file."""
    monkeypatch.delenv("CI", raising=False)
    person = Person(0.1, in_words, str(tmp_path / "none"), str(tmp_path / "none"))
    with pytest.raises(BlockedError, match=r"頼める端末がない（operator\.ask）"):
        person.ask({"do": "pass_days", "days": 1})
    monkeypatch.setenv("CI", "true")
    with pytest.raises(BlockedError, match="CI では人に頼めない"):
        person.ask({"do": "pass_days", "days": 1})
