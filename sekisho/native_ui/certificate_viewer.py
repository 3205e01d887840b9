"""The browser's certificate viewer, a window of its own: read over the accessibility bus, and closed again.

Relies on: a window inside the browser's with the viewer's title, else with a page from chrome://view-cert; on it the
headings for owner, issuer, period and fingerprints, and below each its lines, a label and its value, all HEADING or
SECTION. Known by name in both languages, else by their order. A value in angle brackets is one that is not there.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sekisho.japan import TOKYO
from sekisho.language import say
from sekisho.native_ui import language
from sekisho.native_ui.roles import Role
from sekisho.native_ui.settings_menu import LOOK_SECONDS, wait_for_window
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, first

SURFACE = Surface.CERTIFICATE_VIEWER
ADDRESS = "://view-cert"
VIEWER_SECONDS = 10.0
PRESS_SECONDS = 1.0
PRESSES = 10
# The parts of a name that may stand for the whole, by label and by line, the first that is there.
NAMES = ((language.COMMON_NAME, 0), (language.UNIT, 2), (language.ORGANIZATION, 1))
ABSENT = re.compile("<.*>")
JAPANESE = re.compile(r"(\d+)年(\d+)月(\d+)日\S*\s+(\d+):(\d+):(\d+)")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH = "(?P<month>" + "|".join(MONTHS) + ")"
ENGLISH = re.compile(
    rf"\w+,? (?:{MONTH} (?P<day>\d+)|(?P<day2>\d+) {MONTH.replace('month', 'month2')}),? (?P<year>\d+)(?: at|,)?\s+"
    r"(?P<hour>\d+):(?P<minute>\d+):(?P<second>\d+)(?:\s*(?P<half>[AP]M))?",
    re.IGNORECASE,
)

Lines = list[tuple[str, str]]


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
        days = say(
            f"{self.not_before:%Y-%m-%d %H:%M:%S} から {self.not_after:%Y-%m-%d %H:%M:%S}",
            f"{self.not_before:%Y-%m-%d %H:%M:%S} to {self.not_after:%Y-%m-%d %H:%M:%S}",
        )
        return say(
            f"発行先 {self.issued_to}、発行元 {self.issuer}、有効期間 {days}、SHA-256 {self.sha256}",
            f"issued to {self.issued_to}, issued by {self.issuer}, valid {days}, SHA-256 {self.sha256}",
        )


def read_viewer(bus_address: str, sha256: str) -> Entry:
    """Read the viewer that has just been opened for a certificate, and close it; raises `SurfaceError`."""
    with closing(Desktop(bus_address)) as desktop:
        # The browser's own window may bear the viewer's title for a moment; 閉じる there closes the tab or everything.
        window = wait_for_window(desktop, SURFACE, language.VIEWER, ADDRESS, inner_only=True)
        tree = _shown(desktop, window, sha256)
        _close(desktop, window)
    return entry(sha256, tree)


def entry(sha256: str, tree: Node) -> Entry:
    """What a viewer's tree shows; raises `SurfaceError` naming what is not there."""
    sections = _sections(tree)
    period = _section(sections, language.PERIOD, 2)
    return Entry(
        sha256=sha256,
        issued_to=_name(_section(sections, language.ISSUED_TO, 0)),
        issuer=_name(_section(sections, language.ISSUED_BY, 1)),
        not_before=time_of(_value(period, language.NOT_BEFORE, 0)),
        not_after=time_of(_value(period, language.NOT_AFTER, 1)),
    )


def time_of(text: str) -> datetime:
    """A time as the viewer writes it in Japanese or English, in Asia/Tokyo; raises `SurfaceError`."""
    if found := JAPANESE.match(text):
        year, month, day, hour, minute, second = map(int, found.groups())
    elif found := ENGLISH.match(text):
        year, minute, second = int(found["year"]), int(found["minute"]), int(found["second"])
        month = MONTHS.index((found["month"] or found["month2"]).capitalize()) + 1
        day, hour = int(found["day"] or found["day2"]), _hour(int(found["hour"]), found["half"])
    else:
        raise SurfaceError(
            SURFACE,
            say(
                f"証明書ビューアの日時「{text}」を読めません。",
                f'The time "{text}" in the certificate viewer cannot be read.',
            ),
        )
    return datetime(year, month, day, hour, minute, second, tzinfo=TOKYO)


