"""The browser's own warning page about a server it does not trust, read and passed as a person does.

Relies on: its heading, a button for more and a link that leads on, named in one of the languages; else its ids
(details-button, proceed-link) and the name of the network error, NET::ERR_CERT_..., the same in every language.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Download, Locator, Page, Request
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from sekisho.language import say
from sekisho.native_ui import language
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.ways import By, first
from sekisho.verdict import DeviationError

SURFACE = Surface.WARNING_PAGE
NETWORK_ERROR = "NET::ERR_"
STRICT = "HSTS"
APPEARS_SECONDS = 5.0
ANSWER_SECONDS = 15.0
LOOKS_EVERY = 50  # milliseconds


class NoWayPastError(DeviationError):
    """The warning lets nobody pass, because the portal has asked for that (HSTS)."""


def words(page: Page) -> str:
    """The warning's text, with the browser's name for its reason; raises `SurfaceError` where there is none."""
    _wait_for_warning(page)
    return page.inner_text("body")


def proceed(page: Page) -> None:
    """Press 詳細設定 and the link that leads on all the same, and wait for what the server answers.

    That is a page, which is shown then, or a download. The window does not warn of this server again. Where the server
    asks for a certificate, call this inside `Pc.answering`. Raises `SurfaceError` where the page is no warning or
    cannot be operated, `NoWayPastError`, and DeviationError where the server was asked and does not answer.
    """
    _wait_for_warning(page)
    _find(
        say("詳細設定", "Advanced"), page.get_by_role("button", name=language.ADVANCED), page.locator("#details-button")
    ).click()
    link = _find(
        say("先へ進むリンク", "link that goes on"),
        page.get_by_role("link", name=language.PROCEED),
        page.locator("#proceed-link"),
        page,
    )
    files: list[Download] = []
    page.once("download", lambda file: files.append(file))  # noqa: PLW0108 - Playwright marks the handler
    _follow(page, link)
    end = time.monotonic() + ANSWER_SECONDS
    while not files and not _behind(page):
        if time.monotonic() > end:
            raise DeviationError(
                say(
                    "警告画面から進んだが、画面もファイルも最後まで届かない",
                    "Past the warning page neither a page nor a file comes to its end",
                )
            )


def _behind(page: Page) -> bool:
    """Whether the server's page is there; waits for it a little."""
    try:
        page.wait_for_url(lambda url: url.startswith("https://"), wait_until="domcontentloaded", timeout=LOOKS_EVERY)
    except PlaywrightTimeoutError:
        return False
    return True


def _follow(page: Page, link: Locator) -> None:
    """Press a link, and see that the server answers."""
    asked: list[Request] = []

    def note_request(request: Request) -> None:
        asked.append(request)

    page.on("request", note_request)
    try:
        with page.expect_response(lambda _: True, timeout=ANSWER_SECONDS * 1000):
            link.click()
    except PlaywrightTimeoutError as problem:
        if asked:
            raise DeviationError(
                say("警告画面から進んだが、応答がない", "Past the warning page there is no answer")
            ) from problem
        raise SurfaceError(
            SURFACE,
            say(
                "ブラウザーの警告画面の、先へ進むリンクを押しても進まない",
                "The link that goes on from the browser's warning page was pressed, and nothing happens",
            ),
        ) from problem
    finally:
        page.remove_listener("request", note_request)


def _wait_for_warning(page: Page) -> None:
    heading = page.get_by_role("heading", name=language.WARNING)
    try:
        heading.or_(page.get_by_text(NETWORK_ERROR)).first.wait_for(timeout=APPEARS_SECONDS * 1000)
    except PlaywrightTimeoutError as problem:
        raise SurfaceError(
            SURFACE, say("ブラウザーの警告画面が出ていない", "The browser's warning page does not appear")
        ) from problem
    first(SURFACE, say("警告", "warning"), {By.NAME: _visible(heading), By.CONTENT: lambda: True})


def _find(thing: str, named: Locator, element: Locator, page: Page | None = None) -> Locator:
    """Something on the page; on `page` it may be missing because of the portal's own wish."""
    found = first(SURFACE, thing, {By.NAME: _visible(named), By.ELEMENT: _visible(element)})
    if found is not None:
        return found
    if page and STRICT in page.inner_text("body"):
        raise NoWayPastError(
            say(
                "ポータルが HSTS を求めているため、ブラウザーの警告画面から先へ進めない",
                "The portal requires HSTS, so there is no way past the browser's warning page",
            )
        )
    raise SurfaceError(
        SURFACE, say(f"ブラウザーの警告画面に「{thing}」がない", f'The browser\'s warning page has no "{thing}"')
    )


def _visible(locator: Locator) -> Callable[[], Locator | None]:
    return lambda: locator.first if locator.first.is_visible() else None
