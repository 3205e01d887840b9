"""Whether the portal's sites can be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

HOST = "127.0.0.1"


class Door:
    """The sites' listeners, each on a port of its own, which it keeps."""

    def __init__(self, servers: Mapping[int, HTTPServer]) -> None:
        """Take those that listen, by their ports."""
        self._servers = servers
        self._closing: list[asyncio.Future[None]] = []

    def shut(self) -> None:
        """Take no connection any more, and end those that there are."""
        for server in self._servers.values():
            server.stop()
        self._closing = [asyncio.ensure_future(one.close_all_connections()) for one in self._servers.values()]

    def open(self) -> None:
        """Be there again, at the same addresses."""
        for port, server in self._servers.items():
            server.add_sockets(bind_sockets(port, HOST))
