"""A whole run against a portal that means harm: every scenario ends and is told, and no report runs what it sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog

from tests.processes import marked, until

from .server import PAGES, Hostile

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
EVIL = f"<title>{SCRIPT.replace('<', '&lt;')}</title><h1>{SCRIPT.replace('<', '&lt;')}\x1b[31m\u202e</h1>"
HEAD = """manual = "danshin"
name = {name}
[sites]
enrol = {url}
[mail]
maildir = "Maildir"
seconds = 2
lateness_seconds = 0
"""
ACCOUNT = '[[accounts]]\nstate = "invited"\nuser_id = {user}\nlogin_password_env = "HOSTILE_PASSWORD"\nmail = {mail}\n'
ELSEWHERE = "http://localhost:9/evil"
LINKS = ("/evil", "/redirects", "/alerts", "/endless-file", "/script-loop", ELSEWHERE)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
    pytest.mark.xdist_group("hostile run"),  # one run for all of them
]


def described(folder: Path, portal: Hostile) -> Path:
    """A target file with an account for each link, whose mail leads there; everything has a script in its name."""
    texts = [HEAD.format(name=json.dumps(SCRIPT), url=json.dumps(f"{portal.url}/evil"))]
    for part in ("new", "cur", "tmp"):
        (folder / "Maildir" / part).mkdir(parents=True)
    for number, link in enumerate(LINKS):
        mail = EmailMessage()
        mail["From"], mail["To"] = "portal@example.test", f"u{number}@example.test"
        mail["Subject"] = f"クライアント証明書取得のご案内 {SCRIPT}"
        mail["Date"] = "Sat, 21 Nov 2026 10:00:00 +0900"
        mail.set_content(f"{SCRIPT}\n{link if link == ELSEWHERE else portal.url + link}\nリクエストID：123\n")
        (folder / "Maildir" / "new" / str(number)).write_bytes(mail.as_bytes())
        user = json.dumps(f"{SCRIPT}{number}")
        texts.append(ACCOUNT.format(user=user, mail=json.dumps(f"u{number}@example.test")))
    file = folder / "portal.toml"
    file.write_text("".join(texts), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str], str]:
    """The folder of such a run, how it ended, and the mark of its processes."""
    folder, portal, mark = tmp_path_factory.mktemp("hostile"), Hostile(), uuid.uuid4().hex
    PAGES["/evil"] = EVIL
    file = described(folder, portal)
    asked = ["run", "--target", file, "--skip-check", "--select", "DAN-ISSUE-*", "--out", folder / "run"]
    done = subprocess.run(
        [sys.executable, "-c", "from sekisho.cli import main; main()", *map(str, asked)],
        env={**os.environ, "PYTHONUTF8": "1", "HOSTILE_PASSWORD": "x9-secret", "SEKISHO_TEST_MARK": mark},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    portal.close()
    return folder / "run", done, mark


def reason(scenario: dict[str, Any]) -> str:
    """Why a scenario has its verdict: what the portal did, or what a step warns of."""
    if failure := scenario["failure"]:
        return str(failure["portal_did"])
    return " ".join(step["reason"] for step in scenario["steps"] if step["verdict"] == "WARNING")


def test_every_scenario_ends_and_says_what_the_portal_did(
    run: tuple[Path, subprocess.CompletedProcess[str], str],
) -> None:
    """FAIL where a row of the manual asks for it, a warning beyond; nothing is left running or without a reason."""
    folder, done, mark = run
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    found = [json.loads(path.read_text("utf-8")) for path in (folder / "scenarios").glob("*.json")]
    assert all(reason(one) for one in found)
    met = [one for one in found if one["verdict"] != "BLOCKED"]
    assert len(met) == len(LINKS)
    assert [one["verdict"] for one in met] == ["WARNING" if one["beyond"] else "FAIL" for one in met]
    told = " ".join(map(reason, met))
    for words in (
        "のリンクが開くところ（http://localhost:9）",
        "ERR_TOO_MANY_REDIRECTS",
        "メッセージを 20 回",
        "画面ではなく",
        "20 回を超えて自分で移動し",
    ):
        assert words in told
    assert json.loads((folder / "run.json").read_text("utf-8"))["finished"]
    until(lambda: not marked(mark), seconds=5)


def test_no_report_runs_what_the_portal_sent(
    run: tuple[Path, subprocess.CompletedProcess[str], str], plain_browser: Browser
) -> None:
    """Names, titles, mails: the report shows them as text, JUnit stays XML, Allure's attachments are no pages."""
    folder, _, _ = run
    page, ran = plain_browser.new_page(), list[Dialog]()
    page.on("dialog", lambda dialog: ran.append(dialog))  # noqa: PLW0108 - Playwright marks the handler
    page.goto((folder / "report.html").as_uri())
    page.evaluate("window.sekisho && sekisho.prepare()")
    assert page.locator("img[src=x]").count() == 0
    assert "onerror=alert(2)" in page.inner_text("body")
    page.context.close()
    assert ran == []
    assert ET.parse(folder / "junit.xml").getroot().tag == "testsuites"  # noqa: S314 - our own file
    kinds = {path.suffix for path in (folder / "allure-results").iterdir()}
    assert kinds <= {".json", ".jpg", ".txt", ".csv"}
