"""A sixth manual in a folder that no checkout has, and its portal on loopback."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import sekisho

__all__ = ["sekisho"]

collect_ignore = ["sixth"]  # its scenarios need a run of their own
SIXTH = Path(__file__).with_name("sixth")
PAGES = {
    "/": '<title>蔵の入口</title><h1>蔵の入口</h1><form action="/in"><button>戸を叩く</button></form>',
    "/in": "<title>蔵</title><p>どうぞ</p>",
}


@pytest.fixture
def sixth(tmp_path: Path) -> Path:
    """The folder; its name is not the manual's."""
    return shutil.copytree(SIXTH, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__"))


class Handler(BaseHTTPRequestHandler):
    """The portal."""

    def do_GET(self) -> None:
        """Answer with a page."""
        page = PAGES.get(self.path.rstrip("?"))
        body = f"<!doctype html><meta charset=utf-8>{page or ''}".encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """A target file for the portal, which runs meanwhile."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        file = tmp_path / "portal.toml"
        file.write_text(
            f'manual = "kura"\nname = "蔵"\n[sites]\ngate = "http://127.0.0.1:{server.server_port}/"\n'
            '[mail]\nmaildir = "Maildir"\n',
            encoding="utf-8",
        )
        yield file
        server.shutdown()
