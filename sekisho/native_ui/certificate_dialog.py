"""The browser's own certificate dialog: reads what it shows, chooses and presses, as the person at the screen does.

Relies on: a row is a TABLE_ROW with TABLE_CELLs, else anything that has three things side by side of which the third
is a serial number in hex; subject, issuer and serial number stand in this order. A row that was acted upon, or
selected in its table, has the keyboard's focus. The last button presents the chosen row, the one before it none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from sekisho import results
from sekisho.language import say
from sekisho.native_ui.dialog import LOOK_SECONDS, cancelling, confirming, press, texts
from sekisho.native_ui.language import OK
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, first, note

Choice = results.Certificate | Literal["cancel"] | None
Offer = tuple[Node, results.DialogRow]

SURFACE = Surface.CERTIFICATE_DIALOG
HEADER_CELLS = (Role.COLUMN_HEADER, Role.TABLE_COLUMN_HEADER)
COLUMNS = 3  # subject, issuer, serial number
SERIAL = re.compile(r"[0-9A-Fa-f]{2}([: ]?[0-9A-Fa-f]{2})*")
FOCUSED = 12  # AT-SPI state
SELECTED_SECONDS = 0.5


class ChoiceMissingError(Exception):
    """The dialog does not offer the wanted certificate; it has been cancelled."""

    def __init__(self, wanted: results.Certificate, dialog: results.Dialog) -> None:
        """Say what was wanted and what was offered."""
        offered = say("、", ", ").join(
            say(f"{row.subject}（シリアル番号 {row.serial}）", f"{row.subject} (serial number {row.serial})")
            for row in dialog.rows
        ) or say("なし", "none")
        super().__init__(
            say(
                f"証明書の選択画面に、{wanted.subject_cn}（シリアル番号 {wanted.serial}）がありません。"
                f"表示された証明書: {offered}",
                f"The certificate dialog does not have {wanted.subject_cn} (serial number {wanted.serial}). It "
                f"offered: {offered}",
            )
        )
        self.dialog = dialog


def is_whole(tree: Node) -> bool:
    """Whether a dialog shows its certificates."""
    return bool(_rows(tree))


def asked_by(tree: Node) -> str:
    """The words in which a dialog says who asks: its sentences, else whatever stands in it beside the certificates."""
    offered = [node for node, _ in _rows(tree)]
    within = {id(below) for row in offered for below in row.walk()}
    beside = " ".join(node.name for node in tree.walk() if node.name and id(node) not in within)
    ways = {By.ROLE: lambda: texts(tree) or None, By.NAME: lambda: beside or None}
    return first(SURFACE, say("求めるサーバー", "server that asks"), ways) or ""


def choose(desktop: Desktop, found: Reference, tree: Node, choice: Choice) -> results.Dialog:
    """Answer the dialog: with a certificate, or by cancelling (also for None, and where it is not offered).

    Raises `SurfaceError` where the row cannot be selected: nothing else is presented in its place.
    """
    offered = _rows(tree)
    chosen = _wanted(offered, choice)
    if chosen:
        _select(desktop, tree, chosen)
    pressed = confirming(SURFACE, tree, OK) if chosen else cancelling(SURFACE, tree)
    press(SURFACE, desktop, found, pressed)
    return _record(tree, offered, chosen, pressed.name)


def _rows(tree: Node) -> list[Offer]:
    ways = {By.ROLE: lambda: list(_by_role(tree)) or None, By.POSITION: lambda: list(_by_position(tree)) or None}
    return first(SURFACE, say("証明書の行", "row of a certificate"), ways) or []


def _by_role(tree: Node) -> Iterator[Offer]:
    for row in tree.all(Role.TABLE_ROW):
        cells = [cell.name for cell in row.all(Role.TABLE_CELL)]
        if len(cells) >= COLUMNS:  # the heading row has none
            yield _offer(row, cells)


def _by_position(tree: Node) -> Iterator[Offer]:
    for row in tree.walk():
        cells = [cell.name for cell in row.children if cell.name]
        if len(cells) >= COLUMNS and SERIAL.fullmatch(cells[2]):
            yield _offer(row, cells)


def _offer(row: Node, cells: list[str]) -> Offer:
    return row, results.DialogRow(subject=cells[0], issuer=cells[1], serial=cells[2])


def _wanted(offered: list[Offer], choice: Choice) -> Node | None:
    if not isinstance(choice, results.Certificate):
        return None
    serial = int(choice.serial, 16)
    same = [(node, row) for node, row in offered if _number(row.serial) == serial]
    exact = [node for node, row in same if row.issuer == choice.issuer_cn] or [node for node, _ in same]
    return exact[0] if exact else None


def _number(serial: str) -> int:
    """A serial number as the dialog writes it: hex digits, in some versions with separators; -1 if it is none."""
    digits = serial.replace(":", "").replace(" ", "")
    return int(digits, 16) if re.fullmatch("[0-9A-Fa-f]+", digits) else -1


def _select(desktop: Desktop, tree: Node, row: Node) -> None:
    """Act upon the row, else select it in its table, until it is seen to be the chosen one."""
    ways: dict[By, Callable[[], bool]] = {
        By.ACTION: lambda: desktop.act(row),
        By.SELECTION: lambda: _select_child(desktop, tree, row),
    }
    for by, select in ways.items():
        if select() and _has_focus(desktop, row):
            note(SURFACE, say("行の選択", "selecting a row"), by)
            return
    raise SurfaceError(
        SURFACE,
        say(
            f"証明書の選択画面で「{row.children[0].name}」の行を選べません。",
            f'The row "{row.children[0].name}" of the certificate dialog cannot be selected.',
        ),
    )


def _select_child(desktop: Desktop, tree: Node, row: Node) -> bool:
    parent = next((node for node in tree.walk() if row in node.children), None)
    return parent is not None and desktop.select(parent, parent.children.index(row))


def _has_focus(desktop: Desktop, row: Node) -> bool:
    return any(
        desktop.has_state(node, FOCUSED) for _ in looks(SELECTED_SECONDS, LOOK_SECONDS) for node in (*row.children, row)
    )


def _record(tree: Node, offered: list[Offer], chosen: Node | None, pressed: str) -> results.Dialog:
    rows = [row.model_copy(update={"chosen": node is chosen}) for node, row in offered]
    return results.Dialog(
        title=tree.name, text=texts(tree), columns=_columns(tree, offered), rows=rows, pressed=pressed
    )


def _columns(tree: Node, offered: list[Offer]) -> list[str]:
    """The headings: by their role, else what stands beside the rows and is none."""
    rows = [node for node, _ in offered]
    beside = next((node.children for node in tree.walk() if rows and rows[0] in node.children), ())
    heading = next((node for node in beside if node not in rows and len(node.children) >= COLUMNS), None)
    ways = {
        By.ROLE: lambda: [node.name for node in tree.walk() if node.role in HEADER_CELLS] or None,
        By.POSITION: lambda: [node.name for node in heading.children] if heading else None,
    }
    return first(SURFACE, say("見出し", "headings"), ways) or []
