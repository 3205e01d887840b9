"""Everything that a browser's windows send while somebody keeps a record of it, as far as that can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Request, WebSocket
from playwright.sync_api import Error as BrowserError

MOST_BYTES = 64 * 2**20  # that are kept
BODIES = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True)
class Sent:
    """One request, or one message of a connection that is kept open (WebSocket)."""

    where: str
    what: bytes
    seen: bool = True
    """Whether its body could be read: one that a script streams, or a file, cannot."""


class Outgoing:
    """A record of what windows send, from the moment that each is attached."""

    def __init__(self) -> None:
        """Nothing is watched yet."""
        self.attached = False
        self._sent: list[Sent] = []
        self._requests: list[Request] = []
        self._bytes = 0

    def attach(self, window: BrowserContext) -> None:
        """Watch a window and all its pages, from now on."""
        self.attached = True
        window.on("request", self._ask)
        window.on("page", self._meet)
        for page in window.pages:
            self._meet(page)

    def sent(self) -> list[Sent]:
        """What was sent so far, in no particular order."""
        return [*self._sent, *map(_told, self._requests)]

    def _meet(self, page: Page) -> None:
        page.on("websocket", self._connect)

    def _connect(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self._say(socket.url, frame))

    def _say(self, url: str, frame: str | bytes) -> None:
        octets = frame.encode() if isinstance(frame, str) else frame
        self._bytes += len(octets)
        self._sent.append(Sent(url, octets if self._bytes <= MOST_BYTES else b"", self._bytes <= MOST_BYTES))

    def _ask(self, request: Request) -> None:
        """Only noted: its headers and body are asked for when somebody wants to know."""
        self._requests.append(request)


def _told(request: Request) -> Sent:
    body = _body(request)
    head = "\n".join((request.url, *_headers(request))).encode()
    return Sent(request.url.partition("?")[0], head + b"\n" + (body or b""), body is not None)


def _headers(request: Request) -> Iterator[str]:
    with suppress(BrowserError):  # its page is gone
        yield from (f"{name}: {value}" for name, value in request.headers.items())


def _body(request: Request) -> bytes | None:
    """Empty for a request that has none, None for one that cannot be read."""
    try:
        body = request.post_data_buffer
    except BrowserError:
        return None
    return body if body is not None else (None if request.method in BODIES and _has_body(request) else b"")


def _has_body(request: Request) -> bool:
    """Whether its headers say that something comes: the browser tells of a file or a stream nothing else."""
    headers = request.headers
    return "content-type" in headers or headers.get("content-length", "0") != "0"
