"""A proxy that a PC's connections go through, and that lets through only who knows user name and password.

It asks for them as RFC 7617 (Basic) or as a Windows domain (NTLM over HTTP, MS-NTHT) does.

It passes TLS on as it is: what is said inside, and with which certificate, only the two ends see.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from typing import TYPE_CHECKING, Any, Literal

from sekisho.language import say
from sekisho.network.ntlm import ASKING, NtlmGuard
from sekisho.verdict import EnvironmentProblemError

if TYPE_CHECKING:
    from mitmproxy.http import HTTPFlow

Scheme = Literal["Basic", "NTLM"]

START_SECONDS = 60.0  # on a busy machine importing mitmproxy alone takes long


class PasswordProxy:
    """mitmproxy in a thread, on loopback. One at a time in a process, and not beside a Wire."""

    def __init__(self, scheme: Scheme = "Basic") -> None:
        """Think of a user; `start` listens."""
        self.scheme = scheme
        self.user, self.password = "user", f"proxy-{secrets.token_hex(6)}"
        self.passed: list[str] = []
        """The servers (host:port) that were connected to, in order."""
        self.refused = 0
        """How many connections were refused for want of the right user name and password."""
        self._ready = threading.Event()
        self._port, self._problem = 0, ""
        self._master: Any = None
        self._server: Any = None
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    @classmethod
    def start(cls, scheme: Scheme = "Basic") -> PasswordProxy:
        """Listen on a free port. Raises EnvironmentProblemError if mitmproxy does not start."""
        proxy = cls(scheme)
        proxy._thread.start()
        if not proxy._ready.wait(START_SECONDS) or proxy._problem:
            raise EnvironmentProblemError(
                say(
                    f"認証付きのプロキシを起動できません（{proxy._problem}）。",
                    f"The proxy with authentication cannot be started ({proxy._problem}).",
                )
            )
        return proxy

    @property
    def address(self) -> str:
        """What is put into a PC's settings."""
        return f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        """Close the port and every connection."""
        if self._thread.is_alive():
            self._master.shutdown()
            self._thread.join()

    def running(self) -> None:
        """The port is open."""
        self._port = self._server.listen_addrs()[0][1]
        self._ready.set()

    def http_connect(self, flow: HTTPFlow) -> None:
        """Note whether a connection was let through; the addon that decides comes before this one."""
        if flow.response is None:
            self.passed.append(f"{flow.request.host}:{flow.request.port}")
        elif not flow.response.headers["Proxy-Authenticate"].startswith(f"{ASKING} "):  # which goes on asking
            self.refused += "Proxy-Authorization" in flow.request.headers

    async def done(self) -> None:
        """Close the port: mitmproxy leaves it open after a shutdown."""
        await self._server.servers.update([])

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as problem:  # noqa: BLE001 - told to whoever waits in `start`
            self._problem = repr(problem)
            self._ready.set()

    async def _serve(self) -> None:
        # importing mitmproxy takes most of a second
        from mitmproxy.addons.core import Core  # noqa: PLC0415
        from mitmproxy.addons.next_layer import NextLayer  # noqa: PLC0415
        from mitmproxy.addons.proxyauth import ProxyAuth  # noqa: PLC0415
        from mitmproxy.addons.proxyserver import Proxyserver  # noqa: PLC0415
        from mitmproxy.master import Master  # noqa: PLC0415
        from mitmproxy.options import Options  # noqa: PLC0415

        logging.getLogger("mitmproxy").setLevel(logging.CRITICAL)
        self._master = Master(Options(listen_host="127.0.0.1", listen_port=0))
        self._server = Proxyserver()  # type: ignore[no-untyped-call]
        guard = NtlmGuard(self.user, self.password) if self.scheme == "NTLM" else ProxyAuth()
        self._master.addons.add(Core(), self._server, NextLayer(), guard, self)
        asking = {} if self.scheme == "NTLM" else {"proxyauth": f"{self.user}:{self.password}"}
        self._master.options.update(ignore_hosts=[".*"], **asking)
        await self._master.run()
