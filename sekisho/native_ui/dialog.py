"""The browser's own dialogs, read and pressed as the person at the screen does."""

from __future__ import annotations

import time

from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError, SurfaceGoneError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks

# How often the bus is asked what has changed on the screen: one look costs the browser about 2 ms.
LOOK_SECONDS = 0.02
# A press that the dialog takes closes it within 10 ms; after this long it has been ignored.
CLOSES_SECONDS = 0.4
# Chromium ignores presses within half a second of a dialog's appearing, and each one starts the half second anew.
PROTECTED_SECONDS = 0.55
ATTEMPTS = 4
CANCEL = ("キャンセル", "Cancel")
SENTENCES = (Role.STATIC, Role.LABEL)


def read_whole(desktop: Desktop, found: Reference) -> Node:
    """The dialog's tree, once its buttons and what it asks for are there: it is built piece by piece."""
    for _ in range(50):
        tree = desktop.read(found)
        if len(tree.all(Role.PUSH_BUTTON)) > 1 and (tree.all(Role.TABLE) or tree.all(Role.PASSWORD_TEXT)):
            return tree
        if desktop.find(Role.DIALOG) != found:
            raise SurfaceGoneError(Surface.CERTIFICATE_DIALOG, "ブラウザーの画面が、答える前に消えました。")
        time.sleep(LOOK_SECONDS)
    raise SurfaceError(
        Surface.CERTIFICATE_DIALOG,
        f"ブラウザーの画面を読めません。表示: {[node.name for node in tree.walk() if node.name]}",
    )


def texts(tree: Node) -> str:
    """The dialog's sentences."""
    return " ".join(node.name for node in tree.walk() if node.role in SENTENCES and node.name)


def button(surface: Surface, tree: Node, names: tuple[str, ...]) -> Node:
    """The button with one of these names."""
    for one in tree.all(Role.PUSH_BUTTON):
        if one.name in names:
            return one
    raise SurfaceError(surface, f"ブラウザーの画面「{tree.name}」に「{names[0]}」がありません。")


def press(surface: Surface, desktop: Desktop, dialog: Reference, pressed: Node) -> None:
    """Press a button until its dialog is gone; a press that came too early is repeated after the protected time."""
    for _ in range(ATTEMPTS):
        desktop.act(pressed)
        for _ in looks(CLOSES_SECONDS, LOOK_SECONDS / 4):
            if desktop.find(Role.DIALOG) != dialog:
                return
        time.sleep(PROTECTED_SECONDS - CLOSES_SECONDS)
    raise SurfaceError(surface, f"ブラウザーの画面の「{pressed.name}」を押しても閉じません。")
