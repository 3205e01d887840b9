"""The part of the wire that mitmproxy calls: notes exchanges, makes a fault happen, passes certificates on."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from cryptography.x509 import load_pem_x509_certificate
from mitmproxy.addons.core import Core
from mitmproxy.addons.next_layer import NextLayer
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.addons.tlsconfig import TlsConfig
from mitmproxy.certs import CertStoreEntry
from mitmproxy.http import HTTPFlow, Response
from mitmproxy.master import Master
from mitmproxy.options import Options
from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.tls import TlsData
from OpenSSL import SSL, crypto

from sekisho.network.faults.fault import UNSEEN, Exchange, Fault, flaw, told, without_query
from sekisho.pki.pkcs12 import Identity

EXCHANGE = "sekisho_exchange"
Meant = Callable[[Exchange], bool]
# How a PKCS#12 file begins (RFC 7292): a sequence, and in it the version 3.
PKCS12 = re.compile(rb"\x30(?:[\x00-\x7f]|\x80|\x81.|\x82..|\x83...|\x84....)\x02\x01\x03", re.DOTALL)
# Where it got no answer a browser asks again by itself, sooner or later: that meets the same fault.
BY_ITSELF = frozenset({"refuse", "lose-reply", "reset"})
NEVER = 2**63
# Of so many bytes, how many pass.
PASSING: dict[str, Callable[[int], int]] = {
    "cut-first": lambda size: min(1, size),
    "cut-middle": lambda size: size // 2,
    "cut-last": lambda size: max(size - 1, 0),
}
PAGES = {"document", "frame", "iframe"}  # values of Sec-Fetch-Dest (W3C Fetch Metadata)
SCRIPTS = {"empty"}
# Close with a reset instead of an orderly end: linger on, for no time.
RESET = struct.pack("ii", 1, 0)


async def serve(tap: Tap, folder: Path) -> None:
    """Run a proxy with this tap until `tap.shutdown`; its authority lies in `folder`."""
    logging.getLogger("mitmproxy").setLevel(logging.CRITICAL)  # handshakes that fail are what scenarios are about
    hooks = logging.getLogger("mitmproxy.addonmanager")  # which catches what a hook raises, logs it and goes on
    hooks.setLevel(logging.ERROR)
    hooks.propagate = False
    hooks.addHandler(tap.told)
    master: Any = Master(Options(listen_host="127.0.0.1", listen_port=0))
    tap.tls = TlsConfig()
    tap.server = Proxyserver()  # type: ignore[no-untyped-call]
    master.addons.add(Core(), tap, tap.server, NextLayer(), tap.tls)
    # The authority is made when its folder is set. The connection to the portal waits for the browser's certificate.
    # HTTP/1.1, so that a connection can be cut.
    master.options.update(confdir=str(folder), connection_strategy="lazy", http2=False, ssl_insecure=True)
    tap.master = master
    try:
        await master.run()
    finally:
        hooks.removeHandler(tap.told)


class _Told(logging.Handler):
    """Keeps the first thing that went wrong in a hook: without it a broken hook would be a fault of its own."""

    def __init__(self, happened: threading.Event) -> None:
        """Nothing went wrong so far; `happened` is set as soon as something has."""
        super().__init__()
        self.problem: BaseException | None = None
        self._happened = happened

    def emit(self, record: logging.LogRecord) -> None:
        """Hear of one."""
        error = record.exc_info[1] if record.exc_info else None
        self.problem = self.problem or error or RuntimeError(record.getMessage())
        self._happened.set()


class Tap:
    """An addon of mitmproxy; its hooks run in the proxy's own thread."""

    tls: TlsConfig
    server: Proxyserver
    master: Any
    """The running mitmproxy, whose methods have no types."""

    def __init__(self) -> None:
        """Nothing armed, nothing presented."""
        self.ready = threading.Event()
        self.happened = threading.Event()
        """A fault has happened, or a hook has failed."""
        self.told = _Told(self.happened)
        self.port = 0
        self.exchanges: list[Exchange] = []
        self.press = 0
        """How often the person has pressed something so far."""
        self.strangers: re.Pattern[bytes] | None = None
        """Finds what no answer may have: somebody else's."""
        self.unreached: dict[str, str] = {}
        """Why the portal was not reached, by host:port."""
        self._armed: Fault | None = None
        self._meant: Meant | None = None
        self._struck: Callable[[], None] = _nothing
        self._held: asyncio.Event | None = None
        self._lasting: Fault | None = None
        self._identities: dict[str, dict[str, Identity]] = {}

    def arm(self, fault: Fault, meant: Meant | None = None, struck: Callable[[], None] | None = None) -> None:
        """Let a fault happen in the exchange that it names, of those that begin from now on.

        `meant` says of an exchange whether it is the one; `struck` is called in the proxy's thread when it happens.
        """
        self._meant, self._struck = meant, struck or _nothing
        self._armed = fault

    def begin(self) -> None:
        """Forget everything that was noted and arranged: another scenario begins."""
        self.release()
        self.happened.clear()
        self.exchanges, self.press, self._armed, self._identities = [], 0, None, {}
        self._meant = self._lasting = None
        self.unreached = {}

    def release(self) -> None:
        """Let the answer pass that is held, if there is one; from any thread."""
        if self._held:
            self.master.event_loop.call_soon_threadsafe(self._held.set)

    def present(self, host_port: str, identity: Identity) -> None:
        """Ask the browser for a certificate there, and present this one upstream if the browser does."""
        known = self._identities.get(host_port, {})
        self._identities = {**self._identities, host_port: {**known, identity.sha256: identity}}

    def shutdown(self) -> None:
        """End the proxy, from any thread."""
        self.master.shutdown()

    # Hooks of mitmproxy

    def running(self) -> None:
        """The port is open."""
        self.port = self.server.listen_addrs()[0][1]
        self.ready.set()

    async def done(self) -> None:
        """Close the port: mitmproxy leaves it open after a shutdown."""
        await self.server.servers.update([])

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        """Note that nobody was there: the page that the browser gets then is none of the portal's."""
        self.unreached[_host_port(data.server.address)] = data.server.error or ""

    def tls_start_client(self, data: TlsData) -> None:
        """Ask the browser for a certificate of the right issuers, where one is to be presented."""
        identities = self._identities.get(_host_port(data.context.server.address), {})
        if identities:
            data.ssl_conn = _asking(self.tls.get_cert(data.context), identities.values())

    def tls_start_server(self, data: TlsData) -> None:
        """Present to the portal what the browser presented to us."""
        self.tls.tls_start_server(data)
        shown = data.context.client.certificate_list
        if shown and data.ssl_conn:
            known = self._identities.get(_host_port(data.context.server.address), {})
            identity = known.get(shown[0].fingerprint().hex())
            if identity:
                data.ssl_conn.set_context(_context(identity))

    def request(self, flow: HTTPFlow) -> None:
        """Note it, and end here what the portal is not to see."""
        exchange = Exchange(
            flow.request.method,
            without_query(flow.request.url),
            press=self.press,
            part=_of_browser(flow) and not _causes(flow),
            program=not _of_browser(flow),
        )
        if self._lasting and self._meant and self._meant(exchange):
            exchange.fault = self._lasting
            flow.metadata[EXCHANGE] = exchange, None
            self.exchanges.append(exchange)
            flow.kill()  # type: ignore[no-untyped-call]
            return
        fault = self._armed if self._armed and self._is_meant(flow, exchange) else None
        flow.metadata[EXCHANGE] = exchange, fault
        self.exchanges.append(exchange)
        if fault and fault.aim == "answer":
            self._armed = None
        elif fault:
            flow.request.headers["Accept-Encoding"] = "identity"  # a file is told by its first bytes
        if fault and fault.kind == "status":
            self._answer(flow, int(fault.number))
        elif fault and fault.kind == "refuse":
            self._cut(flow)

    def responseheaders(self, flow: HTTPFlow) -> None:
        """Arrange for what is due while the body passes."""
        exchange, fault = flow.metadata[EXCHANGE]
        assert flow.response
        exchange.status = flow.response.status_code
        exchange.answered = fault is None or fault.kind not in UNSEEN
        exchange.sets_cookie = "Set-Cookie" in flow.response.headers
        flow.response.headers["Connection"] = "close"
        if fault and fault.kind == "cut-body":
            flow.response.stream = self._cutter(flow, fault)
        elif fault and fault.kind in PASSING:
            flow.response.stream = self._part_cutter(flow, fault)

    async def response(self, flow: HTTPFlow) -> None:
        """Make happen what is due once the portal has answered."""
        exchange, fault = flow.metadata[EXCHANGE]
        body = (flow.response.raw_content if flow.response else None) or b""
        if body:  # what was streamed is gone
            exchange.size, exchange.digest = len(body), hashlib.sha256(body).hexdigest()
        if flow.response and not fault:
            kind = flow.response.headers.get("Content-Type", "")
            whole = flow.response.content or b""
            exchange.flaw = flaw(flow.response.status_code, kind, whole)
            stranger = self.strangers.search(whole) if self.strangers else None
            exchange.strange = told(stranger[0]) if stranger else ""
        if fault and fault.aim == "file" and fault.kind != "cut-body" and not self._takes(flow):
            return
        if fault and fault.kind == "lose-reply":
            exchange.status = None
            self._cut(flow)
        elif fault and fault.kind == "reset":
            exchange.status = None
            self._reset(flow)
            self._cut(flow)
        elif fault and fault.kind == "hold":
            self._held = asyncio.Event()
            self._note(exchange, fault)
            await self._held.wait()
        elif fault and fault.kind == "delay":
            self._note(exchange, fault)
            await asyncio.sleep(fault.number)

    def _takes(self, flow: HTTPFlow) -> bool:
        """Whether the fault that is armed for a file happens to this answer: it then happens to no other."""
        content = flow.response.raw_content if flow.response else None
        if self._armed is None or not PKCS12.match(content or b""):
            return False
        self._armed = None
        return True

    def _is_meant(self, flow: HTTPFlow, exchange: Exchange) -> bool:
        return self._meant(exchange) if self._meant else caused(flow, self.exchanges)

    def _note(self, exchange: Exchange, fault: Fault) -> None:
        exchange.fault = fault
        if self._meant and fault.kind in BY_ITSELF:
            self._lasting = fault
        self.happened.set()
        self._struck()

    def _answer(self, flow: HTTPFlow, status: int) -> None:
        exchange, fault = flow.metadata[EXCHANGE]
        page = f"<!doctype html><title>{status}</title><h1>{status}</h1>"
        flow.response = Response.make(status, page, {"Content-Type": "text/html", "Connection": "close"})
        exchange.status = status
        self._note(exchange, fault)

    def _cut(self, flow: HTTPFlow) -> None:
        """Close the browser's connection before it got anything."""
        flow.kill()  # type: ignore[no-untyped-call]
        self._note(*flow.metadata[EXCHANGE])

    def _cutter(self, flow: HTTPFlow, fault: Fault) -> Callable[[bytes], bytes]:
        """Lets so many bytes pass and then resets the connection; a body that is not longer stays whole.

        Where the fault is for a file, a body that does not begin like one passes.
        """
        exchange, after = flow.metadata[EXCHANGE][0], int(fault.number)
        passed = 0

        def pass_on(data: bytes) -> bytes:
            nonlocal passed, after
            if fault.aim == "file" and not passed and data:
                if self._armed is not fault or not PKCS12.match(data):
                    after = NEVER
                else:
                    self._armed = None
            room, passed = max(after - passed, 0), passed + len(data)
            if room < len(data) and not exchange.fault:
                self._note(exchange, fault)
                # once mitmproxy has written what this returns
                self.master.event_loop.call_soon(self._reset, flow)
            return data[:room]

        return pass_on

    def _part_cutter(self, flow: HTTPFlow, fault: Fault) -> Callable[[bytes], bytes]:
        """Lets a part of the body pass, which is known once all of it has come, and then resets the connection."""
        exchange, kept = flow.metadata[EXCHANGE][0], bytearray()

        def pass_on(data: bytes) -> bytes:
            kept.extend(data)
            if data or exchange.fault:
                return b""
            exchange.size = len(kept)
            self._note(exchange, fault)
            self.master.event_loop.call_soon(self._reset, flow)
            return bytes(kept[: PASSING[fault.kind](len(kept))])

        return pass_on

    def _reset(self, flow: HTTPFlow) -> None:
        """Reset the browser's connection: a browser takes an orderly end for the end of the file."""
        handler = self.server.connections.get(flow.client_conn.id)
        writer: Any = handler.transports[flow.client_conn].writer if handler else None
        if writer:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()


