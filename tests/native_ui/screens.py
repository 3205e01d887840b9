"""Dialogs and windows as browsers build them, in Japanese, in English, and in a language that nobody here knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .fake_bus import FakeBus, Thing

PANEL, STATIC, FRAME = 39, 116, 23
DIALOG, BUTTON, TABLE, ROW, CELL, HEADER, PASSWORD = 16, 43, 55, 90, 56, 10, 40
FOCUSED = 12
WORDS = {
    "ja": ("証明書の選択", "件名", "発行元", "シリアル番号", "キャンセル", "OK"),
    "en": ("Select a certificate", "Subject", "Issuer", "Serial", "Cancel", "OK"),
    "xx": ("Zertifikat", "Antragsteller", "Aussteller", "Seriennummer", "Abbrechen", "Weiter"),
}
OFFERED = (("emp00001", "Test CA", "0FF5655D"), ("emp00002", "Test CA", "0612408E"))


def show(bus: FakeBus, dialog: Thing) -> Thing:
    """Put a dialog into a window of its own, as Chromium does."""
    bus.application.children.append(Thing(FRAME, "", [dialog]))
    return dialog


def close(bus: FakeBus) -> None:
    """Take every window away."""
    bus.application.children.clear()


def certificate_dialog(
    bus: FakeBus, language: str, *, roles: tuple[int, int, int] = (ROW, CELL, HEADER), selects: bool = True
) -> tuple[Thing, list[str]]:
    """The dialog, and what is pressed in it, as it happens. Chromium's own structure, with other roles if wanted."""
    title, *columns, cancel, confirm = WORDS[language]
    pressed: list[str] = []
    row, cell, header = roles
    rows = [Thing(row, children=[Thing(header, name) for name in columns])]
    rows += [Thing(row, children=[Thing(cell, fact) for fact in facts]) for facts in OFFERED]
    for one in rows[1:]:
        one.pressed = _choosing(one, rows, pressed, works=selects)
    buttons = [Thing(BUTTON, name, pressed=_pressing(bus, name, pressed)) for name in (cancel, confirm)]
    texts = Thing(PANEL, children=[Thing(STATIC, "127.0.0.1"), Thing(TABLE, children=rows)])
    dialog = Thing(DIALOG, title, [Thing(BUTTON, "×"), texts, Thing(PANEL, children=[Thing(BUTTON, "i"), *buttons])])
    return show(bus, dialog), pressed


def question(bus: FakeBus, title: str, buttons: Sequence[str], *inside: Thing, role: int = DIALOG) -> list[str]:
    """A dialog with a text and some buttons; what is pressed in it, as it happens."""
    pressed: list[str] = []
    things = [Thing(BUTTON, name, pressed=_pressing(bus, name, pressed)) for name in buttons]
    show(bus, Thing(role, title, [Thing(STATIC, "https://127.0.0.1"), *inside, *things]))
    return pressed


def _pressing(bus: FakeBus, name: str, pressed: list[str]) -> Callable[[], None]:
    def press() -> None:
        pressed.append(name)
        close(bus)

    return press


def _choosing(one: Thing, rows: list[Thing], pressed: list[str], *, works: bool) -> Callable[[], None]:
    def choose() -> None:
        for other in rows:
            other.children[0].states.clear()
        (one if works else rows[1]).children[0].states.add(FOCUSED)
        pressed.append(one.children[0].name)

    return choose
