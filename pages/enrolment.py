"""The way from the guide mail to the key, for scenarios about something that comes later."""

from __future__ import annotations

from pathlib import Path

from pages.keys import Download, DownloadPage, KeyPage
from pages.login import LoginPage
from pages.mails import Mails
from pages.screen import Screen
from sekisho.person.browsing import Browsing
from sekisho.portal import Account
from sekisho.verdict import doing


class Enrolment:
    """A user who follows the guide mail, in a new window each time."""

    def __init__(self, screen: Screen, browsing: Browsing, account: Account, mails: Mails) -> None:
        """Hold what the way needs."""
        self._screen, self._browsing, self._account, self._mails = screen, browsing, account, mails

    def open_key_page(self) -> None:
        """From the mail through the login to 鍵の取得."""
        self._browsing.close()
        with doing("取得案内メールの証明書取得用リンクを開く"):
            self._browsing.open(self._mails.link(self._mails.newest("guide")))
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
