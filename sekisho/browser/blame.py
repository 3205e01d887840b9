"""Who is to blame where one of the browser's own surfaces did not appear: the portal, or the browser.

A surface that was seen to work in this browser is not to blame. Otherwise the browser is, unless the server's handshake
says that there was nothing to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext

from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.certstore import UnknownCertificateError
from sekisho.language import say
from sekisho.native_ui import CertificateList, Surface, SurfaceAbsentError, SurfaceError
from sekisho.network.certificate_request import demand_of
from sekisho.results import Certificate
from sekisho.verdict import DeviationError


@dataclass(frozen=True)
class _Silence:
    """A visit on which a certificate was to be chosen and no dialog appeared."""

    url: str
    wanted: Certificate


class Blame:
    """Remembers the last visit of one person, and judges what came of it."""

    def __init__(self, pc: Pc) -> None:
        """Nothing was visited yet."""
        self._pc = pc
        self._silence: _Silence | None = None
        self._chosen_in: BrowserContext | None = None

    def note(self, pc: Pc, window: BrowserContext, url: str, visit: Visit, wanted: Certificate | None) -> None:
        """Keep what a visit came to; a window in which a certificate was chosen does not ask again."""
        self._pc = pc
        if visit.dialog:
            self._chosen_in = window
        silent = wanted and pc.mode == "native" and window is not self._chosen_in
        self._silence = _Silence(url, wanted) if silent and wanted else None

    def of_deviation(self, error: DeviationError) -> Exception:
        """The browser's failure, where it has to have asked for the certificate and did not; else the deviation."""
        if (
            self._silence is None
            or Surface.CERTIFICATE_DIALOG in self._pc.working
            or not self._had_to_ask(self._silence)
        ):
            return error
        return SurfaceError(
            Surface.CERTIFICATE_DIALOG,
            say(
                f"{self._silence.url} のサーバーは証明書を求めているかもしれないのに、ブラウザーが"
                f"「{Surface.CERTIFICATE_DIALOG}」を出さない。そのため、次のことはポータルの問題と言えない: {error}",
                f"The server of {self._silence.url} may be asking for a certificate, but the browser does not show "
                f'its "{Surface.CERTIFICATE_DIALOG}". So this cannot be laid to the portal: {error}',
            ),
        )

    def of_absence(self, error: SurfaceAbsentError) -> Exception:
        """The portal's deviation, where the surface is known to work; else the browser's failure."""
        return DeviationError(str(error)) if error.surface in self._pc.working else error

    def _had_to_ask(self, silence: _Silence) -> bool:
        """Whether nothing but the browser explains it: a server that cannot be asked from here explains nothing."""
        try:
            identity = self._pc.store.identity(silence.wanted.sha256)
        except UnknownCertificateError:  # it is not in the store: the browser has nothing to offer
            return False
        demand = demand_of(silence.url)
        return demand is None or demand.suits(identity)


def agree(opened: CertificateList, held: Sequence[Certificate]) -> None:
    """Raise SurfaceError unless a list shows what the store holds: what it shows else, nobody but the browser did.

    Expired certificates are left out by the browser's own certificate manager.
    """
    now = datetime.now(UTC)
    wanted = {one.sha256 for one in held if one.not_before <= now <= one.not_after}
    listed = {row.sha256 for row in opened.rows()}
    if not wanted <= listed <= {one.sha256 for one in held}:
        raise SurfaceError(
            opened.surface,
            say(
                f"{opened.surface}に出ているのは {sorted(listed)} で、ストアにある {sorted(wanted)} ではない",
                f"{opened.surface}: it shows {sorted(listed)}, and not what is in the store, {sorted(wanted)}",
            ),
        )
