"""The browser's own certificate dialog: reads what it shows, chooses and presses, as the person at the screen does."""

from __future__ import annotations

from typing import Literal

from sekisho import results
from sekisho.native_ui.dialog import CANCEL, button, press, texts
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface
from sekisho.native_ui.tree import Desktop, Node, Reference

Choice = results.Certificate | Literal["cancel"] | None

SURFACE = Surface.CERTIFICATE_DIALOG
HEADER_CELLS = (Role.COLUMN_HEADER, Role.TABLE_COLUMN_HEADER)


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


def choose(desktop: Desktop, found: Reference, tree: Node, choice: Choice) -> results.Dialog:
    """Answer the dialog: with a certificate, or by cancelling (also for None, and where it is not offered)."""
    offered = _rows(tree)
    chosen = _wanted(offered, choice)
    if chosen:
        desktop.act(chosen)
    pressed = button(SURFACE, tree, ("OK",) if chosen else CANCEL)
    press(SURFACE, desktop, found, pressed)
    return _record(tree, offered, chosen, pressed.name)


def _rows(tree: Node) -> list[tuple[Node, results.DialogRow]]:
    rows = [(row, [cell.name for cell in row.all(Role.TABLE_CELL)]) for row in tree.all(Role.TABLE_ROW)]
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


def _record(
    tree: Node, offered: list[tuple[Node, results.DialogRow]], chosen: Node | None, pressed: str
) -> results.Dialog:
    rows = [row.model_copy(update={"chosen": node is chosen}) for node, row in offered]
    columns = [node.name for node in tree.walk() if node.role in HEADER_CELLS]
    return results.Dialog(title=tree.name, text=texts(tree), columns=columns, rows=rows, pressed=pressed)
