"""鍵の取得: request id and a password of the subscriber's own, then the download."""

from __future__ import annotations

import secrets
from abc import abstractmethod
from urllib.parse import urlencode

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.issuing import Issuing, Parcel
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.portal import Memory, Paths, Portal
from mock_ca.registry import Certificate, Request, Status
from mock_ca.web import Session, visitor_id


class KeySite(Portal):
    """A site where keys are fetched, for requests of its `kinds`."""

    kinds: tuple[str, ...]

    def __init__(self, office: Office, key: str, title: str, paths: Paths, issuing: Issuing) -> None:
        """Fetch what `issuing` issues."""
        super().__init__(office, key, title, paths)
        self.issuing = issuing
        self._unseen: set[str] = set()  # requests whose key is ready, and whose download page nobody has seen

    def routes(self) -> list[web.RouteDef]:
        """The key page, the download page and the file."""
        return [
            web.get(self.to("key"), self._key_page),
            web.post(self.to("key"), self._submit),
            web.get(self.to("download"), self._download_page),
            web.post(self.to("file.p12"), self._file),
        ]

    @abstractmethod
    def refusal(self, asked: Request) -> str:
        """Why this site refuses a request of the visitor's own; empty when it does not."""

    @abstractmethod
    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:
        """The certificate whose key is handed out for a request."""

    def password_problem(self, password: str, again: str) -> str:
        """Why a password for the key is refused; empty when it is not."""
        return self.rules.password_problem(password, again)

    def pack(self, session: Session[Memory], parcel: Parcel) -> str:
        """Lay a parcel ready for the visitor; gives the address of its download page."""
        ticket = secrets.token_urlsafe(12)
        session.memory.parcels[ticket] = parcel
        return self.to("download", urlencode({"t": ticket}))

    def packed(self, session: Session[Memory], ticket: str) -> Parcel | None:
        """What the download page with this ticket gives; nothing where another visitor has logged in since."""
        mine, newest = session.memory.parcels.get(ticket), next(reversed(session.memory.parcels.values()), None)
        if mine is None and newest is not None and self.mock.defects.broken("tabs-share-download"):
            return newest
        return mine

    async def _key_page(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        session.memory.opened = self.mock.clock.today()
        asked = self.mock.requests.get(request.query.get("requestId", ""))
        request_id = asked.request_id if asked and asked.user_id == session.user_id else ""
        by_link = "list" in request.query
        if asked and request_id:
            self.key_page_opened(asked, by_link=by_link)
        shown = self.mock.defects.decide("request-id-not-filled-in", right=request_id, wrong="")
        if asked and shown:
            shown = self.opened_from_list(asked, session) if by_link else self.opened_by_waiting(asked)
        ticket = self.ticket(session, shown)
        session.memory.pages.append(ticket)
        return self.page("key.html", request_id=shown, ticket=ticket, by_link=by_link, error="")

    def key_page_opened(self, asked: Request, *, by_link: bool) -> None:
        """Told of each request whose key page is opened, from a list or as the end of waiting."""

    def submitted_for(self, asked: Request) -> None:
        """Told of each request whose key is asked for."""

    def opened_from_list(self, asked: Request, session: Session[Memory]) -> str:  # noqa: ARG002 - for those who override it
        """The request ID that the key page shows when it was opened from a list."""
        return asked.request_id

    def opened_by_waiting(self, asked: Request) -> str:
        """The request ID that the key page shows at the end of waiting."""
        return asked.request_id

    def _form(self, session: Session[Memory], request_id: str, *, by_link: bool, error: str) -> web.Response:
        ticket = self.ticket(session, request_id)
        return self.page("key.html", request_id=request_id, ticket=ticket, by_link=by_link, error=error)

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        form = {name: str(value) for name, value in (await request.post()).items()}
        if not self._in_time(session):
            return self.page("another_day.html")
        request_id = self.submitted(session, form.get("ticket", ""), form.get("requestId", "").strip())
        asked = self._meant(session, self._own(session, request_id), form.get("ticket", ""))
        error = self._problem(asked, request_id, form)
        if error or asked is None:
            return self._form(session, request_id, by_link="list" in form, error=error)
        raise web.HTTPSeeOther(await self.hand_out(session, asked, form))

    def _in_time(self, session: Session[Memory]) -> bool:
        return self.rules.in_time(self.kinds[0], session.memory.opened)

    def served(self, request_id: str) -> Request | None:
        """The living request of this system with an id, if it is of a kind that this site serves."""
        asked = self.mock.requests.get(request_id)
        if asked is None or asked.kind not in self.kinds or asked.status is Status.CANCELLED:
            return None
        return asked if self.office.subscriber(asked.user_id) else None

    def _own(self, session: Session[Memory], request_id: str) -> Request | None:
        asked = self.served(request_id)
        if asked is None:
            return None
        if asked.user_id == session.user_id or self.mock.defects.broken("someone-elses-request-id-served"):
            return asked
        own = [one for one in self.mock.requests.of_user(session.user_id) if self.served(one.request_id)]
        return own[-1] if own and self.mock.defects.broken("last-log-in-counts") else None

    def _meant(self, session: Session[Memory], asked: Request | None, ticket: str) -> Request | None:
        """The request itself; a defect forgets who is logged in, once another key page was opened behind this one."""
        earlier = [one for one in self.mock.requests.of_user(session.memory.before) if self.served(one.request_id)]
        overtaken = ticket in session.memory.pages[:-1]
        if asked and earlier and overtaken and self.mock.defects.broken("key-of-the-log-in-before"):
            return earlier[-1]
        return asked

    def _problem(self, asked: Request | None, request_id: str, form: dict[str, str]) -> str:
        if not request_id:
            return self.words["request-id-missing"]
        if asked is None:
            return self.words["request-id-unknown"]
        password, again = form.get("password", ""), form.get("passwordConfirm", "")
        return self.refusal(asked) or self.password_problem(password, again)

    async def hand_out(self, session: Session[Memory], asked: Request, form: dict[str, str]) -> str:
        """Encrypt a request's key under the password of the form; gives the address of its download page."""
        ticket = form.get("ticket", "")
        repeated, copied = ticket in session.memory.used, self._copied(session, ticket)
        session.memory.used[ticket] = asked.request_id
        self.submitted_for(asked)
        if copied and not repeated and self.mock.defects.broken("copied-page-issues-again"):
            certificate = await self.issuing.anew(asked)
        else:
            certificate = await self._made(asked, repeated=repeated, by_link="list" in form)
        self._unseen.add(asked.request_id)
        with self.mock.registry.transaction():
            self.mock.requests.count_hand_out(asked.request_id)
        parcel = self.issuing.parcel(certificate, form.get("password", ""))
        return self.pack(session, Parcel(asked.request_id, parcel.serial, parcel.data))

    def _copied(self, session: Session[Memory], ticket: str) -> bool:
        """Whether a key page that was opened behind this one has been sent already."""
        pages = session.memory.pages
        return ticket in pages and any(one in session.memory.used for one in pages[pages.index(ticket) + 1 :])

    async def _made(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:
        """The certificate of a request: a new one where a defect does not know the answer that was lost."""
        lost = asked.request_id in self._unseen and not repeated
        if lost and self.mock.defects.broken("unseen-download-issues-again"):
            return await self.issuing.anew(asked)
        return await self.certificate(asked, repeated=repeated, by_link=by_link)

    async def _download_page(self, request: web.Request) -> web.StreamResponse:
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        parcel = self.packed(session, ticket)
        if parcel is None:
            raise web.HTTPSeeOther(self.to("key"))
        await self._shown_again(session, ticket, parcel)
        self.seen(parcel)
        image = f"{self.mock.authority.repository}/seal.svg"
        seal = self.mock.defects.decide("foreign-host-needed", right="", wrong=image)
        return self.page("download.html", ticket=ticket, seal=seal)

    def seen(self, parcel: Parcel) -> None:
        """Told of each download page that is shown."""
        self._unseen.discard(parcel.request_id)

    async def _shown_again(self, session: Session[Memory], ticket: str, parcel: Parcel) -> None:
        """A download page whose file was sent is opened again: a defect makes another certificate for it."""
        asked = self.served(parcel.request_id)
        if asked and ticket in session.memory.given and self.mock.defects.broken("reloaded-download-page-issues-again"):
            await self.issuing.anew(asked)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        session, ticket = self.sessions.require(request), str((await request.post()).get("ticket", ""))
        parcel = self.packed(session, ticket)
        if parcel is None:
            return self.invalid()
        session.memory.given.add(ticket)
        return self.delivered(request, parcel) if self._in_time(session) else self.page("another_day.html")

    def file_name(self, parcel: Parcel) -> str:
        """What a downloaded file is called."""
        return f"{parcel.request_id}.p12"

    def delivered(self, request: web.Request, parcel: Parcel) -> web.StreamResponse:
        """The file itself; from now on its key counts as fetched."""
        response = web.Response(body=parcel.data, content_type="application/x-pkcs12")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.file_name(parcel)}"'
        response.headers["Cache-Control"] = "no-store"
        with self.mock.registry.transaction():
            self.mock.certificates.set_visitor(parcel.serial, visitor_id(request, response))
            self.mock.requests.set_fetched(parcel.request_id, self.mock.clock.now().astimezone(TOKYO))
        return response

    def key_page_of(self, asked: Request, *, by_link: bool = False) -> str:
        """The address of the key page with a request's id filled in."""
        return self.to("key", urlencode({"requestId": asked.request_id} | ({"list": "1"} if by_link else {})))


class Invited(KeySite):
    """A site where those who were invited fetch their first key, or after a reissue the next."""

    kinds = ("issue", "reissue")

    def refusal(self, asked: Request) -> str:
        """Invitations end, and reissues revoke."""
        if not self.rules.invitation_open(asked):
            return self.words["invitation-over"]
        held = self.mock.certificates.of_request(asked.request_id)
        return self.words["certificate-revoked"] if held and held[-1].revoked_at else ""

    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:  # noqa: ARG002
        """Issued at the first Submit, the same ever after."""
        return await self.issuing.first(asked, repeated=repeated)
