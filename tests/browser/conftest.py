"""A user's PC, a certificate authority and portals on loopback."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from playwright.sync_api import Playwright

from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.pki.pkcs12 import Identity

from .authority import PASSWORD, Signer, root
from .legacy import Legacy
from .servers import Server, naming, serve

# TLS 1.3: the refusal comes after the handshake, so a closed connection may overtake the alert that explains it.
REFUSALS = {"ERR_BAD_SSL_CLIENT_AUTH_CERT", "ERR_SOCKET_NOT_CONNECTED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED"}


@dataclass(frozen=True)
class World:
    """The portals' servers, and the two authorities: the one they accept and a foreign one."""

    server_ca: trustme.CA
    server_root: Path
    issuer: Signer
    foreign: Signer
    plain: Server
    optional: Server
    required: Server


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everything on the other side of the wire."""
    ca = trustme.CA()
    pem = tmp_path_factory.mktemp("world") / "root.pem"
    ca.cert_pem.write_to_path(str(pem))
    issuer = root("Test Root").issue("Test Issuing CA", ca=True)
    accepted: list[x509.Certificate] = [issuer.cert, *issuer.above]
    return World(
        server_ca=ca,
        server_root=pem,
        issuer=issuer,
        foreign=root("Foreign Root").issue("Foreign CA", ca=True),
        plain=serve(ca, ssl.CERT_NONE),
        optional=serve(ca, ssl.CERT_OPTIONAL, *accepted),
        required=serve(ca, ssl.CERT_REQUIRED, *accepted),
    )


@pytest.fixture(scope="session")
def native_pc(playwright: Playwright, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """A PC whose browser reads a real store; shared, because a browser takes a while to start."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path_factory.mktemp("home"), "native")
    pc.store.preinstall_root(world.server_root)
    yield pc
    pc.close()


@pytest.fixture(scope="session")
def context_pc(playwright: Playwright, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """A PC whose certificates Playwright presents."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path_factory.mktemp("home"), "context")
    pc.store.preinstall_root(world.server_root)
    yield pc
    pc.close()


@pytest.fixture(scope="session")
def shared_bare_pc(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """A browser for `bare_context_pc`."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path_factory.mktemp("home"), "context")
    yield pc
    pc.close()


@pytest.fixture
def pc(native_pc: Pc) -> Iterator[Pc]:
    """The native PC, as new."""
    yield native_pc
    native_pc.end_scenario()


@pytest.fixture
def cpc(context_pc: Pc) -> Iterator[Pc]:
    """The PC of context mode, as new."""
    yield context_pc
    context_pc.end_scenario()


@pytest.fixture
def bare_context_pc(shared_bare_pc: Pc) -> Iterator[Pc]:
    """A PC of context mode on which no root is preinstalled: whoever preinstalls one spoils it for all tests after."""
    yield shared_bare_pc
    shared_bare_pc.end_scenario()
    assert shared_bare_pc.store.trusted_roots() == []


Imports = Callable[[Pc, Signer], Identity]


@pytest.fixture
def import_into(tmp_path: Path) -> Imports:
    """Import a signer's certificate and key from a file, as after a download."""

    def do(pc: Pc, who: Signer) -> Identity:
        file = tmp_path / "user.p12"
        file.write_bytes(who.p12())
        return pc.store.import_pkcs12(file, PASSWORD)

    return do


@pytest.fixture
def naming_server(world: World, tmp_path: Path) -> Iterator[str]:
    """A server that tells the browser which issuers it accepts: its address."""
    with naming(world.server_ca, tmp_path, world.issuer.cert, *world.issuer.above) as url:
        yield url


@pytest.fixture
def legacy(pc: Pc, world: World) -> Legacy:
    """A PC whose browser reads a real store."""
    return Legacy(pc, world.plain.url)


@pytest.fixture
def quick(cpc: Pc, world: World) -> Legacy:
    """A PC whose store is in memory."""
    return Legacy(cpc, world.plain.url)
