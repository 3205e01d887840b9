"""The browser's own question for the PIN that protects the keys of its store."""

from __future__ import annotations

from sekisho import results
from sekisho.native_ui.dialog import CANCEL, LOOK_SECONDS, button, press, texts
from sekisho.native_ui.display import Display
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks

SURFACE = Surface.PIN_PROMPT
UNLOCK = ("ロック解除", "Unlock")
# From the keys pressed to the dots in the field, on a machine that has other things to do.
ARRIVES_SECONDS = 5.0


def unlock(desktop: Desktop, found: Reference, tree: Node, pin: str | None, display: Display | None) -> results.Dialog:
    """Answer the prompt: type the PIN and press ロック解除, or without one キャンセル. The PIN is not recorded."""
    pressed = button(SURFACE, tree, UNLOCK if pin and display else CANCEL)
    if pin and display:
        _type(desktop, tree.all(Role.PASSWORD_TEXT)[0], pin, display)
    press(SURFACE, desktop, found, pressed)
    return results.Dialog(title=tree.name, text=texts(tree), columns=[], rows=[], pressed=pressed.name)


def _type(desktop: Desktop, field: Node, pin: str, display: Display) -> None:
    """Type, and wait until everything is in the field: keys and presses of buttons reach the browser on two ways."""
    display.type(pin)
    for _ in looks(ARRIVES_SECONDS, LOOK_SECONDS):
        if desktop.length(field) == len(pin):
            return
    raise SurfaceError(
        SURFACE, f"「{field.name}」に入ったのは {len(pin)} 文字のうち {desktop.length(field)} 文字です。"
    )
