"""更新: apply with the certificate that is about to expire, wait, and fetch the new key."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from urllib.parse import urlencode

from aiohttp import web

from mock_ca.managed_pki.issuing import Issuing
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.portal import Memory, Paths
from mock_ca.managed_pki.resume import Resumption
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.web import Session, client_certificate

FOREIGN_RENEWS = "foreign-certificate-renews"
log = logging.getLogger(__name__)


def another(asked: Request) -> str:
    """An id that looks like a request's own and is not."""
    return f"{int(asked.request_id) + 1:0{len(asked.request_id)}d}"


class Renewal(Resumption):
    """The site that the renewal mail's link leads to; its listener requires a client certificate."""

    menu = "menu_renew.html"

    def __init__(self, office: Office, key: str, title: str, paths: Paths, issuing: Issuing) -> None:
        """Begin with no key generation under way."""
        super().__init__(office, key, title, paths, issuing)
        self._at_work: set[asyncio.Task[None]] = set()
        self._left: set[str] = set()  # requests whose waiting page was shown, and whose key page was not
        self._opened: set[str] = set()  # requests whose key page the waiting page led to, and nothing was submitted
        self._unanswered: set[str] = set()  # requests of which their applicants have seen nothing yet
        self._forgotten: set[str] = set()  # those that a defect has lost
        self._confirming: dict[str, str] = {}  # ticket of the confirmation page that was opened last, by certificate
        self._overtaken: set[str] = set()  # requests applied for from a page behind which another was opened

    def routes(self) -> list[web.RouteDef]:
        """Application, waiting, list and the key pages."""
        return [
            *super().routes(),
            web.get(self.to("index"), self.entrance),
            web.get(self.to("top"), self.simple_page("top_renew.html")),
            web.get(self.to("apply"), self._confirm),
            web.post(self.to("apply"), self._apply),
            web.get(self.to("waiting"), self._waiting),
            web.get(self.to("logout"), self.log_out),
        ]

    def statuses(self) -> tuple[str, ...]:
        """What the waiting page shows, one after the other, the last of them when the certificate was issued."""
        return (self.words["status-accepted"],)

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """Only certificates that are alive may apply."""
        refused = await super().admit(request)
        if refused is not None:
            return refused
        certificate = self.presented(request)
        if certificate is not None and self.renews(certificate):
            return None
        if certificate is None and client_certificate(request) and self.mock.defects.broken(FOREIGN_RENEWS):
            return self.page("top_renew.html")
        return self.page("forbidden.html", status=403)

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """Begin with the certificate that the browser presented; there is no other log-in."""
        if self.cannot_restart(request):
            return self.invalid()
        certificate = self.presented(request)
        assert certificate
        response = self.page("top_renew.html")
        self.begin(request, response, certificate)
        return response

    def begin(self, request: web.Request, response: web.Response, certificate: Certificate) -> None:  # noqa: ARG002
        """Begin a session with a certificate."""
        self.sessions.begin(response, certificate.user_id).memory.serial = certificate.serial

    def renews(self, certificate: Certificate) -> bool:
        """Whether a certificate may enter at all."""
        return self.rules.renews(certificate)

    def _held(self, serial: str) -> Certificate:
        certificate = self.mock.certificates.get(serial)
        assert certificate
        return certificate

    async def _confirm(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        serial = session.memory.serial
        if problem := self.problem_applying(self._held(serial)):
            return self.page("refused.html", error=problem)
        ticket = self.ticket(session, serial)
        self._confirming[serial] = ticket
        return self.page("confirm.html", user=self._shown(session), ticket=ticket)

    async def _apply(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        ticket = str((await request.post()).get("ticket", ""))
        certificate = self._held(self.submitted(session, ticket, session.memory.serial))
        if ticket in session.memory.used:
            seen = session.memory.used[ticket] in session.memory.stages
            if not seen and self.mock.defects.broken("double-press-applies-twice"):
                self._accept(certificate)
            raise web.HTTPSeeOther(self._look(session.memory.used[ticket], len(session.memory.shown)))
        if problem := self.problem_applying(certificate):
            return self.page("refused.html", error=problem)
        asked = self._accept(certificate)
        session.memory.used[ticket] = asked.request_id
        self._unanswered.add(asked.request_id)
        if self._confirming.get(certificate.serial, ticket) != ticket:
            self._overtaken.add(asked.request_id)
        raise web.HTTPSeeOther(self._look(asked.request_id, 0))

    def key_page_opened(self, asked: Request, *, by_link: bool) -> None:
        """Whoever waited for it is there."""
        self._left.discard(asked.request_id)
        self._unanswered.discard(asked.request_id)
        if not by_link:
            self._opened.add(asked.request_id)

    def submitted_for(self, asked: Request) -> None:
        """Whoever was there went on."""
        self._opened.discard(asked.request_id)

    def offered(self, asked: Request) -> bool:
        """Whether the list leads on to a key; a defect takes one whose key page was left for one that is fetched."""
        away = super().offered(asked) and asked.request_id in self._opened
        return super().offered(asked) and not (away and self.mock.defects.broken("left-key-page-not-offered-again"))

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """ログアウト; a defect takes what its applicant has not seen for what he has given up."""
        certificate = self.presented(request)
        own = self.mock.requests.of_user(certificate.user_id) if certificate else []
        unseen = {one.request_id for one in own} & self._unanswered
        if unseen and self.mock.defects.broken("log-out-forgets-unseen-application"):
            self._forgotten |= unseen
        return await super().log_out(request)

    def listed(self, session: Session[Memory], known: list[Request]) -> list[Request]:
        """What the list shows; a defect applies again for a visitor who came back from the waiting page."""
        known = [one for one in known if one.request_id not in self._forgotten]
        away = [one for one in known if one.request_id in self._left and one.request_id not in session.memory.stages]
        if away and self.mock.defects.broken("left-waiting-page-applies-again"):
            return [self._accept(self._held(session.memory.serial)), *known]
        return known

    def opened_from_list(self, asked: Request, session: Session[Memory]) -> str:
        """The list's own ID, and nothing new is applied for; unless a defect wants it so."""
        if self.mock.defects.broken("download-key-applies-again"):
            self._accept(self._held(session.memory.serial))
        if asked.handed_out > 1 and self.mock.defects.broken("twice-fetched-key-shows-another-id"):
            return another(asked)
        return self.mock.defects.decide("download-key-shows-another-id", right=asked.request_id, wrong=another(asked))

    def opened_by_waiting(self, asked: Request) -> str:
        """Its own ID; a defect takes another where the confirmation page was opened in another tab meanwhile."""
        overtaken = asked.request_id in self._overtaken
        wrong = overtaken and self.mock.defects.broken("overtaken-confirmation-shows-another-id")
        return another(asked) if wrong else asked.request_id

    def named_after(self, asked: Request) -> str:
        """Its applicant; a defect takes the newest user instead while they have seen nothing of it."""
        newest = self.mock.subscribers.of_system(self.office.system)[0].user_id
        unseen = asked.request_id in self._unanswered and newest != asked.user_id
        named = unseen and self.mock.defects.broken("unseen-application-named-after-another")
        return newest if named else asked.user_id

    def problem_applying(self, certificate: Certificate) -> str:
        """Why a renewal cannot be applied for; empty when it can."""
        if not self.rules.renewal_open(certificate):
            return self.words["renewal-not-open"]
        known = self.mock.requests.renewals_of(certificate.serial)
        if known and not self.mock.defects.broken("resume-issues-twice"):
            return self.words["renewal-known"]
        return ""

    def _shown(self, session: Session[Memory]) -> Subscriber:
        user = self.mock.subscribers.get(session.user_id)
        assert user
        if not self.mock.defects.broken("confirmation-shows-someone-else"):
            return user
        stranger = f"{user.user_id[:-5]}99999"
        return dataclasses.replace(
            user, user_id=stranger, organization="anotherCompany", units=("div9",), mail=f"{stranger}@example.jp"
        )

    def _accept(self, certificate: Certificate) -> Request:
        with self.mock.registry.transaction():
            asked = self.office.new_request(
                certificate.user_id,
                certificate.which,
                "renewal",
                Status.ACCEPTED,
                when=self.mock.clock.now(),
                renews=certificate.serial,
            )
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
        reloaded = look in session.memory.shown
        session.memory.shown.add(look)
        self._left.add(asked.request_id)
        self._unanswered.discard(asked.request_id)
        if reloaded and self.mock.defects.broken("waiting-page-reload-applies-again"):
            self._accept(self._held(session.memory.serial))
        return self._waiting_page(session, asked, request.query.get("n", "0"))

    def _waiting_page(self, session: Session[Memory], asked: Request, looks: str) -> web.Response:
        """Show the next status, however the visitor came; every one of them is seen before it leads on."""
        statuses, stage = self.statuses(), session.memory.stages.get(asked.request_id, -1) + 1
        if asked.status is not Status.ISSUED:
            stage = min(stage, max(len(statuses) - 2, 0))
        if stage >= len(statuses):
            raise web.HTTPSeeOther(self.key_page_of(asked))
        session.memory.stages[asked.request_id] = stage
        again = self._look(asked.request_id, int(looks) + 1 if looks.isdecimal() else 1)
        again = self.mock.defects.decide("waiting-page-stuck", right=again, wrong="")
        user = self.mock.subscribers.get(asked.user_id)
        receipt = self.receipt(asked, statuses[stage])
        return self.page("waiting.html", asked=asked, user=user, receipt=receipt, again=again)

    def receipt(self, asked: Request, status: str) -> list[tuple[str, str]]:
        """申請の受付情報."""
        return [
            (self.words["receipt-request-id"], asked.request_id),
            (self.words["reference-id"], asked.reference_id),
            (self.words["certificate-status"], status),
        ]

    def _look(self, request_id: str, number: int) -> str:
        return self.to("waiting", urlencode({"requestId": request_id, "n": number}))
