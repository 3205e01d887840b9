"""What the portal's sites have in common: pages in old encodings, sessions, and the certificate of a visitor."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from cryptography import x509
from tornado.template import Loader
from tornado.web import RequestHandler

from tests.second_portal.books import Member
from tests.second_portal.office import Office
from tests.second_portal.places import by_place
from tests.second_portal.post import WIDE
from tests.second_portal.ways import ENTRY, Way, by_turns

SCREENS = Loader(str(Path(__file__).with_name("screens")), whitespace="all")
IDLE = timedelta(minutes=30)
ENDLESS = "no-idle-log-out"
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


def in_a_component(page: str) -> str:
    """The body of a page in a shadow tree. Framesets stay as they are, and pages whose scripts look for their forms."""
    body = re.search(r"(<body\b[^>]*>)(.*)(</body>)", page, re.DOTALL)
    if not body or "<frameset" in page or "<script" in body[2] or re.search(r"document\.\w+\.submit", page):
        return page
    inside = f"<x-screen><template shadowrootmode=open>{body[2]}</template></x-screen>"
    return page[: body.start(2)] + inside + page[body.end(2) :]


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
        if session is None or (self._idle(session, now) and not self._office.faults.on(ENDLESS, session.member)):
            return None
        session.seen = now
        return session

    def ended(self, cookie: str | None) -> Member | None:
        """Whose session it is that has ended."""
        session = self._open.get(cookie or "")
        return session.member if session else None

    def _idle(self, session: Session, now: datetime) -> bool:
        return not timedelta() <= now - session.seen < IDLE


class Page(RequestHandler):
    """A screen of a site."""

    COOKIE: ClassVar[str] = "SID"
    CHARSET: ClassVar[str] = "Shift_JIS"
    IN_HEADER: ClassVar[bool] = True
    """Whether the encoding is named in the header; else only the page itself names it."""
    WAY: ClassVar[Way] = ENTRY
    """How files are handed out, where the portal has no more ways than one."""

    def initialize(self, office: Office, sessions: Sessions) -> None:
        """Take what `Application` was given."""
        self.office, self.sessions = office, sessions

    def screen(self, name: str, **values: Any) -> None:  # noqa: ANN401 - whatever the template shows
        """Answer with a screen."""
        text = (
            SCREENS.load(f"{name}.html").generate(charset=self.CHARSET, wide=wide, picture=picture, **values).decode()
        )
        if self.office.habits.by_place:
            text = by_place(text)
        if self.office.habits.components:
            text = in_a_component(text)
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

    def way(self, number: str, member: Member) -> Way:
        """How the file of a request ID is handed out here."""
        if self.office.faults.on("file-is-a-page", member):
            return replace(self.WAY, disposition="", kind="text/html")
        return by_turns(number) if self.office.habits.many_ways else self.WAY

    def carried_on(self, session: Session) -> bool:
        """Whether it is still the day of the key page, or does not matter."""
        if session.key_page in {None, self.office.clock.today}:
            return session.key_page is not None
        return self.office.faults.on("key-page-survives-midnight", session.member)

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
        if self.office.faults.on("missing-page-is-the-front"):
            self.redirect("/entry/index.cgi")
        else:
            self.set_status(404)
            self.screen("error", status=404)


def mistake(office: Office, member: Member, password: str, again: str) -> str:
    """What is wrong with a chosen password; empty when nothing is."""
    if not (password and again) and not office.faults.on("empty-password-accepted", member):
        return "パスワードに未記入の項目があります。"
    if password != again and not office.faults.on("mismatch-accepted", member):
        return "２つのパスワードが同じではありません。"
    if len(password) > 32:
        return "パスワードが長すぎます。"
    if not (password.isascii() and password.isprintable()):
        return "パスワードに使えない文字が含まれています。"
    return ""
