"""What the authorities tell anybody, over plain HTTP: lists of what is revoked (RFC 5280), and OCSP (RFC 6960)."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from tornado.web import RequestHandler

from tests.second_portal.office import Office


class Crl(RequestHandler):
    """A list, by the first word of its authority's name."""

    def initialize(self, office: Office) -> None:
        """Take what `Application` was given."""
        self.office = office

    def get(self, name: str) -> None:
        """Hand it out."""
        for which, authority in self.office.authorities.clients.items():
            if authority.name.split()[0].lower() == name:
                self.set_header("Content-Type", "application/pkix-crl")
                self.finish(authority.crl(self.office.revoked(which)))
                return
        self.send_error(404)


class Ocsp(RequestHandler):
    """Answers about one certificate."""

    def initialize(self, office: Office) -> None:
        """Take what `Application` was given."""
        self.office = office

    def post(self) -> None:
        """Answer."""
        question = ocsp.load_der_ocsp_request(self.request.body)
        self.set_header("Content-Type", "application/ocsp-response")
        found = self.office.books.holder(question.serial_number)
        if found is None:
            self.finish(
                ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED).public_bytes(
                    Encoding.DER
                )
            )
            return
        member, paper = found
        good = paper.revoked and self.office.faults.on("ocsp-says-good", member)
        self.finish(paper.authority.ocsp(paper.credential.certificate, None if good else paper.revoked))
