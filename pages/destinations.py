"""Where what a person types would go: to whoever shows the field, and to whoever its form is sent to."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Frame, Locator

from pages.eye import ask


def shown_by(found: Locator) -> list[str]:
    """The addresses of the document that shows a thing, and of all documents around it."""
    return list(dict.fromkeys(_address(frame) for frame in _around(_frame_of(found))))


def sent_to(found: Locator, *, pressed: bool) -> list[str]:
    """The addresses to which the form of a thing would be sent: of a field by any of its buttons.

    `pressed`: by this one, and only where a person has entered something that goes with it.
    """
    addresses: list[str] = ask(found, "destinations", pressed)
    return addresses


def _frame_of(found: Locator) -> Frame:
    page = found.page
    if len(page.frames) == 1:
        return page.main_frame
    handle = found.element_handle()
    try:
        return handle.owner_frame() or page.main_frame
    finally:
        handle.dispose()


def _around(frame: Frame | None) -> Iterator[Frame]:
    while frame:
        yield frame
        frame = frame.parent_frame


def _address(frame: Frame) -> str:
    """Of a page that its opener has written, the opener's."""
    if frame.url in {"", "about:blank"} and not frame.parent_frame and (opener := frame.page.opener()):
        return opener.url
    return frame.url
