"""What a company's users do at the bank, with a browser and with the bank's program, in a few words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.person.one_time_passwords import Token

from .running import Running
from .visitor import Identity, Page, Visitor, identity

KEY = rsa.generate_private_key(65537, 2048)


def request(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = KEY) -> str:
    """A PKCS#10 in PEM."""
    asked = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    return asked.public_bytes(Encoding.PEM).decode()


class Program:
    """The bank's program: `holder` is the certificate that it renews."""

    def __init__(self, mock: Running, holder: Identity | None = None) -> None:
        """Know the listener."""
        self._address = mock.sites["agent-renew" if holder else "agent"]
        self._line = Visitor(Path(mock.ready["server_roots"]["gunma"]), holder)

    def ask(self, what: str, **about: object) -> dict[str, Any]:
        """One question."""
        return self.send(what, json.dumps(about).encode())

    def send(self, what: str, body: bytes) -> dict[str, Any]:
        """Anything at all."""
        told: dict[str, Any] = json.loads(self._line._ask(f"{self._address}/{what}", body).text)
        return told

    def log_in(self, user: dict[str, Any], **other: str) -> dict[str, Any]:
        """With the user's own password, unless another is given."""
        return self.ask("login", **{"login_id": user["user_id"], "password": user["login_password"], **other})

    def issue(self, user: dict[str, Any], **other: str) -> dict[str, Any]:
        """Log in, and have a certificate issued."""
        stay = self.log_in(user)
        code = Token(user["otp_seed"]).shown()
        return self.ask("issue", **{**stay, "one_time_password": code, "pkcs10": request(), **other})


def renewing(mock: Running, user: dict[str, Any]) -> Program:
    """The program with the certificate that a user came with."""
    return Program(mock, identity(user))


def at_door(mock: Running, user: dict[str, Any] | None = None) -> Visitor:
    """A browser at the bank, with a user's certificate."""
    visitor = mock.visitor(identity(user) if user else None)
    visitor.get(mock.sites["bank"])
    return visitor


def log_in(visitor: Visitor, user: dict[str, Any]) -> Page:
    """電子証明書ログイン with a user's log-in id and password."""
    visitor.get("/certificate-login")
    return visitor.post("/certificate-login", loginId=user["user_id"], password=user["login_password"])


def inside(mock: Running, user: dict[str, Any]) -> Visitor:
    """A browser in which a user is logged in."""
    visitor = at_door(mock, user)
    assert "トップページ" in log_in(visitor, user).words
    return visitor


def listed(visitor: Visitor, query: str = "") -> list[list[str]]:
    """利用者一覧: log-in id, role, state and expiry of each user."""
    rows = re.findall(r"<tr><td>.*?</tr>", visitor.get(f"/users/revoke{query}").text)
    cells = [re.findall(r"<td>(.*?)</td>", row) for row in rows]
    return [[row[1], *row[3:]] for row in cells]


def state_of(visitor: Visitor, user: dict[str, Any]) -> str:
    """証明書状態 of a user in the list."""
    return next(row[2] for row in listed(visitor) if row[0] == user["user_id"])
