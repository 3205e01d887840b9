"""Starting and stopping the whole mock inside a running event loop."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket
from ssl import SSLContext
from typing import Any

from aiohttp import web

from mock_ca import repository
from mock_ca.authority import Authority, KeyMaker
from mock_ca.authority.keys import source
from mock_ca.clock import Clock
from mock_ca.console import Console, Entry
from mock_ca.control import Control
from mock_ca.defects import Defects
from mock_ca.listeners import HOST, ServerCertificates, listen, listen_near, port_of, remember
from mock_ca.mock import Mock
from mock_ca.papers import Papers
from mock_ca.registry import Outbox, Registry
from mock_ca.sites import installed, with_families
from mock_ca.system import System

CONTROL_PORT, REPOSITORY_PORT = 18440, 18441


@dataclass(frozen=True)
class Options:
    """How to start: the state directory, whether on the fixed ports and with the console, and the PKCS#12 suite.

    `manuals` are folders of manuals of a family, whose portals are played too.
    """

    state: Path
    fixed_ports: bool = False
    console: bool = False
    suite: str = "aes256"
    manuals: tuple[Path, ...] = ()


@asynccontextmanager
async def serve(options: Options) -> AsyncIterator[dict[str, Any]]:
    """Run the mock; gives the addresses and the secrets. Raises PortTakenError, NoTableError."""
    systems = with_families(options.manuals)
    options.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = options.state / "registry.sqlite"
    make = source(fresh=not kept.exists())
    registry = Registry(kept)
    sockets: dict[str, socket] = {}
    runners: list[web.AppRunner] = []
    keys: KeyMaker | None = None
    try:
        _bind(systems, registry, sockets, fixed=options.fixed_ports)
        keys = KeyMaker(make)
        mock = _mock(options, systems, registry, sockets, keys)
        ready = await _start(options, installed(mock, systems), mock, sockets, runners)
        keys.fill()
        yield ready
    finally:
        for runner in runners:
            await runner.cleanup()
        for bound in sockets.values():
            bound.close()
        if keys:
            keys.close()
        registry.close()


def _bind(systems: Sequence[type[System]], registry: Registry, sockets: dict[str, socket], *, fixed: bool) -> None:
    """Take every port before anything is started, so that a taken one is the first thing said."""
    wanted = {"control": CONTROL_PORT, "repository": REPOSITORY_PORT}
    for system in systems:
        wanted |= {f"{system.name}.{site.key}": site.fixed_port for site in system.sites}
    for purpose, port in wanted.items():
        sockets[purpose] = listen(port, purpose) if fixed and port else listen_near(registry, purpose)
        remember(registry, purpose, sockets[purpose])


def catalogue(systems: Sequence[type[System]]) -> Defects:
    """Every way in which the systems can be made wrong, all off."""
    return Defects(defect for system in systems for defect in system.defects)


def _mock(
    options: Options,
    systems: Sequence[type[System]],
    registry: Registry,
    sockets: dict[str, socket],
    keys: KeyMaker,
) -> Mock:
    issuers = {name: title for system in systems for name, title in system.issuers.items()}
    return Mock(
        registry=registry,
        clock=Clock(registry),
        defects=catalogue(systems),
        authority=Authority(registry, issuers, _address(sockets["repository"], "http"), keys),
        keys=keys,
        outbox=Outbox(registry, options.state / "maildir"),
        papers=Papers(options.state / "letters"),
        suite=options.suite,
        addresses={name: _address(bound, "https") for name, bound in sockets.items()},
    )


async def _start(
    options: Options,
    systems: dict[str, System],
    mock: Mock,
    sockets: dict[str, socket],
    runners: list[web.AppRunner],
) -> dict[str, Any]:
    token = secrets.token_urlsafe(24)
    kinds = {system.server_root for system in systems.values()}
    servers = {kind: ServerCertificates(mock.registry, kind, options.state) for kind in kinds}
    roots = {name: servers[system.server_root].root for name, system in systems.items()}
    mock.server_roots.update(roots)
    control = Control(mock, systems, token)
    root_app, entry = control.app(), Entry()
    if options.console:
        root_app.add_subapp("/console", Console(mock, systems, control, entry, roots).app())
    await _listen(runners, root_app, sockets["control"])
    await _listen(runners, repository.Repository(mock).app(), sockets["repository"])
    for system in systems.values():
        for site in system.sites:
            takes_anybody = partial(system.takes_anybody, site.key)
            context = servers[system.server_root].context(site, mock.authority.bundle(), takes_anybody)
            await _listen(runners, system.app(site.key), sockets[f"{system.name}.{site.key}"], context)
        await system.resume()
    address = _address(sockets["control"], "http")
    return {
        "control": address,
        **({"console": f"{address}/console?ticket={entry.ticket}"} if options.console else {}),
        "token": token,
        "repository": mock.authority.repository,
        "maildir": str(options.state / "maildir"),
        "server_root": str(next(iter(roots.values()))),
        "server_roots": {name: str(root) for name, root in roots.items()},
        "systems": {
            name: {site.key: system.url(site.key) for site in system.sites} for name, system in systems.items()
        },
    }


async def _listen(
    runners: list[web.AppRunner], app: web.Application, bound: socket, context: SSLContext | None = None
) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    runners.append(runner)
    await runner.setup()
    await web.SockSite(runner, bound, ssl_context=context).start()


def _address(bound: socket, scheme: str) -> str:
    return f"{scheme}://{HOST}:{port_of(bound)}"
