"""The portal's rules: who may fetch, renew and enter what, and what happens by itself each day."""

from __future__ import annotations

import secrets
import time as process
from datetime import UTC, date, datetime, time, timedelta

from tests.second_portal.authority import Authorities, named, packed
from tests.second_portal.books import TOKYO, Application, Books, Clock, Member, Paper
from tests.second_portal.habits import USUAL, Habits
from tests.second_portal.post import Post

INVITATION_DAYS = 30
RENEWABLE_DAYS = 30
REMINDERS = (30, 7)
YEARS = 3
LAST_SECOND = time(23, 59, 59)


class RefusedError(Exception):
    """The portal's own words for why it does not go on."""


class Office:
    """Applies the rules to the books."""

    def __init__(
        self, clock: Clock, authorities: Authorities, post: Post, years: int = YEARS, habits: Habits = USUAL
    ) -> None:
        """Begin without members; certificates are valid for some years."""
        self.clock, self.authorities, self.post, self.years, self.habits = clock, authorities, post, years, habits
        self.books = Books(clock)

    def issue(self, member: Member, which: str, last_day: date | None = None) -> Paper:
        """A new certificate: from now for the years it is valid, or until a day that makes it an older one."""
        start = datetime.now(UTC).replace(microsecond=0)
        if last_day:
            start = datetime.combine(_years(last_day, -self.years), time(9), TOKYO)
        end = datetime.combine(last_day or _years(start.astimezone(TOKYO).date(), self.years), LAST_SECOND, TOKYO)
        subject = named(member.user_id, *member.units)
        paper = Paper(which, self.authorities.clients[which].client(subject, start, end))
        member.papers.append(paper)
        return paper

    def file(self, member: Member, paper: Paper, password: str) -> bytes:
        """A PKCS#12 file of a certificate."""
        chain = self.authorities.clients[paper.which].chain
        return packed(paper.credential, f"{member.user_id} ({paper.which})", chain, password)

    def invite(self, member: Member, days_ago: int = 0, *, by_telephone: bool = False) -> None:
        """Let a member fetch a certificate; after a telephone call only the guide is mailed."""
        member.invited = self.clock.today - timedelta(days=days_ago)
        member.invitation = self.books.number()
        member.password = secrets.token_hex(8)
        self.post.guide(member)
        if not by_telephone:
            self.post.user_id(member)
            self.post.password(member)

    def reissue(self, user_id: str) -> Member:
        """What the support desk does: revoke what there is, and invite again."""
        member = self.books.members[user_id]
        for paper in member.papers:
            paper.revoked = paper.revoked or datetime.now(UTC)
        member.enrolments.clear()
        self.invite(member, by_telephone=True)
        return member

    def enrol(self, member: Member, number: str) -> Application:
        """The application under a member's own request ID, made now or before. Raises RefusedError."""
        if number != member.invitation:
            raise RefusedError("リクエストＩＤが違います。ご案内のメールをご確認ください。")
        assert member.invited
        if (self.clock.today - member.invited).days > INVITATION_DAYS:
            raise RefusedError("ご案内の有効期限が切れています。団信ネットサポートセンターまでご連絡ください。")
        made = next((one for one in member.enrolments if one.number == number), None)
        if made is None:
            made = Application(number, self.clock.now, self.issue(member, "shared"))
            member.enrolments.append(made)
        return made

    def renewal_of(self, member: Member) -> Application | None:
        """The renewal that a member has applied for in this period."""
        newest = max(member.papers, key=lambda paper: paper.last_day)
        return next((one for one in member.renewals if one.paper is newest), None)

    def check_renewable(self, member: Member, paper: Paper) -> None:
        """Raise RefusedError where a renewal cannot be applied for."""
        if self.renewal_of(member):
            raise RefusedError("更新のお申込みは受付済みです。「更新後証明書の取得」からお進みください。")
        if (paper.last_day - self.clock.today).days > RENEWABLE_DAYS:
            raise RefusedError("更新のお申込みは受付期間外です。")

    def renew(self, member: Member, paper: Paper) -> Application:
        """The application for a renewal, made now or before. Raises RefusedError."""
        if made := self.renewal_of(member):
            return made
        self.check_renewable(member, paper)
        made = Application(self.books.number(), self.clock.now, self.issue(member, paper.which), process.monotonic())
        member.renewals.insert(0, made)
        return made

    def ready(self, application: Application) -> bool:
        """Whether an application has gone through the works."""
        return process.monotonic() - application.made_at >= self.habits.works_seconds

    def admits(self, der_serial: int | None, *kinds: str) -> tuple[Member, Paper] | None:
        """The holder of a certificate, if it is one of these kinds and in force."""
        found = self.books.holder(der_serial) if der_serial else None
        if found is None:
            return None
        _, paper = found
        in_force = not paper.revoked and paper.first_day <= self.clock.today <= paper.last_day
        return found if in_force and paper.which in kinds else None

    def let_pass(self, by: timedelta) -> None:
        """Let time pass, and do on each new day what is done daily."""
        before = self.clock.today
        self.clock.move(by)
        for days in range(1, (self.clock.today - before).days + 1):
            self.remind(before + timedelta(days=days))

    def wait_until(self, moment: time) -> None:
        """Let time pass until a time of day."""
        self.let_pass(self.clock.until(moment))

    def remind(self, day: date, members: list[Member] | None = None) -> None:
        """Write to those whose certificate expires so many days after a day, unless they have renewed it."""
        for member in self.books.members.values() if members is None else members:
            for paper in member.papers:
                due = (paper.last_day - day).days in REMINDERS and not paper.revoked
                if due and paper.which == "shared" and not self.renewal_of(member):
                    self.post.renewal(member, paper, ahead=self.clock.moved)

    def clock_back(self) -> None:
        """Return to today, as if the days had not passed."""
        self.clock.back()
        self.post.take_back()


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
