"""Start the portal: `python -m tests.second_portal FOLDER [SETUP]`. It runs until its input is closed.

SETUP is a file that `setup.py` writes: the portal's habits, its accounts, and what it gets wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import secrets
import ssl
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from tests.second_portal import counter, entry, exchange, pool, telephone
from tests.second_portal.authority import Authorities
from tests.second_portal.books import Clock
from tests.second_portal.desk import Desk
from tests.second_portal.door import HOST, Door
from tests.second_portal.faults import Faults
from tests.second_portal.office import Office
from tests.second_portal.post import Post
from tests.second_portal.records import Crl, Ocsp
from tests.second_portal.setup import MET, Setup
from tests.second_portal.web import Icon, Missing, Page, Sessions

NO_CHECK_TIME = 0x200000  # OpenSSL's X509_V_FLAG_NO_CHECK_TIME
DIALECT = Path(__file__).with_name("dialect.toml")
SITES = ("entry", "exchange", "counter")


class Portal:
    """All listeners of the portal, each on a free port of loopback."""

    def __init__(self, folder: Path, setup: Setup) -> None:
        """Take the ports, make the authorities and the accounts, and write everything into a folder."""
        self._folder, self._setup = folder, setup
        self._sockets = {name: bind_sockets(0, HOST) for name in (*SITES, "records")}
        self._ports = {name: sockets[0].getsockname()[1] for name, sockets in self._sockets.items()}
        self._at = {name: f"https://{HOST}:{self._ports[name]}" for name in SITES}
        self._records = f"http://{HOST}:{self._ports['records']}"
        self._telephone = f"/{secrets.token_hex(16)}"
        authorities = Authorities(self._records)
        post = Post(folder / "Maildir", f"{self._at['entry']}/entry/index.cgi", f"{self._at['exchange']}/koshin/")
        self.office = Office(Clock(), authorities, post, setup.habits, Faults(setup.for_anybody))

    def listen(self) -> None:
        """Begin to answer."""
        routes = {"entry": entry.routes(), "exchange": exchange.routes(), "counter": counter.routes()}
        served = {self._ports[name]: self._serve(name, routes[name], self._tls(asks=name != "entry")) for name in SITES}
        about: dict[str, Any] = {"office": self.office}
        desk = (self._telephone, Desk, about | {"door": Door(served)})
        records = Application([(r"/(\w+)\.crl", Crl, about), (r"/ocsp", Ocsp, about), desk])
        HTTPServer(records).add_sockets(self._sockets["records"])

    def _serve(self, name: str, routes: list[tuple[str, type[Page]]], tls: ssl.SSLContext) -> HTTPServer:
        about = {"office": self.office, "sessions": Sessions(self.office)}
        application = Application(
            [(path, handler, about) for path, handler in [*routes, (r"/favicon\.ico", Icon)]],
            default_handler_class=Missing,
            default_handler_args=about,
        )
        server = HTTPServer(application, ssl_options=tls)
        server.add_sockets(self._sockets[name])
        return server

    def _tls(self, *, asks: bool) -> ssl.SSLContext:
        authorities = self.office.authorities
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server = authorities.servers.server("localhost")
        chain = self._folder / "server.pem"
        chain.write_bytes(server.pem + authorities.servers.certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(chain)
        chain.unlink()
        if asks:
            known = [one.certificate for one in (authorities.root, *authorities.clients.values())]
            context.verify_mode = ssl.CERT_OPTIONAL
            context.load_verify_locations(cadata=b"".join(one.public_bytes(Encoding.PEM) for one in known).decode())
            if self._setup.has("expired-admitted"):
                context.verify_flags |= NO_CHECK_TIME
        return context

    def write(self) -> dict[str, str]:
        """Write the target file and what belongs to it; gives the secrets that it names."""
        root = self.office.authorities.root.certificate.public_bytes(Encoding.PEM)
        (self._folder / "root.pem").write_bytes(root)
        made = pool.fill(self.office, self._folder / "identities", self._setup.accounts)
        accounts, environment = pool.listed(made, self._folder)
        words = "" if self.office.habits.own_words else DIALECT.read_text(encoding="utf-8")
        parts = [self._head(), words, accounts, ""]
        (self._folder / "portal.toml").write_text("\n".join(parts), encoding="utf-8")
        return environment

    def _head(self) -> str:
        command = [sys.executable, str(Path(telephone.__file__).resolve()), f"{self._records}{self._telephone}"]
        sites = {
            "enrol": f"{self._at['entry']}/entry/index.cgi",
            "renew": f"{self._at['exchange']}/koshin/",
            "service": f"{self._at['counter']}/kyodo/",
            "nissay": f"{self._at['counter']}/nissay/",
            "web": f"{self._at['counter']}/web/",
        }
        lines = ['manual = "danshin"', 'name = "第二のポータル"', 'trust_root = "root.pem"', "", "[sites]"]
        lines += [f'{name} = "{address}"' for name, address in sites.items()]
        lines += [
            "",
            "[mail]",
            'maildir = "Maildir"',
            "seconds = 5",
            "lateness_seconds = 0",
            "",
            "[limits]",
            f"processing_seconds = {self._setup.patience}",
            "",
            "[operator]",
            f"command = {json.dumps(command)}",
        ]
        return "\n".join(lines)


async def serve(folder: Path, setup: Setup) -> None:
    """Start, say so on standard output with the secrets, wait until standard input ends; note who met which fault."""
    logging.getLogger("tornado").setLevel(logging.CRITICAL)  # refusals and broken-off connections are part of the tests
    portal = Portal(folder, setup)
    environment = portal.write()
    portal.listen()
    print(json.dumps({"target": str(folder / "portal.toml"), "environment": environment}), flush=True)  # noqa: T201
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: ended.set() if not os.read(0, 1024) else None)
    await ended.wait()
    met = {user_id: sorted(names) for user_id, names in portal.office.faults.met.items()}
    (folder / MET).write_text(json.dumps(met), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m tests.second_portal", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("setup", type=Path, nargs="?")
    asked = parser.parse_args()
    asyncio.run(serve(asked.folder.resolve(), Setup.read(asked.setup) if asked.setup else Setup()))
