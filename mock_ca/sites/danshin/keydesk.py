"""鍵の取得: request id and a password of the subscriber's own, then the download."""

from __future__ import annotations

import secrets
from abc import abstractmethod

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.issuing import Issuing, Parcel
from mock_ca.sites.danshin.portal import Desk, Portal
from mock_ca.web import Pages, Session, visitor_id

UNKNOWN = "入力されたリクエスト ID の鍵は取得できません。リクエスト ID を確認してください。"


class KeyDesk(Portal):
    """A site where keys are fetched."""

    kinds: tuple[str, ...]

    def __init__(self, mock: Mock, pages: Pages, cookie: str, issuing: Issuing) -> None:
        """Fetch what `issuing` issues."""
        super().__init__(mock, pages, cookie)
        self.issuing = issuing

    def routes(self) -> list[web.RouteDef]:
        """The key page, the download page and the file."""
        return [
            web.get(f"{self.prefix}key.jsp", self._key_page),
            web.post(f"{self.prefix}key.jsp", self._submit),
            web.get(f"{self.prefix}download.jsp", self._download_page),
            web.post(f"{self.prefix}file.p12", self._file),
        ]

    @abstractmethod
    def ends_at_midnight(self) -> bool:
        """Whether what was begun on one day cannot be finished on the next."""

    @abstractmethod
    def refusal(self, asked: Request) -> str:
        """Why this site refuses a request of the visitor's own; empty when it does not."""

    @abstractmethod
    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:
        """The certificate whose key is handed out for a request."""

    async def _key_page(self, request: web.Request) -> web.Response:
        session = self.sessions.require(request)
        session.desk.opened = self.mock.clock.today()
        asked = self.mock.requests.get(request.query.get("requestId", ""))
        request_id = asked.request_id if asked and asked.user_id == session.user_id else ""
        shown = self.mock.defects.decide("request-id-not-filled-in", right=request_id, wrong="")
        return self._form(shown, by_link="list" in request.query)

    def _form(self, request_id: str, *, by_link: bool, error: str = "") -> web.Response:
        ticket = secrets.token_urlsafe(12)
        return self.page("key.html", request_id=request_id, ticket=ticket, by_link=by_link, error=error)

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        if not self._in_time(session):
            return self.page("another_day.html")
        form = {name: str(value) for name, value in (await request.post()).items()}
        request_id = form.get("requestId", "").strip()
        asked = self._own(session, request_id)
        error = self._problem(asked, request_id, form)
        if error or asked is None:
            return self._form(request_id, by_link="list" in form, error=error)
        await self._hand_out(session, asked, form)
        raise web.HTTPSeeOther("download.jsp")

    def _in_time(self, session: Session[Desk]) -> bool:
        if not self.ends_at_midnight():
            return True
        return rules.same_day(self.mock.defects, session.desk.opened, self.mock.clock.today())

    def _own(self, session: Session[Desk], request_id: str) -> Request | None:
        asked = self.mock.requests.get(request_id)
        if asked is None or asked.kind not in self.kinds or asked.status is Status.CANCELLED:
            return None
        if asked.user_id != session.user_id and not self.mock.defects.broken("someone-elses-request-id-served"):
            return None
        return asked

    def _problem(self, asked: Request | None, request_id: str, form: dict[str, str]) -> str:
        if not request_id:
            return "リクエスト ID を入力してください。"
        if asked is None:
            return UNKNOWN
        refused = self.refusal(asked)
        return refused or rules.password_problem(
            self.mock.defects, form.get("password", ""), form.get("passwordConfirm", "")
        )

    async def _hand_out(self, session: Session[Desk], asked: Request, form: dict[str, str]) -> None:
        repeated = form.get("ticket", "") in session.desk.used
        session.desk.used[form.get("ticket", "")] = asked.request_id
        certificate = await self.certificate(asked, repeated=repeated, by_link="list" in form)
        with self.mock.registry.transaction():
            self.mock.requests.count_hand_out(asked.request_id)
        parcel = self.issuing.parcel(certificate, form.get("password", ""))
        session.desk.parcel = Parcel(asked.request_id, parcel.serial, parcel.data)

    async def _download_page(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        if session.desk.parcel is None:
            raise web.HTTPSeeOther("key.jsp")
        image = f"{self.mock.authority.repository}/seal.svg"
        return self.page("download.html", seal=self.mock.defects.decide("foreign-host-needed", right="", wrong=image))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        parcel = session.desk.parcel
        if parcel is None:
            raise web.HTTPSeeOther("key.jsp")
        if not self._in_time(session):
            return self.page("another_day.html")
        response = web.Response(body=parcel.data, content_type="application/x-pkcs12")
        response.headers["Content-Disposition"] = f'attachment; filename="{parcel.request_id}.p12"'
        response.headers["Cache-Control"] = "no-store"
        with self.mock.registry.transaction():
            self.mock.certificates.set_visitor(parcel.serial, visitor_id(request, response))
            self.mock.requests.set_fetched(parcel.request_id, self.mock.clock.now().astimezone(TOKYO))
        return response
