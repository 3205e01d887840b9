"""The line to an authority's agent: JSON over TLS, with or without a certificate from the store."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

from mock_apps.base.proxy import Proxy
from mock_apps.base.store import Held, Store
from mock_apps.base.window import RefusedError

SECONDS = 20


class AgentError(RefusedError):
    """The agent refused, or what it said cannot be understood; the text is a sentence."""


class Told(dict[str, Any]):
    """What an agent answered, by name."""

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - as of any answer
        """Raise AgentError: programs say what is wrong, and do not end in the middle."""
        raise AgentError(f"サーバーの応答に {name} がありません。")

    def certificates(self) -> list[x509.Certificate]:
        """The certificate that was issued, and its chain. Raises AgentError where there is none to be read."""
        try:
            found = x509.load_pem_x509_certificates(str(self["certificates"]).encode())
        except ValueError as problem:
            raise AgentError("サーバーの応答に、読み取れる証明書がありません。") from problem
        return found


class Agent:
    """One listener for programs. With `held` it is shown that certificate of the store on every connection."""

    def __init__(
        self, address: str, server_root: Path, store: Store, held: Held | None = None, proxy: Proxy | None = None
    ) -> None:
        """Name the listener, and the proxy on the way to it, if there is one."""
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path.rstrip("/")
        self._server_root, self._store, self._held, self._proxy = server_root, store, held, proxy

    def ask(self, what: str, about: Mapping[str, str]) -> Told:
        """Ask for something. Raises AgentError with the agent's sentence, ProxyPasswordError, StoreError, OSError."""
        body = json.dumps(about).encode()
        try:
            status, answer = self._with_certificate(self._held, what, body) if self._held else self._plainly(what, body)
        except http.client.HTTPException as problem:  # an answer that was cut off, or is none
            raise AgentError("サーバーの応答が途中で途切れました。") from problem
        told = _read(answer, status)
        if status != http.HTTPStatus.OK:
            raise AgentError(str(told["error"]))
        return told

    def _plainly(self, what: str, body: bytes) -> tuple[int, bytes]:
        trust = ssl.create_default_context(cafile=self._server_root)
        trust.verify_flags &= ~ssl.VERIFY_X509_STRICT  # which newer Pythons set, and no program for Windows
        line = http.client.HTTPSConnection(self._host, self._port, timeout=SECONDS, context=trust)
        with closing(line):
            if self._proxy:
                line.sock = trust.wrap_socket(self._proxy.open(self._host, self._port), server_hostname=self._host)
            line.request("POST", f"{self._path}/{what}", body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            return answer.status, answer.read()

    def _with_certificate(self, held: Held, what: str, body: bytes) -> tuple[int, bytes]:
        head = (
            f"POST {self._path}/{what} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        if self._proxy is None:
            return self._store.send(held, self._host, self._port, head.encode() + body)
        with self._proxy.relay(self._host, self._port) as port:
            return self._store.send(held, "127.0.0.1", port, head.encode() + body, server=self._host)


def _read(answer: bytes, status: int) -> Told:
    """A page, or nothing at all, may come instead of an answer to a program."""
    try:
        return Told(json.loads(answer))
    except (ValueError, TypeError) as problem:
        raise AgentError(f"サーバーの応答を読み取れません（HTTP {status}）。") from problem
