"""TLS servers on loopback, one for each way of asking for a client certificate, and one that never answers."""

from __future__ import annotations

import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization

DOWNLOAD = b"0123456789" * 10_000
SOME = 65536  # bytes at a time
KEY = bytes.fromhex("308201f4020103") + DOWNLOAD  # begins as every PKCS#12 file does


class Handler(BaseHTTPRequestHandler):
    """Says which certificate it saw, serves a download, and counts what it was asked."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """The only page, or the download."""
        self._count()
        if self.path.startswith("/download"):
            self._answer(DOWNLOAD, "application/x-pkcs12", 'attachment; filename="user.p12"')
        elif self.path.startswith("/key"):
            self._answer(KEY, "text/html", 'attachment; filename="key.p12"')
        else:
            form = '<form method=post action="/submit"><button>Submit</button></form><a href="/download">Download</a>'
            self._answer(f"<!doctype html><title>t</title><h1>cn={self._subject()}</h1>{form}".encode())

    def do_POST(self) -> None:
        """Accept what is submitted."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._count()
        self._answer(b"<!doctype html><h1>accepted</h1>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def _count(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")

    def _subject(self) -> str:
        peer: dict[str, Any] = self.connection.getpeercert() or {}
        return next((part[0][1] for part in peer.get("subject", ()) if part[0][0] == "commonName"), "none")

    def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8", disposition: str = "inline") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Disposition", disposition)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """HTTPS on a free port; the handshake is made in the connection's own thread, so that one may hang."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext) -> None:
        """Listen and serve until `shutdown`."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls = tls
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        """Address of the only page."""
        return f"https://127.0.0.1:{self.server_address[1]}/"

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        """Shake hands, then serve."""
        try:
            request.settimeout(20)
            request = self.tls.wrap_socket(request, server_side=True)
        except OSError:
            request.close()
            return
        super().process_request_thread(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        """A browser that goes away is no news."""


def _pem(certificates: Iterable[x509.Certificate]) -> bytes:
    return b"".join(cert.public_bytes(serialization.Encoding.PEM) for cert in certificates)


def serve(ca: trustme.CA, mode: ssl.VerifyMode, *accepted: x509.Certificate) -> Server:
    """A server that asks for client certificates of the accepted issuers in this mode."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(tls)
    tls.verify_mode = mode
    if accepted:
        tls.load_verify_locations(cadata=_pem(accepted).decode())
    return Server(tls)


def silent() -> socket.socket:
    """A port that accepts connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.listen(16)
    return listener


class Front(socketserver.ThreadingTCPServer):
    """Leads whoever speaks to a server that knows one connection at a time; one that stays silent keeps nobody out."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        """Stand before a port of loopback."""
        self.behind = port
        super().__init__(("127.0.0.1", 0), Through)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Through(socketserver.BaseRequestHandler):
    """One connection, byte by byte."""

    server: Front

    def handle(self) -> None:
        """Hand on what comes from either side until one of them ends."""
        with suppress(OSError):
            first = self.request.recv(SOME)
            if not first:
                return
            with socket.create_connection(("127.0.0.1", self.server.behind)) as behind:
                behind.sendall(first)
                threading.Thread(target=_hand_on, args=(self.request, behind), daemon=True).start()
                _hand_on(behind, self.request)


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(SOME):
            target.sendall(some)
    with suppress(OSError):  # also where it broke off
        target.shutdown(socket.SHUT_WR)


@contextmanager
def naming(ca: trustme.CA, folder: Path, *accepted: x509.Certificate) -> Iterator[str]:
    """OpenSSL's own test server, which names the accepted issuers in its request (Python's ssl cannot); its address."""
    (folder / "accepted.pem").write_bytes(_pem(accepted))
    ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    options = ["-accept", "127.0.0.1:0", "-cert", "server.pem", "-CAfile", "accepted.pem", "-verify", "5", "-www"]
    with (
        subprocess.Popen(
            ["openssl", "s_server", *options], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as running,
        ExitStack() as ending,  # also where a test fails: by itself the server never ends
    ):
        ending.callback(running.kill)
        assert running.stdout
        port = next(line.rsplit(":", 1)[1].strip() for line in running.stdout if line.startswith("ACCEPT"))
        front = ending.enter_context(Front(int(port)))
        ending.callback(front.shutdown)
        yield f"https://127.0.0.1:{front.server_address[1]}/"
