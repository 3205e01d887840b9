"""An hour between two halves of a scenario: it waits, keeps what it needs from everybody's eyes, and goes on."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sekisho.cli import resume
from sekisho.cli.folders import taken_up
from sekisho.cli.options import Options
from sekisho.manual import folders
from sekisho.results import Note, Scenario, read_run, read_scenarios, write
from sekisho.target_file import claims, read
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.manuals.portal import Premises, serve
from tests.manuals.portal.store import Store
from tests.manuals.test_hand_over import somebody

WAITED = "待ち時間"
SECRET = "hirake-goma-42"
NAME = "預けた品は一時間たてば受け取れる"
TWICE = "預けた品は、別のパソコンで二度待っても受け取れる"
SIXTH = Path(__file__).with_name("sixth")


@dataclass(frozen=True)
class Half:
    """A run whose one scenario waits, and this user's state folder."""

    run: Path
    state: Path
    target: Path
    premises: Premises

    @property
    def scenario(self) -> Scenario:
        """The one scenario."""
        (found,) = read_scenarios(self.run)
        return found

    def come(self) -> None:
        """The time has come: an hour cannot be waited for in a test."""
        one = self.scenario
        early = one.model_copy(update={"waiting_until": datetime.now(UTC) - timedelta(seconds=1)})
        write(early, self.run / "scenarios" / f"{one.id}.json")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command of sekisho's run, in a group of its own."""
        command = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", *arguments]
        environment = {**os.environ, "PYTHONUTF8": "1", "KURA": SECRET, "XDG_STATE_HOME": str(self.state)}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8", start_new_session=True
        )

    def go(self, *arguments: str) -> tuple[int, str]:
        """The same to its end: its exit code, and what it said."""
        with self.start(*arguments) as started:
            out, err = started.communicate(timeout=180)
        return started.returncode, out + err


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Half]:
    """The first half, carried out once; its portal stays."""
    top = tmp_path_factory.mktemp("waiting")
    for name in ("new", "cur", "tmp"):
        (top / "Maildir" / name).mkdir(parents=True)
    premises, target = Premises(top / "Maildir"), top / "portal.toml"
    with serve(premises) as address:
        target.write_text(
            f'manual = "kura"\nname = "蔵"\n[sites]\nstore = "{address}/store/"\n[mail]\nmaildir = "Maildir"\n'
            '[[accounts]]\nstate = "invited"\nuser_id = "kura01"\nlogin_password_env = "KURA"\n',
            encoding="utf-8",
        )
        half = Half(top / "run", top / "state", target, premises)
        shutil.copytree(SIXTH, top / "elsewhere", ignore=shutil.ignore_patterns("__pycache__"))
        begin(half, NAME)
        yield half


def begin(half: Half, name: str) -> None:
    """Carry out the first half of a scenario."""
    manual = ("--manual-dir", str(half.target.with_name("elsewhere")), "--target", str(half.target), "--select", name)
    code, said = half.go(*manual, "--skip-check", "--certs", "context", "--out", str(half.run))
    assert code == 4, said
    assert f"run --resume {half.run}" in said


@pytest.fixture
def half(first: Half, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Half]:
    """A copy of the first half, that can be gone on with by itself; the manual is known as long as this lasts."""
    monkeypatch.setattr(folders, "_added", [])
    folders.known.cache_clear()
    first.premises.wrong = set()
    copied = Half(tmp_path / "run", tmp_path / "state", first.target, first.premises)
    shutil.copytree(first.run, copied.run)
    shutil.copytree(first.state, copied.state)
    monkeypatch.setenv("XDG_STATE_HOME", str(copied.state))
    yield copied
    folders.known.cache_clear()


def everything(folder: Path) -> bytes:
    """Whatever stands in any file below a folder."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_first_half_waits_and_hides_what_it_keeps(first: Half) -> None:
    """In every report as 待機中; nothing is readable for anybody else, or without this user's key."""
    found = first.scenario
    assert [one.verdict for one in found.steps] == [
        *[Verdict.PASS] * 2,
        Verdict.WAITING,
        *[Verdict.NOT_REACHED] * 2,
    ]
    assert found.waiting_until
    assert timedelta(minutes=50) < found.waiting_until - datetime.now(UTC) < timedelta(minutes=60)
    assert "待機中" in (first.run / "report.html").read_text("utf-8")
    assert '<skipped type="WAITING"' in (first.run / "junit.xml").read_text("utf-8")
    (kept,) = (first.run / "waiting").glob("*.sealed")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (kept, kept.parent)] == [0o600, 0o700]
    assert SECRET.encode() not in everything(first.run) + everything(first.state)
    assert b"receipt" not in everything(first.run / "waiting")


