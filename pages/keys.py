"""The screens on which a key is fetched: request ID and a password of one's own, then the download."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download as BrowserDownload
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Response
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.screen import Screen
from sekisho.verdict import DeviationError


@dataclass(frozen=True)
class Download:
    """A downloaded file, or why it did not arrive whole."""

    path: Path
    name: str
    failure: str = ""
    data: bytes = field(default=b"", repr=False)


class KeyPage:
    """鍵の取得."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    @property
    def request_id(self) -> str:
        """The request ID that stands in the form, typed or filled in by the portal."""
        return self._screen.value_in("request_id")

    def enter(self, password: str, again: str, *, request_id: str = "") -> None:
        """Fill in the form; an empty request ID leaves what the portal has filled in."""
        if request_id:
            self._screen.fill("request_id", request_id)
        self._screen.fill("key_password", password)
        self._screen.fill("key_password_again", again)

    def submit(self) -> None:
        """Press Submit."""
        self._screen.press("submit")

    def submit_twice(self) -> None:
        """Press Submit as an impatient hand does: the second click before the first answer."""
        self._screen.double_press("submit")


class DownloadPage:
    """鍵のダウンロード."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        """Look at a screen; files go into a folder."""
        self._screen, self._folder = screen, folder

    def download(self) -> Download:
        """Press Download and keep the file. Raises DeviationError when no file is offered."""
        return fetch(self._screen, self._screen.button("download"), self._folder)


def fetch(screen: Screen, button: Locator, folder: Path) -> Download:
    """Press something that offers a file, in this window or in one that it opens, and keep the file."""
    try:
        with screen.page.context.expect_event("download", timeout=screen.patience * 1000) as offered:
            button.click(timeout=screen.patience * 1000)
    except BrowserTimeoutError:
        raise DeviationError(f"ファイルがダウンロードされない。表示されたのは: {screen.text()[:200]}") from None
    return _kept(offered.value, folder)


def download_or_refusal(screen: Screen, folder: Path) -> Download | None:
    """Press Download where the portal may answer with a page instead; None for a page."""
    window, patience = screen.page.context, screen.patience * 1000
    offered: list[BrowserDownload] = []
    window.on("download", lambda one: offered.append(one))  # noqa: PLW0108 - Playwright marks the handler
    with window.expect_event("response", _answers_a_visit, timeout=patience) as answer:
        screen.press("download")
    if _is_page(answer.value):
        return None
    return _kept(offered[0] if offered else window.wait_for_event("download", timeout=patience), folder)


def _answers_a_visit(response: Response) -> bool:
    return response.request.is_navigation_request()


def _is_page(response: Response) -> bool:
    offered = "attachment" in response.headers.get("content-disposition", "")
    return not offered and "html" in response.headers.get("content-type", "html")


def _kept(offered: BrowserDownload, folder: Path) -> Download:
    path = folder / offered.suggested_filename
    try:
        offered.save_as(path)
    except BrowserError as error:
        return Download(path, path.name, failure=offered.failure() or error.message)
    return Download(path, path.name, data=path.read_bytes())
