"""Who goes through a proxy, asked as a Windows domain asks: NTLM, which authenticates a connection in two exchanges."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

from sekisho.machine import tempfolders

if TYPE_CHECKING:
    from mitmproxy.connection import Client
    from mitmproxy.http import HTTPFlow

ASKING = "NTLM"
USERS = "NTLM_USER_FILE"  # where pyspnego looks for the users that a server knows


class NtlmGuard:
    """An addon of mitmproxy: lets a connection (CONNECT) through once its user has proved to know the password."""

    def __init__(self, user: str, password: str) -> None:
        """Know one user."""
        self._user, self._password = user, password
        self._under_way: dict[str, Any] = {}

    def http_connect(self, flow: HTTPFlow) -> None:
        """Answer with the next message of NTLM, or with none once it is complete."""
        # importing mitmproxy takes most of a second
        from mitmproxy.http import Response  # noqa: PLC0415

        scheme, _, token = flow.request.headers.get("Proxy-Authorization", "").partition(" ")
        answer = self._step(flow.client_conn.id, token) if scheme.upper() == ASKING else ASKING
        if answer:
            headers = {"Proxy-Authenticate": answer, "Proxy-Connection": "keep-alive", "Content-Length": "0"}
            flow.response = Response.make(407, b"", headers)

    def client_disconnected(self, client: Client) -> None:
        """Forget a connection."""
        self._under_way.pop(client.id, None)

    def _step(self, connection: str, token: str) -> str:
        """What is asked of a connection after this message; empty when nothing is any more."""
        try:
            server = self._under_way.get(connection) or self._knowing(_server)
            self._under_way[connection] = server
            out = self._knowing(lambda: server.step(base64.b64decode(token, validate=True)))
        except Exception:  # noqa: BLE001 - whatever nonsense comes, nobody gets through by it
            self._under_way.pop(connection, None)
            return ASKING
        return "" if server.complete else f"{ASKING} {base64.b64encode(out or b'').decode()}"

    def _knowing(self, do: Any) -> Any:  # noqa: ANN401 - pyspnego's own
        """Do something that looks the user up, in a file that is there only meanwhile."""
        with tempfolders.lent("ntlm") as folder:
            users = folder / "users"
            users.touch(mode=0o600)
            users.write_text(f":{self._user}:{self._password}\n", encoding="utf-8")
            os.environ[USERS] = str(users)
            try:
                return do()
            finally:
                del os.environ[USERS]


def _server() -> Any:  # noqa: ANN401 - pyspnego's own
    import spnego  # noqa: PLC0415 - only a scenario behind such a proxy needs it

    return spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
