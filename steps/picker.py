"""The browser's own certificate dialog."""

from __future__ import annotations

from pytest_bdd import parsers, then

from sekisho.browser.visit import Visit
from sekisho.language import say
from sekisho.native_ui import Surface, SurfaceError, in_japanese
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.results import Dialog, DialogRow
from sekisho.verdict import DeviationError, require

CONCEPT = "証明書の選択画面"


def shown(visit: Visit) -> Dialog:
    """The dialog of a visit. Raises DeviationError when none appeared."""
    if visit.dialog is None:
        raise DeviationError(say("証明書選択画面が出なかった", "The certificate dialog did not appear"))
    return visit.dialog


@then("証明書選択画面の一覧は次のとおりである")
def _(datatable: list[list[str]], visit: Visit, account: Account, holdings: Holdings) -> None:
    check_rows(shown(visit), datatable, account, holdings)


@then("証明書選択画面が出ていれば、一覧は次のとおりである")
def _(datatable: list[list[str]], visit: Visit, account: Account, holdings: Holdings) -> None:
    if visit.dialog:
        check_rows(visit.dialog, datatable, account, holdings)


@then("証明書選択画面は出ない")
def _(visit: Visit) -> None:
    require(
        visit.dialog is None,
        say(
            "選べる証明書が無いのに、証明書選択画面が出た",
            "The certificate dialog appeared, although there is no certificate to choose",
        ),
    )


@then("証明書選択画面で選んだのは更新対象の証明書である")
def _(visit: Visit, holdings: Holdings) -> None:
    chosen = [row for row in shown(visit).rows if row.chosen]
    serials = [serial(row) for row in chosen]
    require(
        serials == [holdings.oldest.serial],
        say(
            f"選んだのはシリアル番号 {'、'.join(serials) or 'なし'} である",
            f"Serial number {', '.join(serials) or 'none'} was chosen",
        ),
    )


def serial(row: DialogRow) -> str:
    """A serial number in the dialog as the records have it: lower-case hex, without separators and leading zeros."""
    return row.serial.replace(":", "").lower().lstrip("0")


def check_rows(dialog: Dialog, datatable: list[list[str]], account: Account, holdings: Holdings) -> None:
    """Raise DeviationError unless a dialog offers just these certificates, SurfaceError for other columns."""
    if [in_japanese(column) for column in dialog.columns] != datatable[0]:  # the browser's own words
        raise SurfaceError(
            Surface.CERTIFICATE_DIALOG,
            say(f"見出しが {'、'.join(dialog.columns)} である", f"the headings are {', '.join(dialog.columns)}"),
        )
    words = {"ユーザーID": account.user_id, "証明書の記載どおり": holdings.oldest.serial}
    wanted = [[words.get(cell, cell) for cell in row] for row in datatable[1:]]
    got = [[row.subject, row.issuer, serial(row)] for row in dialog.rows]
    require(got == wanted, say(f"一覧が {got} である", f"The list is {got}"))


@then(parsers.parse("証明書選択画面で押したのは「{button}」である"))
def _(visit: Visit, button: str) -> None:
    pressed = shown(visit).pressed
    if in_japanese(pressed) != button:
        raise SurfaceError(
            Surface.CERTIFICATE_DIALOG, say(f"押したのは「{pressed}」である", f'"{pressed}" was pressed')
        )
