"""The proxy in the PC's settings: connections through it (CONNECT), with Basic authentication where it asks for it."""

from __future__ import annotations

import base64
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import urlsplit

SECONDS = 20
LONGEST_HEAD = 65536
PIECE = 65536
ANSWER = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
ASKS = "プロキシが認証を求めています。"
REFUSED = "プロキシの認証に失敗しました。ユーザー名とパスワードを確認してください。"


class ProxyPasswordError(Exception):
    """The proxy lets nobody through without a user name and a password, or not with these; the text is a sentence."""


@dataclass(frozen=True)
class Proxy:
    """A proxy, and who goes through it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, address: str) -> Proxy:
        """The proxy at an address such as http://127.0.0.1:8080."""
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        return cls(parts.hostname, parts.port)

    def known_to(self, user: str, password: str) -> Proxy:
        """The same, gone through by a user."""
        return replace(self, user=user, password=password)

    def open(self, host: str, port: int) -> socket.socket:
        """A connection to a server. Raises ProxyPasswordError, OSError."""
        line = socket.create_connection((self.host, self.port), SECONDS)
        try:
            line.sendall(self._head(f"{host}:{port}").encode())
            self._check(_status(line))
        except BaseException:
            line.close()
            raise
        return line

    def _check(self, status: int) -> None:
        if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            raise ProxyPasswordError(REFUSED if self.user else ASKS)
        if status != HTTPStatus.OK:
            raise OSError(f"プロキシの応答 {status}")

    @contextmanager
    def relay(self, host: str, port: int) -> Iterator[int]:
        """A port on loopback whose first visitor comes out at a server, for tools that know no proxy."""
        far = self.open(host, port)
        with far, socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=_pass_on, args=(listener, far), daemon=True).start()
            yield int(listener.getsockname()[1])

    def _head(self, server: str) -> str:
        lines = [f"CONNECT {server} HTTP/1.1", f"Host: {server}"]
        if self.user:
            known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            lines.append(f"Proxy-Authorization: Basic {known}")
        return "\r\n".join([*lines, "", ""])


def _status(line: socket.socket) -> int:
    """The status of the proxy's answer, whose head is read to its end and not further."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = line.recv(1)
        if not piece or len(head) > LONGEST_HEAD:
            raise OSError("プロキシが応答しません")
        head += piece
    found = ANSWER.match(head)
    if found is None:
        raise OSError("プロキシの応答が HTTP ではありません")
    return int(found[1])


def _pass_on(listener: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):  # nobody came, or somebody left
        near, _ = listener.accept()
        threading.Thread(target=_copy, args=(near, far), daemon=True).start()
        _copy(far, near)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    """Until either side has gone; then the other one is told."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
