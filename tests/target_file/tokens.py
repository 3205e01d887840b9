"""Whoever issues tokens, asked by a mail server whether one is good (RFC 7662), on a free port of the loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from . import dovecot


class Issuer:
    """The tokens that are good at the moment, and the address at which to ask."""

    def __init__(self) -> None:
        """Begin without any."""
        self.good: set[str] = set()
        self.asked: list[str] = []
        self.url = ""

    def answer(self, body: str) -> dict[str, object]:
        """What is known of a token."""
        token = parse_qs(body).get("token", [""])[0]
        self.asked.append(token)
        return {"active": True, "username": dovecot.USER} if token in self.good else {"active": False}


@contextmanager
def issuing() -> Iterator[Issuer]:
    """An issuer that answers."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.dumps(issuer.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.url = f"http://127.0.0.1:{server.server_port}/introspect"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield issuer
        server.shutdown()
