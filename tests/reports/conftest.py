"""A reader who opens a report in a real browser and looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from sekisho.browser.channels import BrowserChoice
from sekisho.browser.launch import NOT_NEEDED
from sekisho.browser.switches import disabling


@dataclass
class Seen:
    """What a script found in the page, what the page asked for, and what went wrong in it."""

    value: Any = None
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Reader:
    """Opens reports in a browser of its own. Playwright allows one driver per thread, and other tests hold theirs."""

    def __init__(self) -> None:
        """Start the browser in the reader's thread."""
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._playwright = self._thread.submit(sync_playwright().start).result()
        self._browser = self._thread.submit(self._launch).result()

    def _launch(self) -> Browser:
        arguments = ["--no-sandbox", *disabling(self._playwright, *NOT_NEEDED)]
        return self._playwright.chromium.launch(executable_path=BrowserChoice.resolve(None).path, args=arguments)

    def read(
        self,
        report: Path,
        script: str,
        fragment: str = "",
        *,
        width: int = 1280,
        dark: bool = False,
        paper: bool = False,
        scripts: bool = True,
    ) -> Seen:
        """Open a report at a fragment and evaluate a script in the page, which may have none of its own."""
        page: dict[str, Any] = {
            "viewport": {"width": width, "height": 900},
            "color_scheme": "dark" if dark else "light",
            "java_script_enabled": scripts,
        }
        return self._thread.submit(self._read, f"{report.as_uri()}{fragment}", script, page, paper=paper).result()

    def _read(self, url: str, script: str, options: dict[str, Any], *, paper: bool) -> Seen:
        seen = Seen()
        page = self._browser.new_page(**options)
        page.emulate_media(media="print" if paper else "screen")
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda line: seen.errors.append(line.text))
        page.on("dialog", lambda dialog: seen.errors.append(dialog.message))
        page.goto(url)
        seen.value = page.evaluate(script)
        page.close()
        return seen

    def close(self) -> None:
        """End the browser and the driver."""
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """One browser for all reports."""
    reader = Reader()
    yield reader
    reader.close()
