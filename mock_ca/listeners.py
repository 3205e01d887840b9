"""Sockets on 127.0.0.1: plain HTTP, and TLS with trustme's server certificates in three kinds."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import trustme

from mock_ca.credulity import Credulity
from mock_ca.registry import Registry
from mock_ca.system import Asks, ServerRoot, Site

HOST = "127.0.0.1"
# X509_V_FLAG_NO_CHECK_TIME: an expired certificate reaches the portal, which answers with its own page.
NO_CHECK_TIME = 0x200000
VERIFY = {Asks.NOTHING: ssl.CERT_NONE, Asks.OPTIONAL: ssl.CERT_OPTIONAL, Asks.REQUIRED: ssl.CERT_REQUIRED}


class PortTakenError(OSError):
    """A port that must be had is in use; the text names it."""


def listen(port: int, purpose: str) -> socket.socket:
    """A listening socket on exactly this port; 0 takes any free one. Raises PortTakenError."""
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        raise PortTakenError(f"port {port} on {HOST}, needed for {purpose}, is in use ({error.strerror})") from error


def listen_near(registry: Registry, purpose: str) -> socket.socket:
    """A socket on the port that this purpose had before, if it is free, so that addresses survive a restart."""
    try:
        found = listen(int(registry.setting(f"port_{purpose}", "0")), purpose)
    except PortTakenError:
        found = listen(0, purpose)
    remember(registry, purpose, found)
    return found


def remember(registry: Registry, purpose: str, bound: socket.socket) -> None:
    """Note which port a purpose has."""
    with registry.transaction():
        registry.set_setting(f"port_{purpose}", str(port_of(bound)))


def port_of(bound: socket.socket) -> int:
    """The port of a listening socket."""
    return int(bound.getsockname()[1])


class ServerCertificates:
    """One authority for the servers' own certificates; its root is written for browsers to trust."""

    def __init__(self, registry: Registry, wanted: ServerRoot, folder: Path) -> None:
        """Take up the root that the registry keeps, or make one."""
        setting = wanted.name.replace("-", "_")
        stored = registry.setting(setting, ""), registry.setting(f"{setting}_key", "")
        if all(stored):
            ca = trustme.CA.from_pem(stored[0].encode(), stored[1].encode())
        else:
            ca = trustme.CA(organization_name="sekisho mock CA", organization_unit_name=wanted.unit)
            with registry.transaction():
                registry.set_setting(setting, ca.cert_pem.bytes().decode())
                registry.set_setting(f"{setting}_key", ca.private_key_pem.bytes().decode())
        self.root = folder / f"{wanted.name}.pem"
        ca.cert_pem.write_to_path(self.root)
        self._certificate = ca.issue_cert(HOST, "localhost")

    def context(self, site: Site, client_authorities: str, takes_anybody: Callable[[], bool]) -> ssl.SSLContext:
        """The TLS settings of one listener. `takes_anybody` is asked about certificates of unknown authorities."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._certificate.configure_cert(context)
        if site.ciphers:
            context.set_ciphers(site.ciphers)
        if site.asks is not Asks.NOTHING:
            context.load_verify_locations(cadata=client_authorities)
            context.verify_mode = VERIFY[site.asks]
            context.verify_flags |= ssl.VerifyFlags(NO_CHECK_TIME)
            Credulity(context, client_authorities, takes_anybody)
        return context
