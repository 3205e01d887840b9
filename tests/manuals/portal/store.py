"""A room that takes things in, and gives them back to whoever has the receipt."""

from __future__ import annotations

import secrets
import threading
from html import escape

from tests.manuals.portal.premises import Answer, Asked, Premises, page

FORM = """<h1>預り所</h1><form method="post" action="/store/in"><table>
<tr><td>利用者ID</td><td><input name="user"></td></tr>
<tr><td>合言葉</td><td><input name="password" type="password"></td></tr>
<tr><td>品名</td><td><input name="thing"></td></tr></table><button>預ける</button></form>
<form method="post" action="/store/out"><table>
<tr><td>預り番号</td><td><input name="number"></td></tr></table><button>受け取る</button></form>"""


class Store:
    """預り所."""

    def __init__(self, premises: Premises) -> None:
        """Nothing has been taken in."""
        self._premises = premises
        self._things: dict[str, str] = {}
        self.asked_back = threading.Event()
        """Somebody wants a thing back; a store that `hangs` lets them wait for ever."""

    def answer(self, asked: Asked) -> Answer | None:
        """The counter, the receipt, the thing."""
        match asked.path:
            case "in":
                return self._take(asked.form)
            case "out":
                return self._give(asked.form.get("number", ""))
        return page("預り所", FORM)

    def _take(self, form: dict[str, str]) -> Answer:
        known = {"user", "password", "thing"} <= form.keys()
        number = f"K{secrets.token_hex(6)}"
        if known:
            self._things[number] = form["thing"]
        return page("預り証", f"<h1>預り証</h1><table><tr><td>預り番号</td><td>{number}</td></tr></table>")

    def _give(self, number: str) -> Answer:
        thing = self._things.get(number)
        self.asked_back.set()
        if "hangs" in self._premises.wrong:
            threading.Event().wait(60)
        if thing is None or "forgets" in self._premises.wrong:
            return page("預り所", "<p>その番号の品はありません。</p>")
        if "exchanges" in self._premises.wrong:
            thing = "石"
        return page("お渡し", f"<h1>お渡し</h1><table><tr><td>お渡しした品</td><td>{escape(thing)}</td></tr></table>")
