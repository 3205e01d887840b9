"""What a browser cannot do, as the canary found: said before the run, recorded, and never held against the portal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sekisho import canary
from sekisho.browser.channels import BrowserChoice
from sekisho.canary import Report, Sighting
from sekisho.native_ui import Surface
from sekisho.results import Note, read_run, read_scenarios
from sekisho.verdict import Verdict

Command = Callable[..., subprocess.CompletedProcess[str]]
LISTED = "証明書の一覧で取得した証明書を確認する"
PINNED = "秘密キーのパスワードを入力すると更新できる"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is context mode only")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Let the canary have found some surfaces not to work; gives the cache folder in which it says so."""

    def keep(*surfaces: Surface) -> str:
        choice = BrowserChoice.resolve("chromium")
        report = Report(
            browser=f"chromium {choice.version()}",
            build=choice.build.text,
            edge=False,
            at_spi="2.46.0",
            sightings=tuple(Sighting(surface=one, problem="ボタンが無い") for one in surfaces),
            seen=datetime.now(UTC),
            seconds=1,
        )
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setattr(canary, "_seen", {})
        monkeypatch.setattr(canary, "examine", lambda *_, **__: report)
        canary.look(choice, "auto")
        return str(tmp_path)

    return keep


def test_what_does_not_work_is_said_and_done_without(
    sekisho: Command, found: Callable[..., str], tmp_path: Path
) -> None:
    """A list is read from the store, a PIN is not applicable; neither is an error, and nothing is a failure."""
    cache = found(Surface.CERTIFICATE_MANAGER, Surface.PIN_PROMPT)
    folder = tmp_path / "run"
    selected = ("--manual", "kihonet", "--manual", "obn", "--select", LISTED, "--select", PINNED)

    result = sekisho("run", *selected, "--browser", "chromium", "--out", str(folder), XDG_CACHE_HOME=cache)

    assert result.returncode == 0, result.stdout + result.stderr
    said = [line for line in result.stderr.splitlines() if "操作できません" in line]
    assert len(said) == 2
    run, scenarios = read_run(folder), {one.name: one for one in read_scenarios(folder)}
    assert run.limits == said
    assert all(line.startswith(f"{run.browser}（at-spi 2.46.0）: 「") for line in said)
    assert scenarios[PINNED].verdict is Verdict.NOT_APPLICABLE
    why = scenarios[PINNED].failure
    assert why
    assert "「PIN の入力画面」を操作できない（ボタンが無い）" in why.portal_did
    assert scenarios[LISTED].verdict is Verdict.PASS
    notes = [one for step in scenarios[LISTED].steps for one in step.evidence if isinstance(one, Note)]
    assert any("証明書ストアそのものを読んだ" in line for note in notes for line in note.lines)
    assert "ボタンが無い" in (folder / "report.html").read_text("utf-8")


def test_a_dialog_that_never_comes_leaves_context_mode(sekisho: Command, found: Callable[..., str]) -> None:
    """Said before anything else; where the browser's own store was asked for the run does not begin."""
    cache = found(Surface.CERTIFICATE_DIALOG)
    run = ("run", "--manual", "danshin", "--select", "DAN-RULE-03", "--browser", "chromium")

    refused = sekisho(*run, "--certs", "native", XDG_CACHE_HOME=cache)

    assert refused.returncode == 3, refused.stderr
    assert "--certs native は使えません" in refused.stderr
    assert "証明書の選択画面を操作できません（ボタンが無い）" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_what_is_no_browser_is_told_in_one_line(sekisho: Command, tmp_path: Path) -> None:
    """One that dies with the exit code of a machine's trouble, what is none with that of a slip."""
    dies = tmp_path / "chrome"
    dies.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Chromium 1.2.3.4 && exit\nexit 7\n', encoding="utf-8")
    dies.chmod(0o755)
    for asked, code in ((str(dies), 3), ("/bin/true", 2), (str(tmp_path), 2), ("firefox", 2)):
        done = sekisho("doctor", "--browser", asked)
        assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), done.stderr
        assert asked in done.stderr
