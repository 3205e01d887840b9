"""The proxy in the PC's settings: connections through it (CONNECT), with Basic or NTLM where it asks for that."""

from __future__ import annotations

import base64
import email
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import urlsplit

import spnego

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
    knows_ntlm: bool = True

    @classmethod
    def at(cls, address: str, *, knows_ntlm: bool = True) -> Proxy:
        """The proxy at an address such as http://127.0.0.1:8080."""
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        return cls(parts.hostname, parts.port, knows_ntlm=knows_ntlm)

    def known_to(self, user: str, password: str) -> Proxy:
        """The same, gone through by a user."""
        return replace(self, user=user, password=password)

    def open(self, host: str, port: int) -> socket.socket:
        """A connection to a server. Raises ProxyPasswordError, OSError."""
        server = f"{host}:{port}"
        line = self._line()
        try:
            answer = _ask(line, server)
            if answer.wants("ntlm") and self.user and self.knows_ntlm:
                answer = self._as_domain_user(line, server)
            elif answer.wants("basic") and self.user:
                line.close()
                line = self._line()
                answer = _ask(line, server, f"Basic {_encoded(f'{self.user}:{self.password}'.encode())}")
            self._check(answer.status)
        except BaseException:
            line.close()
            raise
        return line

    def _line(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), SECONDS)

    def _as_domain_user(self, line: socket.socket, server: str) -> Answer:
        """Prove to know the password, on the connection that is to be used (MS-NTHT)."""
        client = spnego.client(self.user, self.password, protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
        answer = _ask(line, server, f"NTLM {_encoded(client.step() or b'')}")
        if not answer.challenge:
            return answer
        return _ask(line, server, f"NTLM {_encoded(client.step(answer.challenge) or b'')}")

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


@dataclass(frozen=True)
class Answer:
    """What a proxy says to a CONNECT: its status, and in which ways it asks who is there."""

    status: int
    schemes: tuple[str, ...]

    def wants(self, scheme: str) -> bool:
        """Whether it asks in this way."""
        return any(one.split(maxsplit=1)[:1] == [scheme] for one in map(str.lower, self.schemes))

    @property
    def challenge(self) -> bytes:
        """The message of NTLM in it; empty without one."""
        tokens = (one.partition(" ")[2] for one in self.schemes if one.lower().startswith("ntlm "))
        return base64.b64decode(next(tokens, ""))


def _encoded(token: bytes) -> str:
    return base64.b64encode(token).decode()


def _ask(line: socket.socket, server: str, known: str = "") -> Answer:
    """Ask for a server; the answer's head is read to its end, and of a refusal the rest too."""
    lines = [f"CONNECT {server} HTTP/1.1", f"Host: {server}", *([f"Proxy-Authorization: {known}"] if known else [])]
    line.sendall("\r\n".join([*lines, "", ""]).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _piece(line, 1)
        if len(head) > LONGEST_HEAD:
            raise OSError("プロキシが応答しません")
    found = ANSWER.match(head)
    if found is None:
        raise OSError("プロキシの応答が HTTP ではありません")
    fields = email.message_from_bytes(head.partition(b"\r\n")[2])
    if int(found[1]) == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        _skip(line, fields.get("Content-Length", "0"))
    return Answer(int(found[1]), tuple(fields.get_all("Proxy-Authenticate", ())))


def _skip(line: socket.socket, length: str) -> None:
    left = int(length) if length.isdecimal() else 0
    while left > 0:
        left -= len(_piece(line, min(left, PIECE)))


def _piece(line: socket.socket, most: int) -> bytes:
    piece = line.recv(most)
    if not piece:
        raise OSError("プロキシが応答しません")
    return piece


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
