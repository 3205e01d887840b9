"""A page that asks for a program to be opened: the browser's question about it, read and taken away.

Windows would start the program that is registered for the address; here the driver does, once the question is gone.
"""

from __future__ import annotations

import re
import time
from contextlib import closing

from sekisho.accessible import Desktop, Node
from sekisho.results import Dialog
from sekisho.verdict import DeviationError

QUESTION = re.compile(r".*を開きますか？|Open .*\?")
CANCEL = ("キャンセル", "Cancel")
APPEARS_SECONDS = 5.0
LOOK_SECONDS = 0.02


def take_question_away(bus_address: str) -> Dialog:
    """Read the browser's question whether a program may be opened, and cancel it. Raises DeviationError without one."""
    with closing(Desktop(bus_address)) as desktop:
        question = _wait_for(desktop)
        button = next(node for node in question.all("push button") if node.name in CANCEL)
        desktop.act(button)
        _wait_until_gone(desktop)
    texts = [node.name for node in question.walk() if node.role in {"static", "label"} and node.name]
    return Dialog(title=question.name, text=" ".join(texts), columns=[], rows=[], pressed=button.name)


def _wait_for(desktop: Desktop) -> Node:
    ends = time.monotonic() + APPEARS_SECONDS
    while time.monotonic() < ends:
        found = desktop.find("dialog")
        tree = desktop.read(found) if found else None
        if tree and QUESTION.fullmatch(tree.name) and any(one.name in CANCEL for one in tree.all("push button")):
            return tree
        time.sleep(LOOK_SECONDS)
    raise DeviationError("プログラムを開いてよいかを、ブラウザーが尋ねない")


def _wait_until_gone(desktop: Desktop) -> None:
    ends = time.monotonic() + APPEARS_SECONDS
    while desktop.find("dialog") and time.monotonic() < ends:
        time.sleep(LOOK_SECONDS)
