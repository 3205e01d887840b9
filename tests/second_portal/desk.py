"""The portal's own people behind an address with a secret in it: the support desk, and whoever sets the clock."""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import Any

from tornado.web import RequestHandler

from tests.second_portal.door import Door
from tests.second_portal.office import Office


class Desk(RequestHandler):
    """Answers the questions of the operator protocol (docs/target.md), shuts the sites and opens them again."""

    def initialize(self, office: Office, door: Door) -> None:
        """Take what `Application` was given."""
        self.office, self.door = office, door

    def post(self) -> None:
        """Do one thing."""
        self.finish(json.dumps(self._answer(json.loads(self.request.body))))

    def _answer(self, question: dict[str, Any]) -> dict[str, str]:
        office = self.office
        match question:
            case {"do": "reissue", "user_id": str(user_id)} if user_id in office.books.members:
                member = office.reissue(user_id)
                return {"user_id": member.user_id, "login_password": member.password}
            case {"do": "pass_days", "days": int(days)}:
                office.let_pass(timedelta(days=days))
            case {"do": "pass_minutes", "minutes": int(minutes)}:
                office.let_pass(timedelta(minutes=minutes))
            case {"do": "wait_until", "time": str(moment)}:
                office.wait_until(time.fromisoformat(moment))
            case {"do": "clock_back"}:
                office.clock_back()
            case {"do": "shut"}:
                self.door.shut()
            case {"do": "open"}:
                self.door.open()
            case _:
                return {"cannot": "この窓口では承れません"}
        return {}
