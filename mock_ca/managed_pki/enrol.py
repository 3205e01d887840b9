"""新規取得・再発行: log in, choose 鍵の取得, enter the request id, download. No client certificate needed."""

from __future__ import annotations

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.issuing import Issuing
from mock_ca.managed_pki.key_site import Invited
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.portal import Paths
from mock_ca.managed_pki.resume import moment
from mock_ca.registry import Certificate, Request, Status


class Enrolment(Invited):
    """The site that the invitation's link leads to."""

    menu = "menu_enrol.html"

    def routes(self) -> list[web.RouteDef]:
        """Log-in, menu and the key pages."""
        return [
            *super().routes(),
            web.get(self.to("index"), self.entrance),
            web.post(self.to("login"), self._log_in),
            web.get(self.to("top"), self._top),
            web.get(self.to("requests"), self._requests),
            web.get(self.to("logout"), self.log_out),
        ]

    def __init__(self, office: Office, key: str, title: str, paths: Paths, issuing: Issuing) -> None:
        """Begin with nobody having been here."""
        super().__init__(office, key, title, paths, issuing)
        self._been: set[str] = set()
        self._unseen_menu: set[str] = set()  # those who logged in and have not seen the menu

    def menu_items(self) -> dict[str, bool]:
        """Menu items that a defect can take away."""
        return {"key": not self.mock.defects.broken("menu-without-key-page")}

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """ユーザ認証."""
        if self.cannot_restart(request):
            return self.invalid()
        return self.page("login.html", user_id="", error="")

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        user_id, password = str(form.get("userId", "")), str(form.get("password", ""))
        if self.cannot_restart(request, user_id):
            return self.invalid()
        if not self._knows(user_id, password):
            sentence = self.words["login-refused"]
            error = self.mock.defects.decide("login-failure-unexplained", right=sentence, wrong="")
            return self.page("login.html", user_id=user_id, error=error)
        self._welcome(user_id)
        self._unseen_menu.add(user_id)
        response, earlier = web.HTTPSeeOther(self.to("top")), self.sessions.known(request)
        stay = self.sessions.begin(response, user_id)
        stay.memory.before = earlier.user_id if earlier and earlier.user_id != user_id else ""
        raise response

    async def _top(self, request: web.Request) -> web.StreamResponse:
        self._unseen_menu.discard(self.sessions.require(request).user_id)
        return self.page("top_enrol.html")

    def _welcome(self, user_id: str) -> None:
        """Somebody logs in; a defect reminds those who were here before and have fetched nothing."""
        waits = any(one.status is Status.INVITED for one in self.mock.requests.of_user(user_id))
        again = waits and user_id in self._been
        self._been.add(user_id)
        user = self.mock.subscribers.get(user_id)
        if again and user and self.mock.defects.broken("guide-mailed-again-after-log-in"):
            with self.mock.registry.transaction():
                self.mock.outbox.repeat(user.mail)
            self.mock.outbox.flush()

    def _knows(self, user_id: str, password: str) -> bool:
        if self.office.subscriber(user_id) is None:
            return False
        right = self.mock.subscribers.password_matches(user_id, password)
        if right and user_id in self._unseen_menu and self.mock.defects.broken("unseen-menu-locks-out"):
            return False
        return right or self.mock.defects.broken("wrong-password-logs-in")

    async def _requests(self, request: web.Request) -> web.StreamResponse:
        """申請情報一覧."""
        session = self.sessions.require(request)
        rows = [row for asked in self.mock.requests.of_user(session.user_id) for row in self.rows(asked)]
        return self.page("requests.html", rows=rows)

    def rows(self, asked: Request) -> list[dict[str, str]]:
        """One line for each certificate of a request, or for the request alone."""
        kind = self.words[f"kind-{asked.kind}"]
        common = {"request_id": asked.request_id, "kind": kind, "asked": moment(asked.asked_at)}
        held = self.mock.certificates.of_request(asked.request_id)
        if not held:
            return [{**common, "status": self.words[f"status-{asked.status}"], "serial": "", "validity": ""}]
        return [{**common, **facts(one)} for one in held]


def facts(certificate: Certificate) -> dict[str, str]:
    """A certificate in a list."""
    first, last = (when.astimezone(TOKYO) for when in (certificate.not_before, certificate.not_after))
    status = "失効" if certificate.revoked_at else "発行済み"
    return {"status": status, "serial": certificate.serial, "validity": f"{first:%Y.%m.%d} ～ {last:%Y.%m.%d}"}
