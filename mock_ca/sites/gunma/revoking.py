"""利用者管理: the master user revokes the certificate of another user of the company."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.sites.gunma.bank import Bank
from mock_ca.sites.gunma.members import Member, Role
from mock_ca.sites.gunma.states import State
from mock_ca.sites.gunma.words import WORDS

COLUMNS = {
    "login_id": "ログインID",
    "name": "利用者名",
    "role": "利用者区分",
    "state": "証明書状態",
    "ends": "証明書有効期限",
}
ALIVE = {State.ISSUED, State.RENEWABLE}


@dataclass(frozen=True)
class Line:
    """One user in 利用者一覧."""

    login_id: str
    name: str
    role: Role
    state: State
    ends: datetime | None

    def key(self, column: str) -> tuple[int, str]:
        """What the list is sorted by; users without an expiry come first."""
        if column == "role":
            return list(Role).index(self.role), self.login_id
        if column == "state":
            return list(State).index(self.state), self.login_id
        if column == "ends":
            return int(self.ends is not None), f"{self.ends} {self.login_id}"
        return 0, str(getattr(self, column))


class Revoking:
    """業務選択, 利用者一覧, 証明書失効確認 and 証明書失効結果."""

    def __init__(self, bank: Bank, visit: str) -> None:
        """`visit` is where the request keeps its visit."""
        self._bank, self._mock, self._visit = bank, bank.mock, visit

    def routes(self) -> list[web.RouteDef]:
        """Which address does what."""
        return [
            web.get("/users", self._choice),
            web.get("/users/revoke", self._list),
            web.post("/users/revoke", self._confirm),
            web.post("/users/revoke/execute", self._execute),
        ]

    def user(self, request: web.Request) -> str:
        """Who is logged in; anyone else is sent to the door."""
        user_id: str = request[self._visit].user_id
        if not user_id:
            raise web.HTTPSeeOther("/")
        return user_id

    async def _choice(self, request: web.Request) -> web.Response:
        """作業内容選択."""
        offered = self._may_revoke(request) and not self._mock.defects.broken("menu-without-revocation")
        return self._bank.pages.page("users.html", offered=offered)

    async def _list(self, request: web.Request) -> web.Response:
        self._master(request)
        return self._listed(request)

    def _listed(self, request: web.Request, error: str = "") -> web.Response:
        column, down = request.query.get("column", "login_id"), request.query.get("order") == "desc"
        column = column if column in COLUMNS else "login_id"
        lines = [self._line(one) for one in self._company(request)]
        ordered = sorted(lines, key=lambda line: line.key(column), reverse=down)
        shown = self._mock.defects.decide("list-not-sorted", right=ordered, wrong=lines)
        return self._bank.pages.page(
            "user_list.html", lines=shown, columns=COLUMNS, column=column, down=down, error=error
        )

    async def _confirm(self, request: web.Request) -> web.Response:
        """証明書失効確認."""
        self._master(request)
        form = await request.post()
        chosen = self._chosen(request, str(form.get("loginId", "")))
        if error := self._problem(request, chosen):
            return self._listed(request, error)
        assert chosen
        return self._confirmation(chosen)

    async def _execute(self, request: web.Request) -> web.Response:
        """証明書失効結果."""
        master, form = self._master(request), await request.post()
        chosen = self._chosen(request, str(form.get("loginId", "")))
        if error := self._problem(request, chosen):
            return self._listed(request, error)
        assert chosen
        right = hmac.compare_digest(str(form.get("confirmation", "")).encode(), master.confirmation.encode())
        if not right and not self._mock.defects.broken("confirmation-password-ignored"):
            return self._confirmation(chosen, WORDS["confirmation-refused"])
        self._revoke(request, chosen)
        return self._bank.pages.page("revocation_done.html", line=self._line(chosen), state=State.REVOKED)

    def _confirmation(self, chosen: Member, error: str = "") -> web.Response:
        return self._bank.pages.page("revocation_confirm.html", line=self._line(chosen), error=error)

    def _revoke(self, request: web.Request, chosen: Member) -> None:
        """Revoke the chosen user's certificate, as far as the defects let it be."""
        others = [one for one in self._company(request) if one.role is not Role.MASTER and self._alive(one)]
        wrong = others[0] if others else chosen
        revoked = self._mock.defects.decide("another-user-revoked", right=chosen, wrong=wrong)
        certificate = self._bank.states.newest(revoked.user_id)
        if certificate and not self._mock.defects.broken("revocation-not-carried-out"):
            with self._mock.registry.transaction():
                self._mock.certificates.revoke(certificate.serial, self._mock.clock.real())

    def _problem(self, request: web.Request, chosen: Member | None) -> str:
        """Why this user's certificate cannot be revoked here."""
        if chosen is None:
            return WORDS["nobody-chosen"]
        own = chosen.user_id == self.user(request)
        if own and not self._mock.defects.broken("master-revokes-own-certificate"):
            return WORDS["own-certificate"]
        return "" if self._alive(chosen) else WORDS["nothing-to-revoke"]

    def _alive(self, member: Member) -> bool:
        return self._bank.states.of_user(member.user_id) in ALIVE

    def _chosen(self, request: web.Request, user_id: str) -> Member | None:
        return next((one for one in self._company(request) if one.user_id == user_id), None)

    def _company(self, request: web.Request) -> list[Member]:
        member = self._bank.members.get(self.user(request))
        assert member
        return self._bank.members.of_company(member.company)

    def _may_revoke(self, request: web.Request) -> bool:
        member = self._bank.members.get(self.user(request))
        assert member
        return member.role is Role.MASTER or self._mock.defects.broken("everyone-may-revoke")

    def _master(self, request: web.Request) -> Member:
        """The user, if he may revoke; anyone else is sent back to the menu."""
        member = self._bank.members.get(self.user(request))
        if member is None or not self._may_revoke(request):
            raise web.HTTPSeeOther("/users")
        return member

    def _line(self, member: Member) -> Line:
        """A user as the list shows him; only a living certificate has an expiry."""
        state, newest = self._bank.states.of_user(member.user_id), self._bank.states.newest(member.user_id)
        wrong = State.ISSUED if state is State.RENEWABLE else State.NONE
        shown = self._mock.defects.decide("list-shows-wrong-state", right=state, wrong=wrong)
        ends = newest.not_after.astimezone(TOKYO) if newest and state in ALIVE else None
        ends = self._mock.defects.decide("list-without-expiry", right=ends, wrong=None)
        return Line(member.user_id, self._bank.person(member.user_id).name, member.role, shown, ends)
