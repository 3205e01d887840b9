"""Passes connections on between a TCP port of the loopback and a Unix socket, which crosses network namespaces.

`relay.py tcp PORT unix PATH` listens on the port (0: any, printed) and connects to the socket; `relay.py unix PATH tcp
PORT` the reverse.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader, StreamWriter
from contextlib import suppress


async def serve(listen: tuple[str, str], forward: tuple[str, str]) -> None:
    """Pass every connection on, until the process is ended."""

    async def handle(reader: StreamReader, writer: StreamWriter) -> None:
        far_reader, far_writer = await connect(*forward)
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))

    kind, place = listen
    server: asyncio.Server
    if kind == "unix":
        server = await asyncio.start_unix_server(handle, place)
    else:
        server = await asyncio.start_server(handle, "127.0.0.1", int(place))
    sys.stdout.write(f"Relaying from {server.sockets[0].getsockname()}\n")
    sys.stdout.flush()
    await server.serve_forever()


async def connect(kind: str, place: str) -> tuple[StreamReader, StreamWriter]:
    """The other side."""
    if kind == "unix":
        return await asyncio.open_unix_connection(place)
    return await asyncio.open_connection("127.0.0.1", int(place))


async def copy(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass bytes on until one side ends."""
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(serve((sys.argv[1], sys.argv[2]), (sys.argv[3], sys.argv[4])))
