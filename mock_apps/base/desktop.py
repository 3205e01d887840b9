"""The windows of a program, served on loopback to whoever was told their address.

Each window is announced with an address that works once and gives the browser a cookie; without it nothing is shown.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qsl

from mock_apps.base.defects import Defects
from mock_apps.base.window import Window

COOKIE = "program"
CLOSED = "<!DOCTYPE html><title></title>"
LONGEST_FORM = 100_000
IDLE_SECONDS = 5
Announce = Callable[..., None]


class Desktop:
    """Opens and closes windows. `announce` tells whoever started the program; `over` is set with the last window.

    A program that stays without a window says in `resident` what it does when the user signs in.
    """

    def __init__(self, announce: Announce, defects: Defects) -> None:
        """Begin to serve, without a window."""
        self.announce, self.defects, self.over = announce, defects, threading.Event()
        self.resident: Callable[[], None] | None = None
        self.lock = threading.RLock()
        self.cookie = secrets.token_urlsafe(24)
        self.windows: dict[str, Window] = {}
        self._numbers, self._once = count(), dict[str, str]()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def open(self, window: Window) -> None:
        """Show a window."""
        number, once = str(next(self._numbers)), secrets.token_urlsafe(24)
        self.windows[number], self._once[once] = window, number
        address = f"http://127.0.0.1:{self._server.server_port}/open/{once}"
        self.announce("window", number=number, title=window.title, url=address)

    def entrance(self, once: str) -> str | None:
        """The window that a one-time address leads to."""
        return self._once.pop(once, None)

    def refresh(self, window: Window) -> None:
        """A window has something else to show, although none of its own buttons was pressed."""
        number = next((number for number, one in self.windows.items() if one is window), None)
        if number is not None:
            self.announce("changed", number=number)

    def settle(self, pressed: str | None = None) -> None:
        """Tell which windows were closed, and that all that followed from a press has been told.

        After the last window the program is over.
        """
        for number in [number for number, window in self.windows.items() if window.closed]:
            del self.windows[number]
            self.announce("closed", number=number)
        if pressed is not None:
            self.announce("done", number=pressed)
        if not self.windows and not self.resident:
            self.over.set()


def _handler_of(desktop: Desktop) -> type[BaseHTTPRequestHandler]:
    """A request handler for one desktop: http.server makes an instance of a class for each request."""

    class Handler(_Handler):
        def __init__(self, *arguments: object) -> None:
            self.desktop = desktop
            super().__init__(*arguments)  # type: ignore[arg-type]

    return Handler


class _Handler(BaseHTTPRequestHandler):
    """GET /open/ONCE, then GET and POST /window/NUMBER."""

    desktop: Desktop
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        """Show a window."""
        kind, _, name = self.path[1:].partition("/")
        number = self.desktop.entrance(name) if kind == "open" else None
        if number is not None:
            cookie = f"{COOKIE}={self.desktop.cookie}; HttpOnly; SameSite=Strict; Path=/"
            self._answer(HTTPStatus.SEE_OTHER, Location=f"/window/{number}", **{"Set-Cookie": cookie})
        elif window := self._window(kind, name):
            with self.desktop.lock:
                self._answer(HTTPStatus.OK, window.html())

    def do_POST(self) -> None:
        """Press a button."""
        kind, _, number = self.path[1:].partition("/")
        window = self._window(kind, number)
        if window is None:
            return
        length = min(int(self.headers.get("Content-Length", "0")), LONGEST_FORM)
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        with self.desktop.lock:
            known = window.pressed(form)
            if not known:
                self._answer(HTTPStatus.BAD_REQUEST, CLOSED)
            elif window.closed:
                self._answer(HTTPStatus.OK, CLOSED)
            else:
                self._answer(HTTPStatus.SEE_OTHER, Location=self.path)
            self.desktop.settle(number)

    def _window(self, kind: str, number: str = "") -> Window | None:
        """The window that this visitor may see; where there is none, that is answered."""
        given = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        known = given is not None and hmac.compare_digest(given.value, self.desktop.cookie)
        window = self.desktop.windows.get(number) if known and kind == "window" else None
        if window is None:
            self._answer(HTTPStatus.FORBIDDEN if not known else HTTPStatus.NOT_FOUND, CLOSED)
        return window

    def _answer(self, status: HTTPStatus, html: str = "", **headers: str) -> None:
        body = html.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing is logged: a form may hold a password."""
