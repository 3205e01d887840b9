"""The screens on which a key is fetched: request ID and a password of one's own, then the download."""

from __future__ import annotations

from pathlib import Path

from pages.downloads import Download, download_or_refusal, fetch
from pages.screen import Screen

__all__ = ["Download", "DownloadPage", "KeyPage", "fetch"]


class KeyPage:
    """鍵の取得."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    @property
    def request_id(self) -> str:
        """The request ID that stands in the form, typed or filled in by the portal; in groups it is the same."""
        return "".join(self._screen.value_in("request_id").split())

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
        return fetch(self._screen, lambda: self._screen.press("download"), self._folder)

    def download_or_refusal(self) -> Download | None:
        """The same where the portal may answer with a page instead; None for a page."""
        return download_or_refusal(self._screen, lambda: self._screen.press("download"), self._folder)
