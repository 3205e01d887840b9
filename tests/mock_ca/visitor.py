"""A browser without a screen: cookies, forms and an optional client certificate."""

from __future__ import annotations

import base64
import re
import ssl
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)


@dataclass(frozen=True)
class Page:
    """What a portal answered."""

    status: int
    url: str
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """The page's source."""
        return self.body.decode()

    @property
    def words(self) -> str:
        """The page as a person reads it."""
        text = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]+>", " ", self.text)
        return re.sub(r"\s+", " ", unescape(text)).strip()

    @property
    def name(self) -> str:
        """The page's file name, without what its address says beyond that: `download.jsp`."""
        return PurePosixPath(urllib.parse.urlsplit(self.url).path).name

    @property
    def error(self) -> str:
        """The sentence that says what was wrong; empty without one."""
        found = re.search(r'<div class="error">(.*?)</div>', self.text)
        return unescape(found[1]) if found else ""

    def field(self, name: str) -> str:
        """The value of an input."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.text)
        return unescape(found[1]) if found else ""


@dataclass(frozen=True)
class Identity:
    """A key with its certificate, opened from a PKCS#12 file."""

    opened: PKCS12KeyAndCertificates

    @property
    def certificate(self) -> x509.Certificate:
        """The subscriber's certificate."""
        assert self.opened.cert
        return self.opened.cert.certificate

    @property
    def key(self) -> rsa.RSAPrivateKey:
        """Its key."""
        assert isinstance(self.opened.key, rsa.RSAPrivateKey)
        return self.opened.key

    @property
    def serial(self) -> str:
        """The serial number, in lower-case hex."""
        return f"{self.certificate.serial_number:x}"

    def pem(self) -> bytes:
        """Key, certificate and chain."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = [one.certificate.public_bytes(Encoding.PEM) for one in self.opened.additional_certs]
        return b"".join([key, self.certificate.public_bytes(Encoding.PEM), *chain])


def opened(data: bytes, password: str) -> Identity:
    """Open a PKCS#12 file."""
    return Identity(load_pkcs12(data, password.encode()))


def identity(account: dict[str, Any], number: int = 0) -> Identity:
    """One of the identities that a provisioned account came with."""
    given = account["identities"][number]
    return opened(base64.b64decode(given["pkcs12_base64"]), given["password"])


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere."""


class Visitor:
    """One browser profile."""

    def __init__(self, server_root: Path, holder: Identity | None = None, agent: str = CHROME) -> None:
        """Trust the servers' root, and present a certificate if there is one."""
        context = ssl.create_default_context(cafile=server_root)
        if holder:
            if holder.key.key_size < 2048:
                context.set_ciphers("DEFAULT:@SECLEVEL=1")
            with tempfile.NamedTemporaryFile() as pem:
                pem.write(holder.pem())
                pem.flush()
                context.load_cert_chain(pem.name)
        handlers = [urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.HTTPSHandler(context=context)]
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)
        self._staying = urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers, _Staying)
        self._agent = agent
        self.at = ""
        self.page = Page(0, "", b"", {})

    def get(self, url: str) -> Page:
        """Go to an address, absolute or relative to where the visitor is."""
        return self._ask(urllib.parse.urljoin(self.at, url), None)

    def post(self, url: str, **form: str) -> Page:
        """Send a form."""
        return self._ask(urllib.parse.urljoin(self.at, url), urllib.parse.urlencode(form).encode())

    def lose(self, url: str, **form: str) -> None:
        """Send a form, or ask for an address without one, and never get to where the answer leads."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(urllib.parse.urljoin(self.at, url), data, {"User-Agent": self._agent})
        try:
            self._staying.open(request, timeout=10).close()
        except urllib.error.HTTPError as answer:
            answer.close()

    def download(self) -> Page:
        """Press Download on the page that offers a key."""
        return self.post("file.p12", ticket=self.page.field("ticket"))

    def _ask(self, url: str, data: bytes | None) -> Page:
        request = urllib.request.Request(url, data, {"User-Agent": self._agent})
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error  # type: ignore[assignment]
        self.page = Page(answer.status, answer.url, answer.read(), dict(answer.headers))
        self.at = self.page.url
        return self.page
