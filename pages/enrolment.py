"""The way from the invitation to the key, for scenarios about something that comes later."""

from __future__ import annotations

from pathlib import Path

from pages.invitation import Invitation
from pages.keys import Download, DownloadPage, KeyPage
from pages.login import LoginPage
from pages.screen import Screen
from sekisho.person.browsing import Browsing
from sekisho.portal import Account
from sekisho.verdict import doing


class Enrolment:
    """A user who follows the invitation, in a new window each time."""

    def __init__(self, screen: Screen, browsing: Browsing, account: Account, invitation: Invitation) -> None:
        """Hold what the way needs."""
        self._screen, self._browsing, self._account, self._invitation = screen, browsing, account, invitation

    def open_key_page(self) -> None:
        """From its address through the login to 鍵の取得."""
        self._browsing.close()
        with doing(self._invitation.opening):
            self._browsing.open(self._invitation.link())
        with doing("ユーザーIDと証明書取得用パスワードでログインする"):
            LoginPage(self._screen).log_in(self._account.user_id, self._account.login_password)
        with doing("メニューの「鍵の取得」を開く"):
            self._screen.press("key", "menu")
            self._screen.wait_for(("fields", "key_password_again"))

    def enter(self, request_id: str, password: str) -> KeyPage:
        """And fill in the form."""
        self.open_key_page()
        page = KeyPage(self._screen)
        with doing("案内のリクエストIDと任意のパスワードを2回入力する"):
            page.enter(password, password, request_id=request_id)
        return page

    def fetch(self, request_id: str, password: str, folder: Path) -> Download:
        """And submit it, and download the key."""
        page = self.enter(request_id, password)
        with doing("鍵の取得を送信する"):
            page.submit()
        with doing("鍵をダウンロードする"):
            return DownloadPage(self._screen, folder).download()
