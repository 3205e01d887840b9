"""The portal's rules: who may fetch, renew and enter what, and what happens by itself each day."""

from __future__ import annotations

import itertools
import secrets
import time as process
from datetime import UTC, date, datetime, time, timedelta

from tests.second_portal.authority import Authorities, named, packed
from tests.second_portal.books import TOKYO, Application, Books, Clock, Member, Paper
from tests.second_portal.faults import Faults
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
        self, clock: Clock, authorities: Authorities, post: Post, habits: Habits = USUAL, faults: Faults | None = None
    ) -> None:
        """Begin without members."""
        self.clock, self.authorities, self.post, self.habits = clock, authorities, post, habits
        self.faults = faults or Faults()
        self.books = Books(clock)
        self._works = itertools.cycle(habits.works_seconds)

    def older(self, member: Member, which: str, last_day: date) -> Paper:
        """A certificate that a member has had for some time."""
        start = datetime.combine(_years(last_day, -YEARS), time(9), TOKYO)
        end = datetime.combine(last_day, LAST_SECOND, TOKYO)
        authority = self.authorities.clients[which]
        made = authority.client(named(member.user_id, *member.units), start, end)
        member.papers.append(Paper(which, authority, made))
        return member.papers[-1]

    def issue(self, member: Member, which: str, renewed: Paper | None = None) -> Paper:
        """A new certificate, from now on."""
        on = self.faults.on
        start = datetime.now(UTC).replace(microsecond=0)
        years = 2 if on("two-years", member) else YEARS
        end = datetime.combine(_years(start.astimezone(TOKYO).date(), years), LAST_SECOND, TOKYO)
        subject = named(member.units[1] if on("wrong-subject", member) else member.user_id, *member.units)
        authority = self.authorities.clients["nissay" if on("wrong-issuer", member) else which]
        key = renewed.credential.key if renewed and on("key-reused", member) else None
        serial = renewed.serial if renewed and on("serial-reused", member) else None
        paper = Paper(which, authority, authority.client(subject, start, end, key, serial), renewal=bool(renewed))
        member.papers.append(paper)
        return paper

    def file(self, member: Member, paper: Paper, password: str) -> bytes:
        """A PKCS#12 file of a certificate, as it is handed out."""
        on = self.faults.on
        chain = [] if on("file-without-chain", member) else paper.authority.chain
        if on("file-under-another-password", member):
            password = password.upper()
        data = packed(paper.credential, f"{member.user_id} ({paper.which})", chain, password)
        return data[: len(data) // 2] if on("file-cut", member) else data

    def invite(self, member: Member, days_ago: int = 0, *, by_telephone: bool = False) -> None:
        """Let a member fetch a certificate; after a telephone call only the guide is mailed."""
        member.invited = self.clock.today - timedelta(days=days_ago)
        member.invitation = self.books.number()
        member.password = secrets.token_hex(8)
        on = self.faults.on
        if not (by_telephone and on("reissue-without-mail", member)):
            left_out = on("guide-without-request-id", member)
            self.post.guide(member, number=not left_out, password=on("guide-with-password", member))
        if not by_telephone:
            self.post.user_id(member, member.mail if on("user-id-mailed-to-user", member) else member.admin_mail)
        if not by_telephone or on("reissue-mails-password", member):
            self.post.password(member)

    def reissue(self, user_id: str) -> Member:
        """What the support desk does: revoke what it invites for again, which is the certificate that three share."""
        member = self.books.members[user_id]
        for paper in member.papers:
            if paper.which == "shared" and not self.faults.on("reissue-leaves-old", member):
                paper.revoked = paper.revoked or datetime.now(UTC)
        member.enrolments.clear()
        self.invite(member, by_telephone=True)
        return member

    def enrol(self, member: Member, number: str) -> Application:
        """The application under a member's own request ID, made now or before. Raises RefusedError."""
        if number != member.invitation and not (self._anybodys(number) and self.faults.on("foreign-id-served", member)):
            raise RefusedError("リクエストＩＤが違います。ご案内のメールをご確認ください。")
        assert member.invited
        if self._too_late(member, (self.clock.today - member.invited).days):
            raise RefusedError("ご案内の有効期限が切れています。団信ネットサポートセンターまでご連絡ください。")
        made = next((one for one in member.enrolments if one.number == number), None)
        if made is None:
            made = Application(number, self.clock.now, self.issue(member, "shared"))
            member.enrolments.append(made)
        return made

    def _anybodys(self, number: str) -> bool:
        return any(one.invitation == number for one in self.books.members.values())

    def _too_late(self, member: Member, days: int) -> bool:
        """Whether an invitation is no longer good after so many days."""
        if days == INVITATION_DAYS:
            return self.faults.on("invitation-a-day-early", member)
        late = days == INVITATION_DAYS + 1 and self.faults.on("invitation-a-day-late", member)
        return days > INVITATION_DAYS and not late

    def renewal_of(self, member: Member) -> Application | None:
        """The renewal that a member has applied for in this period."""
        newest = max(member.papers, key=lambda paper: paper.last_day)
        return next((one for one in member.renewals if one.paper is newest), None)

    def check_renewable(self, member: Member, paper: Paper) -> None:
        """Raise RefusedError where a renewal cannot be applied for."""
        if self.renewal_of(member) and not self.faults.on("resume-issues-twice", member):
            raise RefusedError("更新のお申込みは受付済みです。「更新後証明書の取得」からお進みください。")
        if self._too_early(member, (paper.last_day - self.clock.today).days):
            raise RefusedError("更新のお申込みは受付期間外です。")

    def _too_early(self, member: Member, days: int) -> bool:
        """Whether a certificate cannot be renewed yet, so many days before its end."""
        if days == RENEWABLE_DAYS:
            return self.faults.on("renewal-a-day-late", member)
        early = days == RENEWABLE_DAYS + 1 and self.faults.on("renewal-a-day-early", member)
        return days > RENEWABLE_DAYS and not early

    def renew(self, member: Member, paper: Paper) -> Application:
        """The application for a renewal, made now or before. Raises RefusedError."""
        made = self.renewal_of(member)
        if made and not self.faults.on("resume-issues-twice", member):
            return made
        self.check_renewable(member, paper)
        return self.apply(member, paper)

    def apply(self, member: Member, paper: Paper) -> Application:
        """A new application for a renewal."""
        ready = process.monotonic() + next(self._works)
        made = Application(self.books.number(), self.clock.now, self.issue(member, paper.which, paper), ready)
        member.renewals.insert(0, made)
        return made

    def ready(self, application: Application) -> bool:
        """Whether an application has gone through the works."""
        return process.monotonic() >= application.ready_at

    def admits(self, der_serial: int | None, kind: str, *, renews: bool = False) -> tuple[Member, Paper] | None:
        """The holder of a certificate, if it is of this kind and in force."""
        found = self.books.holder(der_serial) if der_serial else None
        if found is None:
            return None
        member, paper = found
        revoked = paper.revoked and not self.faults.on("revoked-renews" if renews else "revoked-admitted", member)
        in_time = paper.first_day <= self.clock.today <= paper.last_day or self.faults.on("expired-admitted", member)
        return found if in_time and not revoked and self._suits(member, paper, kind) else None

    def _suits(self, member: Member, paper: Paper, kind: str) -> bool:
        """Whether a certificate is of a kind."""
        return paper.which == kind or self.faults.on(f"{paper.which}-opens-{kind}", member)

    def revoked(self, which: str) -> dict[int, datetime]:
        """The serial numbers of one authority that are revoked, and when."""
        papers = ((one, paper) for one in self.books.members.values() for paper in one.papers if paper.which == which)
        return {
            paper.serial: paper.revoked
            for member, paper in papers
            if paper.revoked and not self.faults.on("crl-forgets", member)
        }

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
                due = self._due(member, (paper.last_day - day).days) and not paper.revoked
                if due and paper.which == "shared" and not self._renewed(member):
                    self._write(member, paper)

    def _renewed(self, member: Member) -> bool:
        return bool(self.renewal_of(member)) and not self.faults.on("reminder-after-renewal", member)

    def _due(self, member: Member, days: int) -> bool:
        """Whether a reminder is sent so many days before the end."""
        if days == min(REMINDERS) and self.faults.on("no-second-reminder", member):
            return False
        return days in REMINDERS or (days == max(REMINDERS) - 1 and self.faults.on("reminder-on-day-29", member))

    def _write(self, member: Member, paper: Paper) -> None:
        on = self.faults.on
        term, dead = not on("reminder-without-end", member), on("reminder-leads-nowhere", member)
        self.post.renewal(member, paper, ahead=self.clock.moved, term=term, dead=dead)

    def clock_back(self) -> None:
        """Return to today, as if the days had not passed."""
        self.clock.back()
        self.post.take_back()


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
