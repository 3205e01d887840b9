"""The listener for MPKI クライアント: JSON in, JSON out; a refusal is {"error": sentence}."""

from __future__ import annotations

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Request, serial_text
from mock_ca.sites.obn.figures import CLIENT_EXTRA_DAYS, CLIENT_MISSED_DAYS, CLIENT_NOTICE_DAYS
from mock_ca.sites.obn.issuing import ObnIssuing
from mock_ca.web import client_certificate

SMALLEST_KEY = 2048


class RefusedError(Exception):
    """What the program asks for is refused; the name of the sentence that says why."""


class Agent:
    """Says whether a certificate's holder is to be reminded today, and renews the certificate that is presented."""

    def __init__(self, office: Office, issuing: ObnIssuing) -> None:
        """Renew with `issuing`."""
        self._office, self._mock, self._issuing = office, office.mock, issuing

    def app(self, path: str) -> web.Application:
        """The web application, below a path."""
        app = web.Application()
        answers = {"notice": self._notice, "renew": self._renew, "taken": self._taken}
        app.add_routes([web.post(f"{path}/{what}", answer) for what, answer in answers.items()])
        return app

    async def _notice(self, request: web.Request) -> web.Response:
        """Anyone may ask about a certificate whose serial number he knows: keys under a PIN are not needed for it."""
        try:
            certificate = self._known((await _body(request)).get("serial", ""))
        except RefusedError as refusal:
            return self._refused(refusal)
        decide, left = self._mock.defects.decide, certificate.days_left(self._mock.clock.today())
        if not self._due(certificate, left):
            return web.json_response({"due": False})
        ends = f"{certificate.not_after.astimezone(TOKYO):%Y/%m/%d}"
        return web.json_response(
            {
                "due": True,
                "ends": decide("client-notice-without-expiry", right=ends, wrong="間近"),
                "left": str(decide("client-notice-with-wrong-days", right=left, wrong=left + 1)),
            }
        )

    def _known(self, serial: str) -> Certificate:
        try:
            found = self._office.certificate(serial_text(int(serial, 16)))
        except ValueError:
            found = None
        if found is None:
            raise RefusedError("no-certificate")
        return found

    def _due(self, certificate: Certificate, left: int) -> bool:
        """On certain days, until the certificate was renewed or revoked."""
        broken = self._mock.defects.broken
        if certificate.revoked_at:
            return False
        if left in CLIENT_EXTRA_DAYS:
            return broken(f"client-notice-on-day-{left}")
        if left not in CLIENT_NOTICE_DAYS:
            return False
        if any(asked.fetched_at for asked in self._mock.requests.renewals_of(certificate.serial)):
            return broken("client-notice-after-renewal")
        return left not in CLIENT_MISSED_DAYS or not broken(f"client-notice-day-{left}-missing")

    async def _renew(self, request: web.Request) -> web.Response:
        """A new certificate for the key of a PKCS#10 request, in exchange for the one that is presented."""
        try:
            old = self._renewable(request)
            key = _key((await _body(request)).get("pkcs10", ""))
            asked, chain = self._issuing.for_key(old, key, self._lost(old))
        except RefusedError as refusal:
            return self._refused(refusal)
        pem = "".join(one.public_bytes(Encoding.PEM).decode() for one in chain)
        return web.json_response({"request_id": asked.request_id, "certificates": pem})

    async def _taken(self, request: web.Request) -> web.Response:
        """The holder's PC has what a renewal was answered with: until it says so, that may have been lost."""
        try:
            old = self._presented(request)
        except RefusedError as refusal:
            return self._refused(refusal)
        request_id = (await _body(request)).get("request_id", "")
        if any(one.request_id == request_id for one in self._mock.requests.renewals_of(old.serial)):
            with self._mock.registry.transaction():
                self._mock.requests.set_fetched(request_id, self._mock.clock.now())
        return web.json_response({})

    def _presented(self, request: web.Request) -> Certificate:
        """The certificate of this system that is presented. Raises RefusedError."""
        shown = client_certificate(request)
        certificate = self._office.certificate(serial_text(shown.serial_number)) if shown else None
        if certificate is None:
            raise RefusedError("no-certificate")
        return certificate

    def _renewable(self, request: web.Request) -> Certificate:
        """The certificate that is renewed. Raises RefusedError unless it may be."""
        certificate = self._presented(request)
        rules = self._office.rules
        if not rules.renews(certificate):
            raise RefusedError("already-revoked" if certificate.revoked_at else "certificate-over")
        if not rules.renewal_open(certificate):
            raise RefusedError("renewal-not-open")
        known = self._mock.requests.renewals_of(certificate.serial)
        if known and not self._lost(certificate) and not self._mock.defects.broken("client-renews-twice"):
            raise RefusedError("renewal-known-to-client")
        return certificate

    def _lost(self, certificate: Certificate) -> Request | None:
        """A renewal of this certificate whose answer never came to the PC that has its key, as far as is known."""
        known = self._mock.requests.renewals_of(certificate.serial)
        return next((one for one in known if one.fetched_at is None and self._issuing.key_elsewhere(one)), None)

    def _refused(self, refusal: RefusedError) -> web.Response:
        sentence = self._office.words[str(refusal)]
        told = self._mock.defects.decide("client-refusal-unexplained", right=sentence, wrong="エラーが発生しました。")
        return web.json_response({"error": told}, status=403)


def _key(pkcs10: str) -> rsa.RSAPublicKey:
    """The key of a request, which must be signed with it. Raises RefusedError."""
    try:
        asked = x509.load_pem_x509_csr(pkcs10.encode())
    except ValueError as problem:
        raise RefusedError("no-pkcs10") from problem
    key = asked.public_key()
    if not asked.is_signature_valid or not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise RefusedError("no-pkcs10")
    return key


async def _body(request: web.Request) -> dict[str, str]:
    try:
        body = await request.json()
    except ValueError:  # neither text nor JSON
        return {}
    return {name: str(value) for name, value in body.items()} if isinstance(body, dict) else {}
