"""Going to an address, and what came of it: a page, a refusal, silence, or a page closed under one's eyes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from sekisho import results
from sekisho.browser import idle
from sekisho.language import say
from sekisho.native_ui import SurfaceError
from sekisho.verdict import DeviationError

NET_ERROR = re.compile(r"net::(ERR_\w+)")


class NoAnswerError(DeviationError):
    """The portal did not answer in time."""


class PageClosedError(DeviationError):
    """The portal closed the page under the person's eyes."""


@dataclass(frozen=True)
class Visit:
    """What came of going to an address."""

    page: Page
    dialog: results.Dialog | None
    """The certificate dialog that appeared, answered; None if there was none (always in context mode)."""
    refused: str | None
    """The browser's name for why no page came, such as ERR_BAD_SSL_CLIENT_AUTH_CERT; None if one came."""
    status: int | None = None
    """HTTP status of the page; None without one (refused, or a download)."""
    prompts: tuple[results.Dialog, ...] = ()
    """The PIN prompts that appeared, answered: a second one means that the first answer was wrong."""


@contextmanager
def closing_named(page: Page, url: str) -> Iterator[None]:
    """Raise PageClosedError when a page is gone before its answer, with the browser's dialog or without."""
    try:
        yield
    except (PlaywrightError, SurfaceError) as problem:
        if page.is_closed():
            raise PageClosedError(
                say(
                    f"{url} の画面が、開いているあいだにポータルによって閉じられた",
                    f"The page of {url} was closed by the portal while it was being opened",
                )
            ) from problem
        raise


def go(page: Page, url: str, seconds: float) -> tuple[int | None, str | None]:
    """Navigate; the HTTP status, or the net error that ended it. Raises NoAnswerError after some seconds.

    Of a page whose connection died while it came is there what has come.
    """
    ends = time.monotonic() + seconds
    try:
        response = page.goto(url, wait_until="commit", timeout=seconds * 1000)
        idle.wait_until_there(page, max(ends - time.monotonic(), 0) * 1000)
    except PlaywrightTimeoutError as problem:
        raise NoAnswerError(
            say(f"{url} から {seconds:g} 秒たっても応答がない。", f"No answer from {url} after {seconds:g} s.")
        ) from problem
    except PlaywrightError as problem:
        found = NET_ERROR.search(problem.message)
        if found:
            return None, found[1]
        if "Download is starting" in problem.message:
            return None, None
        raise
    return (response.status if response else None), None
