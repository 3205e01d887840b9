"""更新: apply with the certificate that is about to expire, wait, and fetch the new key."""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import timedelta

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.enrol import STATUS
from mock_ca.sites.danshin.issuing import Issuing
from mock_ca.sites.danshin.keydesk import KeyDesk
from mock_ca.sites.danshin.portal import Desk
from mock_ca.web import Pages, Session

PAGE = 20
FETCH = timedelta(days=31)
log = logging.getLogger(__name__)


class Renewal(KeyDesk):
    """The site that the renewal mail's link leads to; its listener requires a client certificate."""

    title = "サイバートラスト マネージドPKI"
    prefix = "/NissayInformationTechnologyKDanshinnetCA/pages/renewal/"
    kinds = ("renewal",)
    menu = "menu_renew.html"

    def __init__(self, mock: Mock, pages: Pages, cookie: str, issuing: Issuing) -> None:
        """Begin with no key generation under way."""
        super().__init__(mock, pages, cookie, issuing)
        self._at_work: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Application, waiting, list and the key pages."""
        at = self.prefix
        return [
            *super().routes(),
            web.get(f"{at}index.jsp", self.entrance),
            web.get(f"{at}top.jsp", self._top),
            web.get(f"{at}apply.jsp", self._confirm),
            web.post(f"{at}apply.jsp", self._apply),
            web.get(f"{at}waiting.jsp", self._waiting),
            web.get(f"{at}list.jsp", self._list),
            web.get(f"{at}contact.jsp", self._contact),
            web.get(f"{at}logout.jsp", self._log_out),
        ]

    def menu_items(self) -> dict[str, bool]:
        """Nothing is ever missing here."""
        return {}

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """Only certificates that are alive may apply."""
        refused = await super().admit(request)
        if refused is not None:
            return refused
        certificate = self.presented(request)
        if certificate is not None and rules.renews(self.mock, certificate):
            return None
        return self.page("forbidden.html", status=403)

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """Begin with the certificate that the browser presented; there is no other log-in."""
        if self.sessions.timed_out(request) and self.mock.defects.broken("session-cannot-restart"):
            return self.invalid()
        certificate = self.presented(request)
        assert certificate
        response = self.page("top_renew.html")
        self.sessions.begin(response, certificate.user_id).desk.serial = certificate.serial
        return response

    async def _top(self, request: web.Request) -> web.StreamResponse:
        self.sessions.require(request)
        return self.page("top_renew.html")

    async def _contact(self, request: web.Request) -> web.StreamResponse:
        self.sessions.require(request)
        return self.page("contact.html")

    async def _log_out(self, request: web.Request) -> web.StreamResponse:
        self.sessions.end(request)
        return self.page("logged_out.html")

    async def _confirm(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        certificate = self._current(session)
        if problem := self._problem_applying(certificate):
            return self.page("refused.html", error=problem)
        user = self._shown(session)
        return self.page("confirm.html", user=user, ticket=secrets.token_urlsafe(12))

    async def _apply(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        ticket = str((await request.post()).get("ticket", ""))
        if ticket in session.desk.used:
            raise web.HTTPSeeOther(f"waiting.jsp?requestId={session.desk.used[ticket]}&n={len(session.desk.shown)}")
        certificate = self._current(session)
        if problem := self._problem_applying(certificate):
            return self.page("refused.html", error=problem)
        asked = self._accept(certificate)
        session.desk.used[ticket] = asked.request_id
        raise web.HTTPSeeOther(f"waiting.jsp?requestId={asked.request_id}&n=0")

    def _current(self, session: Session[Desk]) -> Certificate:
        certificate = self.mock.certificates.get(session.desk.serial)
        assert certificate
        return certificate

    def _problem_applying(self, certificate: Certificate) -> str:
        if not rules.renewal_open(self.mock.defects, certificate, self.mock.clock.today()):
            return "証明書を更新できるのは、有効期限の30日前からです。更新のご案内をお待ちください。"
        known = self.mock.requests.renewals_of(certificate.serial)
        if known and not self.mock.defects.broken("resume-issues-twice"):
            return "この証明書の更新申請はすでに受け付けています。「更新後証明書の取得」から鍵を取得してください。"
        return ""

    def _shown(self, session: Session[Desk]) -> Subscriber:
        user = self.mock.subscribers.get(session.user_id)
        assert user
        if not self.mock.defects.broken("confirmation-shows-someone-else"):
            return user
        others = (one for one in self.mock.subscribers.of_system("danshin") if one.user_id != user.user_id)
        return next(
            others,
            Subscriber("emp99999", "danshin", "", "anotherCompany", ("div9",), "emp99999@example.jp", "", "", ""),
        )

    def _accept(self, certificate: Certificate) -> Request:
        now = self.mock.clock.now()
        with self.mock.registry.transaction():
            asked = Request(
                request_id=self.mock.requests.new_id(now),
                user_id=certificate.user_id,
                which=certificate.which,
                kind="renewal",
                status=Status.ACCEPTED,
                asked_at=now,
                renews=certificate.serial,
            )
            self.mock.requests.add(asked)
        self.work_on(asked)
        return asked

    def work_on(self, asked: Request) -> None:
        """Generate the key of an accepted request and issue its certificate, beside everything else."""
        task = asyncio.get_running_loop().create_task(self._issue(asked))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _issue(self, asked: Request) -> None:
        try:
            await self.issuing.renewal(asked)
        except Exception:
            log.exception("request %s: no certificate could be issued", asked.request_id)

    async def _waiting(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        asked = self.mock.requests.get(request.query.get("requestId", ""))
        if asked is None or asked.user_id != session.user_id:
            raise web.HTTPNotFound
        look = request.query_string
        reloaded = look in session.desk.shown
        session.desk.shown.add(look)
        if reloaded and self.mock.defects.broken("waiting-page-reload-applies-again"):
            self._accept(self._current(session))
        first = request.query.get("n") == "0" and not reloaded
        if asked.status is Status.ISSUED and not first:
            raise web.HTTPSeeOther(f"key.jsp?requestId={asked.request_id}")
        return self._waiting_page(asked, request.query.get("n", "0"))

    def _waiting_page(self, asked: Request, looks: str) -> web.Response:
        number = int(looks) + 1 if looks.isdecimal() else 1
        again = f"waiting.jsp?requestId={asked.request_id}&n={number}"
        again = self.mock.defects.decide("waiting-page-stuck", right=again, wrong="")
        return self.page("waiting.html", request_id=asked.request_id, again=again)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        known = [asked for asked in self.mock.requests.of_user(session.user_id) if asked.kind == "renewal"]
        rows = self.mock.defects.decide("lost-request-not-listed", right=known, wrong=[])
        asked_for = request.query.get("start", "0")
        start = int(asked_for) // PAGE * PAGE if asked_for.isdecimal() else 0
        start = self.mock.defects.decide("renewal-list-paging-broken", right=min(start, max(len(rows) - 1, 0)), wrong=0)
        shown = [self._row(asked) for asked in rows[start : start + PAGE]]
        return self.page("list.html", rows=shown, total=len(rows), start=start, size=PAGE)

    def _row(self, asked: Request) -> dict[str, str]:
        until = (asked.issued_at or asked.asked_at) + FETCH
        held = self.mock.certificates.of_request(asked.request_id)
        fetchable = bool(held) and held[-1].revoked_at is None and self.mock.clock.now() <= until
        return {
            "request_id": asked.request_id,
            "common_name": asked.user_id,
            "asked": f"{asked.asked_at.astimezone(TOKYO):%Y.%m.%d %H:%M:%S}",
            "until": f"{until.astimezone(TOKYO):%Y.%m.%d %H:%M:%S}",
            "status": STATUS[asked.status],
            "link": f"key.jsp?requestId={asked.request_id}&list=1" if fetchable else "",
        }

    def ends_at_midnight(self) -> bool:
        """A renewal may be resumed on another day."""
        return False

    def refusal(self, asked: Request) -> str:
        """A renewal's key can be fetched once it exists, for a month."""
        if asked.status is not Status.ISSUED:
            return "更新申請を処理しています。しばらくしてから、もう一度お試しください。"
        held = self.mock.certificates.of_request(asked.request_id)
        over = self.mock.clock.now() > (asked.issued_at or asked.asked_at) + FETCH
        return (
            ""
            if held and not over and held[-1].revoked_at is None
            else "この更新申請の鍵を取得できる期間は終わりました。"
        )

    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:
        """Issued when the application was accepted."""
        if by_link and asked.renews and self.mock.defects.broken("download-key-serves-old-certificate"):
            old = self.mock.certificates.get(asked.renews)
            assert old
            return old
        return await self.issuing.first(asked, repeated=repeated)
