"""What the browser's own dialogs have in common: found, read and pressed as the person at the screen does.

Relies on: a dialog is a window, or stands directly in one, and has the role DIALOG or a title that is known; its
buttons have the role PUSH_BUTTON and stand in the order [...], cancel, confirm, as on every Linux desktop.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from sekisho.language import say
from sekisho.native_ui.language import CANCEL, CERTIFICATE_DIALOG, PIN_PROMPT, PROTOCOL_DIALOG
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError, SurfaceGoneError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, first

# How often the bus is asked what has changed on the screen: one look costs the browser about 2 ms.
LOOK_SECONDS = 0.02
APPEARS_LOOKS = 50
# A press that the dialog takes closes it within 10 ms; after this long it has been ignored.
CLOSES_SECONDS = 0.4
# Chromium ignores presses within half a second of a dialog's appearing, and each one starts the half second anew.
PROTECTED_SECONDS = 0.55
ATTEMPTS = 4
SENTENCES = (Role.STATIC, Role.LABEL)
TITLES = (CERTIFICATE_DIALOG, PIN_PROMPT, PROTOCOL_DIALOG)
# Where a button stands, counted from the last.
CONFIRMS, CANCELS = -1, -2


def find(desktop: Desktop) -> Reference | None:
    """The dialog that is on the screen: by its role, else by its title."""
    shown = desktop.candidates()
    by_role = (one.reference for one in shown if one.role is Role.DIALOG)
    by_title = (one.reference for one in shown if any(title.match(one.name) for title in TITLES))
    return next(by_role, None) or next(by_title, None)


def read_whole(desktop: Desktop, found: Reference, is_whole: Callable[[Node], bool]) -> Node:
    """The dialog's tree, once its buttons and what it asks for are there: it is built piece by piece.

    Raises `SurfaceGoneError`, and `SurfaceError` with all its words where it stays as it is.
    """
    for _ in range(APPEARS_LOOKS):
        tree = desktop.read(found)
        if len(tree.all(Role.PUSH_BUTTON)) > 1 and is_whole(tree):
            return tree
        if find(desktop) != found:
            raise SurfaceGoneError(
                surface_of(tree),
                say(
                    "ブラウザーの画面が、答える前に消えました。",
                    "The browser's dialog went away before it was answered.",
                ),
            )
        time.sleep(LOOK_SECONDS)
    shown = [node.name for node in tree.walk() if node.name]
    raise SurfaceError(
        surface_of(tree),
        say(f"ブラウザーの画面を読めません。表示: {shown}", f"The browser's dialog cannot be read. It shows: {shown}"),
    )


def surface_of(tree: Node) -> Surface:
    """Which dialog it is; a certificate dialog where nothing tells."""
    if tree.all(Role.PASSWORD_TEXT) or PIN_PROMPT.match(tree.name):
        return Surface.PIN_PROMPT
    return Surface.PROTOCOL_DIALOG if PROTOCOL_DIALOG.match(tree.name) else Surface.CERTIFICATE_DIALOG


def texts(tree: Node) -> str:
    """The dialog's sentences."""
    return " ".join(node.name for node in tree.walk() if node.role in SENTENCES and node.name)


def confirming(surface: Surface, tree: Node, name: re.Pattern[str]) -> Node:
    """The button that says yes: by its name, else the last one."""
    return _button(surface, tree, name, CONFIRMS)


def cancelling(surface: Surface, tree: Node) -> Node:
    """The button that says no: by its name, else the last but one."""
    return _button(surface, tree, CANCEL, CANCELS)


def _button(surface: Surface, tree: Node, name: re.Pattern[str], position: int) -> Node:
    buttons = tree.all(Role.PUSH_BUTTON)
    thing = (
        say("確定のボタン", "button that confirms")
        if position == CONFIRMS
        else say("取消のボタン", "button that cancels")
    )
    found = first(
        surface,
        thing,
        {
            By.NAME: lambda: next((one for one in buttons if name.match(one.name)), None),
            By.POSITION: lambda: buttons[position] if len(buttons) >= -position else None,
        },
    )
    if found is None:
        raise SurfaceError(
            surface,
            say(
                f"ブラウザーの画面「{tree.name}」に{thing}がありません。",
                f'The browser\'s dialog "{tree.name}" has no {thing}.',
            ),
        )
    return found


def press(surface: Surface, desktop: Desktop, dialog: Reference, pressed: Node) -> None:
    """Press a button until its dialog is gone; a press that came too early is repeated after the protected time."""
    for _ in range(ATTEMPTS):
        desktop.act(pressed)
        for _ in looks(CLOSES_SECONDS, LOOK_SECONDS / 4):
            if find(desktop) != dialog:
                return
        time.sleep(PROTECTED_SECONDS - CLOSES_SECONDS)
    raise SurfaceError(
        surface,
        say(
            f"ブラウザーの画面の「{pressed.name}」を押しても閉じません。",
            f'The browser\'s dialog does not close when "{pressed.name}" is pressed.',
        ),
    )
