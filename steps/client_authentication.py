"""Going to a site with a certificate, and knowing that it was shown: by the browser's dialog, or by a handshake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from sekisho.browser.visit import Visit
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import Pair, say
from sekisho.native_ui import ChoiceMissingError
from sekisho.network import handshake
from sekisho.network.handshake import Handshake
from sekisho.person.browsing import Browsing
from sekisho.results import Certificate
from sekisho.verdict import DeviationError

NOT_ASKED = Pair(
    "サーバーはクライアント証明書を求めなかったので、証明書を提示した結果ではない",
    "The server asked for no client certificate, so this is not the result of presenting one",
)

NOT_REACHED = Pair(
    "サーバーにつながらず、クライアント証明書を求めるかどうかは分からない",
    "The server was not reached, so it is not known whether it asks for a client certificate",
)

NOT_OFFERED = Pair(
    "サーバーはクライアント証明書を求めているのに、この証明書はブラウザーの証明書選択画面に出ない",
    "The server asks for a client certificate, but the browser's certificate dialog does not offer this one",
)


@dataclass(frozen=True)
class Presenting:
    """The user's browser; what it does not offer, the harness shows in its place, and says so in the evidence."""

    browsing: Browsing
    store: CertStore
    evidence: Recorder

    def choose(self, url: str, certificate: Certificate) -> Visit:
        """Open an address with a certificate that the user chooses. Raises DeviationError when it is not offered.

        No browser offers a certificate whose time is over: it is shown as `show` does.
        """
        if certificate.not_after < datetime.now(UTC):
            return self.show(url, certificate)
        visit = self.browsing.visit(url, certificate)
        if turned_away(visit):
            return visit
        if not chosen(visit) and self._asked(url, certificate) and self.browsing.pc.mode == "native":
            raise DeviationError(str(NOT_OFFERED))
        return visit

    def show(self, url: str, certificate: Certificate) -> Visit:
        """Open an address with a certificate, whether the browser offers it or not."""
        try:
            visit = self.browsing.visit(url, certificate)
        except DeviationError as error:
            if not isinstance(error.__cause__, ChoiceMissingError):
                raise
        else:
            if chosen(visit) or turned_away(visit):
                return visit
        self._asked(url, certificate)
        return self.browsing.show(url, certificate)

    def _asked(self, url: str, certificate: Certificate) -> bool:
        """Whether the server takes a certificate at all, by a handshake of the harness's own.

        A WARNING where neither it does nor a further place of the portal, to which one comes from there.
        """
        seen = self._handshake(url, certificate)
        further = self.browsing.pc.hosts.further
        if not seen.presented and not any(self._handshake(one, certificate).presented for one in further):
            why = NOT_ASKED if seen.answered else NOT_REACHED
            self.evidence.warning(str(why) + (say(f"（{seen.refused}）", f" ({seen.refused})") if seen.refused else ""))
        return seen.presented

    def _handshake(self, url: str, certificate: Certificate) -> Handshake:
        self.browsing.pc.hosts.check(say("証明書を示す", "a certificate is presented"), url)
        identity = self.store.identity(certificate.sha256)
        seen = handshake.present(url, identity)
        self.evidence.add(seen.note(identity))
        return seen


@pytest.fixture
def presenting(browsing: Browsing, store: CertStore, evidence: Recorder) -> Presenting:
    """How this scenario's user shows a certificate."""
    return Presenting(browsing, store, evidence)


def chosen(visit: Visit) -> bool:
    """Whether the browser's own dialog shows that a certificate was chosen in it."""
    return visit.dialog is not None and any(row.chosen for row in visit.dialog.rows)


def turned_away(visit: Visit) -> bool:
    """Whether the browser did not trust the server's own certificate, and so came to no choice of the user's."""
    return visit.refused is not None and visit.refused.startswith("ERR_CERT_")
