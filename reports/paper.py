"""Pages on paper: printed to PDF by a browser of this machine, without a network and without a person's profile."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, PdfMargins, sync_playwright

from sekisho.verdict import EnvironmentProblemError

SECONDS = 180
MARGIN = PdfMargins(top="18mm", bottom="18mm", left="16mm", right="16mm")
_SMALL = "font: 7.5pt sans-serif; color: #555; width: 100%; padding: 0 16mm;"
_NUMBERED = '<span class="pageNumber"></span> / <span class="totalPages"></span>'
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[+\-Z]\d{2}'\d{2}'\)")


@dataclass(frozen=True)
class Sheet:
    """How a page is printed: what stands at its foot, and the script that makes it ready, if any."""

    foot: str
    prepare: str = ""
    dated: datetime | None = None
    """The date inside the file, so that the same page is the same bytes; without it the time of printing."""


def print_pdf(html: Path, browser: Path, sheet: Sheet) -> bytes:
    """The PDF of an HTML file on A4. Raises EnvironmentProblemError when the browser cannot print it."""
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=browser, args=["--lang=ja"], chromium_sandbox=_sandbox()
            )
            try:
                page = chromium.new_context(offline=True, locale="ja-JP").new_page()
                page.set_default_timeout(SECONDS * 1000)
                return _dated(_printed(page, html, sheet), sheet.dated)
            finally:
                chromium.close()
    except BrowserError as error:
        reason = error.message.splitlines()[0]
        raise EnvironmentProblemError(f"{html.name} を PDF に印刷できません（{browser}）: {reason}") from error


def _printed(page: Page, html: Path, sheet: Sheet) -> bytes:
    page.goto(html.resolve().as_uri())
    if sheet.prepare:
        page.evaluate(sheet.prepare)
    return page.pdf(
        format="A4",
        margin=MARGIN,
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=f'<div style="{_SMALL} display: flex; justify-content: space-between"><span>{sheet.foot}</span>'
        f"<span>{_NUMBERED}</span></div>",
        tagged=True,
        outline=True,
    )


def _sandbox() -> bool:
    """Chromium's sandbox refuses to run as root."""
    return not (sys.platform == "linux" and os.geteuid() == 0)


def _dated(pdf: bytes, when: datetime | None) -> bytes:
    """The PDF with this date inside instead of the time of printing, in as many bytes."""
    if when is None:
        return pdf
    date = f"D:{when.astimezone(UTC):%Y%m%d%H%M%S}+00'00'".encode()
    return _DATES.sub(lambda found: b"/%s (%s)" % (found[1], date), pdf)
