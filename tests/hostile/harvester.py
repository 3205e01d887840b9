"""Two hosts that mean harm together: a portal of the target's, and a stranger who keeps all that he is sent."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import unquote

LOGIN = (
    "<h1>ユーザ認証</h1><form method=post action='{action}'>"
    "<p>ユーザ ID <input name=user></p><p>パスワード <input type=password name=pw></p>{fields}"
    "<p><input type=submit value=Login {button}></p></form>{after}"
)


def login(action: str = "/taken", fields: str = "", button: str = "", *, after: str = "", before: str = "") -> str:
    """A page to log in."""
    form = LOGIN.format(action=action, fields=fields, button=button, after=after)
    return f"<!doctype html><meta charset=utf-8>{before}{form}"


class Handler(BaseHTTPRequestHandler):
    """One visit."""

    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        """A page, a file or a redirect."""
        path, _, query = self.path.partition("?")
        self._note(b"")
        if path == "/to":
            self._answer(b"", status=302, Location=unquote(query))
        elif path == "/again":
            self._answer(b"", status=307, Location=unquote(query))
        elif path == "/file":
            self._answer(b"0\x82\x01", Content_Disposition='attachment; filename="user.p12"')
        else:
            self._answer(self.server.pages.get(path, "<h1>ここ</h1>").encode())

    def do_POST(self) -> None:
        """Take what is sent."""
        self._note(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        path, _, query = self.path.partition("?")
        if path == "/again":
            self._answer(b"", status=307, Location=unquote(query))
        else:
            self._answer("<meta charset=utf-8><h1>受け付けました</h1>".encode())

    def _note(self, body: bytes) -> None:
        self.server.got.append(unquote(f"{self.path} {self.headers} {body.decode('utf-8', 'replace')}"))

    def _answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


class Host(ThreadingHTTPServer):
    """One of them; `got` is every request, with all that came with it."""

    daemon_threads: ClassVar[bool] = True  # type: ignore[misc]

    def __init__(self) -> None:
        """Listen on a free port and serve until `close`."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[str] = []
        self.pages: dict[str, str] = {"/login": login()}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str = "", host: str = "127.0.0.1") -> str:
        """An address of it, under one of its names."""
        return f"http://{host}:{self.server_address[1]}{path}"

    def close(self) -> None:
        """End it."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no news."""
