"""The services behind the certificates: 団信ネット, that of 日本生命, 団信Web. Their menus open in another window."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.second_portal.books import Member
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
        if self._known(self.office.books.members.get(self.argument("id"))):
            self.screen("counter_menu", title=self._title(service))
        else:
            self.screen("counter_door", title=SERVICES[service][0], service=service, message="認証に失敗しました。")

    def _title(self, service: str) -> str:
        own = self.office.habits.own_words
        return "お手続きのご案内" if own else f"{SERVICES[service][0]}　メニュー"

    def _known(self, member: Member | None) -> bool:
        """Whether it is a member who logs in, the certificate's holder or another."""
        if member is None or not secrets.compare_digest(member.password.encode(), self.argument("pw").encode()):
            return False
        holder = self._holder
        return holder in {None, member.user_id} or not self.office.faults.on("holder-only", member)

    @property
    def _holder(self) -> str | None:
        found = self.office.books.holder(self.serial) if self.serial else None
        return found[0].user_id if found else None

    def _admitted(self, service: str) -> bool:
        on, found = self.office.faults.on, self.office.admits(self.serial, SERVICES[service][1])
        if found is None and self.serial is None and on("door-without-certificate"):
            return True
        if found is None or (found[1].renewal and on("renewed-refused", found[0])):
            self._forbid()
            return False
        return True

    def _forbid(self) -> None:
        holder = self.office.books.holder(self.serial) if self.serial else None
        if self.office.faults.on("forbidden-blank", holder[0] if holder else None):
            self.finish("")
        else:
            self.set_status(403)
            self.screen("counter_forbidden")


def routes() -> list[tuple[str, type[Page]]]:
    """The services' addresses."""
    return [(rf"/({'|'.join(SERVICES)})/", Door)]
