"""A picture of a run's report, for the README: `.venv/bin/python scripts/screenshot.py RUN [PNG [PLACE]]`.

PLACE is a part of the report such as `findings`; without it, its beginning.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from sekisho.browser.channels import BrowserChoice

IMAGE = Path(__file__).resolve().parent.parent / "docs" / "images" / "report.png"
SIZE: ViewportSize = {"width": 1280, "height": 900}


def main(run: Path, image: Path, place: str) -> None:
    """Open a run's report.html in the browser that runs use, and save what shows there without scrolling."""
    report = run / "report.html"
    if not report.is_file():
        sys.exit(f"{report}: not there. `sekisho report {run}` makes it.")
    image.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BrowserChoice.resolve().path)
        page = browser.new_page(viewport=SIZE, locale="ja-JP")
        page.goto(f"{report.resolve().as_uri()}#{place}")
        page.screenshot(path=image)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("image", type=Path, nargs="?", default=IMAGE, metavar="PNG")
    parser.add_argument("place", nargs="?", default="overview")
    main(**vars(parser.parse_args()))
