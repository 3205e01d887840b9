"""The services behind the certificates: 団信ネット, that of 日本生命, 団信Web. Their menus open in another window."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.second_portal.web import Page

SERVICES = {
    "kyodo": ("団信ネット（３社共用）", "shared"),
    "nissay": ("団信ネット（日本生命）", "nissay"),
    "web": ("団信Ｗｅｂ", "shared"),
}


class Door(Page):
    """The way in."""

    CHARSET: ClassVar[str] = "Shift_JIS"

    def get(self, service: str) -> None:
        """The form, for those whose PC has the certificate."""
        if self._admitted(service):
            self.screen("counter_door", title=SERVICES[service][0], service=service, message="")

    def post(self, service: str) -> None:
        """The menu. Whoever sits at the PC may log in, not only the certificate's holder."""
        if not self._admitted(service):
            return
        member = self.office.books.members.get(self.argument("id"))
        given = self.argument("pw")
        if member and secrets.compare_digest(member.password.encode(), given.encode()):
            self.screen("counter_menu", title=self._title(service))
        else:
            self.screen("counter_door", title=SERVICES[service][0], service=service, message="認証に失敗しました。")

    def _title(self, service: str) -> str:
        own = self.office.habits.own_words
        return "お手続きのご案内" if own else f"{SERVICES[service][0]}　メニュー"

    def _admitted(self, service: str) -> bool:
        admitted = self.office.admits(self.serial, SERVICES[service][1]) is not None
        if not admitted:
            self.set_status(403)
            self.screen("counter_forbidden")
        return admitted


def routes() -> list[tuple[str, type[Page]]]:
    """The services' addresses."""
    return [(rf"/({'|'.join(SERVICES)})/", Door)]
