"""The browser's own certificate dialog: reads what it shows, chooses and presses, as the person at the screen does."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Literal, Self

from sekisho import results
from sekisho.accessible import Desktop, Node, Reference

Choice = results.Certificate | Literal["cancel"] | None

# How often the bus is asked whether the dialog has appeared: one look costs the browser about 2 ms.
LOOK_SECONDS = 0.02
# A press that the dialog takes closes it within 10 ms; after this long it has been ignored.
CLOSES_SECONDS = 0.4
# Chromium ignores presses within half a second of a dialog's appearing, and each one starts the half second anew.
PROTECTED_SECONDS = 0.55
ATTEMPTS = 4
CANCEL = ("キャンセル", "Cancel")
HEADER_CELLS = ("column header", "table column header")


class ChoiceMissingError(Exception):
    """The dialog does not offer the wanted certificate; it has been cancelled."""

    def __init__(self, wanted: results.Certificate, dialog: results.Dialog) -> None:
        """Say what was wanted and what was offered."""
        offered = "、".join(f"{row.subject}（シリアル番号 {row.serial}）" for row in dialog.rows) or "なし"
        super().__init__(
            f"証明書の選択画面に、{wanted.subject_cn}（シリアル番号 {wanted.serial}）がありません。"
            f"表示された証明書: {offered}"
        )
        self.dialog = dialog


class PickerError(Exception):
    """The dialog could not be operated."""


class Answering:
    """While this context is open, every certificate dialog that appears is read, answered and recorded.

    It works in a thread of its own, because Playwright's navigation does not return while the dialog is open. What
    went wrong there is raised when the context ends.
    """

    def __init__(self, address: str, choice: Choice) -> None:
        """Answer on the bus at `address`: with a certificate, or by cancelling (also for None: only look)."""
        self.dialogs: list[results.Dialog] = []
        self._address = address
        self._choice = choice
        self._over = threading.Event()
        self._problem: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="picker", daemon=True)

    def __enter__(self) -> Self:
        """Start to look."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop looking, and raise what went wrong meanwhile."""
        self._over.set()
        self._thread.join()
        if self._problem is not None:
            raise self._problem from error

    def _run(self) -> None:
        try:
            desktop = Desktop(self._address)
            try:
                self._watch(desktop)
            finally:
                desktop.close()
        except (ChoiceMissingError, PickerError) as problem:
            self._problem = problem
        except (OSError, TimeoutError) as problem:
            self._problem = PickerError(f"アクセシビリティ・バスから応答がありません（{problem!r}）。")

    def _watch(self, desktop: Desktop) -> None:
        while not self._over.wait(LOOK_SECONDS):
            found = desktop.find("dialog")
            if found:
                self._answer(desktop, found)

    def _answer(self, desktop: Desktop, found: Reference) -> None:
        tree = _read_whole(desktop, found)
        offered = _rows(tree)
        chosen = _wanted(offered, self._choice)
        if chosen:
            desktop.act(chosen)
        button = _button(tree, cancel=chosen is None)
        self.dialogs.append(_record(tree, offered, chosen, button.name))
        _press(desktop, found, button)
        if chosen is None and isinstance(self._choice, results.Certificate):
            raise ChoiceMissingError(self._choice, self.dialogs[-1])


def _read_whole(desktop: Desktop, found: Reference) -> Node:
    """The dialog's tree, once its buttons are there: it is built piece by piece."""
    for _ in range(50):
        tree = desktop.read(found)
        if len(tree.all("push button")) > 1 and tree.all("table"):
            return tree
        time.sleep(LOOK_SECONDS)
    raise PickerError(f"証明書の選択画面を読めません。表示: {[node.name for node in tree.walk() if node.name]}")


def _rows(tree: Node) -> list[tuple[Node, results.DialogRow]]:
    rows = [(row, [cell.name for cell in row.all("table cell")]) for row in tree.all("table row")]
    return [
        (row, results.DialogRow(subject=cells[0], issuer=cells[1], serial=cells[2]))
        for row, cells in rows
        if len(cells) >= 3  # noqa: PLR2004 - subject, issuer, serial number; the heading row has no cells
    ]


def _wanted(offered: list[tuple[Node, results.DialogRow]], choice: Choice) -> Node | None:
    if not isinstance(choice, results.Certificate):
        return None
    serial = int(choice.serial, 16)
    same = [(node, row) for node, row in offered if _number(row.serial) == serial]
    exact = [node for node, row in same if row.issuer == choice.issuer_cn] or [node for node, _ in same]
    return exact[0] if exact else None


def _number(serial: str) -> int:
    """A serial number as the dialog writes it: hex digits, in some versions with separators."""
    return int(serial.replace(":", "").replace(" ", "") or "0", 16)


def _button(tree: Node, *, cancel: bool) -> Node:
    for button in tree.all("push button"):
        if button.name in (CANCEL if cancel else ("OK",)):
            return button
    raise PickerError(f"証明書の選択画面に「{'キャンセル' if cancel else 'OK'}」がありません。")


def _record(
    tree: Node, offered: list[tuple[Node, results.DialogRow]], chosen: Node | None, pressed: str
) -> results.Dialog:
    rows = [row.model_copy(update={"chosen": node is chosen}) for node, row in offered]
    texts = [node.name for node in tree.walk() if node.role in {"static", "label"} and node.name]
    columns = [node.name for node in tree.walk() if node.role in HEADER_CELLS]
    return results.Dialog(title=tree.name, text=" ".join(texts), columns=columns, rows=rows, pressed=pressed)


def _press(desktop: Desktop, dialog: Reference, button: Node) -> None:
    """Press a button until its dialog is gone; a press that came too early is repeated after the protected time."""
    for _ in range(ATTEMPTS):
        desktop.act(button)
        ends = time.monotonic() + CLOSES_SECONDS
        while time.monotonic() < ends:
            if desktop.find("dialog") != dialog:
                return
            time.sleep(LOOK_SECONDS / 4)
        time.sleep(PROTECTED_SECONDS - CLOSES_SECONDS)
    raise PickerError(f"証明書の選択画面の「{button.name}」を押しても閉じません。")
