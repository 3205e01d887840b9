"""Files that a portal hands out, told from pages by what the browser makes of them and by their octets."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Request, Response
from playwright.sync_api import Download as BrowserDownload
from playwright.sync_api import Error as BrowserError

from pages.screen import Screen
from sekisho.browser.guard import arrived
from sekisho.language import say
from sekisho.machine import os_errors
from sekisho.mail.charsets import BROKEN, decoded
from sekisho.network.hosts import ElsewhereError
from sekisho.verdict import BrokenError, DeviationError
from sekisho.visible import shortened

BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # what no text has, as browsers tell (MIME Sniffing)
OCTETS_SHOWN = re.compile(BINARY.pattern.decode("ascii"))
UNICODE = (b"\xfe\xff", b"\xff\xfe")
SNIFFED = 1445  # octets
REDIRECTS = range(300, 400)
RAW_NAME = re.compile(r'filename\s*=\s*(?:"([^"]*)"|([^;]+))', re.IGNORECASE)
UNSAFE = re.compile(r'[\\/:*?"<>|]')
OUR_DISK = re.compile("ENOSPC|EDQUOT|EIO|EROFS|no space", re.IGNORECASE)
LONGEST_NAME = 80  # characters; a file system has room for 255 octets


@dataclass(frozen=True)
class Download:
    """A downloaded file, or why it did not arrive whole."""

    path: Path
    name: str
    failure: str = ""
    data: bytes = field(default=b"", repr=False)
    within: tuple[str, ...] = ()
    """The longer action of the manual in whose course it was fetched, where there was one (see `doing`)."""


def fetch(screen: Screen, press: Callable[[], None], folder: Path) -> Download:
    """Press what offers a file, and keep it, in whatever window it comes. Raises DeviationError without one."""
    with _listening(screen.page.context) as answers:
        press()
        offered = answers.file(screen, page_is_enough=False)
        if offered is None:
            raise answers.shown_instead(screen.text())
        _check(screen, offered)
        return _kept(offered, answers.name(offered), folder)


def download_or_refusal(screen: Screen, press: Callable[[], None], folder: Path) -> Download | None:
    """Press where the portal may answer with a page instead; None for a page."""
    with _listening(screen.page.context) as answers:
        press()
        offered = answers.file(screen, page_is_enough=True)
        if offered is None:
            return None
        _check(screen, offered)
        return _kept(offered, answers.name(offered), folder)


def _check(screen: Screen, offered: BrowserDownload) -> None:
    """Raise ElsewhereError for a file that does not come from the portal, and take none of it."""
    try:
        screen.hosts.check(say("ファイルが送られてくる", "a file is handed out"), offered.url)
    except ElsewhereError:
        offered.cancel()
        raise


class _Answers:
    """What comes after a press: files that the browser keeps, and pages that it shows."""

    def __init__(self) -> None:
        self.files: list[BrowserDownload] = []
        self.answers: dict[str, Response] = {}
        self.shown: list[Request] = []

    def offer(self, file: BrowserDownload) -> None:
        self.files.append(file)

    def answer(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.answers[response.url] = response

    def show(self, request: Request) -> None:
        """The browser has taken an answer in: it is a page, for a file is taken away from it."""
        if request.is_navigation_request():
            self.shown.append(request)

    def file(self, screen: Screen, *, page_is_enough: bool) -> BrowserDownload | None:
        """The file; None without one on a screen at rest, or where a page is enough and came. Raises DeviationError.

        A page also came where the one that is there says something new, such as in a box.
        """
        came = screen.until(lambda: bool(self.files) or (self._page_came() and page_is_enough))
        if not came and page_is_enough and not screen.news:
            raise DeviationError(say("ファイルも画面も返ってこない", "Neither a file nor a page comes back"))
        return self.files[0] if self.files else None

    def _page_came(self) -> bool:
        """Whether a page is there. Raises DeviationError for a file that the browser was told to show as one."""
        pages = [one for request in self.shown if (one := request.response()) and one.status not in REDIRECTS]
        for page in pages:
            if _is_no_text(page):
                raise _taken_for_a_page(page)
        self.shown.clear()
        return bool(pages)

    def shown_instead(self, text: str) -> DeviationError:
        """Why there is no file. Octets are told by the text too: browsers soon forget what came."""
        if OCTETS_SHOWN.search(text):
            return _taken_for_a_page(next(reversed(self.answers.values()), None))
        shown = shortened(text)
        return DeviationError(
            say(
                f"ファイルがダウンロードされない。表示されたのは: {shown}",
                f"No file is downloaded. Shown instead: {shown}",
            )
        )

    def name(self, file: BrowserDownload) -> str:
        """What the file is called: as the browser says, or as the header says in the portal's own encoding."""
        return safe(_raw_name(self._disposition(file)) or file.suggested_filename)

    def _disposition(self, file: BrowserDownload) -> str:
        try:
            return self.answers[file.url].header_value("content-disposition") or ""
        except (KeyError, BrowserError):  # made in the page, or in a tab that is closed again
            return ""


