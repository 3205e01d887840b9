"""Who may read a mailbox over IMAP: somebody with a password, or with a token of OAuth 2.0 (RFC 7628, XOAUTH2).

Microsoft 365 and Gmail take no passwords any more. A token is got anew for each connection: it lives for an hour or so.
"""

from __future__ import annotations

import base64
import imaplib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sekisho.language import say

MECHANISMS = ("OAUTHBEARER", "XOAUTH2")  # the standard's first
STATUS = re.compile(r"[\w .:/-]{1,60}")


class LoginRefusedError(Exception):
    """Nobody is logged in: what the server did, and which keys of the target file's [mail.imap] to look at."""

    def __init__(self, what: str, *keys: str) -> None:
        """Say it in Japanese, to be continued after the server's name."""
        super().__init__(what)
        self.what, self.keys = what, keys


class Login(Protocol):
    """A way to log in."""

    @property
    def user(self) -> str:
        """The name of whoever logs in."""

    def secret(self) -> str:
        """What must not be known. Raises ConfigurationProblemError or EnvironmentProblemError where it is not there."""

    def into(self, connection: imaplib.IMAP4_SSL, secret: str) -> None:
        """Log in. Raises LoginRefusedError, or imaplib's and the system's errors where the connection breaks."""


@dataclass(frozen=True)
class Password:
    """A password that the target file names by a variable."""

    user: str
    password: str = field(repr=False)
    variable: str

    def secret(self) -> str:
        """The password."""
        return self.password

    def into(self, connection: imaplib.IMAP4_SSL, secret: str) -> None:
        """By LOGIN, or by PLAIN where that cannot spell name and password."""
        try:
            if f"{self.user}{secret}".isascii():
                connection.login(self.user, secret)
            else:
                connection.authenticate("PLAIN", lambda _: f"\0{self.user}\0{secret}".encode())
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            more = (
                ""
                if "LOGINDISABLED" not in connection.capabilities
                else say(
                    "。パスワードを認めていません。token_env を使います", "; it permits no passwords: use token_env"
                )
            )
            what = say(
                f"に {self.user} としてログインできません（{said(error)}{more}）",
                f"refused to log in {self.user} ({said(error)}{more})",
            )
            raise LoginRefusedError(what, "user", f"password_env = {self.variable!r}") from error


@dataclass(frozen=True)
class Token:
    """An access token, which `source` gets; `key` is where the target file says how."""

    user: str
    source: Callable[[], str] = field(repr=False)
    key: str

    def secret(self) -> str:
        """The token. Raises EnvironmentProblemError where what was got cannot be one."""
        return self.source()

    def into(self, connection: imaplib.IMAP4_SSL, secret: str) -> None:
        """By whichever mechanism the server offers."""
        offered = [one.removeprefix("AUTH=") for one in connection.capabilities if one.startswith("AUTH=")]
        mechanism = next((one for one in MECHANISMS if one in offered), "")
        if not mechanism:
            there = say("、", ", ").join(offered) or say("なし", "none")
            what = say(
                f"がトークンでのログイン（{'、'.join(MECHANISMS)}）を受け付けません（受け付ける方式: {there}）",
                f"takes no login by token ({', '.join(MECHANISMS)}); it takes: {there}",
            )
            raise LoginRefusedError(what, self.key, "host")
        answer = _Answer(mechanism, f"user={self.user}\x01auth=Bearer {secret}\x01\x01")
        if mechanism == "OAUTHBEARER":
            name = self.user.replace("=", "=3D").replace(",", "=2C")
            place = f"host={connection.host}\x01port={connection.port}"
            answer = _Answer(mechanism, f"n,a={name},\x01{place}\x01auth=Bearer {secret}\x01\x01")
        try:
            connection.authenticate(mechanism, answer)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise LoginRefusedError(self._refused(answer, error), "user", self.key) from error

    def _refused(self, answer: _Answer, error: Exception) -> str:
        status = say(f"{answer.status}、", f"{answer.status}, ") if answer.status else ""
        hint = say(
            "トークンの期限、利用者、権限（scope）が合っていません", "expiry, user or scope of the token are not right"
        )
        return say(
            f"が {self.user} のトークンを断りました（{answer.mechanism}、{status}{said(error)}。{hint}）",
            f"refused the token of {self.user} ({answer.mechanism}, {status}{said(error)}; {hint})",
        )


class _Answer:
    """What the client says, and what the server has against it: a refusal's reason comes as one more question."""

    def __init__(self, mechanism: str, words: str) -> None:
        self.mechanism, self.status = mechanism, ""
        self._words = [words.encode()]

    def __call__(self, question: bytes) -> bytes:
        if self._words:
            return self._words.pop()
        self.status = _status(question)
        return b"\x01" if self.mechanism == "OAUTHBEARER" else b""


def _status(question: bytes) -> str:
    """The reason in a server's JSON, which some wrap in Base64 once more."""
    for read in (bytes, base64.b64decode):
        try:
            told = json.loads(read(question))
        except ValueError:
            continue
        status = str(told.get("status", "")) if isinstance(told, dict) else ""
        return status if STATUS.fullmatch(status) else ""
    return ""


def said(error: Exception) -> str:
    """What an exception says, in words that can be shown."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(one.decode(errors="replace") if isinstance(one, bytes) else str(one) for one in error.args)
