"""Whether anybody was there: a portal that cannot be reached is told from one that does something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.browser import idle
from sekisho.browser.context_certificates import proxy_refusal
from sekisho.browser.visit import NET_ERROR, NoAnswerError, Visit
from sekisho.language import say
from sekisho.network.certificate_request import asks_for_certificate
from sekisho.verdict import DeviationError, EnvironmentProblemError, UnreachableError

# The browser's names for a portal that is not there, as opposed to one that answers nonsense.
NOT_THERE = re.compile(
    "ERR_(NAME_|ADDRESS_|INTERNET_DISCONNECTED|NETWORK_|TIMED_OUT|EMPTY_RESPONSE"
    "|CONNECTION_(REFUSED|RESET|CLOSED|TIMED_OUT|FAILED))"
)
# Those of them that are no answer to a client certificate either.
NOBODY = re.compile(
    r"ERR_(NAME_\w+|ADDRESS_\w+|INTERNET_\w+|NETWORK_\w+|TIMED_OUT|CONNECTION_(REFUSED|TIMED_OUT|FAILED))"
)
BROWSERS_OWN = "chrome-error:"
# How a server that insists on a certificate ends a connection; it says why only in the first case, if it is in time.
BAD_CERTIFICATE = "ERR_BAD_SSL_CLIENT_AUTH_CERT"
CUT_OFF = re.compile("ERR_(SOCKET_NOT_CONNECTED|CONNECTION_RESET|CONNECTION_CLOSED|SSL_PROTOCOL_ERROR)")
ADDRESS = re.compile(r"https://[!-~]+")
NONSENSE = re.compile("ERR_(TOO_MANY_REDIRECTS|INVALID_|UNSAFE_|RESPONSE_HEADERS_|CONTENT_|INCOMPLETE_|HTTP2_)")


def is_browsers_own(page: Page) -> bool:
    """Whether the browser shows a page of its own, because the portal's did not come."""
    return page.url.startswith(BROWSERS_OWN)


def turned_down(page: Page) -> bool:
    """Whether a server refused the user's certificate, or the lack of one, so that no page of it is there to be shown.

    A connection that was only cut off is a refusal where the server's handshake asks for a certificate.
    """
    said, address = _in_its_place(page)
    return BAD_CERTIFICATE in said or bool(CUT_OFF.search(said) and address and asks_for_certificate(address))


def _in_its_place(page: Page) -> tuple[str, str]:
    """What stands where no page of a server's came, with its net error, and the address; empty where one came.

    In context mode Playwright's proxy answers in the server's place, where a certificate is shown.
    """
    if is_browsers_own(page):
        text = page.inner_text("body")
        address = ADDRESS.search(text)
        return text, address[0] if address else ""
    by_proxy = idle.watch(page.context).status([page]) == HTTPStatus.SERVICE_UNAVAILABLE
    return (by_proxy and proxy_refusal(page)) or "", page.url


class Reaching:
    """What one person's attempts to open addresses came to."""

    def __init__(self, has_faults: Callable[[], bool]) -> None:
        """Nobody was reached yet. `has_faults` says whether the wire has faults of its own, which say nothing here."""
        self._has_faults = has_faults
        self.reached = False
        """Whether the portal has answered before."""
        self._not_there = False

    @property
    def nobody(self) -> bool:
        """Whether nobody was there from the first address on. Silence is no proof: what was asked may be known."""
        return self._not_there and not self.reached

    def why_not(self, url: str, error: BrowserError, seconds: float) -> Exception:
        """What it means that an address, which asks for no certificate, could not be opened within some seconds."""
        if isinstance(error, BrowserTimeoutError):
            return self.silent(
                NoAnswerError(
                    say(
                        f"{url} から {seconds:g} 秒たっても応答がない。",
                        f"no answer from {url} within {seconds:g} seconds.",
                    )
                )
            )
        if "Download is starting" in error.message:
            return DeviationError(
                say(
                    f"{url} を開くと、画面ではなくファイルが送られてくる",
                    f"opening {url} brings a file instead of a page",
                )
            )
        found = NET_ERROR.search(error.message)
        name = found[1] if found else error.message.splitlines()[0]
        if NONSENSE.match(name):
            return DeviationError(
                say(f"{url} を開くと、ブラウザーが {name} と表示する", f"opening {url}, the browser shows {name}")
            )
        if name == "ERR_ABORTED" and not self._has_faults():  # such as 204: the browser stays where it was
            return DeviationError(
                say(f"{url} を開いても、画面が送られてこない（{name}）", f"opening {url} brings no page ({name})")
            )
        nobody = NOT_THERE.match(name) and not self._has_faults()
        self._not_there = bool(nobody and NOBODY.match(name))
        return (UnreachableError if nobody else EnvironmentProblemError)(
            say(f"{url} を開けない: {name}", f"{url} cannot be opened: {name}")
        )

    def silent(self, silence: NoAnswerError) -> Exception:
        """Silence at the first visit says that nobody is there; later, it is what the portal does."""
        return silence if self.reached or self._has_faults() else UnreachableError(str(silence))

    def lost(self, page: Page) -> UnreachableError | None:
        """What it means that the browser shows a page of its own instead of the portal's; None where it does not."""
        if not is_browsers_own(page) or page.is_closed() or self._has_faults():
            return None
        try:
            found = NOBODY.search(page.inner_text("body", timeout=1000))
        except BrowserError:  # it is just leaving
            return None
        return (
            UnreachableError(
                say(f"ポータルが途中から応答しない（{found[0]}）", f"the portal stopped answering ({found[0]})")
            )
            if found
            else None
        )

    def check(self, url: str, visit: Visit) -> None:
        """Note what a visit came to. Raises UnreachableError where nobody was there."""
        if visit.refused is None:
            self.reached = True
        elif NOBODY.match(visit.refused) and not self._has_faults():
            self._not_there = True
            raise UnreachableError(
                say(f"{url} を開けない: {visit.refused}", f"{url} cannot be opened: {visit.refused}")
            )
