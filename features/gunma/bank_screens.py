"""法人向けインターネットバンキング: its door, the page where certificates are fetched, and 利用者管理."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

from playwright.sync_api import Request

from pages import hand
from pages.dialect import plain
from pages.keys import Download, fetch
from pages.screen import Screen
from sekisho.language import say
from sekisho.portal.view import Showing, Term
from sekisho.verdict import DeviationError

LOGIN_FORM = ("screens", "certificate_login")
NO_CERTIFICATE = ("messages", "no_certificate")
HOME = ("screens", "home")
LOGIN_ID = ("fields", "login_id")
PAGES = {"http", "https"}
COLUMNS = ("login_id", "name", "role", "state", "ends")


class Door:
    """ログイン."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen
        self._stood = ""

    def remember(self) -> None:
        """Keep in mind what stands there before anything has happened."""
        self._stood += plain(self._screen.text())

    def beyond(self, screen: Screen) -> Showing:
        """A screen without the cautions that stand at the door at all times."""
        news = [line for line in screen.news if plain(line) not in self._stood]
        return cast(
            "Showing",
            SimpleNamespace(news=news, stood=True, status=screen.status, dialect=screen.dialect, labels=screen.labels),
        )

    def present(self) -> Term | None:
        """Press 電子証明書ログイン: the log-in form or the refusal; None where neither shows in these words."""
        self.remember()
        self._screen.press("certificate_login")
        return self._screen.look_for(LOGIN_FORM, NO_CERTIFICATE)

    @property
    def asks_for_id(self) -> bool:
        """Whether the form, once it is there whole, asks who one is, which a certificate says already."""
        return self._screen.look_for(LOGIN_ID) is not None

    def log_in(self, login_id: str, password: str) -> None:
        """Enter log-in id and password, which is all that a bank goes by where there is no certificate."""
        self._screen.fill("login_id", login_id)
        self._enter(password)

    def log_in_with_certificate(self, login_id: str, password: str) -> None:
        """Enter password and, where it is asked for, log-in id."""
        if self.asks_for_id:
            self._screen.fill("login_id", login_id)
        self._enter(password)

    def _enter(self, password: str) -> None:
        self._screen.fill("login_password", password)
        self._screen.press("login")


class AcquirePage:
    """証明書取得認証."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def open(self) -> None:
        """From the door."""
        self._screen.press("acquire")

    def download(self, folder: Path) -> Download:
        """Download the program's set-up file."""
        return fetch(self._screen, lambda: self._screen.press("download_program"), folder)

    def start_program(self) -> str:
        """Press 証明書発行アプリの起動: the address with which the page asks for the program."""
        with hand.requests(self._screen.page, _for_a_program) as asked:
            self._screen.press("start_program")
            if not self._screen.until(lambda: bool(asked)):
                raise DeviationError(
                    say(
                        "「証明書発行アプリの起動」を押しても、アプリが起動しない",
                        'Pressing "証明書発行アプリの起動" does not start the program',
                    )
                )
            return asked[0].url


def _for_a_program(request: Request) -> bool:
    return urlsplit(request.url).scheme not in PAGES


class UserList:
    """利用者一覧."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def rows(self) -> list[dict[str, str]]:
        """The users, in the order in which they are listed, on whichever page of the list."""
        self._turn_to_first()
        found = self._screen.table(*COLUMNS)
        while self._turn("next_page") and (more := [one for one in self._screen.table(*COLUMNS) if one not in found]):
            found += more
        return found

    def _turn_to_first(self) -> None:
        before: list[dict[str, str]] = []
        while self._turn("previous_page") and (shown := self._screen.rows(*COLUMNS)) != before:
            before = shown

    def _turn(self, button: str) -> bool:
        """Turn the page, if there is another one."""
        there = self._screen.can_press(button)
        if there:
            self._press_for_another(button)
        return there

    def _press_for_another(self, button: str) -> None:
        """Wait for another list, or for rest: until then the old one is there, and looks like it."""
        before = self._screen.rows(*COLUMNS)
        self._screen.press(button)
        self._screen.until(lambda: self._screen.rows(*COLUMNS) not in ([], before))

    def _turn_to(self, login_id: str) -> None:
        """The page with a user; the last one where he is on none."""
        self._turn_to_first()
        while all(one["login_id"] != login_id for one in self._screen.rows(*COLUMNS)) and self._turn("next_page"):
            pass

    def sort(self, column: str, order: str) -> None:
        """Choose the order, and have the list shown anew."""
        self._screen.choose("sort_column", column)
        self._screen.choose("sort_order", order)
        self._press_for_another("show_again")

    def offers(self, login_id: str) -> bool:
        """Whether a user can be chosen."""
        self._turn_to(login_id)
        return self._screen.can_tick_in_row(login_id)

    def revoke(self, login_id: str) -> None:
        """Choose a user and press 失効."""
        self._turn_to(login_id)
        self._screen.tick_in_row(login_id)
        self._screen.press("revoke")
