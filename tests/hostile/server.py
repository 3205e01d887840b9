"""A portal that means harm, over plain HTTP on loopback: each address does something else to whoever opens it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

CHUNK = b"<p>spam spam spam spam</p>\n" * 2400  # 64 kB of a page that has no end
TICK = 0.05
LONGEST = 120.0  # seconds after which a server gives up a browser that was not kept from listening

PAGES = {
    "/fine": "<h1>ようこそ</h1>",
    "/meta-loop": "<meta http-equiv=refresh content='0;url=/meta-loop'><h1>移動します</h1>",
    "/script-loop": "<h1>移動します</h1><script>location.replace('/script-loop?' + Math.random())</script>",
    "/hang": "<h1>ようこそ</h1><script>setTimeout(() => { while (true) {} }, 50)</script>",
    "/waits": "<h1>ようこそ</h1><script>x = new XMLHttpRequest(); x.open('GET', '/silence', false); x.send()</script>",
    "/alerts": "<h1>ようこそ</h1><script>while (true) alert('お待ちください')</script>",
    "/confirms": "<h1>ようこそ</h1><script>setInterval(() => confirm('続けますか') && prompt('本当'), 1)</script>",
    "/asks": "<h1>ようこそ</h1><script>document.title = confirm('続けますか') ? 'OK' : 'no'</script>",
    "/objects": "<input type=button value=Submit onclick=\"alert('確認用のパスワードが一致しません')\">",
    "/stays": "<h1>ようこそ</h1><script>onbeforeunload = e => { e.preventDefault(); return 'no' }</script>",
    "/pop-ups": "<h1>ようこそ</h1><script>while (true) open('/fine')</script>",
    "/pops-forever": "<h1>ようこそ</h1><script>open('/pops-forever')</script>",
    "/closes": "<h1>ようこそ</h1><script>setTimeout(() => window.close(), 200)</script>",
    "/files": "<a href=/endless-file>Download</a> <a href=/slow-file>Slowly</a> <a href=/stuck-file>Stuck</a>",
}


class Handler(BaseHTTPRequestHandler):
    """One visit."""

    protocol_version = "HTTP/1.1"
    server: Hostile

    def do_GET(self) -> None:
        """Do to the visitor what the address says."""
        path = self.path.partition("?")[0]
        deeds.get(path, Handler.page)(self)

    def page(self) -> None:
        """A page of `PAGES`."""
        found = PAGES.get(self.path.partition("?")[0], "<h1>404</h1>")
        self._begin("text/html; charset=utf-8", length=len(found.encode()))
        self.wfile.write(found.encode())

    def redirect(self) -> None:
        """To where it just was, under another name."""
        self.send_response(302)
        self.send_header("Location", f"/redirects?{time.monotonic_ns()}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def nothing(self) -> None:
        """An answer, and no page in it."""
        self.send_response(204)
        self.end_headers()

    def silence(self) -> None:
        """No word, ever."""
        self.server.over.wait(LONGEST)

    def endless_page(self) -> None:
        """Ten gigabytes of HTML, as fast as they are taken."""
        self._begin("text/html; charset=utf-8")
        self._pour(10 * 2**30 // len(CHUNK))

    def endless_file(self) -> None:
        """Ten gigabytes of a certificate."""
        self._begin("application/x-pkcs12", 'attachment; filename="user.p12"')
        self._pour(10 * 2**30 // len(CHUNK))

    def endless_page_slowly(self) -> None:
        """A page of which a little more comes every now and then."""
        self._begin("text/html; charset=utf-8")
        self._drip()

    def page_in_two(self) -> None:
        """A page whose second half comes a moment after the first."""
        self._begin("text/html; charset=utf-8")
        self.wfile.write(b"<h1>start</h1>" + b" " * 4000)
        self.server.over.wait(TICK * 10)
        self.wfile.write(b"<p>end</p>")

    def slow_file(self) -> None:
        """A file of which a little more comes every now and then."""
        self._begin("application/x-pkcs12", 'attachment; filename="user.p12"')
        self._drip()

    def stuck_file(self) -> None:
        """A file that begins and then no more."""
        self._begin("application/x-pkcs12", 'attachment; filename="user.p12"', length=10**6)
        self.wfile.write(b"x" * 10_000)
        self.server.over.wait(LONGEST)

    def _begin(self, kind: str, disposition: str = "inline", length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Disposition", disposition)
        self.send_header(*(("Connection", "close") if length is None else ("Content-Length", str(length))))
        self.end_headers()

    def _pour(self, chunks: int) -> None:
        for _ in range(chunks):
            self.wfile.write(CHUNK)
            self.server.poured += len(CHUNK)

    def _drip(self) -> None:
        self.wfile.write(b"<h1>start</h1>" + b" " * 4000)
        while not self.server.over.wait(TICK):
            self.wfile.write(b"<p>more</p>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


deeds: dict[str, Callable[[Handler], None]] = {
    "/redirects": Handler.redirect,
    "/nothing": Handler.nothing,
    "/silence": Handler.silence,
    "/endless-page": Handler.endless_page,
    "/endless-file": Handler.endless_file,
    "/slow-page": Handler.endless_page_slowly,
    "/page-in-two": Handler.page_in_two,
    "/slow-file": Handler.slow_file,
    "/stuck-file": Handler.stuck_file,
}


class Hostile(ThreadingHTTPServer):
    """The portal; `poured` is how many bytes of the endless it got rid of."""

    daemon_threads: ClassVar[bool] = True  # type: ignore[misc]
    request_queue_size: ClassVar[int] = 128  # type: ignore[misc] # a flood of windows must not keep others out

    def __init__(self) -> None:
        """Listen on a free port and serve until `close`."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.over = threading.Event()
        self.poured = 0
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        """End it, and whoever it keeps waiting."""
        self.over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no news."""
