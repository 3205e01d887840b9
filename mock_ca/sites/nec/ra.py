"""The enrolment site (RA): four steps from a one-time address to an installed certificate."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.sites.nec.applications import Applications
from mock_ca.sites.nec.figures import BITS, OTHER_BITS, OTHER_PROVIDER, PROVIDER, TITLES
from mock_ca.sites.nec.issuing import Issuing
from mock_ca.sites.nec.screens import Screens
from mock_ca.web import SessionInvalidError, Sessions

IDLE = timedelta(minutes=30)
WRONG_PASSWORD = "認証情報パスワードに誤りがあります。もう一度入力してください。"  # noqa: S105 - a sentence
NO_REQUEST = "証明書の発行要求を受け取れませんでした。はじめからやり直してください。"


@dataclass
class Visit:
    """What the site remembers of a visitor: the application he came for."""

    request_id: str = ""


class Ra:
    """証明書発行サイト, which is 証明書更新サイト for a renewal."""

    def __init__(
        self, mock: Mock, screens: Screens, applications: Applications, issuing: Issuing, confirm: str
    ) -> None:
        """Begin with nobody there; `confirm` is the address of the confirmation page."""
        self._mock, self._screens, self._applications, self._issuing = mock, screens, applications, issuing
        self._confirm = confirm
        self._sessions = Sessions("NecRaSession", mock.clock, lambda idle: idle > IDLE, Visit)

    def routes(self) -> list[web.RouteDef]:
        """The four steps, and the two files."""
        return [
            web.get("/ra/", self._entrance),
            web.get("/ra/step2", self._step_two),
            web.post("/ra/step2", self._issue),
            web.get("/ra/step3", self._step_three),
            web.get("/ra/root.cer", self._root_file),
            web.get("/ra/client.cer", self._client_file),
            web.get("/ra/step4", self._step_four),
            web.get("/ra/{request_id:\\d+}/{secret}", self._step_one),
            web.post("/ra/{request_id:\\d+}/{secret}", self._authenticate),
        ]

    async def _entrance(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - a handler gets the request
        return self._screens.page("closed.html", title=TITLES["issue"])

    def _asked(self, request: web.Request) -> Request:
        """The application at the address. Raises HTTPNotFound."""
        asked = self._applications.known(request.match_info["request_id"], request.match_info["secret"])
        if asked is None:
            raise web.HTTPNotFound
        return asked

    async def _step_one(self, request: web.Request) -> web.StreamResponse:
        asked = self._asked(request)
        if self._applications.over(asked):
            return self._screens.page("used.html", title=self._title(asked))
        page = self._page(asked, "step1.html", error="")
        if self._mock.defects.broken("steps-open-without-password"):
            self._begin(page, asked)
        return page

    async def _authenticate(self, request: web.Request) -> web.StreamResponse:
        asked, form = self._asked(request), await request.post()
        if self._applications.over(asked):
            return self._screens.page("used.html", title=self._title(asked))
        right = self._mock.subscribers.password_matches(asked.user_id, str(form.get("password", "")))
        if not right and not self._mock.defects.broken("authentication-password-unchecked"):
            return self._page(asked, "step1.html", error=WRONG_PASSWORD)
        response = web.HTTPSeeOther("/ra/step2")
        self._begin(response, asked)
        raise response

    def _begin(self, response: web.StreamResponse, asked: Request) -> None:
        self._sessions.begin(response, asked.user_id).memory.request_id = asked.request_id

    def _here(self, request: web.Request) -> Request:
        """The visitor's application. Raises SessionInvalidError."""
        asked = self._mock.requests.get(self._sessions.require(request).memory.request_id)
        assert asked
        return asked

    async def _step_two(self, request: web.Request) -> web.StreamResponse:
        asked, decide = self._here(request), self._mock.defects.decide
        return self._page(
            asked,
            "step2.html",
            shown_provider=decide("step-two-names-another-provider", right=PROVIDER, wrong=OTHER_PROVIDER),
            shown_bits=decide("step-two-names-another-length", right=BITS, wrong=OTHER_BITS),
            provider=decide("key-made-by-another-provider", right=PROVIDER, wrong=OTHER_PROVIDER),
            bits=decide("key-longer-than-shown", right=BITS, wrong=OTHER_BITS),
            protection=decide("key-without-protection", right=1, wrong=0),
            explains=self._explains(),
        )

    async def _issue(self, request: web.Request) -> web.StreamResponse:
        asked, form = self._here(request), await request.post()
        key = _key_in(str(form.get("pkcs10", "")))
        if key is None:
            return self._page(asked, "failed.html", error=NO_REQUEST)
        if self._applications.over(asked):
            return self._screens.page("used.html", title=self._title(asked))
        self._issuing.issue(asked, key)
        raise web.HTTPSeeOther("/ra/step3")

    async def _step_three(self, request: web.Request) -> web.StreamResponse:
        asked, decide = self._here(request), self._mock.defects.decide
        return self._page(
            asked,
            "step3.html",
            response=base64.b64encode(self._issuing.response(self._issued(asked))).decode(),
            restrictions=decide("untrusted-root-unmentioned", right=0, wrong=4),
            reports=decide("install-success-unreported", right=True, wrong=False),
            offers=decide("client-file-not-offered", right=True, wrong=False),
            explains=self._explains(),
        )

    def _issued(self, asked: Request) -> Certificate:
        """The certificate of the visitor's application. Raises SessionInvalidError before there is one."""
        issued = self._mock.certificates.of_request(asked.request_id)
        if not issued:
            raise SessionInvalidError
        return issued[-1]

    async def _root_file(self, request: web.Request) -> web.StreamResponse:
        self._here(request)
        return _file("NECCA.cer", self._issuing.root_file())

    async def _client_file(self, request: web.Request) -> web.StreamResponse:
        issued = self._issued(self._here(request))
        return _file("client.cer", self._issuing.client_file(issued))

    async def _step_four(self, request: web.Request) -> web.StreamResponse:
        asked = self._here(request)
        self._issued(asked)
        dead = self._confirm.replace("/confirm/", "/check/")
        link = self._mock.defects.decide("confirmation-link-dead", right=self._confirm, wrong=dead)
        return self._page(asked, "step4.html", link=link)

    def _page(self, asked: Request, template: str, **values: object) -> web.Response:
        user = self._mock.subscribers.get(asked.user_id)
        assert isinstance(user, Subscriber)
        return self._screens.page(template, status=200, title=self._title(asked), user=user, **values)

    def _title(self, asked: Request) -> str:
        return self._mock.defects.decide("renewal-titled-as-issue", right=TITLES[asked.kind], wrong=TITLES["issue"])

    def _explains(self) -> bool:
        return not self._mock.defects.broken("control-failure-unexplained")


def _key_in(text: str) -> rsa.RSAPublicKey | None:
    """The key in a certificate request (PKCS#10 in base64), if it is one and its holder signed it."""
    try:
        asked = x509.load_der_x509_csr(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return None
    key = asked.public_key()
    return key if asked.is_signature_valid and isinstance(key, rsa.RSAPublicKey) else None


def _file(name: str, data: bytes) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=data, content_type="application/x-x509-ca-cert", headers=headers)
