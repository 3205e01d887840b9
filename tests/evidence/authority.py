"""A time stamping authority of OpenSSL's, at an address of this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509

SETTINGS = """
[ca]
basicConstraints = critical,CA:true
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[mails]
basicConstraints = critical,CA:false
extendedKeyUsage = critical,emailProtection
[tsa]
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
serial = serial
"""
NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Tsa:
    """Its root, its certificate, and what it answers; `answer` may be put in place of what OpenSSL answers."""

    def __init__(self, folder: Path, uses: str = "stamps", days: str = "30") -> None:
        """Make its keys in a folder of its own."""
        self.folder = folder
        self.answer: Callable[[bytes], bytes] = self.stamped
        self.kind, self.status = "application/timestamp-reply", 200
        folder.mkdir()
        (folder / "settings").write_text(SETTINGS)
        (folder / "serial").write_text("01")
        self.openssl("req", "-x509", *NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root of time",
                     "-addext", "basicConstraints=critical,CA:true")  # fmt: skip
        self.openssl("req", *NEW_KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Clock")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                     "-out", "tsa.pem", "-days", days, "-extfile", "settings", "-extensions", uses)  # fmt: skip

    @property
    def root(self) -> x509.Certificate:
        """What a verifier has to trust."""
        return x509.load_pem_x509_certificate((self.folder / "ca.pem").read_bytes())

    def stamped(self, query: bytes) -> bytes:
        """What OpenSSL answers."""
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key",
                     "-config", "settings", "-section", "tsa", "-out", "reply")  # fmt: skip
        return (self.folder / "reply").read_bytes()

    def openssl(self, *arguments: str) -> str:
        """Call it in the folder."""
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def served(tsa: Tsa) -> Iterator[str]:
    """The address of an authority while the block runs."""
    server = HTTPServer(("127.0.0.1", 0), _handler(tsa))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()


def _handler(tsa: Tsa) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = tsa.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(tsa.status)
            self.send_header("Content-Type", tsa.kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
