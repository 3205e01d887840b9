"""A run from the command line to the report: what stays when it is interrupted, and what never leaves it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from email import message_from_binary_file
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.processes import marked, under_way, until

Command = Callable[..., subprocess.CompletedProcess[str]]

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@linux
@pytest.mark.parametrize(
    ("jobs", "signals"),
    [
        ("1", [signal.SIGINT]),
        ("2", [signal.SIGINT]),
        ("2", [signal.SIGTERM, signal.SIGTERM]),
        ("1", [signal.SIGHUP, signal.SIGTERM]),
    ],
    ids=["Ctrl-C", "Ctrl-C with workers", "ended twice", "terminal closed"],
)
def test_an_interrupted_run_keeps_what_is_finished_and_leaves_no_processes(
    tmp_path: Path, jobs: str, signals: list[signal.Signals]
) -> None:
    """Exit code 130, the finished scenarios in a report, and no browser, bus or mock behind."""
    mark = uuid.uuid4().hex
    folder = tmp_path / "run"
    with under_way(folder, jobs, mark) as run:
        for one in signals:
            os.killpg(run.pid, one)
        output, _ = run.communicate(timeout=30)

    assert run.returncode == 130, output
    assert json.loads((folder / "run.json").read_text("utf-8"))["finished"] is None
    assert (folder / "report.html").is_file()
    assert "Traceback" not in output
    until(lambda: not marked(mark), seconds=5)


# A run removes its mails, too: here they are needed once more.
KEEPING = "from sekisho.machine import tempfolders; tempfolders.remove = print; from sekisho.cli import main; main()"


def test_secrets_are_in_no_output(tmp_path: Path) -> None:
    """Passwords that the mock mailed, private keys and cookies are in no file of a run and not on the screen."""
    folder = tmp_path / "run"
    chosen = ("--select", "DAN-ISSUE-13", "--select", "DAN-FAQ-02")
    with tempfile.TemporaryDirectory() as temporary:  # a short path: browsers put sockets into it
        result = subprocess.run(
            [sys.executable, "-c", KEEPING, "run", *chosen, "--out", str(folder), "--jobs", "1"],
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": temporary},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=180,
        )
        secrets = mailed_passwords(Path(temporary))

    assert result.returncode in (0, 1), result.stdout
    texts = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    texts |= {Path("stdout"): result.stdout.encode(), Path("stderr"): result.stderr.encode()}
    assert secrets, "the mock mails the login password of each new user"
    for secret in [*secrets, b"PRIVATE KEY-----", b"Set-Cookie"]:
        assert [str(path) for path, text in texts.items() if secret in text] == []


def test_a_run_leaves_no_file_of_its_users_behind(sekisho: Command, tmp_path: Path) -> None:
    """Downloads, mails, letters, key stores and the mock's registry go with it."""
    with tempfile.TemporaryDirectory() as temporary:
        result = sekisho(
            "run", "--select", "DAN-FAQ-02", "--jobs", "1", "--out", str(tmp_path / "run"), TMPDIR=temporary
        )
        left = [path.name for path in Path(temporary).rglob("*") if path.is_file()]
    assert result.returncode == 0, result.stderr
    assert [name for name in left if name.endswith((".p12", ".eml", ".db", ".pem", ".sqlite", ".html"))] == []
    assert [path for path in left if "sekisho" in path] == []


def test_a_defect_given_to_the_mock_is_found_and_named_as_the_target(sekisho: Command, tmp_path: Path) -> None:
    """A failure to look at: one scenario of the rule is red, and nobody takes the run for one of a right mock."""
    folder = tmp_path / "run"
    asked = ("--defect", "renewal-opens-on-day-31", "--select", "danshin-rules-99fad540")
    result = sekisho("run", *asked, "--jobs", "1", "--out", str(folder))

    assert result.returncode == 1, result.stderr
    run = json.loads((folder / "run.json").read_text("utf-8"))
    assert "renewal-opens-on-day-31" in run["target"]
    assert run["manuals"] == ["danshin"]
    (found,) = (json.loads(path.read_text("utf-8")) for path in folder.glob("scenarios/*.json"))
    assert (found["verdict"], found["failure"]["requirement"]) == ("FAIL", ["DAN-RULE-03"])
    assert "--defect renewal-opens-on-day-31" in found["repeat"]
    (told,) = (json.loads(path.read_text("utf-8")) for path in (folder / "allure-results").glob("*-result.json"))
    assert [step["status"] for step in told["steps"]] == ["passed", "passed", "passed", "failed"]
    assert told["titlePath"][0] == "団信ネット・団信Web"
    assert list((folder / "allure-results").glob("*-container.json")) == []


def mailed_passwords(folder: Path) -> set[bytes]:
    """The passwords in every mail of the Maildirs below a folder."""
    found: set[bytes] = set()
    for path in folder.rglob("maildir/*/*"):
        with path.open("rb") as file:
            message = message_from_binary_file(file, _class=EmailMessage, policy=default)
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        found |= {match.encode() for match in re.findall(r"パスワード\s*[:：]\s*(\S+)", text)}
    return found
