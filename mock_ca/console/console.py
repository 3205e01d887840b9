"""The console: systems, subscribers, mailbox, clock and defects."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from mock_ca.callers import stranger
from mock_ca.console.entry import HEADERS, Entry
from mock_ca.console.mailbox import Shown, shown
from mock_ca.control import Control
from mock_ca.defects import UnknownDefectError
from mock_ca.mock import Mock
from mock_ca.registry import Subscriber
from mock_ca.system import BadRequestError, System
from mock_ca.web import Pages

NUMBERS = ("days_left", "days_ago", "history")
CLOSED = "起動時に表示された、ticket の付いたアドレスから開いてください。"
LONG = 10  # digits that no number here has
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Console:
    """The console's web application."""

    def __init__(
        self, mock: Mock, systems: Mapping[str, System], control: Control, entry: Entry, roots: Mapping[str, Path]
    ) -> None:
        """Do by hand what `control` does for programs; `roots` are the certificates that browsers must trust."""
        self._mock, self._systems, self._control, self._entry, self._roots = mock, systems, control, entry, roots
        self._made: dict[str, dict[str, Any]] = {}
        self._pages = Pages(Path(__file__).with_name("templates"), now=self._now)

    def app(self) -> web.Application:
        """The web application, to be mounted at /console."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("", self._index),
                web.get("/people", self._people),
                web.post("/people", self._provision),
                web.get("/people/{user_id}", self._person),
                web.post("/people/{user_id}/reissue", self._reissue),
                web.get("/people/{user_id}/{which}.p12", self._pkcs12),
                web.get("/people/{user_id}/papers/{name}", self._paper),
                web.get("/mail", self._mail),
                web.get("/mail/{number:\\d+}", self._message),
                web.get("/defects", self._defects),
                web.post("/defects", self._switch),
                web.post("/clock", self._clock),
                web.get("/server-roots/{system}.pem", self._server_root),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            answer = await self._answer(request, handler)
        except web.HTTPException as leads_elsewhere:
            leads_elsewhere.headers.update(HEADERS)
            raise
        answer.headers.update(HEADERS)
        return answer

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if stranger(request):
            return self._pages.page("closed.html", status=403, why="ほかのサイトのページからは操作できません。")
        self._entry.admit(request)
        if not self._entry.knows(request):
            return self._pages.page("closed.html", status=401, why=CLOSED)
        try:
            return await handler(request)
        except (BadRequestError, UnknownDefectError) as error:
            return self._pages.page("error.html", status=400, error=str(error))
        except web.HTTPNotFound:
            return self._pages.page("error.html", status=404, error=f"{request.path} はありません。")
        except web.HTTPMethodNotAllowed:
            return self._pages.page(
                "error.html", status=405, error=f"{request.path} に {request.method} はできません。"
            )

    def _now(self) -> str:
        return f"{self._mock.clock.now():%Y年%m月%d日 %H:%M}"

    async def _index(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler gets the request
        repository = self._mock.authority.repository
        issuers = sorted(self._mock.authority.issuers)
        systems = self._systems.values()
        return self._pages.page("index.html", systems=systems, repository=repository, issuers=issuers)

    async def _people(self, request: web.Request) -> web.Response:  # noqa: ARG002
        people = [(system, self._mock.subscribers.of_system(system.name)) for system in self._systems.values()]
        return self._pages.page("people.html", people=people)

    async def _provision(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items() if value}
        for name in NUMBERS:
            if name in form and not (form[name].isdecimal() and len(form[name]) < LONG):
                raise BadRequestError(f"{name} は 0 以上の整数で入力してください（{LONG - 1}桁まで）。")
        wanted = {name: int(value) if name in NUMBERS else value for name, value in form.items()}
        account = await self._control.provision(wanted)
        self._made[account["user_id"]] = account
        raise web.HTTPSeeOther(f"/console/people/{account['user_id']}")

    async def _reissue(self, request: web.Request) -> web.Response:
        user = self._user(request)
        told = await self._control.reissue(user.user_id)
        self._made[user.user_id] = {**self._made.get(user.user_id, {"identities": []}), **told}
        raise web.HTTPSeeOther(f"/console/people/{user.user_id}")

    async def _person(self, request: web.Request) -> web.Response:
        user = self._user(request)
        facts = self._control.facts(user.user_id)
        addresses = (user.mail, user.admin_mail, user.password_mail)
        mails = [mail for mail in self._mails() if mail.recipient in addresses]
        values: dict[str, Any] = {"user": user, "made": self._made.get(user.user_id), "facts": facts, "mails": mails}
        which = self._systems[user.system].captions.kinds
        return self._pages.page("person.html", **values, which=which, papers=self._mock.papers.of(user.user_id))

    def _user(self, request: web.Request) -> Subscriber:
        user = self._mock.subscribers.get(request.match_info["user_id"])
        if user is None:
            raise web.HTTPNotFound
        return user

    async def _pkcs12(self, request: web.Request) -> web.Response:
        user_id, which = request.match_info["user_id"], request.match_info["which"]
        for one in self._made.get(user_id, {}).get("identities", []):
            if one["which"] == which:
                name = f'attachment; filename="{user_id}-{which}.p12"'
                data = base64.b64decode(one["pkcs12_base64"])
                headers = {"Content-Disposition": name}
                return web.Response(body=data, content_type="application/x-pkcs12", headers=headers)
        raise web.HTTPNotFound

    async def _paper(self, request: web.Request) -> web.Response:
        for path in self._mock.papers.of(request.match_info["user_id"]):
            if path.name == request.match_info["name"]:
                return web.Response(text=path.read_text(encoding="utf-8"), content_type="text/html", charset="utf-8")
        raise web.HTTPNotFound

    def _mails(self) -> list[Shown]:
        raw = self._mock.outbox.messages()
        return [shown(len(raw) - place, message) for place, message in enumerate(raw)]

    async def _mail(self, request: web.Request) -> web.Response:  # noqa: ARG002
        return self._pages.page("mail.html", mails=self._mails())

    async def _message(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        found = next((mail for mail in self._mails() if mail.number == number), None)
        if found is None:
            raise web.HTTPNotFound
        return self._pages.page("message.html", mail=found)

    async def _defects(self, request: web.Request) -> web.Response:  # noqa: ARG002
        defects = self._mock.defects
        return self._pages.page("defects.html", catalogue=list(defects.catalogue.values()), on=defects.on)

    async def _switch(self, request: web.Request) -> web.Response:
        wanted = [str(name) for name in (await request.post()).getall("on", [])]
        self._mock.defects.switch(wanted)
        raise web.HTTPSeeOther("/console/defects")

    async def _clock(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("reset"):
            self._mock.clock.reset()
        else:
            days, minutes = (str(form.get(unit) or "0") for unit in ("days", "minutes"))
            if not (days.isdecimal() and minutes.isdecimal() and len(days) < 5 and len(minutes) < 7):  # noqa: PLR2004
                raise BadRequestError("日数と分数は 0 以上の整数で入力してください（4桁・6桁まで）。")
            self._control.advance(timedelta(days=int(days), minutes=int(minutes)))
        raise web.HTTPSeeOther("/console")

    async def _server_root(self, request: web.Request) -> web.Response:
        root = self._roots.get(request.match_info["system"])
        if root is None:
            raise web.HTTPNotFound
        return web.Response(body=root.read_bytes(), content_type="application/x-pem-file")