def _hour(shown: int, half: str | None) -> int:
    return shown if half is None else shown % 12 + (12 if half.upper() == "PM" else 0)


def _shown(desktop: Desktop, window: Reference, sha256: str) -> Node:
    """The viewer's tree, once its page shows the wanted certificate."""
    for _ in looks(VIEWER_SECONDS, LOOK_SECONDS):
        tree = desktop.read(window, pages=True)
        if any(node.name == sha256 for node in tree.walk()):
            return tree
    raise SurfaceError(
        SURFACE,
        say(
            f"証明書ビューアに、SHA-256 {sha256} の証明書が出ません。",
            f"The certificate viewer does not show the certificate with SHA-256 {sha256}.",
        ),
    )


def _close(desktop: Desktop, window: Reference) -> None:
    """Press 閉じる until the window is gone: a press that comes while the page is still being built is lost."""
    for _ in range(PRESSES):
        buttons = desktop.read(window).all(Role.PUSH_BUTTON)
        ways = {
            By.NAME: lambda: next((one for one in buttons if language.CLOSE.match(one.name)), None),  # noqa: B023
            By.POSITION: lambda: next(iter(buttons), None),  # noqa: B023 - used up within the turn
        }
        if close := first(SURFACE, say("閉じるボタン", "button that closes"), ways):
            desktop.act(close)
        if _gone(desktop, window):
            return
    raise SurfaceError(SURFACE, say("証明書ビューアが閉じません。", "The certificate viewer does not close."))


def _gone(desktop: Desktop, window: Reference) -> bool:
    """Whether a window goes within the time that a press takes."""
    return any(
        window not in [reference for reference, _ in desktop.named_windows(inner_only=True)]
        for _ in looks(PRESS_SECONDS, LOOK_SECONDS)
    )


def _sections(tree: Node) -> list[tuple[str, Lines]]:
    """Each heading of the viewer's page with its lines."""
    pages = tree.all(Role.DOCUMENT_WEB) or [tree]
    sections: list[tuple[str, list[str]]] = []
    for node in pages[0].walk():
        if node.role is Role.HEADING:
            sections.append((node.name, []))
        elif node.role is Role.SECTION and node.name and sections:
            sections[-1][1].append(node.name)
    return [(heading, list(zip(texts[::2], texts[1::2], strict=False))) for heading, texts in sections]


def _section(sections: list[tuple[str, Lines]], heading: re.Pattern[str], position: int) -> Lines:
    found = first(
        SURFACE,
        say("見出し", "headings"),
        {
            By.NAME: lambda: next((lines for name, lines in sections if heading.match(name)), None),
            By.POSITION: lambda: sections[position][1] if len(sections) > position else None,
        },
    )
    if found is None:
        raise SurfaceError(
            SURFACE,
            say(
                f"証明書ビューアに「{heading.pattern}」がありません。",
                f'The certificate viewer has no "{heading.pattern}".',
            ),
        )
    return found


def _name(lines: Lines) -> str:
    shown = (_value(lines, label, position) for label, position in NAMES)
    return next((name for name in shown if not ABSENT.fullmatch(name)), "")


def _value(lines: Lines, label: re.Pattern[str], position: int) -> str:
    found = first(
        SURFACE,
        say("項目", "entries"),
        {
            By.NAME: lambda: next((value for name, value in lines if label.match(name)), None),
            By.POSITION: lambda: lines[position][1] if len(lines) > position else None,
        },
    )
    if found is None:
        raise SurfaceError(
            SURFACE,
            say(
                f"証明書ビューアに「{label.pattern}」がありません。",
                f'The certificate viewer has no "{label.pattern}".',
            ),
        )
    return found
