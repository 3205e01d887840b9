"""A machine that is ill: full, closed or strange outputs, places without room, folders that a dead process left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sekisho.cli import folders
from sekisho.machine import tempfolders
from sekisho.verdict import ConfigurationProblemError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="devices and locks of Linux")
SEKISHO = f"{sys.executable} -c 'from sekisho.cli import main; main()'"


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line as a person types it; `sekisho` is the command."""
    return subprocess.run(
        ["bash", "-c", command.replace("sekisho ", f"{SEKISHO} ", 1)],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )


def test_an_output_that_is_closed_early_is_no_verdict() -> None:
    """As by `head`: no word, and the exit code that it would have had, also under `set -o pipefail`."""
    done = shell("sekisho list | head -1 >/dev/null; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, "")
    done = shell("sekisho run --manual nosuch 2>&1 | true; exit ${PIPESTATUS[0]}")
    assert done.returncode == 2


def test_a_full_output_is_named() -> None:
    """With what to do."""
    done = shell("sekisho list >/dev/full")
    assert done.returncode == 3
    assert "標準出力に書けません" in done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_descriptor_does_no_harm(tmp_path: Path, closed: str) -> None:
    """Nothing that is opened later takes its place."""
    done = shell(f"sekisho target init danshin --out {tmp_path / 'portal.toml'} {closed}")
    assert done.returncode in {0, 3}, done
    assert "Traceback" not in done.stderr
    assert (tmp_path / "portal.toml").read_text("utf-8").startswith("# danshin")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "shift_jis"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(encoding: str) -> None:
    """The rest as escapes."""
    done = shell("sekisho list --manual danshin", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "danshin" in done.stdout


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_names_in_japanese_work_where_the_systems_own_are_ascii(tmp_path: Path) -> None:
    """In arguments, files and what is carried out: the program begins again in UTF-8."""
    out = tmp_path / "結果"
    done = shell(f"sekisho run --manual danshin --select 31日目 --certs context --out {out}", **ASCII)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((out / "scenarios").glob("*.json"))) == 1
    assert done.stdout.isascii()


def test_pytest_says_what_to_do_where_the_systems_names_are_ascii() -> None:
    """In words that such a terminal can show."""
    done = shell(f"{sys.executable} -m pytest features/danshin -q", **ASCII)
    assert done.returncode == 3
    assert "set PYTHONUTF8=1 (or LC_ALL=C.UTF-8)" in done.stdout + done.stderr


def test_a_folder_without_room_is_a_problem_of_this_machine(tmp_path: Path) -> None:
    """Exit code 3, with place and remedy; nothing half written is left."""
    place = tmp_path / "full"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small file system")
    try:
        (place / "rest").write_bytes(b"x" * 4096)
        done = shell(f"sekisho target init danshin --full --out {place / 'portal.toml'}")
        assert done.returncode in {2, 3}, done
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_what_nobody_thought_of_is_no_verdict(tmp_path: Path) -> None:
    """One line with the place in the code, and exit code 3."""
    program = tmp_path / "broken.py"
    program.write_text(
        "import sekisho.cli.listing as one\n"
        "def show(*a, **k): raise KeyError('a\\x1b[31mb')\n"
        "one.show = show\n"
        "from sekisho.cli import main\nmain()\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, program, "list"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert "KeyError" in done.stderr
    assert "broken.py:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr


def test_two_runs_cannot_have_one_folder(tmp_path: Path) -> None:
    """The second is refused, also where it comes while the first has written nothing yet."""
    folder = folders.new(tmp_path / "out")
    with folders.claimed(folder):
        with pytest.raises(ConfigurationProblemError, match="ほかの実行が使っています"), folders.claimed(folder):
            pass
        with pytest.raises(ConfigurationProblemError, match="空のフォルダー"):
            folders.new(tmp_path / "out")
    folders.new(tmp_path / "out")


def test_what_a_killed_process_left_is_removed_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a living one holds is not, nor what is somebody else's by its name."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program = (
        "import os, signal, tempfile; from sekisho.machine import tempfolders; "
        f"tempfile.tempdir = {str(tmp_path)!r}; folder = tempfolders.make('homes'); "
        "(folder / 'key.pem').write_text('secret'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    (left,) = tmp_path.iterdir()
    mine = tempfolders.make("homes")
    other = tmp_path / "sekisho-of-mine"
    other.mkdir()
    assert left in tempfolders.sweep()
    assert sorted(tmp_path.iterdir()) == sorted([mine, other])
    tempfolders.remove(mine)


def test_a_long_temporary_folder_leaves_room_for_a_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A socket's path may have 107 bytes."""
    long = tmp_path / ('長い名前&" ' * 12)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    short = tempfolders.make("bus", short=True)
    assert len(os.fsencode(short)) < 90
    tempfolders.remove(short)
    assert tempfolders.make("wire").parent == long


def test_an_odd_temporary_folder_is_none_for_sockets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An address of D-Bus would write such letters otherwise, and the browser's own sockets lie there too."""
    odd = tmp_path / 'w あ&"'
    odd.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(odd))
    monkeypatch.setattr(tempfolders, "SHORT", 1000)
    assert odd not in tempfolders.make("bus", short=True).parents
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert tempfolders.for_sockets() == str(tmp_path)


@pytest.mark.parametrize("place", ["nowhere", "file"])
def test_a_temporary_folder_that_is_none_is_passed_over_and_named(tmp_path: Path, place: str) -> None:
    """Every program that is started uses the same other one."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    done = shell("sekisho list --manual nec", TMPDIR=str(tmp_path / place))
    assert done.returncode == 0
    assert done.stderr == f"TMPDIR={tmp_path / place} は使えないため、{tempfile.gettempdir()} を使います。\n"


@pytest.mark.parametrize("ending", ["TERM", "HUP", "INT"])
def test_a_command_that_is_ended_tidies_up_as_after_ctrl_c(tmp_path: Path, ending: str) -> None:
    """Whatever it is doing, not only in the middle of a run."""
    program = tmp_path / "waiting.py"
    program.write_text(
        "import sekisho.cli.listing as one\n"
        "from sekisho.machine import tempfolders\nimport os, signal\n"
        "def show(*a, **k):\n"
        "    with tempfolders.lent('canary'):\n"
        f"        os.kill(os.getpid(), signal.SIG{ending})\n        signal.pause()\n"
        "one.show = show\nfrom sekisho.cli import main\nmain()\n",
        encoding="utf-8",
    )
    place = tmp_path / "place"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, program, "list"],
        env={**os.environ, "TMPDIR": str(place)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )
    assert done.returncode == 130, done.stderr
    assert list(place.iterdir()) == []
