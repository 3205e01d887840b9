"""A page that asks for a program to be opened: the browser's question about it, read and taken away.

Windows would start the program that is registered for the address; here the driver does, once the question is gone.

Relies on: its title says 開きますか？ or "Open ...?", else it is a dialog that offers no certificate and asks for no
PIN; the last button opens the program, the one before it does not.
"""

from __future__ import annotations

import time
from contextlib import closing

from sekisho.language import say
from sekisho.native_ui.certificate_dialog import is_whole as shows_certificates
from sekisho.native_ui.dialog import LOOK_SECONDS, cancelling, find, press, texts
from sekisho.native_ui.language import PROTOCOL_DIALOG
from sekisho.native_ui.pin_prompt import field_of
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceAbsentError, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, note
from sekisho.results import Dialog

SURFACE = Surface.PROTOCOL_DIALOG
APPEARS_SECONDS = 5.0
# A question whose title stays unknown for so long is read by what it is not: no dialog is built so slowly.
BUILT_SECONDS = 1.0


def take_question_away(bus_address: str) -> Dialog:
    """Read the browser's question whether a program may be opened, and cancel it.

    Raises `SurfaceAbsentError` where no dialog appears, `SurfaceError` for one that is another or does not go.
    """
    with closing(Desktop(bus_address)) as desktop:
        found, question = _wait_for(desktop)
        cancel = cancelling(SURFACE, question)
        press(SURFACE, desktop, found, cancel)
    return Dialog(title=question.name, text=texts(question), columns=[], rows=[], pressed=cancel.name)


def _wait_for(desktop: Desktop) -> tuple[Reference, Node]:
    tree, appeared = None, time.monotonic()
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        found = find(desktop)
        tree = desktop.read(found) if found else None
        appeared = appeared if found else time.monotonic()
        if found and tree and (by := _recognised(tree, built=time.monotonic() - appeared > BUILT_SECONDS)):
            note(SURFACE, say("確認画面", "question"), by)
            return found, tree
    if tree is None:
        raise SurfaceAbsentError(
            SURFACE,
            say(
                "プログラムを開いてよいかを、ブラウザーが尋ねない",
                "the browser does not ask whether the program may be opened",
            ),
        )
    shown = [node.name for node in tree.walk() if node.name]
    raise SurfaceError(
        SURFACE,
        say(
            f"プログラムを開いてよいかを尋ねる画面を読めません。表示: {shown}",
            f"The question whether the program may be opened cannot be read. It shows: {shown}",
        ),
    )


def _recognised(tree: Node, *, built: bool) -> By | None:
    """What tells that this is the question, whole; None if nothing does (yet)."""
    if len(tree.all(Role.PUSH_BUTTON)) < 2:  # noqa: PLR2004 - yes and no
        return None
    if PROTOCOL_DIALOG.match(tree.name):
        return By.NAME
    is_other = field_of(tree) or shows_certificates(tree)
    return By.POSITION if built and not is_other else None
