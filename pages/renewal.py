"""The screens of a renewal: what is to be renewed, and the list of what has been applied for."""

from __future__ import annotations

from playwright.sync_api import Request
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.screen import Screen
from sekisho.verdict import DeviationError

FACTS = ("common_name", "organizational_unit", "organization", "country", "subscriber_id", "notify_mail")
COLUMNS = ("request_id", "common_name", "applied", "limit", "status", "fetch")


class ConfirmationPage:
    """鍵更新申請情報の確認."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def facts(self, name: str) -> list[str]:
        """The values beside one heading; several where the heading repeats (OU)."""
        return self._screen.values(name)

    def submit(self) -> None:
        """Apply for the renewal."""
        self._screen.press("submit")

    def submit_and_follow(self) -> str:
        """Apply, and give the address of the page that the portal answers with. Raises DeviationError without one."""
        page = self._screen.page
        try:
            with page.expect_request(_opens_a_page, timeout=self._screen.patience * 1000) as asked:
                self.submit()
        except BrowserTimeoutError:
            raise DeviationError("申請しても次の画面が開かない") from None
        return asked.value.url


def _opens_a_page(request: Request) -> bool:
    return request.is_navigation_request() and request.method == "GET"


class RenewalList:
    """更新申請情報の一覧."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def rows(self) -> list[dict[str, str]]:
        """The requests listed on this page of the list, by column."""
        return self._screen.rows(*COLUMNS)

    def download_key(self, request_id: str) -> None:
        """Choose the key of one request."""
        self._screen.press_in_row(request_id, "download_key")

    def next_page(self) -> None:
        """Turn to the older requests."""
        self._screen.press("next_page")
