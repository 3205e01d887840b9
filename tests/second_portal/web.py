"""What the portal's sites have in common: pages in old encodings, sessions, and the certificate of a visitor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from cryptography import x509
from tornado.template import Loader
from tornado.web import RequestHandler

from tests.second_portal.books import Member
from tests.second_portal.office import Office
from tests.second_portal.post import WIDE

SCREENS = Loader(str(Path(__file__).with_name("screens")), whitespace="all")
IDLE = timedelta(minutes=30)
CODECS = {"Shift_JIS": "cp932", "EUC-JP": "euc_jp"}


def wide(text: object) -> str:
    """Digits in full width, with the stops and colons between them."""
    return str(text).translate(WIDE).replace(".", "．").replace(":", "：")


def picture(words: str, width: int, height: int) -> str:
    """A button or title as a picture: the address of an image of some words."""
    words = f'<text x="50%" y="70%" font-size="14" text-anchor="middle" fill="white">{words}</text>'
    drawn = f'<rect width="100%" height="100%" fill="#336"/>{words}'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{drawn}</svg>'
    return f"data:image/svg+xml,{quote(drawn)}"


@dataclass
class Session:
    """A member who is logged in, and what the portal remembers of the way."""

    member: Member
    seen: datetime
    key_page: date | None = None
    """The day on which the key page was shown."""
    password: str = ""
    """What the member chose for the file."""


class Sessions:
    """Those of one site, by cookie; they end when nothing happens for a while on the business clock."""

    def __init__(self, office: Office) -> None:
        """Begin without any."""
        self._office = office
        self._open: dict[str, Session] = {}

    def begin(self, member: Member) -> str:
        """Log a member in; gives the cookie."""
        cookie = secrets.token_hex(16)
        self._open[cookie] = Session(member, self._office.clock.now)
        return cookie

    def find(self, cookie: str | None) -> Session | None:
        """The session of a cookie, unless it has ended."""
        session = self._open.get(cookie or "")
        now = self._office.clock.now
        if session is None or not timedelta() <= now - session.seen < IDLE:
            return None
        session.seen = now
        return session


class Page(RequestHandler):
    """A screen of a site."""

    COOKIE: ClassVar[str] = "SID"
    CHARSET: ClassVar[str] = "Shift_JIS"
    IN_HEADER: ClassVar[bool] = True
    """Whether the encoding is named in the header; else only the page itself names it."""

    def initialize(self, office: Office, sessions: Sessions) -> None:
        """Take what `Application` was given."""
        self.office, self.sessions = office, sessions

    def screen(self, name: str, **values: Any) -> None:  # noqa: ANN401 - whatever the template shows
        """Answer with a screen."""
        text = (
            SCREENS.load(f"{name}.html").generate(charset=self.CHARSET, wide=wide, picture=picture, **values).decode()
        )
        kind = f"text/html; charset={self.CHARSET}" if self.IN_HEADER else "text/html"
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.finish(text.encode(CODECS[self.CHARSET]))

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's own
        """An error is a screen too."""
        self.screen("error", status=status_code)

    def decode_argument(self, value: bytes, name: str | None = None) -> str:  # noqa: ARG002 - Tornado's
        """A browser sends a form in the encoding of its page."""
        return value.decode(CODECS[self.CHARSET], "replace")

    def argument(self, name: str) -> str:
        """A field of a form, as it was typed; empty when it is missing."""
        return self.get_body_argument(name, "", strip=False) or ""

    def asked(self, name: str, default: str = "") -> str:
        """A part of the address's query."""
        return self.get_query_argument(name, default) or default

    @property
    def session(self) -> Session | None:
        """The session of this visitor."""
        return self.sessions.find(self.get_cookie(self.COOKIE))

    @property
    def serial(self) -> int | None:
        """The serial number of the certificate that the visitor's browser has proved to hold."""
        der = self.request.get_ssl_certificate(binary_form=True)
        return x509.load_der_x509_certificate(der).serial_number if isinstance(der, bytes) else None


class Icon(Page):
    """What browsers ask for by themselves."""

    def get(self) -> None:
        """There is none."""
        self.set_status(204)


class Missing(Page):
    """Every address that is none."""

    def prepare(self) -> None:
        """Say so."""
        self.set_status(404)
        self.screen("error", status=404)


def mistake(password: str, again: str) -> str:
    """What is wrong with a chosen password; empty when nothing is."""
    if not password or not again:
        return "パスワードに未記入の項目があります。"
    if password != again:
        return "２つのパスワードが同じではありません。"
    if len(password) > 32:
        return "パスワードが長すぎます。"
    if not (password.isascii() and password.isprintable()):
        return "パスワードに使えない文字が含まれています。"
    return ""
