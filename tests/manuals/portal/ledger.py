"""A room with a list of applications: one is looked at in its row, or marked there and dealt with below the list."""

from __future__ import annotations

from datetime import datetime, timedelta

from sekisho.japan import TOKYO
from tests.manuals.portal.post import mail
from tests.manuals.portal.premises import Answer, Asked, Premises, page

APPROVED, NEW = "承認済", "申請中"
STATES = {"K-1": APPROVED, "K-2": NEW, "K-12": NEW}
HEAD = "<tr><th>選択<th>受付番号▲<th>申請日<th>状態<th>操作"
ROW = (
    "<tr><td><input type=radio name=chosen value={0}><td>{0}<td>{1:%y/%m/%d}<td>{2}<td><a href=/ledger/of-{0}>"
    "<img alt=詳細 src=x width=40 height=20></a> <a href=/ledger/sheet-{0}>明細</a>"
)
BELOW = "<tr><td colspan=5>全3件</table><button>控えを送る</button>"
UNDO = "<form action=/ledger><label>取消の理由 <input name=why></label><button>取り消す</button></form>"


class Ledger:
    """申請の台帳."""

    def __init__(self, premises: Premises) -> None:
        """Its list."""
        self._premises = premises

    def answer(self, asked: Asked) -> Answer | None:
        """The list, one application or its sheet, or the answer that a copy of one is on its way."""
        before, _, number = asked.path.partition("of-")
        if not before and number in STATES:
            return self._one("K-12" if number == "K-2" and self._wrong("details-of-another") else number)
        if asked.path.startswith("sheet-"):
            named = "K-12" if self._wrong("sheet-of-another") else asked.path.removeprefix("sheet-")
            return Answer(STATES[named].encode(), "text/csv; charset=utf-8", f"{named}.csv")
        if asked.path == "copy":
            self._copy(asked.form.get("chosen", ""))
            return page("控え", "<p>控えを送りました。</p>")
        return page("台帳", f"<h1>申請の台帳</h1><form method=post action=/ledger/copy><table>{self._rows()}{BELOW}")

    def _wrong(self, name: str) -> bool:
        return name in self._premises.wrong

    def _day(self, number: str) -> datetime:
        """Today, but for the first. What is wrong is wrong at midnight, too, when yesterday has just been today."""
        wrong = number == "K-2" and self._wrong("lists-another-day")
        return datetime.now(TOKYO) - timedelta(days=3 if number == "K-1" else 2 * wrong)

    def _rows(self) -> str:
        return HEAD + "".join(ROW.format(number, self._day(number), state) for number, state in STATES.items())

    def _one(self, number: str) -> Answer:
        undo = UNDO if STATES[number] == NEW or self._wrong("undoes-too-late") else ""
        said = f"<table><tr><td>受付番号<td>{number}<tr><td>状態<td>{STATES[number]}</table>"
        return page("申請", f"<h1>申請の内容</h1>{said}{undo}")

    def _copy(self, number: str) -> None:
        told = "K-1" if self._wrong("copies-another") else number
        today = datetime.now(TOKYO)
        day = f"R{today.year - 2018}.{today.month}.{today.day}"
        self._premises.post(mail("申請の控え", f"受付番号　：{told}\n申請日　　：{day}"))
