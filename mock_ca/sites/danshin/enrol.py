"""新規取得・再発行: log in, choose 鍵の取得, enter the request id, download. No client certificate needed."""

from __future__ import annotations

from aiohttp import web
from cryptography import x509

from mock_ca.clock import TOKYO
from mock_ca.registry import Certificate, Request, Status
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.keydesk import UNKNOWN, KeyDesk

KINDS = {"issue": "新規", "reissue": "再発行", "renewal": "更新"}
EXPIRED = (
    "ご案内の有効期間（証明書情報の発行後30日間）が過ぎているため、手続きを進められません。"
    "サポートセンターへご連絡ください。"
)
STATUS = {
    Status.INVITED: "未取得",
    Status.ACCEPTED: "処理中",
    Status.ISSUED: "発行済み",
    Status.CANCELLED: "取消済み",
}


class Enrolment(KeyDesk):
    """The site that the invitation's link leads to."""

    title = "サイバートラスト マネージドPKI"
    prefix = "/NissayInformationTechnologyKDanshinnetCA/pages/ee/"
    kinds = ("issue", "reissue")
    menu = "menu_enrol.html"

    def routes(self) -> list[web.RouteDef]:
        """Log-in, menu items and the key pages."""
        at = self.prefix
        return [
            *super().routes(),
            web.get(f"{at}index.jsp", self.entrance),
            web.post(f"{at}login.jsp", self._log_in),
            web.get(f"{at}top.jsp", self._top),
            web.get(f"{at}detail.jsp", self._detail),
            web.get(f"{at}requests.jsp", self._requests),
            web.get(f"{at}certificate.jsp", self._certificate_page),
            web.get(f"{at}contact.jsp", self._contact),
            web.get(f"{at}logout.jsp", self._log_out),
        ]

    def ends_at_midnight(self) -> bool:
        """As the manual says."""
        return True

    def refusal(self, asked: Request) -> str:
        """Invitations end, and reissues revoke."""
        if not rules.invitation_open(self.mock.defects, asked, self.mock.clock.today()):
            return EXPIRED
        held = self.mock.certificates.of_request(asked.request_id)
        if held and held[-1].revoked_at:
            return "この証明書は失効しているため、鍵を取得できません。サポートセンターへご連絡ください。"
        return ""

    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:  # noqa: ARG002
        """Issued at the first Submit."""
        return await self.issuing.first(asked, repeated=repeated)

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """ユーザ認証."""
        if self.sessions.timed_out(request) and self.mock.defects.broken("session-cannot-restart"):
            return self.invalid()
        return self.page("login.html", user_id="", error="")

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        user_id, password = str(form.get("userId", "")), str(form.get("password", ""))
        if self.sessions.timed_out(request, user_id) and self.mock.defects.broken("session-cannot-restart"):
            return self.invalid()
        if not self._knows(user_id, password):
            sentence = "ユーザ ID またはパスワードが正しくありません。"
            error = self.mock.defects.decide("login-failure-unexplained", right=sentence, wrong="")
            return self.page("login.html", user_id=user_id, error=error)
        response = web.HTTPSeeOther("top.jsp")
        self.sessions.begin(response, user_id)
        raise response

    def _knows(self, user_id: str, password: str) -> bool:
        known = self.mock.subscribers.get(user_id)
        if known is None or known.system != "danshin":
            return False
        right = self.mock.subscribers.password_matches(user_id, password)
        return right or self.mock.defects.broken("wrong-password-logs-in")

    async def _top(self, request: web.Request) -> web.StreamResponse:
        self.sessions.require(request)
        return self.page("top_enrol.html")

    async def _contact(self, request: web.Request) -> web.StreamResponse:
        self.sessions.require(request)
        return self.page("contact.html")

    async def _requests(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        rows = [row for asked in self.mock.requests.of_user(session.user_id) for row in self._rows(asked)]
        return self.page("requests.html", rows=rows)

    async def _detail(self, request: web.Request) -> web.StreamResponse:
        user_id = self.sessions.require(request).user_id
        request_id = request.query.get("requestId", "").strip()
        asked = self._visible(request_id, user_id)
        error = UNKNOWN if request_id and asked is None else ""
        rows = self._rows(asked) if asked else []
        user = self.mock.subscribers.get(user_id)
        return self.page("detail.html", request_id=request_id, rows=rows, user=user, error=error)

    async def _certificate_page(self, request: web.Request) -> web.StreamResponse:
        user_id = self.sessions.require(request).user_id
        request_id = request.query.get("requestId", "").strip()
        asked = self._visible(request_id, user_id)
        held = self.mock.certificates.of_request(request_id) if asked else []
        error = UNKNOWN if request_id and not held else ""
        names = [_names(one) for one in held]
        return self.page("certificate.html", request_id=request_id, names=names, error=error)

    async def _log_out(self, request: web.Request) -> web.StreamResponse:
        self.sessions.end(request)
        return self.page("logged_out.html")

    def menu_items(self) -> dict[str, bool]:
        """Menu items that a defect can take away."""
        return {"key": not self.mock.defects.broken("menu-without-key-page")}

    def _visible(self, request_id: str, user_id: str) -> Request | None:
        asked = self.mock.requests.get(request_id)
        return asked if asked and asked.user_id == user_id else None

    def _rows(self, asked: Request) -> list[dict[str, str]]:
        """One line for each certificate of a request, or for the request alone."""
        common = {
            "request_id": asked.request_id,
            "kind": KINDS[asked.kind],
            "asked": f"{asked.asked_at.astimezone(TOKYO):%Y.%m.%d %H:%M:%S}",
        }
        held = self.mock.certificates.of_request(asked.request_id)
        if not held:
            return [{**common, "status": STATUS[asked.status], "serial": "", "validity": ""}]
        return [{**common, **_facts(one)} for one in held]


def _facts(certificate: Certificate) -> dict[str, str]:
    first, last = (moment.astimezone(TOKYO) for moment in (certificate.not_before, certificate.not_after))
    status = "失効" if certificate.revoked_at else "発行済み"
    return {"status": status, "serial": certificate.serial, "validity": f"{first:%Y.%m.%d} ～ {last:%Y.%m.%d}"}


def _names(certificate: Certificate) -> dict[str, str]:
    read = x509.load_der_x509_certificate(certificate.certificate)
    names = {"subject": read.subject.rfc4514_string(), "issuer": read.issuer.rfc4514_string()}
    return {**names, **_facts(certificate)}
