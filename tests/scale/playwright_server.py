"""A real Playwright server with this machine's browser, in a network namespace of its own: another machine, nearly.

Its loopback is not ours: what the browser there reaches of us, it reaches through Playwright's connection. A pair of
relays leads to the server, through a Unix socket, which namespaces of the network do not part. Where the system makes
no such namespace, the server is real all the same, and shares our loopback.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import playwright

from sekisho.browser.channels import BrowserChoice

DRIVER = Path(playwright.__file__).parent / "driver"
RELAY = shlex.join([sys.executable, str(Path(__file__).with_name("relay.py"))])
APART = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)), "sh", "-c")
CLI = shlex.join([str(DRIVER / "node"), str(DRIVER / "package" / "cli.js")])
LISTENING = r"Listening on ws://127\.0\.0\.1:(\d+)"


def can_be_apart() -> bool:
    """Whether this system makes a network namespace for us."""
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run([*APART, "ip link set lo up"], capture_output=True, check=False).returncode == 0


@contextmanager
def run_server(folder: Path, path: str) -> Iterator[int]:
    """`playwright run-server` with a secret path; gives the port on our side that leads to it."""
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(_browsers(folder))}
    server = f"exec {CLI} run-server --host 127.0.0.1 --path {shlex.quote(path)}"
    if can_be_apart():
        meeting = shlex.quote(str(folder / "meeting"))
        inside = f"ip link set lo up; {RELAY} unix {meeting} tcp 3000 & {server} --port 3000"
        with (
            _started([*APART, inside], LISTENING, environment),
            _started(["sh", "-c", f"exec {RELAY} tcp 0 unix {meeting}"], r"Relaying .*?(\d+)\)", environment) as port,
        ):
            yield port
    else:
        with _started(["sh", "-c", f"{server} --port 0"], LISTENING, environment) as port:
            yield port


@contextmanager
def launch_server(folder: Path) -> Iterator[int]:
    """`playwright launch-server`, which has one browser running for whoever comes; gives its port."""
    settings = folder / "server.json"
    facts = {"executablePath": str(BrowserChoice.resolve("chromium").path), "host": "127.0.0.1", "wsPath": "/"}
    settings.write_text(json.dumps(facts), encoding="utf-8")
    command = f"exec {CLI} launch-server --browser chromium --config {shlex.quote(str(settings))}"
    with _started(["sh", "-c", command], LISTENING.removeprefix("Listening on "), dict(os.environ)) as port:
        yield port


def _browsers(folder: Path) -> Path:
    """A folder in which Playwright finds this machine's Chromium as if it had downloaded it."""
    listed = json.loads((DRIVER / "package" / "browsers.json").read_text("utf-8"))["browsers"]
    revision = next(one["revision"] for one in listed if one["name"] == "chromium")
    home = folder / f"chromium-{revision}"
    program = home / "chrome-linux64" / "chrome"
    program.parent.mkdir(parents=True)
    program.symlink_to(BrowserChoice.resolve("chromium").path)
    (home / "INSTALLATION_COMPLETE").touch()
    return folder


@contextmanager
def _started(command: list[str], ready: str, environment: dict[str, str]) -> Iterator[int]:
    """A process and its children, from the line that names its port to the end."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, env=environment
    ) as process:
        assert process.stdout
        try:
            yield _port(process.stdout, ready)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _port(output: IO[str], ready: str) -> int:
    said = []
    for line in output:
        said.append(line)
        if found := re.search(ready, line):
            return int(found[1])
    raise AssertionError("".join(said))
