"""`python -m mock_ca --state DIR`: run the mock until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import sqlite3
import sys
import threading
from pathlib import Path

from mock_ca.authority import SUITES
from mock_ca.family.table import NoTableError
from mock_ca.listeners import PortTakenError
from mock_ca.server import Options, catalogue, serve
from mock_ca.sites import with_families

CANNOT_START = 3


def main(arguments: list[str] | None = None) -> int:
    """Run; 0 when stopped, 3 when it cannot start (a port is taken, a folder cannot be used)."""
    given = _parser().parse_args(arguments)
    try:
        if given.list_defects:
            sys.stdout.write(json.dumps(catalogue(with_families(given.manual)).listed()))
            return 0
        return _serve(given)
    except NoTableError as error:
        sys.stderr.write(f"mock_ca: {error}\n")
        return CANNOT_START


def _serve(given: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    options = Options(
        given.state,
        fixed_ports=given.fixed_ports,
        console=given.console,
        suite=given.pkcs12,
        manuals=tuple(given.manual),
    )
    try:
        asyncio.run(_run(options, until_stdin_closes=given.until_stdin_closes))
    except PortTakenError as error:
        sys.stderr.write(f"mock_ca: {error}; end what uses it\n")
        return CANNOT_START
    except (sqlite3.DatabaseError, OSError) as error:
        sys.stderr.write(f"mock_ca: the state directory {given.state} cannot be used: {error}\n")
        return CANNOT_START
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mock_ca", description="A mock certification authority on 127.0.0.1"
    )
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--state", type=Path, metavar="DIR", help="where everything is kept")
    task.add_argument("--list-defects", action="store_true", help="print the catalogue of defects as JSON and end")
    parser.add_argument(
        "--manual",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="a manual's folder with a [family]: its portal is played too, on free ports (may be repeated)",
    )
    parser.add_argument("--fixed-ports", action="store_true", help="the same ports every time")
    parser.add_argument("--console", action="store_true", help="pages for exploring by hand, on the control port")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the process that started it")
    parser.add_argument("--pkcs12", choices=sorted(SUITES), default="aes256", help="encryption of PKCS#12 files")
    return parser


async def _run(options: Options, *, until_stdin_closes: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    async with serve(options) as ready:
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        if until_stdin_closes:
            threading.Thread(target=_await_end, args=(loop, stop), daemon=True).start()
        await stop.wait()


def _await_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Wait until the other end of standard input is gone."""
    sys.stdin.buffer.read()
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    sys.exit(main())
