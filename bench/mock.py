"""The mock alone: time of a page, and PKCS#12 files issued per second against openssl doing the same work."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGES, ISSUES = 200, 20


def measure() -> dict[str, object]:
    """`pkcs12_issue_ratio` is the mock's rate over openssl's: key, certificate and file, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        with _mock(Path(folder)) as process:
            assert process.stdout
            assert process.stdin
            ready = json.loads(process.stdout.readline())
            page = _each(PAGES, lambda: _page(ready))
            issue = _each(ISSUES, lambda: _issue(ready))
            process.stdin.close()
        openssl = _each(ISSUES, lambda: _openssl(Path(folder)))
    return {
        "mock_page_ms": round(page * 1000, 2),
        "mock_pkcs12_per_second": round(1 / issue, 2),
        "openssl_pkcs12_per_second": round(1 / openssl, 2),
        "pkcs12_issue_ratio": round(openssl / issue, 2),
    }


def _mock(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mock_ca", "--state", str(folder / "state"), "--until-stdin-closes"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _each(times: int, work: Callable[[], object]) -> float:
    begun = time.monotonic()
    for _ in range(times):
        work()
    return (time.monotonic() - begun) / times


def _page(ready: dict[str, Any]) -> None:
    trust = ssl.create_default_context(cafile=ready["server_root"])
    urllib.request.urlopen(ready["systems"]["danshin"]["enrol"], context=trust).read()


def _issue(ready: dict[str, Any]) -> None:
    body = json.dumps({"system": "danshin", "state": "active"}).encode()
    headers = {"Authorization": f"Bearer {ready['token']}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{ready['control']}/subscribers", body, headers)
    urllib.request.urlopen(request).read()


def _openssl(folder: Path) -> None:
    key, cert, p12 = (str(folder / name) for name in ("key.pem", "cert.pem", "file.p12"))
    _quietly("openssl", "genrsa", "-out", key, "2048")
    _quietly("openssl", "req", "-new", "-x509", "-key", key, "-out", cert, "-subj", "/CN=bench")
    _quietly("openssl", "pkcs12", "-export", "-inkey", key, "-in", cert, "-out", p12, "-passout", "pass:bench")


def _quietly(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
