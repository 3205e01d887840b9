"""The enrolment itself: the request goes out to the page, the response comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cryptography import x509

from sekisho.certenroll import encoding
from sekisho.certenroll.errors import (
    ACCESS_DENIED,
    ALREADY_INITIALIZED,
    BAD_ASN1,
    BAD_SIGNATURE,
    BLANK,
    EXPIRED,
    NO_CHAIN,
    NOT_FOUND,
    UNTRUSTED_ROOT,
    ComError,
    GapError,
)
from sekisho.certenroll.interface import PREFIX, ComObject, Value, an_object, number
from sekisho.certenroll.requests import Pkcs10, only_user
from sekisho.certstore import NotRootError
from sekisho.certstore.roots import read_certificates
from sekisho.language import say
from sekisho.pki.certificate_path import PathStatus

ALLOW_NONE, ALLOW_UNTRUSTED_ROOT = 0, 4
PROBLEMS = {
    PathStatus.OUT_OF_TIME: EXPIRED,
    PathStatus.BAD_SIGNATURE: BAD_SIGNATURE,
    PathStatus.NO_ISSUER: NO_CHAIN,
    PathStatus.UNTRUSTED_ROOT: UNTRUSTED_ROOT,
}


class Enrollment(ComObject):
    """IX509Enrollment."""

    prog_id = f"{PREFIX}CX509Enrollment"
    properties: ClassVar[Mapping[str, Value]] = {
        "CertificateDescription": "",
        "CertificateFriendlyName": "",
        "ParentWindow": 0,
        "Silent": False,
    }
    readable = ("Request",)
    methods = ("Initialize", "InitializeFromRequest")
    asks = ("CreateRequest", "InstallResponse")
    ready = False
    about: Pkcs10 | None = None

    def initialize(self, context: Value) -> None:
        """For a response to a request that was made earlier."""
        only_user(context)
        self._begin()

    def initialize_from_request(self, request: Value) -> None:
        """For a request that is still to be made."""
        self._begin()
        self.about = an_object(request, Pkcs10)

    def request(self) -> Pkcs10:
        """The request it was made for."""
        if self.about is None:
            raise ComError(BLANK)
        return self.about

    def create_request(self, how: Value = encoding.BASE64) -> str:
        """Make the key and the request, and let the key wait for its certificate."""
        request = self.request()
        written = encoding.write(request.encoded(), number(how))
        made = request.private_key().made
        assert made
        self.computer.keep(made)
        return written

    def install_response(self, restrictions: Value, response: Value, how: Value, password: Value = "") -> None:
        """Put the certificate in a response together with its key into the user's store."""
        if not self.ready:
            raise ComError(BLANK)
        allowed = number(restrictions)
        if allowed not in {ALLOW_NONE, ALLOW_UNTRUSTED_ROOT}:  # pages may not ask for more
            raise ComError(ACCESS_DENIED)
        if password:
            raise GapError(say("パスワードのある応答", "a response with a password"))
        certificates = _certificates(encoding.read(str(response), number(how)))
        own = self._own(certificates)
        status = self.computer.path(own, *certificates)
        if status is not PathStatus.FINE and not (status is PathStatus.UNTRUSTED_ROOT and allowed):
            raise ComError(PROBLEMS[status])
        self.computer.install(own, self.values["CertificateFriendlyName"])

    def _begin(self) -> None:
        if self.ready:
            raise ComError(ALREADY_INITIALIZED)
        self.ready = True

    def _own(self, certificates: list[x509.Certificate]) -> x509.Certificate:
        waiting = [made.key.public_key() for made in self.computer.waiting]
        for certificate in certificates:
            if certificate.public_key() in waiting:
                return certificate
        raise ComError(NOT_FOUND)


def _certificates(data: bytes) -> list[x509.Certificate]:
    """What a response holds: PKCS#7, or a certificate by itself."""
    try:
        return read_certificates(data)
    except NotRootError:
        raise ComError(BAD_ASN1) from None
