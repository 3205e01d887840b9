"""A mailbox read over IMAP with TLS (RFC 9051, RFC 8314), without changing anything in it."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sekisho.evidence.masking import MASK, SHORTEST
from sekisho.language import say
from sekisho.mail.login import Login, LoginRefusedError, said
from sekisho.mail.mailbox import Mailbox
from sekisho.mail.message import LARGEST, TO, Message, parse
from sekisho.pki.server_trust import judging
from sekisho.verdict import EnvironmentProblemError
from sekisho.visible import visible

ANSWER_SECONDS = 20
CODE = re.compile(r"[A-Za-z0-9+/=_-]{60,}")  # what a server repeats of a login is no sentence
OWN_KEYS = {"To", "Cc", "Bcc"}  # header fields for which IMAP has a search key
GONE = (imaplib.IMAP4.abort, OSError)  # a connection that broke; abort is a kind of imaplib.IMAP4.error


@dataclass(frozen=True)
class Server:
    """Where a mailbox is, and who may read it. `root` is a PEM file; by default the system's roots are trusted."""

    host: str
    port: int
    login: Login
    folder: str = "INBOX"
    root: Path | None = None


class ImapMailbox(Mailbox):
    """One folder of an IMAP server. What is asked for is searched by the server, and only that is fetched."""

    look_again: ClassVar[float] = 0.5

    def __init__(self, server: Server, patience: float = 5) -> None:
        """Connect when first asked."""
        super().__init__(patience)
        self._server = server
        self._connection: imaplib.IMAP4_SSL | None = None
        self._secret = ""

    def close(self) -> None:
        """Log out."""
        if self._connection:
            with contextlib.suppress(*GONE, imaplib.IMAP4.error):
                self._connection.logout()
            self._connection = None

    def _look(self, recipient: str) -> None:
        try:
            self._try(recipient)
        except imaplib.IMAP4.error as error:
            raise self._problem(
                say(f"が読むことを断りました（{said(error)}）", f"refused to be read ({said(error)})"), "folder"
            ) from error

    def _try(self, recipient: str) -> None:
        try:
            self._fetch(self._connected(), recipient)
        except GONE:  # servers hang up on whoever is silent for long: one more time, from the start
            self._connection = None
            try:
                self._fetch(self._connected(), recipient)
            except GONE as error:
                raise self._problem(
                    say(f"が応答しません（{said(error)}）", f"does not answer ({said(error)})"), "host", "port"
                ) from error

    def _fetch(self, connection: imaplib.IMAP4_SSL, recipient: str) -> None:
        connection.noop()  # news of the folder comes with an answer
        if not recipient:
            return
        for uid in self._search(connection, recipient):
            if (key := f"UID {uid}") not in self._read:
                self._read[key] = self._message(connection, uid)

    def _search(self, connection: imaplib.IMAP4_SSL, recipient: str) -> list[str]:
        """The UIDs of all that may be to a recipient: what is not is sorted out when it is read."""
        if recipient.isascii():
            status, lines = connection.uid("SEARCH", *_to(_quoted(recipient)))
        else:  # a literal is how IMAP takes other characters, and there can be one only
            connection.literal = recipient.encode()  # type: ignore[assignment] # imaplib sends it as it is
            status, lines = connection.uid("SEARCH", "CHARSET", "UTF-8", "TEXT")
        if status != "OK":
            raise self._problem(
                say(
                    f"が {recipient} 宛の検索を断りました（{_words(lines)}）",
                    f"refused to search for mail to {recipient} ({_words(lines)})",
                ),
                "folder",
            )
        return [one.decode() for line in lines if line for one in line.split()]

    def _message(self, connection: imaplib.IMAP4_SSL, uid: str) -> Message:
        parts = connection.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")[1]
        return parse(next((part[1] for part in parts if isinstance(part, tuple)), b""))

    def _connected(self) -> imaplib.IMAP4_SSL:
        if self._connection is None:
            self._secret = self._server.login.secret()  # before the server waits: getting it may take a while
            connection = self._opened()
            with self._closed_on_refusal(connection):
                self._log_in(connection)
                self._select(connection)
            self._connection = connection
        return self._connection

    def _opened(self) -> imaplib.IMAP4_SSL:
        server = self._server
        try:
            return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=self._trust(), timeout=ANSWER_SECONDS)
        except ssl.SSLCertVerificationError as error:
            raise self._problem(
                say(
                    f"のサーバー証明書を信頼できません（{error.verify_message}）",
                    f"has a server certificate that is not trusted ({error.verify_message})",
                ),
                "trust_root",
            ) from error
        except ssl.SSLError as error:
            raise self._problem(
                say(f"が TLS で応答しません（{error.reason}）", f"does not answer over TLS ({error.reason})"), "port"
            ) from error
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._problem(
                say(f"に接続できません（{said(error)}）", f"cannot be reached ({said(error)})"), "host", "port"
            ) from error

    def _trust(self) -> ssl.SSLContext:
        root = self._server.root
        try:
            return judging(root)
        except OSError as error:  # among them ssl.SSLError: no PEM
            reason = (
                say("証明書の PEM ではありません", "not a certificate in PEM")
                if isinstance(error, ssl.SSLError)
                else error.strerror
            )
            raise self._problem(
                say(
                    f"のルート証明書 {root} を読めません（{reason}）",
                    f"has a root certificate {root} that cannot be read ({reason})",
                ),
                "trust_root",
            ) from error

    def _log_in(self, connection: imaplib.IMAP4_SSL) -> None:
        try:
            self._server.login.into(connection, self._secret)
        except LoginRefusedError as refused:
            raise self._problem(refused.what, *refused.keys) from refused

    def _select(self, connection: imaplib.IMAP4_SSL) -> None:
        server = self._server
        status, lines = connection.select(_quoted(in_utf7(server.folder)), readonly=True)
        if status != "OK":
            listed = [line for line in connection.list()[1] if isinstance(line, bytes)]
            there = say("、", ", ").join(_names(listed)) or say("なし", "none")
            why = say(f"{_words(lines)}。あるもの: {there}", f"{_words(lines)}; there are: {there}")
            raise self._problem(
                say(
                    f"の {server.login.user} のフォルダー {server.folder} を開けません（{why}）",
                    f"does not open the folder {server.folder} of {server.login.user} ({why})",
                ),
                "folder",
            )

    @contextlib.contextmanager
    def _closed_on_refusal(self, connection: imaplib.IMAP4_SSL) -> Iterator[None]:
        try:
            yield
        except BaseException:
            connection.shutdown()
            raise

    def _problem(self, what: str, *keys: str) -> EnvironmentProblemError:
        where = say("、", ", ").join(f"mail.imap.{key}" for key in keys)
        server = self._server
        shown = CODE.sub(MASK, what.replace(self._secret, MASK) if len(self._secret) >= SHORTEST else what)
        text = say(
            f"IMAP サーバー {server.host}:{server.port} {shown}。ターゲットファイルの {where} を確かめてください",
            f"IMAP server {server.host}:{server.port} {shown}. Check {where} in the target file",
        )
        return EnvironmentProblemError(visible(text))