@contextmanager
def _listening(window: BrowserContext) -> Iterator[_Answers]:
    answers = _Answers()
    heard = {"download": answers.offer, "response": answers.answer, "requestfinished": answers.show}
    for event, listener in heard.items():
        window.on(event, listener)  # type: ignore[call-overload] # one of the three
    try:
        yield answers
    finally:
        for event, listener in heard.items():
            window.remove_listener(event, listener)


def _taken_for_a_page(answer: Response | None) -> DeviationError:
    kind = (answer.headers if answer else {}).get("content-type", say("なし", "none"))
    return DeviationError(
        say(
            f"ファイルがダウンロードされず、画面として表示された（Content-Type: {kind}）",
            f"The file is not downloaded, but shown as a page (Content-Type: {kind})",
        )
    )


def _is_no_text(response: Response) -> bool:
    try:
        start = response.body()[:SNIFFED]
    except BrowserError:  # it is gone already: another page has come
        return False
    return not start.startswith(UNICODE) and bool(BINARY.search(start))


def _raw_name(disposition: str) -> str:
    """A name in octets that no standard knows: browsers on Japanese Windows read them as the system's own encoding."""
    found = RAW_NAME.search(disposition)
    octets = b"".join(map(_octet, found[1] or found[2] or "")) if found else b""
    if octets.isascii() or "filename*" in disposition.lower():
        return ""
    name = decoded(octets.strip())
    return "" if BROKEN.search(name) else name


def _octet(letter: str) -> bytes:
    """The octet of a header that the browser's protocol gives as a letter of windows-1252."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1", "replace")


def safe(name: str) -> str:
    """A name as a file in a folder may have it, and nowhere else."""
    visible = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    stem, dot, suffix = UNSAFE.sub("_", visible).strip(" .").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:LONGEST_NAME]}".strip(" .") or "download"


def _kept(offered: BrowserDownload, name: str, folder: Path) -> Download:
    """The file on disk. Raises BrokenError where it lacks what has come over the wire: that is no portal's doing."""
    path, window = folder / name, offered.page.context
    try:
        offered.save_as(path)
    except BrowserError as error:
        failure = offered.failure() or error.message
        if full := os_errors.no_room([folder]) or (failure if OUR_DISK.search(failure) else ""):
            raise BrokenError(
                say(f"ダウンロードしたファイルを置けない: {full}", f"The downloaded file cannot be kept: {full}")
            ) from error
        return Download(path, path.name, failure=failure)
    data = path.read_bytes()
    came = arrived(window, offered.url)
    if came is not None and len(data) < came:
        raise BrokenError(
            say(
                f"{path} は {len(data)} バイトだが、届いたのは {came} バイトである。このパソコンが書き損じた"
                f"（{folder} の空き {shutil.disk_usage(folder).free // 1024} kB）",
                f"{path} has {len(data)} bytes, but {came} bytes arrived: this machine wrote it badly "
                f"({shutil.disk_usage(folder).free // 1024} kB are free in {folder})",
            )
        )
    return Download(path, path.name, data=data)
