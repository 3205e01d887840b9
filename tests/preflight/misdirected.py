"""An HTTP/2 server for several names on one address that minds on which connection it is asked for which."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived


@contextmanager
def server(ca: trustme.CA, *names: str, again: bool) -> Iterator[int]:
    """Its port. A connection is for the name that came first; another gets 421, `again` also on one of its own."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.set_alpn_protocols(["h2"])
    ca.issue_cert(*names).configure_cert(tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refused = set(names[1:]) if again else set()
        threading.Thread(target=_accept, args=(listener, tls, refused), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, tls: ssl.SSLContext, refused: set[str]) -> None:
    with suppress(OSError):  # closed at the end
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=_serve, args=(plain, tls, refused), daemon=True).start()


def _serve(plain: socket.socket, tls: ssl.SSLContext, refused: set[str]) -> None:
    with suppress(OSError), tls.wrap_socket(plain, server_side=True) as wire:
        connection, mine = H2Connection(H2Configuration(client_side=False)), ""
        connection.initiate_connection()
        wire.sendall(connection.data_to_send())
        while data := wire.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived):
                    host = dict(event.headers)[b":authority"].decode().partition(":")[0]
                    mine = mine or host
                    fine = host == mine and host not in refused
                    connection.send_headers(event.stream_id, _answer(fine=fine))
                    connection.send_data(event.stream_id, b"<h1>here</h1>", end_stream=True)
            wire.sendall(connection.data_to_send())


def _answer(*, fine: bool) -> list[tuple[str, str]]:
    return [(":status", "200" if fine else "421"), ("content-type", "text/html")]
