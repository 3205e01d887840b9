"""One list of the browser's certificate manager, and the lines in it.

Relies on: every certificate has a text field with its SHA-256, its name beside it, and on the same line its buttons:
copy, delete (own certificates only), details, known by name, else from left to right. A list begins with buttons named
after it, else it is the first GROUP of the page. Not used, because they differ from version to version: the title (a
`div` up to 150, an `h3` in 156), the custom elements and their ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from sekisho.language import say
from sekisho.native_ui import language
from sekisho.native_ui.certificate_viewer import Entry, read_viewer
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.ways import By, first

SHA256 = re.compile("[0-9A-Fa-f]{64}")
# Which of a certificate's buttons: by its name, else by its place.
Which = tuple[re.Pattern[str], int]
DELETE: Which = (language.DELETE, -2)
DETAILS: Which = (language.DETAILS, -1)
LEAST = {language.DELETE: 3, language.DETAILS: 2}  # buttons that a line has which has this one

# Of each control: its value, its name, the words that stand closest to it, and where it is on the page.
READ = """all => all.map(one => {
  const own = node => [...node.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join("");
  let near = one;
  while (near && !(near.nodeType === 1 && own(near))) near = near.parentNode || near.host;
  const {top, bottom, left} = one.getBoundingClientRect();
  return [one.value || "", one.ariaLabel || one.innerText || "", near ? own(near) : "", top, bottom, left];
})"""


@dataclass(frozen=True)
class Row:
    """One line of the manager's list; `name` is a common name, or for a root without one all that it is called."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Control:
    """A button or text field: its place among all that were looked at, and what `READ` tells of it."""

    place: int
    value: str
    name: str
    beside: str
    top: float
    bottom: float
    left: float

    def is_level_with(self, other: Control) -> bool:
        """Whether its middle stands on the other's line."""
        return other.top <= (self.top + self.bottom) / 2 <= other.bottom


@dataclass(frozen=True)
class Line:
    """A certificate's text field and the buttons beside it, from left to right."""

    field: Control
    buttons: tuple[Control, ...]

    @property
    def row(self) -> Row:
        """What a person sees."""
        copied = (language.COPY.match(button.name) for button in self.buttons)
        named = next((found["ja"] or found["en"] for found in copied if found), "")
        return Row(named or self.field.beside, self.field.value.lower())

    def button(self, which: Which) -> Control | None:
        """One of the buttons; None where the line has none such."""
        name, place = which
        ways = {
            By.NAME: lambda: next((one for one in self.buttons if name.match(one.name)), None),
            By.POSITION: lambda: self.buttons[place] if len(self.buttons) >= LEAST[name] else None,
        }
        return first(Surface.CERTIFICATE_MANAGER, say("一覧のボタン", "button of the list"), ways)


def section(controls: list[Control], own: re.Pattern[str]) -> list[Control] | None:
    """The controls of the list whose buttons have such names; None where there is no such list."""
    begins = next((place for place, one in enumerate(controls) if own.match(one.name)), None)
    if begins is None:
        return None
    rest = controls[begins:]
    ends = (place for place, one in enumerate(rest) if language.ANY_LIST.match(one.name) and not own.match(one.name))
    return rest[: next(ends, len(rest))]


def lines(controls: list[Control]) -> list[Line]:
    """The certificates among some controls, from top to bottom; what stands on a line is seen from where it is."""
    fields = [one for one in controls if SHA256.fullmatch(one.value)]
    buttons = sorted((one for one in controls if one not in fields), key=lambda one: one.left)
    return [Line(field, tuple(one for one in buttons if one.is_level_with(field))) for field in fields]


class CertificateList:
    """One of the manager's lists, open in a window."""

    def __init__(
        self,
        page: Page,
        surface: Surface,
        own: re.Pattern[str],
        bus_address: str,
        *,
        route: list[str],
    ) -> None:
        """Hold an open page with the list whose buttons are named so; `CertificateManager` makes one."""
        self.page = page
        self.route = route
        """What was pressed to come here."""
        self.surface = surface
        self._own, self._bus_address = own, bus_address
        self._group = page.get_by_role("group").first
        self._wait_for_list()

    def rows(self) -> list[Row]:
        """Every certificate in the list, from top to bottom."""
        return [line.row for line in self._lines()[1]]

    def details(self, sha256: str) -> Entry:
        """Open the viewer of one certificate, read it and close it; raises `SurfaceError` if it is not listed."""
        self._button(DETAILS, sha256).click()
        return read_viewer(self._bus_address, sha256)

    def _wait_for_list(self) -> None:
        """Until it is there, with certificates or with the word that there are none, unfolded."""
        folded = self.page.get_by_role("button", name=self._own, expanded=False)
        try:
            expect(self._group.or_(folded).first).to_be_visible()
            if folded.count():
                folded.first.click()
            said = self._group.get_by_text(re.compile(r"\S")).filter(visible=True)
            expect(self._group.get_by_role("textbox").or_(said).first).to_be_visible()
        except (AssertionError, PlaywrightError) as problem:
            raise SurfaceError(
                self.surface,
                say(
                    f"{self.surface}が出ません（{self.page.url}）。",
                    f"{self.surface}: it does not appear ({self.page.url}).",
                ),
            ) from problem

    def _lines(self) -> tuple[Locator, list[Line]]:
        """The controls that were looked at, and the certificates among them."""
        everywhere, inside = _controls(self.page), _controls(self._group)
        ways = {
            By.NAME: lambda: _found(everywhere, section(_read(everywhere), self._own)),
            By.ROLE: lambda: _found(inside, _read(inside)),
        }
        return first(self.surface, say("一覧", "list"), ways) or (inside, [])

    def _button(self, which: Which, sha256: str) -> Locator:
        controls, listed = self._lines()
        line = next((line for line in listed if line.row.sha256 == sha256), None)
        if line is None:
            shown = [line.row.sha256 for line in listed]
            raise SurfaceError(
                self.surface,
                say(
                    f"証明書の管理の一覧に、SHA-256 {sha256} の証明書がありません。一覧: {shown}",
                    f"The list of the certificate manager has no certificate with SHA-256 {sha256}. The list: {shown}",
                ),
            )
        if found := line.button(which):
            return controls.nth(found.place)
        raise SurfaceError(
            self.surface,
            say(
                f"証明書の管理の一覧の「{line.row.name}」に、押すボタンがありません。",
                f'"{line.row.name}" in the list of the certificate manager has no such button.',
            ),
        )


def _controls(where: Page | Locator) -> Locator:
    return where.get_by_role("textbox").or_(where.get_by_role("button"))


def _read(controls: Locator) -> list[Control]:
    return [Control(place, *one) for place, one in enumerate(controls.evaluate_all(READ))]


def _found(looked_at: Locator, controls: list[Control] | None) -> tuple[Locator, list[Line]] | None:
    return None if controls is None else (looked_at, lines(controls))
