"""The portal's only program: it hands each request to the room whose name the address begins with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlsplit

from tests.manuals.portal.desk import Desk
from tests.manuals.portal.gate import Gate
from tests.manuals.portal.ledger import Ledger
from tests.manuals.portal.ownkey import OwnKey, OwnPem
from tests.manuals.portal.parcel import Authorities, Parcel
from tests.manuals.portal.post import Post
from tests.manuals.portal.premises import Answer, Asked, Premises, Room, page
from tests.manuals.portal.store import Store
from tests.manuals.portal.upload import Upload
from tests.manuals.portal.yard import Yard

ROOMS: Mapping[str, Callable[[Premises], Room]] = {
    "gate": Gate,
    "store": Store,
    "yard": Yard,
    "upload": Upload,
    "authorities": Authorities,
    "parcel": Parcel,
    "post": Post,
    "ownkey": OwnKey,
    "ownpem": OwnPem,
    "desk": Desk,
    "ledger": Ledger,
}


@contextmanager
def serve(premises: Premises) -> Iterator[str]:
    """The portal as long as this lasts, at the address given."""
    rooms = premises.rooms = {name: room(premises) for name, room in ROOMS.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(self._answer())

        def do_POST(self) -> None:
            self._say(self._answer())

        def _answer(self) -> Answer:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.path, self.headers.get("Content-Type") or "", body)
            room = rooms.get(urlsplit(self.path).path.strip("/").partition("/")[0])
            return (room.answer(asked) if room else None) or page("なし", "<p>ありません</p>", status=404)

        def _say(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.name:
                self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(answer.name)}")
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        premises.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield premises.address
        finally:
            server.shutdown()
