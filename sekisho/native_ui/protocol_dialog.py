"""A page that asks for a program to be opened: the browser's question about it, read and taken away.

Windows would start the program that is registered for the address; here the driver does, once the question is gone.
"""

from __future__ import annotations

import re
from contextlib import closing

from sekisho.native_ui.dialog import CANCEL, LOOK_SECONDS, button, press, texts
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.results import Dialog
from sekisho.verdict import DeviationError

SURFACE = Surface.PROTOCOL_DIALOG
QUESTION = re.compile(r".*を開きますか？|Open .*\?")
APPEARS_SECONDS = 5.0


def take_question_away(bus_address: str) -> Dialog:
    """Read the browser's question whether a program may be opened, and cancel it.

    Raises DeviationError without one, `SurfaceError` if it does not go.
    """
    with closing(Desktop(bus_address)) as desktop:
        found, question = _wait_for(desktop)
        cancel = button(SURFACE, question, CANCEL)
        press(SURFACE, desktop, found, cancel)
    return Dialog(title=question.name, text=texts(question), columns=[], rows=[], pressed=cancel.name)


def _wait_for(desktop: Desktop) -> tuple[Reference, Node]:
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        found = desktop.find(Role.DIALOG)
        tree = desktop.read(found) if found else None
        if (
            found
            and tree
            and QUESTION.fullmatch(tree.name)
            and any(one.name in CANCEL for one in tree.all(Role.PUSH_BUTTON))
        ):
            return found, tree
    raise DeviationError("プログラムを開いてよいかを、ブラウザーが尋ねない")
