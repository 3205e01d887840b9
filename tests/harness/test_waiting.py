"""What is kept while a scenario waits: under whose key, and which values."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sekisho.machine.holding import HeldError, held
from sekisho.person import memory
from sekisho.portal import Account, Identity
from sekisho.results import Note
from sekisho.run.waiting import KEY, DamagedError, Manifest, Waiting, check_key

CONTENT = b"hirake-goma"
MANIFEST = Manifest(version="1", target="portal.toml", portal="x", manuals=["kura"], manual_dirs=[], certs="context")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This user's state folder; no variable is set."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv(KEY, raising=False)
    return tmp_path / "state"


@pytest.fixture
def waiting(tmp_path: Path) -> Waiting:
    """A run's."""
    (tmp_path / "run").mkdir()
    return Waiting(tmp_path / "run")


def test_each_scenario_has_a_key_of_its_own_which_goes_with_it(state: Path, waiting: Waiting) -> None:
    """Kept again, as where a scenario waits twice, the first key goes."""
    keys = state / "sekisho" / "keys"
    for name in ("one-1", "one-1", "two-2"):
        waiting.keep(name, CONTENT, MANIFEST)
    assert (waiting.open("one-1"), waiting.ids(), len(list(keys.iterdir()))) == (CONTENT, ["one-1", "two-2"], 2)
    assert {stat.S_IMODE(one.stat().st_mode) for one in keys.iterdir()} == {0o600}
    waiting.forget("one-1")
    assert (waiting.ids(), len(list(keys.iterdir()))) == (["two-2"], 1)


def test_what_is_kept_for_one_scenario_is_none_of_another_s(state: Path, waiting: Waiting) -> None:
    """Files that were exchanged are found."""
    for name in ("one-1", "two-2"):
        waiting.keep(name, CONTENT, MANIFEST)
    (waiting.folder / "one-1.sealed").write_bytes((waiting.folder / "two-2.sealed").read_bytes())
    with pytest.raises(DamagedError, match="壊れています"):
        waiting.open("one-1")


def test_a_variable_lets_another_machine_go_on(state: Path, waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same value only, and no key lies anywhere."""
    monkeypatch.setenv(KEY, "a long enough secret")
    waiting.keep("one-1", CONTENT, MANIFEST)
    assert not (state / "sekisho" / "keys").exists()
    assert waiting.open("one-1") == CONTENT
    monkeypatch.setenv(KEY, "another long enough secret")
    with pytest.raises(DamagedError, match=rf"{KEY} が残したときと違います"):
        waiting.open("one-1")
    monkeypatch.delenv(KEY)
    with pytest.raises(DamagedError, match=rf"環境変数 {KEY} が設定されていません"):
        waiting.open("one-1")


def test_a_variable_that_is_too_short_is_refused_before_the_run(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be guessed."""
    check_key()
    monkeypatch.setenv(KEY, "short")
    with pytest.raises(DamagedError, match="16 文字以上"):
        check_key()


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    """Files below the scenario's folder in the new one."""
    account = Account(
        "active", "emp1", "secret", identities=(Identity("shared", b"\x00\xff", "p12"),), facts={"otp_seed": "s"}
    )
    note = Note(title="t", lines=["a"])
    values = ["text", 3, None, [account, note], date(2026, 11, 26), datetime(2026, 11, 26, tzinfo=UTC)]
    kept = [memory.written(one, tmp_path) for one in values]
    assert [memory.read(one, tmp_path) for one in kept] == values
    assert memory.read(memory.written(tmp_path / "a" / "b", tmp_path), Path("/new")) == Path("/new/a/b")


@pytest.mark.parametrize("value", [object(), Path("/elsewhere"), {"a": 1}])
def test_what_lives_only_now_cannot_be_kept(tmp_path: Path, value: object) -> None:
    """A window, say."""
    with pytest.raises(memory.ForgottenError):
        memory.written(value, tmp_path)


def test_a_held_file_is_held_by_one(tmp_path: Path) -> None:
    """One that was left by somebody who was killed is taken over."""
    file = tmp_path / "claim"
    file.touch()
    with held(file), pytest.raises(HeldError), held(file):
        pass
    assert not file.exists()
    file.touch()
    with pytest.raises(FileExistsError), held(file, new=True):
        pass
