"""HTTP requests of our own: what lies on this machine is asked directly, whatever proxy the environment names."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sekisho.machine.http import ask


class Page(BaseHTTPRequestHandler):
    """Answers everything with 200."""

    def do_GET(self) -> None:
        """As the server asks for it."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"portal")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A site on this machine."""
    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_proxy_is_left_aside_on_this_machine(port: int, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office's proxy would answer with a refusal, which would be held against the portal."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setattr(urllib.request, "_opener", None)  # made once, from the environment of the first request
    with ask(urllib.request.Request(f"http://{host}:{port}/"), 5) as answer:
        assert answer.read() == b"portal"
