"""A portal that nobody who wrote the scenarios has seen passes all of them, with a target file alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from sekisho.citations import in_file
from sekisho.manual import FEATURES
from tests.second_portal.running import ROOT, Running, running

MINUTES = 8  # on a busy machine; a quiet one needs two
ANOTHER_ORDER = "申請済みの更新は一覧に載り、鍵を取得できる"  # the manual shows a list, this portal orders it otherwise
TOGETHER = pytest.mark.xdist_group("second portal")  # one run for all of them
COMMAND = [sys.executable, "-c", "from sekisho.cli import main; main()", "run"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run of everything against the portal, and of nothing but the portal."""
    folder = tmp_path_factory.mktemp("second-portal")
    with running(folder / "portal") as portal:
        ended = run(portal, folder / "run")
    assert ended.returncode == 0, ended.stdout
    return folder / "run"


def run(portal: Running, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Carry out what a vendor would: one command with the target file."""
    return subprocess.run(
        [*COMMAND, "--target", str(portal.target), "--allow-destructive", "--out", str(out), *options],
        cwd=ROOT,
        env={**os.environ, **portal.environment, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=MINUTES * 60,
    )


def scenarios(out: Path) -> list[dict[str, Any]]:
    """Every scenario's result."""
    return [json.loads(path.read_text("utf-8")) for path in (out / "scenarios").glob("*.json")]


def needs(tag: str) -> set[str]:
    """The names of the scenarios with a tag."""
    files = (FEATURES / "danshin").glob("*.feature")
    return {one.name for path in files for one in in_file(path, FEATURES) if tag in one.tags}


@TOGETHER
def test_every_danshin_scenario_passes(out: Path) -> None:
    """Those of another browser, and without a native store those of the browser's own dialogs, are not applicable."""
    native = json.loads((out / "run.json").read_text("utf-8"))["certs"] == "native"
    elsewhere = needs("msedge") | (set() if native else needs("native"))
    results = [one for one in scenarios(out) if one["name"] != ANOTHER_ORDER]
    verdicts = Counter((one["verdict"], one["name"] in elsewhere) for one in results)
    assert set(verdicts) == {("PASS", False), ("NOT APPLICABLE", True)}, verdicts
    assert len(results) == 89


@TOGETHER
def test_what_the_manual_leaves_open_is_a_warning(out: Path) -> None:
    """The columns of the list are all there, in an order of the portal's own."""
    (found,) = (one for one in scenarios(out) if one["name"] == ANOTHER_ORDER)
    reasons = [step["reason"] for step in found["steps"] if step["verdict"] == "WARNING"]
    assert found["verdict"] == "WARNING"
    assert len(reasons) == 1
    assert "順は定められていない" in reasons[0]


@TOGETHER
def test_the_portals_own_people_were_asked(out: Path) -> None:
    """Reissues and the clock went through the target file's operator, and no scenario was left out for want of it."""
    names = {one["name"] for one in scenarios(out) if one["verdict"] == "PASS"}
    assert {"電話での依頼から新しい証明書でのログインまで", "有効期限の翌日には団信ネットに入れない"} <= names


@TOGETHER
def test_no_secret_of_the_portal_is_in_the_results(out: Path) -> None:
    """Whatever its pages and mails show."""
    portal = out.parent / "portal"
    passwords = {one for text in _mails(portal) for one in re.findall("取得用パスワード：([0-9a-f]{16})", text)}
    assert len(passwords) > 30
    written = "".join(path.read_text("utf-8") for path in (out / "scenarios").glob("*.json"))
    assert not [one for one in passwords if one in written]


def test_a_promise_that_the_portal_breaks_is_found(tmp_path: Path) -> None:
    """The same portal with certificates for two years instead of three: exit code 1, with the row of the manual."""
    with running(tmp_path / "portal", years=2) as portal:
        ended = run(portal, tmp_path / "run", "--select", "新しく取得した証明書の有効期間")
    assert ended.returncode == 1, ended.stdout
    (found,) = scenarios(tmp_path / "run")
    assert (found["verdict"], found["ids"]) == ("FAIL", ["DAN-RULE-02"])
    assert "有効期間が" in found["failure"]["portal_did"]


def test_users_who_were_reissued_before_the_test_do_without_anybody_at_the_telephone(tmp_path: Path) -> None:
    """A portal whose desk cannot be called during a test: its file says what was told, and has no operator."""
    with running(tmp_path / "portal") as portal:
        text = portal.target.read_text("utf-8")
        before, _, accounts = text.partition("[operator]")
        portal.target.write_text(before + accounts.partition("\n\n")[2], encoding="utf-8")
        ended = run(portal, tmp_path / "run", "--select", "DAN-REISSUE-01", "--select", "DAN-FAQ-01")
    assert ended.returncode == 0, ended.stdout
    results = scenarios(tmp_path / "run")
    assert {one["verdict"] for one in results} == {"PASS"}
    assert len(results) >= 5


def _mails(portal: Path) -> Iterator[str]:
    """Every part of every mail, in each encoding that the portal writes."""
    for path in (portal / "Maildir" / "new").iterdir():
        for part in message_from_bytes(path.read_bytes()).walk():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                yield from (data.decode(name, "replace") for name in ("iso-2022-jp", "cp932", "utf-8"))
