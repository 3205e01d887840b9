"""The browser's own question for the PIN that protects the keys of its store.

Relies on: its field has the role PASSWORD_TEXT and the keyboard's focus, and tells how many characters are in it; the
last button unlocks, the one before it cancels. The field takes no text over AT-SPI: keys are pressed on an X display.
"""

from __future__ import annotations

from sekisho import results
from sekisho.language import say
from sekisho.native_ui.dialog import LOOK_SECONDS, cancelling, confirming, press, texts
from sekisho.native_ui.display import Display
from sekisho.native_ui.language import PIN_PROMPT, UNLOCK
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, first

SURFACE = Surface.PIN_PROMPT
FIELDS = (Role.TEXT, Role.ENTRY)
# From the keys pressed to the dots in the field, on a machine that has other things to do.
ARRIVES_SECONDS = 5.0


def field_of(tree: Node) -> Node | None:
    """Where the PIN goes: by its role, else the field of a dialog with the prompt's title; None if it is another."""
    titled = tree.walk() if PIN_PROMPT.match(tree.name) else iter(())
    return first(
        SURFACE,
        say("PIN の欄", "field of the PIN"),
        {
            By.ROLE: lambda: next(iter(tree.all(Role.PASSWORD_TEXT)), None),
            By.NAME: lambda: next((node for node in titled if node.role in FIELDS), None),
        },
    )


def unlock(desktop: Desktop, found: Reference, tree: Node, pin: str | None, display: Display | None) -> results.Dialog:
    """Answer the prompt: type the PIN and press ロック解除, or without one キャンセル. The PIN is not recorded."""
    field = field_of(tree)
    typed = bool(pin and display and field)
    pressed = confirming(SURFACE, tree, UNLOCK) if typed else cancelling(SURFACE, tree)
    if pin and display and field:
        _type(desktop, field, pin, display)
    press(SURFACE, desktop, found, pressed)
    return results.Dialog(title=tree.name, text=texts(tree), columns=[], rows=[], pressed=pressed.name)


def _type(desktop: Desktop, field: Node, pin: str, display: Display) -> None:
    """Type, and wait until everything is in the field: keys and presses of buttons reach the browser on two ways."""
    display.type(pin)
    for _ in looks(ARRIVES_SECONDS, LOOK_SECONDS):
        if desktop.length(field) == len(pin):
            return
    arrived = desktop.length(field)
    raise SurfaceError(
        SURFACE,
        say(
            f"「{field.name}」に入ったのは {len(pin)} 文字のうち {arrived} 文字です。",
            f'Of {len(pin)} characters {arrived} went into "{field.name}".',
        ),
    )