def test_both_halves_are_one_result(half: Half) -> None:
    """With the evidence of both; nothing is left behind, and there is no third half."""
    before = half.scenario
    half.come()
    code, said = half.go("--resume", str(half.run))
    assert code == 0, said
    whole = half.scenario
    assert [one.verdict for one in whole.steps] == [Verdict.PASS] * 5
    assert whole.steps[:2] == before.steps[:2]
    assert (whole.started, whole.waiting_until, len(read_run(half.run).resumed)) == (before.started, None, 1)
    assert any(isinstance(one, Note) and one.title == WAITED for one in whole.steps[2].evidence)
    assert SECRET.encode() not in everything(half.run)
    assert not list((half.run / "waiting").iterdir())
    assert not [path for path in half.state.rglob("*") if path.is_file() and "keys" in path.parts]
    with pytest.raises(ConfigurationProblemError, match="待機中のシナリオはありません"):
        resume.due(half.run, None)


def test_it_waits_twice_at_another_pc_and_has_a_person_do_something_between(first: Half, tmp_path: Path) -> None:
    """That PC's certificates are there each time, the user sits at it again, and what the person saw is evidence."""
    half = Half(tmp_path / "run", tmp_path / "state", first.target, first.premises)
    begin(half, TWICE)
    (tmp_path / "asked").mkdir()
    half.come()
    with somebody(tmp_path / "asked", "済み\n壺はまだある\n以上"):
        code, said = half.go("--resume", str(half.run), "--hand-over", str(tmp_path / "asked"))
    assert (code, half.scenario.verdict) == (4, Verdict.WAITING), said
    half.come()
    code, said = half.go("--resume", str(half.run))
    assert (code, half.scenario.failure) == (0, None), said
    whole = half.scenario
    assert [one.verdict for one in whole.steps] == [Verdict.PASS] * 9
    notes = {one.title: one.lines for step in whole.steps for one in step.evidence if isinstance(one, Note)}
    assert "壺はまだある" in " ".join(notes["担当者が行ったこと"])
    waits = [
        step.text for step in whole.steps for one in step.evidence if isinstance(one, Note) and one.title == WAITED
    ]
    assert (waits, len(read_run(half.run).resumed)) == (["1時間待つ", "30分待つ"], 2)
    assert not list((half.run / "waiting").iterdir())


def test_a_portal_that_forgets_fails_in_the_second_half(half: Half) -> None:
    """For what the manual says of it."""
    half.premises.wrong = {"forgets"}
    half.come()
    code, said = half.go("--resume", str(half.run))
    assert code == 1, said
    failure = half.scenario.failure
    assert failure
    assert (failure.requirement, failure.portal_did) == (["KURA-KEEP-02"], "品が返されなかった")


def test_a_second_half_that_was_killed_is_told_why_it_cannot_go_on(half: Half) -> None:
    """What it did to the portal nobody knows: that is no failure of the portal's."""
    store = half.premises.rooms["store"]
    assert isinstance(store, Store)
    store.asked_back.clear()
    half.premises.wrong = {"hangs"}
    half.come()
    with half.start("--resume", str(half.run)) as started:
        assert store.asked_back.wait(120)
        with pytest.raises(ConfigurationProblemError, match="いま動いています"), taken_up(half.run):
            pass
        os.killpg(started.pid, signal.SIGKILL)
    assert half.scenario.waiting_until
    code, said = half.go("--resume", str(half.run))
    assert (code, "もう一度は続けられない" in said) == (2, True), said
    assert half.scenario.verdict is Verdict.BLOCKED


