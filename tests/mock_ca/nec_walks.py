"""What a subscriber does on NEC's sites, in a few words; his key and his control are this test's own."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from .running import Running
from .visitor import Identity, Page, Visitor, opened

TOKYO = ZoneInfo("Asia/Tokyo")
USED = "すでに使用されている"
FORGOTTEN = "of a file that only this test opens"


@cache
def key(bits: int = 1024) -> rsa.RSAPrivateKey:
    """The subscriber's key."""
    return rsa.generate_private_key(65537, bits)


def request(made: rsa.RSAPrivateKey) -> str:
    """What the control gives the page: PKCS#10 in base64, in lines."""
    asked = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(made, hashes.SHA256())
    return base64.encodebytes(asked.public_bytes(Encoding.DER)).decode()


@dataclass
class Enrolment:
    """A subscriber at the site, from his mail's address on."""

    mock: Running
    account: dict[str, Any]
    visitor: Visitor

    @property
    def address(self) -> str:
        """The one-time address in the newest mail."""
        found = re.search(r"https://\S+", self.mock.mails(self.account["mail"])[-1].get_content())
        assert found
        return found[0]

    def enter(self, password: str | None = None) -> Page:
        """Steps 1 and 2."""
        first = self.visitor.get(self.address)
        if first.status != 200 or "認証情報パスワード" not in seen(first):
            return first
        return self.visitor.post("", password=self.account["login_password"] if password is None else password)

    def issue(self, made: rsa.RSAPrivateKey | None = None) -> Page:
        """Up to step 3."""
        self.enter()
        return self.visitor.post("/ra/step2", pkcs10=request(made or key()))

    def response(self) -> list[x509.Certificate]:
        """What step 3 has the control install, the root last."""
        found = re.search(r'RESPONSE = "([^"]+)"', source(self.visitor.get("/ra/step3")))
        assert found
        held = load_der_pkcs7_certificates(base64.b64decode(found[1]))
        return sorted(held, key=lambda one: one.subject == one.issuer)

    def certificate(self) -> x509.Certificate:
        """The subscriber's certificate, issued anew."""
        self.issue()
        return self.response()[0]


def enrolment(mock: Running, state: str = "invited", **traits: object) -> Enrolment:
    """A new subscriber with his mail."""
    account = mock.account(state, **traits)
    return Enrolment(mock, account, mock.visitor())


def source(page: Page) -> str:
    """A page's text; the portal writes Shift_JIS."""
    return page.body.decode("cp932")


def seen(page: Page) -> str:
    """A page as a person reads it."""
    return re.sub(r"\s+", " ", re.sub(r"(?s)<(style|script).*?</\1>|<[^>]+>", " ", source(page))).strip()


def holding(certificate: x509.Certificate) -> Identity:
    """The subscriber's certificate with his key."""
    lock = BestAvailableEncryption(FORGOTTEN.encode())
    return opened(serialize_key_and_certificates(b"", key(), certificate, None, lock), FORGOTTEN)


def confirmed(mock: Running, holder: Identity | None = None) -> bool:
    """Whether the confirmation page says that the certificate can be used."""
    return "ご利用いただける状態" in seen(mock.visitor(holder).get(mock.sites["confirm"]))


def last_day(certificate: x509.Certificate) -> str:
    """The day in Tokyo on which a certificate ends."""
    return f"{certificate.not_valid_after_utc.astimezone(TOKYO):%Y-%m-%d}"
