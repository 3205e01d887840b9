"""The wire: mitmproxy in a thread of this process, between the browser and the portal."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.network.faults.fault import Exchange, Fault, strangers
from sekisho.network.hosts import MAKERS
from sekisho.pki.pkcs12 import Identity
from sekisho.verdict import BrokenError, EnvironmentProblemError

if TYPE_CHECKING:
    from sekisho.network.faults.tap import Tap

START_SECONDS = 60.0  # on a busy machine importing mitmproxy alone takes long
FAULT_SECONDS = 15.0
CONNECT_SECONDS = 5.0


class Wire:
    """A proxy on loopback that passes everything on, until a fault is armed. One at a time in a process.

    It ends TLS, because a fault is for one exchange: a window that uses it must trust `ca_pem`, and the
    portal's own server certificate is not judged through it. HTTP/1.1 only, one exchange for each connection, so that
    a browser does not by itself repeat a request whose connection died.
    """

    def __init__(self, tap: Tap, folder: Path) -> None:
        """Hold what `start` makes."""
        self._tap = tap
        self._folder = folder
        self._problem: BaseException | None = None
        self._fault: Fault | None = None
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    @classmethod
    def start(cls) -> Wire:
        """Listen on a free port; raises BrokenError if mitmproxy does not start."""
        from sekisho.network.faults.tap import Tap  # noqa: PLC0415 - importing mitmproxy takes most of a second

        wire = cls(Tap(), _folder())
        wire._thread.start()
        if not wire._tap.ready.wait(START_SECONDS) or wire._problem:
            raise BrokenError(
                say(
                    f"回線の障害を起こすプロキシを起動できません（{wire._problem!r}）。",
                    f"The proxy that causes faults on the line cannot be started ({wire._problem!r}).",
                )
            )
        return wire

    @property
    def proxy_url(self) -> str:
        """Address of the proxy."""
        return f"http://127.0.0.1:{self._tap.port}"

    @property
    def proxy(self) -> Any:  # noqa: ANN401 - Playwright's ProxySettings
        """The option `proxy` of a window; loopback too goes through it, which no browser does by itself.

        What the browser asks of its maker does not: it asks no proxy, so that it finds nobody (`launch.QUIET`).
        """
        return {"server": self.proxy_url, "bypass": ",".join(["<-loopback>", *(f".{host}" for host in MAKERS)])}

    @property
    def ca_pem(self) -> Path:
        """The root certificate that a browser behind this wire must trust."""
        return self._folder / "mitmproxy-ca-cert.pem"

    def arm(
        self,
        fault: Fault,
        meant: Callable[[Exchange], bool] | None = None,
        struck: Callable[[], None] | None = None,
    ) -> None:
        """Let a fault happen in what comes next: to be called at the moment of the press that it is about.

        `meant` says of an exchange that begins whether it is the one (default: the first that a press may have caused).
        `struck` is called, in the proxy's thread, when the fault happens.
        """
        self._fault = fault
        self._tap.arm(fault, meant, struck)

    def begin(self) -> None:
        """Be a whole wire again, on which nothing has passed, that presents no certificate."""
        self._check()
        self._fault = None
        self._tap.begin()

    def look_for(self, marks: Iterable[str]) -> None:
        """Note from now on of each answer whether it has somebody else's name, number or address in it."""
        self._tap.strangers = strangers(marks)

    def pressed(self) -> None:
        """The person presses something: what begins from now on comes of it."""
        self._tap.press += 1

    @property
    def presses(self) -> int:
        """How often the person has pressed something since `begin`."""
        return self._tap.press

    def release(self) -> None:
        """Let the answer pass that a fault `hold` keeps back; it does nothing where there is none."""
        self._tap.release()

    @property
    def happened(self) -> bool:
        """Whether the fault has happened."""
        return self._tap.happened.is_set()

    def present(self, host_port: str, identity: Identity) -> None:
        """Ask the browser for a certificate for this host:port, and show the portal the one it presents.

        The proxy can do so only for identities it was given; a browser that presents another one, or none, shows the
        portal none.
        """
        self._tap.present(host_port, identity)

    @property
    def exchanges(self) -> list[Exchange]:
        """Everything that passed so far, in order; raises EnvironmentProblemError if the proxy itself went wrong."""
        self._check()
        return list(self._tap.exchanges)

    @property
    def unreached(self) -> dict[str, str]:
        """The servers (host:port) that could not be connected to since `begin`, each with the reason."""
        return dict(self._tap.unreached)

    @property
    def alive(self) -> bool:
        """Whether the proxy still takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self._tap.port), CONNECT_SECONDS).close()
        except OSError:
            return False
        return self._thread.is_alive()

    def wait_for_fault(self, seconds: float = FAULT_SECONDS) -> Exchange:
        """The exchange in which the fault happened, once it has; raises EnvironmentProblemError if it has not."""
        happened = self._tap.happened.wait(seconds)
        self._check()
        if not happened:
            passed = say("、", ", ").join(str(exchange) for exchange in self.exchanges) or say("なし", "none")
            raise EnvironmentProblemError(
                say(
                    f"障害「{self._fault}」が {seconds:g} 秒のうちに起きませんでした。通信: {passed}",
                    f'The fault "{self._fault}" did not happen within {seconds:g} s. Exchanges: {passed}',
                )
            )
        return next(exchange for exchange in self.exchanges if exchange.fault)

    def stop(self) -> None:
        """Close the port and every connection; a second call does nothing."""
        if self._thread.is_alive():
            self._tap.shutdown()
            self._thread.join()

    def _check(self) -> None:
        problem = self._tap.told.problem
        if problem:
            raise EnvironmentProblemError(
                say(
                    f"回線の障害を起こすプロキシの中で問題が起きました（{problem!r}）。",
                    f"Something went wrong in the proxy that causes faults on the line ({problem!r}).",
                )
            ) from (problem)

    def _run(self) -> None:
        from sekisho.network.faults.tap import serve  # noqa: PLC0415 - as in `start`

        try:
            asyncio.run(serve(self._tap, self._folder))
        except BaseException as problem:  # noqa: BLE001 - told to whoever waits in `start`
            self._problem = problem
            self._tap.ready.set()


@cache
def _folder() -> Path:
    """Where this process's wires keep their authority: one root to trust, however many wires come and go."""
    return tempfolders.make("wire")