def test_a_portal_that_is_away_leaves_the_scenario_waiting(half: Half, tmp_path: Path) -> None:
    """Nothing was done: it can be gone on with later."""
    manifest = json.loads((half.run / "waiting" / "run.json").read_text("utf-8"))
    folders.add([Path(one) for one in manifest["manual_dirs"]])
    away = tmp_path / "away.toml"
    with socket.socket() as nobody:  # has the port, and does not listen
        nobody.bind(("127.0.0.1", 0))
        text = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{nobody.getsockname()[1]}", half.target.read_text("utf-8"))
        away.write_text(text.replace('"Maildir"', f"'{half.target.with_name('Maildir')}'"), encoding="utf-8")
        _change(half, "portal", claims.identity(read(away)))
        half.come()
        code, said = half.go("--resume", str(half.run), "--target", str(away))
    assert (code, "続きを始められず、待機中のままにした" in said) == (3, True), said
    assert half.scenario.verdict is Verdict.WAITING
    assert len(resume.due(half.run, away).results) == 1


def test_it_is_too_early_until_it_is_not(half: Half, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said from when on."""
    assert resume.due(half.run, None).results == []
    assert "まだ続けられません: 預けた品は一時間たてば受け取れる は 20" in capsys.readouterr().err
    half.come()
    assert len(resume.due(half.run, None).results) == 1


def test_its_user_is_nobody_elses_meanwhile(half: Half) -> None:
    """As long as the run's folder has it."""
    folders.add([SIXTH])
    portal = claims.identity(read(half.target))
    waiting = json.loads(next((half.state / "sekisho" / "claims").iterdir()).read_text("utf-8"))["run"]
    assert claims.held(portal)["kura01"].run == waiting
    shutil.move(waiting, f"{waiting}-away")
    try:
        assert claims.held(portal) == {}
    finally:
        shutil.move(f"{waiting}-away", waiting)


def test_a_run_can_be_given_up(half: Half) -> None:
    """Nothing of it is kept then."""
    code, said = half.go("--resume", str(half.run), "--abandon")
    assert (code, half.scenario.verdict, list((half.run / "waiting").iterdir())) == (2, Verdict.BLOCKED, []), said


def _sealed(half: Half) -> Path:
    return next((half.run / "waiting").glob("*.sealed"))


def _result(half: Half) -> Path:
    return next((half.run / "scenarios").iterdir())


def _swap(half: Half) -> None:
    found = json.loads(_sealed(half).read_text())
    found["sealed"] = found["sealed"][:40] + ("A" if found["sealed"][40] != "A" else "B") + found["sealed"][41:]
    _sealed(half).write_text(json.dumps(found))


def _change(half: Half, key: str, value: object) -> None:
    path = half.run / "waiting" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), key: value}), encoding="utf-8")


Change = Callable[[Half], object]
BAD: dict[str, tuple[Change, str]] = {
    "damaged": (lambda half: _sealed(half).write_bytes(_sealed(half).read_bytes()[:-20]), "読めません"),
    "another content": (_swap, "壊れています"),
    "no key": (lambda half: shutil.rmtree(half.state / "sekisho" / "keys"), "開く鍵がこの利用者の手元にありません"),
    "another version": (lambda half: _change(half, "version", "0.0.9"), "sekisho 0.0.9 の実行です"),
    "another manual": (lambda half: _change(half, "manuals", ["obn"]), "手順書が kura です"),
    "another portal": (lambda half: _change(half, "portal", "0"), "違うポータルです"),
    "no manifest": (lambda half: (half.run / "waiting" / "run.json").unlink(), "run.json: 読めません"),
    "merged": (lambda half: shutil.rmtree(half.run / "waiting"), "まとめた（merge）結果では続けられません"),
    "no result": (lambda half: _result(half).write_text("{}"), "json: 読めません"),
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_what_cannot_be_gone_on_with_says_why(
    half: Half, change: Change, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the file or the value, and the remedy."""
    half.come()
    change(half)
    with pytest.raises(ConfigurationProblemError) as problem:
        resume.due(half.run, None)
    assert said in capsys.readouterr().err + str(problem.value)


def test_what_was_asked_for_in_the_first_half_is_not_asked_for_again() -> None:
    """Only what does not change the scenario may be said anew."""
    options = Options(resume=Path("x"), select=["DAN-RULE-03"], certs="native", headed=True, target=Path("t"))
    assert resume.others(options) == ["--certs", "--select"]
