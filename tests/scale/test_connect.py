"""A browser on another machine: what it can show, what is said where it cannot be had, and what stays secret."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from subprocess import CompletedProcess
from threading import Thread

import pytest
from playwright.sync_api import Playwright

from sekisho.browser.remote import RemoteBrowser
from sekisho.results import read_run, read_scenarios
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError, Verdict

from .playwright_server import launch_server, run_server

Command = Callable[..., CompletedProcess[str]]
SECRET = "s3kret-path"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the server's browser is put where Linux has it")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Playwright server that has Chromium, and nothing else."""
    with run_server(tmp_path_factory.mktemp("server"), f"/{SECRET}") as port:
        yield f"ws://127.0.0.1:{port}/{SECRET}"


def refusal(url: str, playwright: Playwright, name: str | None = None) -> str:
    """What is said of a server that gives no browser; never the secret."""
    with pytest.raises(EnvironmentProblemError) as refused:
        RemoteBrowser.parse(url, name).connect(playwright)
    assert SECRET not in str(refused.value)
    return str(refused.value)


def test_a_run_in_a_browser_elsewhere(server: str, sekisho: Command, tmp_path: Path) -> None:
    """Client certificates work against the mock, which only our loopback has; what is out of reach is NOT APPLICABLE.

    The browser's own dialog is, and so is the proxy on this machine that makes faults. No secret is written.
    """
    folder = tmp_path / "run"
    expected = {
        "更新前の情報の確認画面": Verdict.PASS,
        "証明書選択画面を取り消すと更新サイトに入れない": Verdict.NOT_APPLICABLE,
        "鍵のダウンロードが途中で切れても、一覧から取り直せる": Verdict.NOT_APPLICABLE,
    }
    wanted = [part for name in expected for part in ("--select", name)]
    done = sekisho("run", "--manual", "danshin", *wanted, "--connect", server, "--jobs", "1", "--out", str(folder))

    assert done.returncode == 0, done.stdout + done.stderr
    assert {one.name: one.verdict for one in read_scenarios(folder)} == expected
    run = read_run(folder)
    assert run.browser.startswith("chromium 1")
    assert (run.certs, "--connect" in run.certs_reason) == ("context", True)
    assert run.told_system == "Windows"  # which that machine is not
    assert server.replace(SECRET, "…") in run.machine
    texts = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    texts[Path("screen")] = (done.stdout + done.stderr).encode()
    assert [str(path) for path, text in texts.items() if SECRET.encode() in text] == []


def test_our_own_addresses_are_offered_only_for_a_portal_that_has_one() -> None:
    """A real portal's page must not reach what else listens on the tester's machine."""
    browser = RemoteBrowser.parse("ws://edge.example.test:3000/")
    assert browser.exposing_to(None).expose
    assert browser.exposing_to(["https://portal.example.test/", "https://127.0.0.1:8443/"]).expose
    assert browser.exposing_to(["https://localhost:8443/"]).expose
    assert not browser.exposing_to(["https://portal.example.test/", "https://192.0.2.7/"]).expose


def test_a_browser_that_the_other_machine_lacks_is_named_with_the_remedy(server: str, playwright: Playwright) -> None:
    """The remedy is carried out there."""
    said = refusal(server, playwright, "msedge")
    assert "npx playwright install msedge" in said


def test_a_wrong_path_is_named_without_repeating_it(server: str, playwright: Playwright) -> None:
    """The path is a password of sorts."""
    said = refusal(f"{server}-wrong", playwright)
    assert "--path" in said


def test_a_server_that_is_not_there_is_named_with_how_to_start_it(playwright: Playwright) -> None:
    """With the version that fits ours."""
    said = refusal(f"ws://127.0.0.1:1/{SECRET}", playwright)
    assert "接続を断られました" in said
    assert "npx playwright@1." in said
    assert "run-server" in said


def test_an_unknown_name_is_told_from_a_server_that_is_down(playwright: Playwright) -> None:
    """A name that is not there is mistyped."""
    assert "見つかりません" in refusal(f"ws://no-such-host.invalid:3000/{SECRET}", playwright)


def test_tls_where_there_is_none_is_explained(server: str, playwright: Playwright) -> None:
    """One letter too many."""
    assert "ws:// と wss://" in refusal(server.replace("ws:", "wss:"), playwright)


def test_another_version_of_playwright_is_named_with_ours(playwright: Playwright, old_server: str) -> None:
    """Both versions, and the command for the other machine."""
    said = refusal(old_server, playwright)
    assert "そこ 1.50" in said
    assert "run-server" in said


class OldServer(BaseRequestHandler):
    """What Playwright 1.50's server answered to 1.65, as recorded."""

    def handle(self) -> None:
        """Refuse."""
        self.request.recv(4096)
        self.request.sendall(
            "HTTP/1.1 428 Precondition Required\r\n\r\n"
            "╔════════════════════════════════════════════════════╗\n"
            "║ Playwright version mismatch:                       ║\n"
            "║   - server version: v1.50                          ║\n"
            "║   - client version: v1.65                          ║\n"
            "╚════════════════════════════════════════════════════╝".encode()
        )


@pytest.fixture
def old_server() -> Iterator[str]:
    """The address of a server of another version."""
    with ThreadingTCPServer(("127.0.0.1", 0), OldServer) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{listening.server_address[1]}/{SECRET}"
        listening.shutdown()


@pytest.mark.parametrize(
    "url", ["", "host:3000", "http://host:3000/", "ws://", "ws://:3000/", "ws://host:99999/", "ws://[/"]
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    """With the form that it should have; the text typed may hold a secret and is not repeated."""
    with pytest.raises(ConfigurationProblemError, match="ws://"):
        RemoteBrowser.parse(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("ws://host:3000/", "ws://host:3000/"),
        ("ws://host:3000", "ws://host:3000"),
        ("wss://user:word@host/secret", "wss://host/…"),
        ("ws://host:3000/?token=secret", "ws://host:3000/…"),
    ],
)
def test_only_the_machine_is_written_down(url: str, shown: str) -> None:
    """Not the path, the query or a password."""
    assert RemoteBrowser.parse(url).shown == shown


def test_the_store_of_another_machine_cannot_be_asked_for(sekisho: Command) -> None:
    """Before anything is started."""
    done = sekisho("run", "--connect", "ws://127.0.0.1:1/", "--certs", "native")
    assert done.returncode == 2
    assert "--certs native" in done.stderr


def test_a_run_whose_server_is_down_does_not_begin(sekisho: Command, tmp_path: Path) -> None:
    """Exit code 3, and no folder."""
    folder = tmp_path / "run"
    done = sekisho("run", "--connect", f"ws://127.0.0.1:1/{SECRET}", "--out", str(folder))
    assert done.returncode == 3, done.stderr
    assert "接続を断られました" in done.stderr
    assert SECRET not in done.stderr
    assert not folder.exists()


def test_a_server_started_for_one_browser_gives_no_other(playwright: Playwright, tmp_path: Path) -> None:
    """Whoever asks for Edge and gets Chromium would certify the wrong browser."""
    with launch_server(tmp_path) as port:
        RemoteBrowser.parse(f"ws://127.0.0.1:{port}/", "chromium").connect(playwright).close()
        assert "求めた msedge と違います" in refusal(f"ws://127.0.0.1:{port}/", playwright, "msedge")
