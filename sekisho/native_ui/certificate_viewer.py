"""The browser's certificate viewer, a window of its own: read over the accessibility bus, and closed again."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sekisho.japan import TOKYO
from sekisho.native_ui.roles import Role
from sekisho.native_ui.settings_menu import LOOK_SECONDS, wait_for_window
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks

SURFACE = Surface.CERTIFICATE_VIEWER
VIEWER = "証明書ビューア.*"
DATE = re.compile(r"(\d+)年(\d+)月(\d+)日\S*\s+(\d+):(\d+):(\d+)")
VIEWER_SECONDS = 10.0
PRESS_SECONDS = 1.0
PRESSES = 10
# Headings of the viewer's page, in its order.
ISSUED_TO, ISSUER, PERIOD = "発行先", "発行元", "有効期間"
NOT_BEFORE, NOT_AFTER = "発行日", "有効期限"
# The parts of a name that may stand for the whole, and what the viewer shows for one that is not there.
NAMES = ("一般名（CN）", "組織単位（OU）", "組織（O）")
ABSENT = "<証明書に含まれていません>"


@dataclass(frozen=True)
class Entry:
    """What the certificate viewer shows of one certificate; times in Asia/Tokyo, as on the user's PC."""

    sha256: str
    issued_to: str
    issuer: str
    not_before: datetime
    not_after: datetime

    def __str__(self) -> str:
        """One line for a report."""
        days = f"{self.not_before:%Y-%m-%d %H:%M:%S} から {self.not_after:%Y-%m-%d %H:%M:%S}"
        return f"発行先 {self.issued_to}、発行元 {self.issuer}、有効期間 {days}、SHA-256 {self.sha256}"


def read_viewer(bus_address: str, sha256: str) -> Entry:
    """Read the viewer that has just been opened for a certificate, and close it; raises `SurfaceError`."""
    with closing(Desktop(bus_address)) as desktop:
        # The browser's own window may bear the viewer's title for a moment; 閉じる there closes the tab or everything.
        window = wait_for_window(desktop, VIEWER, inner_only=True)
        tree = _shown(desktop, window, sha256)
        _close(desktop, window)
    return _entry(sha256, _texts(tree))


def _shown(desktop: Desktop, window: Reference, sha256: str) -> Node:
    """The viewer's tree, once its page shows the wanted certificate."""
    for _ in looks(VIEWER_SECONDS, LOOK_SECONDS):
        tree = desktop.read(window, pages=True)
        if sha256 in _texts(tree):
            return tree
    raise SurfaceError(SURFACE, f"証明書ビューアに、SHA-256 {sha256} の証明書が出ません。")


def _close(desktop: Desktop, window: Reference) -> None:
    """Press 閉じる until the window is gone: a press that comes while the page is still being built is lost."""
    for _ in range(PRESSES):
        for button in desktop.read(window, pages=True).all(Role.PUSH_BUTTON):
            if button.name in {"閉じる", "Close"}:
                desktop.act(button)
        if _gone(desktop, window):
            return
    raise SurfaceError(SURFACE, "証明書ビューアが閉じません。")


def _gone(desktop: Desktop, window: Reference) -> bool:
    """Whether a window goes within the time that a press takes."""
    return any(
        window not in [reference for reference, _ in desktop.named_windows(inner_only=True)]
        for _ in looks(PRESS_SECONDS, LOOK_SECONDS)
    )


def _texts(tree: Node) -> list[str]:
    return [node.name for node in tree.walk() if node.role in {Role.HEADING, Role.SECTION} and node.name]


def _entry(sha256: str, texts: list[str]) -> Entry:
    to, by, period = (texts.index(heading) for heading in (ISSUED_TO, ISSUER, PERIOD))
    return Entry(
        sha256=sha256,
        issued_to=_name(texts[to:by]),
        issuer=_name(texts[by:period]),
        not_before=_time(_after(texts[period:], NOT_BEFORE)),
        not_after=_time(_after(texts[period:], NOT_AFTER)),
    )


def _name(texts: list[str]) -> str:
    shown = (_after(texts, label) for label in NAMES)
    return next((name for name in shown if name != ABSENT), "")


def _after(texts: list[str], label: str) -> str:
    return texts[texts.index(label) + 1]


def _time(text: str) -> datetime:
    found = DATE.match(text)
    if not found:
        raise SurfaceError(SURFACE, f"証明書ビューアの日時「{text}」を読めません。")
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=TOKYO)
