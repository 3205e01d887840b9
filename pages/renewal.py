"""The screens of a renewal: what is to be renewed, and the list of what has been applied for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Request

from pages import hand
from pages.keys import Download, DownloadPage, KeyPage
from pages.screen import Screen
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.verdict import doing

KEY = ("fields", "key_password_again")
PROCESSING = ("messages", "processing")
LISTED = ("screens", "renewal_list")
COLUMN = ("columns", "fetch")  # where a portal calls the list something else
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0  # seconds before the list is opened again; they double each time
APPLIED = ("更新を申請する", "更新を申請し、「鍵の取得」になるまで待機画面を見る")
SWITCHED = (
    "画面は自動で「鍵の取得」に切り替わる",
    "更新を申請し、「鍵の取得」になるまで待機画面を見る",
)
COLUMNS = ("request_id", "common_name", "applied", "limit", "status", "fetch")
NEEDED = ("request_id", "fetch")  # to take up a renewal; not every manual says what else is listed
ID_COLUMN, TO_THE_KEY = ("columns", "request_id"), ("buttons", "download_key")


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
        self._screen.press("apply")

    def submit_and_follow(self) -> Request | None:
        """Apply, and give the request for the page that the portal answers with; None where the page only changes.

        Raises DeviationError where it does neither.
        """
        with hand.requests(self._screen.page, _opens_a_page) as asked:
            self.submit()
            if not self._screen.until(lambda: bool(asked) or self._screen.has(*PROCESSING)):
                missing = self._screen.missing(PROCESSING)
                opens = say("申請しても次の画面が開かない", "The next page does not open after the application")
                raise missing.retold(say(f"{opens}。{missing.did}", f"{opens}. {missing.did}"))
            return next(iter(asked), None)


def _opens_a_page(request: Request) -> bool:
    return request.is_navigation_request() and request.method == "GET"


class RenewalList:
    """更新申請情報の一覧."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def open(self) -> None:
        """Choose it in the menu, and wait for it. Raises DeviationError where nothing comes.

        A list without an entry may say so instead of showing a table, in whatever words.
        """
        self._screen.press("renewed", "menu")
        if self._screen.look_for(LISTED, COLUMN, TO_THE_KEY) is None and not self._screen.news:
            raise self._screen.missing(LISTED, COLUMN, TO_THE_KEY)

    def rows(self) -> list[dict[str, str]]:
        """The requests listed on this page of the list, by column; a list may lack those that nobody needs."""
        found = self._screen.rows(*COLUMNS)
        if found:
            return found
        shown = [name for name in COLUMNS if self._screen.has("columns", name)]
        return self._screen.rows(*shown) if self._enough(shown) and set(shown) < set(COLUMNS) else []

    def has_any(self) -> bool:
        """Whether a request is listed when the screen has come to rest: its title may be there before the list."""
        return self._screen.until(lambda: bool(self.rows()))

    def _enough(self, shown: Sequence[str]) -> bool:
        """Whether a renewal can be taken up from such columns; one that holds nothing but buttons needs no heading."""
        return set(NEEDED) <= set(shown) or ("request_id" in shown and self._screen.has(*TO_THE_KEY))

    @property
    def unread(self) -> str:
        """The keys of a target file that would make the list readable; empty where its columns are found."""
        shown, wanted = [name for name in NEEDED if self._screen.has("columns", name)], (ID_COLUMN, COLUMN, TO_THE_KEY)
        return (
            ""
            if self._enough(shown)
            else say(f"。{self._screen.dialect.key(*wanted)}", f". {self._screen.dialect.key(*wanted)}")
        )

    def wait_for_rows(self, count: int) -> list[dict[str, str]]:
        """The requests, once there are so many or more, or for so long as a portal may take to list them.

        A list may come after its title, and one row of it after the other.
        """
        self._open_until(lambda: self._screen.until(lambda: len(self.rows()) >= count))
        self._screen.settle()
        return self.rows()

    def press(self, request_id: str, button: str) -> None:
        """Press a button of one request, such as the one that leads to its key, once it is there and not grey."""
        self._open_until(lambda: self._screen.can_press_in_row(request_id, button))
        self._screen.press_in_row(request_id, button)

    def _open_until(self, ready: Callable[[], bool]) -> None:
        """Open the list again, as its reader does, until it is ready, or for so long as a portal may be at work."""
        waiting, pause = self._screen.waiting(), FIRST_PAUSE
        while not ready() and waiting.left:
            waiting.rest(self._screen.page, pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            self._look_again()

    def _look_again(self) -> None:
        if self._screen.has("menu", "renewed"):
            self.open()
        else:
            self._screen.reload()

    def next_page(self) -> None:
        """Turn to the older requests."""
        self._screen.press("next_page")


class Renewal:
    """The way from the renewal site to the new key, for scenarios about something that comes later."""

    def __init__(self, browsing: Browsing, screen: Screen, url: str, holdings: Holdings) -> None:
        """Hold what the way needs."""
        self._browsing, self._screen, self._url, self._holdings = browsing, screen, url, holdings

    def apply(self) -> None:
        """Apply with the user's first certificate, and wait until the portal shows the form of the key."""
        with doing("更新案内のリンクを開き更新対象の証明書を選ぶ", "更新サイトを開き更新対象の証明書を選ぶ"):
            self._browsing.visit(self._url, self._holdings.oldest)
        with doing("メニューの「証明書更新申請」を開く"):
            self._screen.press("renewal", "menu")
        with doing(*APPLIED):
            ConfirmationPage(self._screen).submit()

        with doing(*APPLIED), doing(*SWITCHED):
            self._screen.wait_for(KEY)

    def enter(self, password: str) -> None:
        """And fill in the form of the key."""
        self.apply()
        with doing(*APPLIED):
            KeyPage(self._screen).enter(password, password)

    def fetch(self, password: str, folder: Path) -> Download:
        """Apply, and fetch the key."""
        self.apply()
        with doing(*APPLIED):
            return replace(fetch_key(self._screen, password, folder), within=APPLIED)


def fetch_key(screen: Screen, password: str, folder: Path) -> Download:
    """From the key page to the file."""
    page = KeyPage(screen)
    with doing("任意のパスワードを2回入力する"):
        page.enter(password, password)
        page.submit()
    with doing("鍵をダウンロードする"):
        return DownloadPage(screen, folder).download()
