"""Pages on paper: printed to PDF by a browser of this machine, without a network and without a person's profile.

The browser is driven from a process of its own (`python -m reports.paper`), for Chromium's printing cannot be told to
give up: when its time is over, the process ends and the browser with it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sekisho.language import language, say
from sekisho.layout import python
from sekisho.machine import tempfolders
from sekisho.verdict import EnvironmentProblemError

SECONDS = 300  # a report of 400 scenarios takes 15 on two quiet cores
_SMALL = (
    "font: 7.5pt sans-serif; color: #555; width: 100%; padding: 0 16mm; display: flex; justify-content: space-between"
)
_NUMBERED = '<span class="pageNumber"></span> / <span class="totalPages"></span>'
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[+\-Z]\d{2}'\d{2}'\)")


@dataclass(frozen=True)
class Sheet:
    """How a page is printed: what stands at its foot (as HTML), and the script that makes it ready, if any."""

    foot: str
    prepare: str = ""
    dated: datetime | None = None
    """The date inside the file, so that the same page is the same bytes; without it the time of printing."""


def print_pdf(html: Path, browser: Path, sheet: Sheet, seconds: float = SECONDS) -> bytes:
    """The PDF of an HTML file on A4. Raises EnvironmentProblemError when the browser cannot print it in time."""
    with tempfolders.lent("paper", short=True) as place:
        pdf = place / "printed.pdf"
        order = {"html": str(html.resolve()), "pdf": str(pdf), "browser": str(browser)}
        problem = _print(place, order | {"foot": sheet.foot, "prepare": sheet.prepare}, seconds)
        if problem or not pdf.is_file():
            raise EnvironmentProblemError(
                say(
                    f"{html.name} を PDF に印刷できません（{browser}）: {problem or '結果がありません'}",
                    f"{html.name} cannot be printed to PDF ({browser}): {problem or 'there is no result'}",
                )
            )
        return _dated(pdf.read_bytes(), sheet.dated)


def _print(place: Path, order: dict[str, str], seconds: float) -> str:
    """Let the other process print, with all that its browser keeps in a place; gives what went wrong, or nothing."""
    with subprocess.Popen(
        python("reports.paper"),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(place)},
        encoding="utf-8",
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            _, said = process.communicate(json.dumps(order), timeout=seconds)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                return say(f"{seconds:.0f} 秒たっても終わりません", f"not finished after {seconds:.0f} s")
            raise
    return (
        (said.strip().splitlines() or [say("理由は不明です", "for an unknown reason")])[-1]
        if process.returncode
        else ""
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _dated(pdf: bytes, when: datetime | None) -> bytes:
    """The PDF with this date inside instead of the time of printing, in as many bytes."""
    if when is None:
        return pdf
    date = f"D:{when.astimezone(UTC):%Y%m%d%H%M%S}+00'00'".encode()
    return _DATES.sub(lambda found: b"/%s (%s)" % (found[1], date), pdf)


def main() -> int:
    """Print what standard input orders; the last line on standard error says what went wrong."""
    from playwright.sync_api import Error as BrowserError  # noqa: PLC0415 - only this process drives a browser
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as above

    order = json.load(sys.stdin)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=order["browser"], args=[f"--lang={language()}"], chromium_sandbox=_sandbox()
            )
            _work(browser, order)
            browser.close()
    except BrowserError as error:
        sys.stderr.write(error.message.splitlines()[0] + "\n")
        return 1
    return 0


def _work(browser: Any, order: dict[str, str]) -> None:  # noqa: ANN401 - Playwright is imported where it is driven
    page = browser.new_context(offline=True, locale=say("ja-JP", "en-GB")).new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto(Path(order["html"]).as_uri())
    if order["prepare"]:
        page.evaluate(order["prepare"])
    page.pdf(
        path=order["pdf"],
        format="A4",
        margin={"top": "18mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=f'<div style="{_SMALL}"><span>{order["foot"]}</span><span>{_NUMBERED}</span></div>',
        tagged=True,
        outline=True,
    )


def _sandbox() -> bool:
    """Chromium's sandbox refuses to run as root."""
    return not (sys.platform == "linux" and os.geteuid() == 0)


if __name__ == "__main__":
    sys.exit(main())