def in_utf7(name: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3)."""

    def shifted(match: re.Match[str]) -> str:
        code = base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=")
        return f"&{code.replace('/', ',')}-"

    return re.sub(r"[^\x20-\x7e]+", shifted, name.replace("&", "&-"))


def from_utf7(name: str) -> str:
    """The other way round; what is no such name stays as it is."""

    def plain(match: re.Match[str]) -> str:
        code = match[1].replace(",", "/")
        return base64.b64decode(code + "=" * (-len(code) % 4)).decode("utf-16-be") if code else "&"

    try:
        return re.sub(r"&([A-Za-z0-9+,]*)-", plain, name)
    except ValueError:
        return name


def _names(listed: list[bytes]) -> list[str]:
    r"""The folders in the answer to LIST: `(\HasNoChildren) "." "INBOX.Sent"`."""
    found = (
        re.search(r'\) (?:"[^"]*"|NIL) (?:"(?P<quoted>.*)"|(?P<bare>.+))$', line.decode(errors="replace"))
        for line in listed
    )
    return [from_utf7(match["quoted"] or match["bare"]) for match in found if match]


def _to(quoted: str) -> list[str]:
    """The search for all fields that say to whom a message is."""
    keys = [[name.upper()] if name in OWN_KEYS else ["HEADER", name] for name in TO]
    ors = ["OR"] * (len(keys) - 1)
    return [*ors, *(word for key in keys for word in (*key, quoted))]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(lines: list[bytes | None]) -> str:
    return " ".join(line.decode(errors="replace") for line in lines if isinstance(line, bytes))
