"""The browser's own warning page about a server it does not trust, read and passed as a person does."""

from __future__ import annotations

import re

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from sekisho.verdict import DeviationError

HEADING = re.compile("プライバシーが保護されません|connection is not private")
DETAILS = re.compile("詳細設定|Advanced")
PROCEED = re.compile(r"にアクセスする（安全ではありません）|Proceed to .* \(unsafe\)")
APPEARS_SECONDS = 5.0
ANSWER_SECONDS = 15.0


class NoWarningError(DeviationError):
    """The page is no warning, or one that lets nobody pass."""


def words(page: Page) -> str:
    """The warning's text, with the browser's name for its reason; raises `NoWarningError`."""
    _wait_for_warning(page)
    return page.inner_text("body")


def proceed(page: Page) -> None:
    """Press 詳細設定 and the link that leads on all the same, and wait for what the server answers.

    That is a page, which is shown then, or a download. The window does not warn of this server again. Where the server
    asks for a certificate, call this inside `Pc.answering`. Raises `NoWarningError`, DeviationError without an answer.
    """
    _wait_for_warning(page)
    page.get_by_role("button", name=DETAILS).click()
    link = page.get_by_role("link", name=PROCEED)
    if not link.is_visible():
        raise NoWarningError("ブラウザーの警告画面に、先へ進むリンクがない")
    try:
        with page.expect_response(lambda _: True, timeout=ANSWER_SECONDS * 1000) as answer:
            link.click()
    except PlaywrightTimeoutError as problem:
        raise DeviationError("警告画面から進んだが、応答がない") from problem
    if "attachment" not in answer.value.headers.get("content-disposition", ""):
        page.wait_for_url(lambda url: url.startswith("https://"), wait_until="domcontentloaded")


def _wait_for_warning(page: Page) -> None:
    try:
        page.get_by_role("heading", name=HEADING).wait_for(timeout=APPEARS_SECONDS * 1000)
    except PlaywrightTimeoutError as problem:
        raise NoWarningError("ブラウザーの警告画面が出ていない") from problem
