"""`sekisho serve`: the mock on fixed ports, until Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there"),
    pytest.mark.xdist_group("fixed ports"),
]


CONTROL_PORT = 18440
SHIRO = Path(__file__).parent.parent / "manuals" / "shiro"  # a manual of a family, whose portal is shown too


def until_free(port: int) -> None:
    """Wait until nobody has the port any more: the mock of a server that was killed ends a moment later."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return
        time.sleep(0.02)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that is up, and what it printed."""
    command = [
        sys.executable,
        "-c",
        "from sekisho.cli import main; main()",
        "serve",
        "--manual-dir",
        str(SHIRO),
        "--state",
        str(tmp_path / "state"),
    ]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as server:
        assert server.stdout
        assert server.stderr
        shown = ""
        while "Maildir" not in shown:
            line = server.stdout.readline()
            assert line, server.stderr.read()
            shown += line
        try:
            yield server, shown
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            until_free(CONTROL_PORT)


def test_the_addresses_answer(served: tuple[subprocess.Popen[str], str]) -> None:
    """Every address that is printed is one to open; those of the portals speak TLS."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    addresses = re.findall(r"https?://127\.0\.0\.1:\d+\S*", served[1])

    assert len(addresses) >= 5
    enrol = next(address for address in addresses if address.startswith("https"))
    with urllib.request.urlopen(enrol, context=trusting, timeout=10) as answer:
        assert answer.status == 200


def test_every_site_is_named_in_the_words_of_its_system(served: tuple[subprocess.Popen[str], str]) -> None:
    """Several systems have a service, and each calls it by another name."""
    for named in (
        "danshin 団信Web ",
        "shiro 城オンライン ",
        "shiro サーバー証明書のルート ",
        "kihonet N-ナビ ",
        "obn オンライン請求システム ",
        "obn サーバー証明書のルート ",
    ):
        assert named in served[1]
    assert not re.search(r"^\S+ [a-z-]+ +http", served[1], re.MULTILINE)


def test_ctrl_c_ends_it_and_leaves_no_process(served: tuple[subprocess.Popen[str], str]) -> None:
    """Exit code 0, and the ports are free again."""
    server, _ = served
    os.killpg(server.pid, signal.SIGINT)

    assert server.wait(timeout=10) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)


def test_a_port_that_is_taken_is_named(sekisho: Command, served: tuple[subprocess.Popen[str], str]) -> None:
    """A second server says which port it could not have, with exit code 3."""
    assert served[0].poll() is None

    result = sekisho("serve")

    assert result.returncode == 3, result.stdout
    assert re.search(r"port \d+ on 127\.0\.0\.1", result.stderr)
    assert "sekisho serve" in result.stderr
    assert "Traceback" not in result.stderr