def caused(flow: HTTPFlow, earlier: Sequence[Exchange]) -> bool:
    """Whether a press may have caused an exchange: it brings a page, or a script asks for it for the first time.

    Pictures and the like come along with pages, and scripts ask the same again and again without anybody's doing.
    """
    if _brings_a_page(flow):
        return True
    asked = flow.request.method, without_query(flow.request.url)
    return _causes(flow) and asked not in {(one.method, one.url) for one in earlier}


def _of_browser(flow: HTTPFlow) -> bool:
    """Whether a browser sends it: all of them call themselves so, and programs of the PC do not."""
    return str(flow.request.headers.get("User-Agent", "")).startswith("Mozilla/")


def _causes(flow: HTTPFlow) -> bool:
    """Whether an exchange brings a page, or is one that a script asks for."""
    return _brings_a_page(flow) or flow.request.headers.get("Sec-Fetch-Dest", "") in SCRIPTS


def _brings_a_page(flow: HTTPFlow) -> bool:
    brings = flow.request.headers.get("Sec-Fetch-Dest", "")
    return brings in PAGES or (not brings and "text/html" in flow.request.headers.get("Accept", ""))


def _nothing() -> None:
    """What is called where nobody wants to be told."""


def _host_port(address: Any) -> str:  # noqa: ANN401 - mitmproxy's address
    return f"{address[0]}:{address[1]}" if address else ""


def _asking(own: CertStoreEntry, identities: Iterable[Identity]) -> SSL.Connection:
    """Our end of a browser's TLS connection, which asks for a certificate of these identities' issuers.

    All is set before the connection is made: OpenSSL copies it then, and newer versions of pyOpenSSL refuse it later.
    Nothing can be resumed, for a resumed session would bring no certificate along.
    """
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_options(SSL.OP_NO_TICKET)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_verify(SSL.VERIFY_PEER, lambda *_: True)  # the portal judges what is shown
    issuers = {issuer: None for one in identities for issuer in one.chain}
    context.set_client_ca_list([crypto.X509.from_cryptography(issuer).get_subject() for issuer in issuers])
    context.use_certificate(load_pem_x509_certificate(own.cert.to_pem()))
    context.use_privatekey(own.privatekey)
    connection = SSL.Connection(context)
    connection.set_accept_state()
    return connection


def _context(identity: Identity) -> SSL.Context:
    """A TLS client with this certificate, its key and its chain, from memory."""
    context = SSL.Context(SSL.TLS_METHOD)
    context.use_certificate(identity.certificate)
    context.use_privatekey(identity.key)
    for issuer in identity.chain:
        context.add_extra_chain_cert(issuer)
    return context
