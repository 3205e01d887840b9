"""The words on a screen, as a person reads them: kept beside its picture, so that two runs can be compared."""

from __future__ import annotations

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page

MOST_LINES = 400
LONGEST_LINE = 400  # characters; a screen of more words than this is no screen of a portal

# What stands on the screen, and what stands on its buttons and pictures. What a person typed is not read: it may be
# secret, and it is not the portal's wording. The page cuts its own text, so that a huge one is never carried over.
_WORDS = """([lines, longest]) => {
  const seen = (one) => one.getClientRects().length > 0;
  const buttons = [...document.querySelectorAll('input[type=submit], input[type=button], input[type=reset]')];
  const pictures = [...document.querySelectorAll('input[type=image], img[alt]')];
  const words = [
    ...(document.body?.innerText ?? '').slice(0, lines * longest).split('\\n'),
    ...buttons.filter(seen).map((one) => one.value),
    ...pictures.filter(seen).map((one) => one.alt),
  ];
  return words.map((one) => one.trim().slice(0, longest)).filter(Boolean).slice(0, lines);
}"""


def read(page: Page) -> list[str]:
    """The lines of a page and of its frames, in their order; a frame that is gone has none."""
    return [line for frame in page.frames for line in _lines(frame)][:MOST_LINES]


def _lines(frame: Frame) -> list[str]:
    try:
        found: list[str] = frame.evaluate(_WORDS, [MOST_LINES, LONGEST_LINE])
    except BrowserError:
        return []
    return found
