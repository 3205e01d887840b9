"""The line to an authority's agent: JSON over TLS, with or without a certificate from the store."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mock_apps.base.store import Held, Store

SECONDS = 20


class AgentError(Exception):
    """The agent refused; the text is its sentence."""


class Agent:
    """One listener for programs. With `held` it is shown that certificate of the store on every connection."""

    def __init__(self, address: str, server_root: Path, store: Store, held: Held | None = None) -> None:
        """Name the listener."""
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path.rstrip("/")
        self._server_root, self._store, self._held = server_root, store, held

    def ask(self, what: str, about: Mapping[str, str]) -> dict[str, Any]:
        """Ask for something. Raises AgentError with the agent's sentence, StoreError, OSError."""
        body = json.dumps(about).encode()
        status, answer = self._with_certificate(what, body) if self._held else self._plainly(what, body)
        told: dict[str, Any] = json.loads(answer)
        if status != http.HTTPStatus.OK:
            raise AgentError(str(told["error"]))
        return told

    def _plainly(self, what: str, body: bytes) -> tuple[int, bytes]:
        trust = ssl.create_default_context(cafile=self._server_root)
        line = http.client.HTTPSConnection(self._host, self._port, timeout=SECONDS, context=trust)
        try:
            line.request("POST", f"{self._path}/{what}", body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def _with_certificate(self, what: str, body: bytes) -> tuple[int, bytes]:
        assert self._held
        head = (
            f"POST {self._path}/{what} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        return self._store.send(self._held, self._host, self._port, head.encode() + body)
