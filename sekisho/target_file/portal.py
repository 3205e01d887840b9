"""A real portal: what scenarios ask for comes from its target file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sekisho.japan import TOKYO
from sekisho.language import Pair, say
from sekisho.mail.mailbox import Mailbox
from sekisho.manual.accounts import Need
from sekisho.manual.facts import Fact, facts
from sekisho.manual.folders import named
from sekisho.portal import Account, Identity
from sekisho.portal.sites import Sites
from sekisho.results import USED_BEFORE, Mail
from sekisho.target_file import claims, needs
from sekisho.target_file.changed import Changed
from sekisho.target_file.early_mail import EarlyMail
from sekisho.target_file.entries import given
from sekisho.target_file.identities import contents, days_left
from sekisho.target_file.mail import mailbox
from sekisho.target_file.model import AccountEntry, Declaring, ReissuedEntry, Target
from sekisho.target_file.people import Nobody, people
from sekisho.target_file.pool import Pool, resolved
from sekisho.target_file.secrets import secret, value
from sekisho.target_file.spent import Spent
from sekisho.verdict import (
    BlockedError,
    ConfigurationProblemError,
    EnvironmentProblemError,
    UnrestoredError,
    Verdict,
    WaitingError,
)

DEVIATED = frozenset({Verdict.FAIL, Verdict.KNOWN_GAP})
KEEPS = DEVIATED | {Verdict.WAITING}
SHORTEST_HANDED = 8  # characters; a shorter value is a setting, and would blot out innocent text
REISSUED = frozenset({"user_id", "login_password", "mail"})  # what the desk may tell of a user, beside what is declared
ANOTHER_CALENDAR = Pair(
    "暦の上の別の日では試せない（ターゲットファイルの利用者は、実際の日付の証明書とメールを持っている）。"
    "「ふつうの日」だけを試せる",
    "Cannot be tried on another day of the calendar (the users of the target file have certificates and mails of "
    "the actual date). Only the ordinary day can",
)


class TargetPortal:
    """A real portal: accounts come from the pool in its file, each used up by the scenario that changes it."""

    def __init__(self, target: Target, file: Path, mask: Callable[[str], str], spent: Spent | None = None) -> None:
        """Take a target and the file that it was read from. `mask` registers each secret.

        With `spent`, nobody in it is given to a scenario, and whoever is given stands in it from then on; so does
        whether the clock is not what it was, which is set right before the first scenario.
        """
        self._file, self._folder, self._mask = file, (folder := file.parent), mask
        about = named(target.manual).about
        self._declared = facts(about)
        self._must_tell = ["user_id", "login_password"] if about.accounts.passwords else ["user_id"]
        self._people = people(target.operator, folder, lambda name: self._handed(name, mask))
        self._clock_moved, self._stuck = bool(spent and spent.clock_moved), ""
        self._pool = Pool(
            target.accounts,
            lambda entry: days_left(entry, folder, self._secret),
            needs.about(target),
            nobody=self._nobody_answers,
            used=lambda entry: self._changed.before(entry.user_id),
        )
        self.identity = claims.identity(target)
        self._pool.reserve(claims.held(self.identity))
        self._spent, self._changed, self._early = spent, Changed(self.identity), EarlyMail()
        for entry in filter(None, map(self._pool.of_user, spent.users if spent else ())):
            self._pool.take(entry)
        self._needs: list[Need] = []
        self._planned: list[tuple[Need, AccountEntry]] | None = None
        self._given: list[tuple[Need, AccountEntry]] = []
        self._asked_for = False  # whether the portal's people were asked to do something for one of them
        self.name = target.name
        self.sites = Sites({name: str(url) for name, url in target.sites.items()}, named(target.manual))
        self.words = target.dialect
        self.trust_root = folder / target.trust_root if target.trust_root else None
        self._mail = target.mail
        self._everybody = target.accounts
        self._kept_secret: set[str] = set()  # what opens the mailbox, which stays open

    @property
    def _nobody_answers(self) -> bool:
        return isinstance(self._people, Nobody)

    @cached_property
    def mailbox(self) -> Mailbox:
        """Where the portal's mail arrives."""
        handed = lambda name: self._handed(name, self._mask_mailbox)  # noqa: E731 - one line
        return mailbox(self._mail, self._folder, self._mailbox_secret, self._mask_mailbox, handed)

    def _handed(self, variable: str, mask: Callable[[str], str]) -> str:
        """The value of a variable that a program of the file's gets; what may be a secret is masked."""
        handed = value(variable, self._folder)
        return mask(handed) if len(handed) >= SHORTEST_HANDED else handed

    def _mailbox_secret(self, variable: str) -> str:
        return self._mask_mailbox(secret(variable, self._folder))

    def _mask_mailbox(self, value: str) -> str:
        self._kept_secret.add(value)
        return self._mask(value)

    def close(self) -> None:
        """Let go of the mailbox."""
        if "mailbox" in self.__dict__:
            self.mailbox.close()

    def begin_scenario(self, scenario: str, foreseen: Sequence[Need] = ()) -> None:
        """A scenario begins; `scenario` is its id, by which the manual's accounts.csv knows what it will ask for.

        For what that does not have, such as a procedure that is explored, `foreseen` says it.

        Raises UnrestoredError where an earlier one has left the portal's clock wrong.
        """
        self._set_clock_back()
        self._needs, self._planned, self._given, self._asked_for = needs.of(scenario) or list(foreseen), None, [], False
        for kept in self._kept_secret:  # masked again: each scenario forgets the secrets before it
            self._mask(kept)
        self._early.begin()
        if "mailbox" in self.__dict__:
            self.mailbox.take_up()

    def account(self, state: str, **traits: str | int) -> Account:
        """A user in a state that has these traits.

        The first call finds users for all that the scenario will ask for, so that none is used up in vain.
        """
        if self._stuck:
            raise UnrestoredError(self._stuck)
        if self._planned is None:
            self._planned = self._plan()
        asked = Need("", "", "", state, tuple((name, str(value)) for name, value in traits.items()), consumed=True)
        need, entry = self._next(asked)
        self._pool.take(entry)
        if self._spent:
            self._spent.add(entry.user_id)
        if need.consumed:
            self._changed.add(entry.user_id)
        self._given.append((need, entry))
        return self._account(entry)

    def _plan(self) -> list[tuple[Need, AccountEntry]]:
        if self._nobody_answers and (reason := needs.clockless(self._needs)):
            raise BlockedError(reason)
        users = [one for one in self._needs if not one.by_people]
        planned = list(zip(users, self._pool.plan(users), strict=True))
        if self._early.since:
            self._put_early_mail_away(planned, untouched=True)
        return planned

    def _next(self, asked: Need) -> tuple[Need, AccountEntry]:
        """The account that was planned; for what the table does not foresee, one that fits."""
        given = [entry.user_id for _, entry in self._given]
        if self._planned:
            need = self._planned[0][0]
            if (need.state, resolved(need, given)) == (asked.state, dict(asked.traits)):
                return self._planned.pop(0)
        self._planned = []
        return asked, self._pool.plan([asked])[0]

    def _account(self, entry: AccountEntry) -> Account:
        found = tuple(
            Identity(one.which, contents(one, self._folder), self._secret(one.password_env)) for one in entry.identities
        )
        return Account(
            state=entry.state,
            user_id=entry.user_id,
            login_password=self._secret(entry.login_password_env),
            name=entry.name,
            mail=entry.mail,
            identities=found,
            facts=(had := self._facts(entry)),
            lacking={name: self._in_words(fact) for name, fact in self._declared.items() if name not in had},
        )

    def _facts(self, entry: Declaring) -> dict[str, str]:
        """What an entry says of what the manual declares."""
        return {fact.name: self._value(fact, said) for fact, said in given(entry)}

    def _value(self, fact: Fact, said: str) -> str:
        if fact.secret:
            return self._secret(said)
        return str(self._folder / said) if fact.file else said

    def _in_words(self, fact: Fact) -> str:
        return say(
            f"{fact.title}（{self._file} の accounts の {fact.key}）",
            f"{fact.title} ({fact.key} in accounts of {self._file})",
        )

    def _secret(self, variable: str) -> str:
        return self._mask(secret(variable, self._folder)) if variable else ""

    def reissue(self, account: Account) -> Account:
        """What the support desk told before the test, or tells now by way of whoever the file names as operator."""
        if before := self._before(account):
            return self._told(account, before)
        self._asked_for = True
        told = self._people.ask({"do": "reissue", "user_id": account.user_id})
        if missing := [key for key in self._must_tell if not told.get(key)]:
            raise EnvironmentProblemError(
                say(
                    f"[operator] の再発行への答えに {'、'.join(missing)} がありません",
                    f"the answer of [operator] about the reissue lacks {', '.join(missing)}",
                )
            )
        known = {name: fact for name, fact in self._declared.items() if not fact.file}
        if unknown := sorted(told.keys() - REISSUED - known.keys()):
            raise EnvironmentProblemError(
                say(
                    f"[operator] の再発行への答えに知らない項目 {'、'.join(unknown)} があります"
                    f"（使えるもの: {', '.join(sorted(REISSUED | known.keys()))}）",
                    f"the answer of [operator] about the reissue has unknown keys {', '.join(unknown)} (allowed: "
                    f"{', '.join(sorted(REISSUED | known.keys()))})",
                )
            )
        for name in ("login_password", *(name for name, fact in known.items() if fact.secret)):
            if told.get(name):
                self._mask(told[name])
        return _reissued(account, told)

    def has_reissued(self, account: Account) -> bool:
        """Whether the file says that this user was reissued before the test."""
        return self._before(account) is not None

    def _before(self, account: Account) -> ReissuedEntry | None:
        return next((entry.reissued for _, entry in self._given if entry.user_id == account.user_id), None)

    def _told(self, account: Account, before: ReissuedEntry) -> Account:
        told = {"login_password": self._secret(before.login_password_env), **self._facts(before)}
        return _reissued(account, told | ({"user_id": before.user_id} if before.user_id else {}))

    def today(self) -> date:
        """The day in Japan, however the portal's clock was moved: how many days it was, only its people know."""
        return datetime.now(TOKYO).date()

    def move_to(self, day: date) -> None:
        """Refused: the users that the target file names have certificates and mails of the days on which they came."""
        if day != self.today():
            raise BlockedError(str(ANOTHER_CALENDAR))

    def pass_days(self, days: int) -> None:
        """Have the portal's calendar moved."""
        self._move_clock({"do": "pass_days", "days": days})

    def pass_minutes(self, minutes: int) -> None:
        """Have the portal's clock moved."""
        self._move_clock({"do": "pass_minutes", "minutes": minutes})

    def books(self, account: Account) -> None:
        """Closed: of somebody else's portal only the screens are known."""
        assert account

    def strangers(self, account: Account) -> tuple[str, ...]:
        """The IDs and addresses of all others in the file, who need not be given for that; names may be common."""
        own = {account.user_id, account.mail, *(entry.user_id for _, entry in self._given)}
        others = [mark for entry in self._everybody for mark in (entry.user_id, entry.mail)]
        return tuple(one for one in dict.fromkeys(others) if one and one not in own)

    def wait_until(self, moment: time) -> None:
        """Have the portal's clock moved to a time of day."""
        self._move_clock({"do": "wait_until", "time": f"{moment:%H:%M}"})

    def sit_out(self, minutes: int) -> None:
        """Have the portal's clock moved; where nobody can, the minutes are waited for in earnest."""
        until = datetime.now(UTC) + timedelta(minutes=minutes)
        try:
            self.pass_minutes(minutes)
        except BlockedError as cannot:
            raise WaitingError(until) from cannot

    def sit_out_the_day(self) -> None:
        """The same until the next day begins in Japan."""
        until = datetime.combine(datetime.now(TOKYO).date() + timedelta(days=1), time(), TOKYO)
        try:
            self.wait_until(time())
        except BlockedError as cannot:
            raise WaitingError(until) from cannot

    def keep(self) -> dict[str, Any]:
        """Which users the scenario has, to be gone on with in another run."""
        users = [(entry.user_id, need.consumed) for need, entry in self._given]
        return {"users": users, "changed_before": list(filter(self._changed.before, self.users))}

    def recall(self, kept: dict[str, Any]) -> None:
        """Go on with a scenario that has these users. Raises EnvironmentProblemError for one gone from the file."""
        self._planned = []
        for user_id, consumed in kept["users"]:
            entry = self._pool.of_user(user_id)
            if entry is None:
                raise EnvironmentProblemError(
                    say(
                        f"待つ前の利用者 {user_id} が、ターゲットファイルにもうない",
                        f"user {user_id}, whom the scenario had before it waited, is no longer in the target file",
                    )
                )
            self._pool.take(entry)
            self._given.append((Need("", "", "", entry.state, (), consumed=consumed), entry))
        self._changed.go_on(self.users, kept.get("changed_before", ()))

    @property
    def remark(self) -> str:
        """What a deviation is to be read with: that an earlier run has used whom it is about; mostly nothing."""
        used = list(filter(self._changed.before, self.users))
        if not used:
            return ""
        return str(USED_BEFORE).format(say("、", ", ").join(used))

    @property
    def users(self) -> list[str]:
        """The user IDs that the scenario has been given."""
        return [entry.user_id for _, entry in self._given]

    @property
    def early_mail(self) -> Sequence[Mail]:
        """Mail to the scenario's users of days to which an earlier one moved the clock, as far as it was put away."""
        return self._early.found

    def put_early_mail_away(self) -> None:
        """Look no longer at mail to the scenario's users of days to which an earlier one moved the clock.

        A mailbox that cannot be opened or read is told by whoever needs it: many scenarios that move the clock do not.
        """
        if not self._clock_moved:
            self._put_early_mail_away(self._given)

    def _put_early_mail_away(self, users: list[tuple[Need, AccountEntry]], *, untouched: bool = False) -> None:
        with suppress(ConfigurationProblemError, EnvironmentProblemError):
            self._early.put_away(self.mailbox, [one.mail for _, one in users if one.mail], untouched=untouched)

    def _move_clock(self, question: dict[str, str | int]) -> None:
        before = self._clock_moved
        self.put_early_mail_away()
        self._early.moved()
        self._note_clock(moved=True)
        try:
            self._people.ask(question)
        except BlockedError:
            self._note_clock(moved=before)
            raise

    def _note_clock(self, *, moved: bool) -> None:
        self._clock_moved = moved
        if self._spent:
            self._spent.clock_moved = moved

    def end_scenario(self, verdict: Verdict = Verdict.PASS, *, reached: bool = True) -> None:
        """Take back the users whom the scenario has left as they were, and have a clock that was moved set back.

        Where nothing of it has `reached` the portal, that is all of them, unless its people did something for one. What
        a portal that deviated did to its users nobody knows: they are not given again. Raises UnrestoredError
        where the clock cannot be set back, as `account` does from then on: what a portal with a wrong clock does says
        nothing about it.
        """
        for need, entry in self._given:
            untouched = not (reached or self._asked_for)
            if (untouched or not need.consumed) and verdict not in KEEPS:
                self._give_back(entry)
            else:
                self._changed.add(entry.user_id)
        self._given = []
        self._set_clock_back()

    def _give_back(self, entry: AccountEntry) -> None:
        self._pool.give_back(entry)
        self._changed.remove(entry.user_id)
        if self._spent:
            self._spent.remove(entry.user_id)

    def _set_clock_back(self) -> None:
        """Have the clock set right, where it was moved. Raises UnrestoredError, once and for all."""
        if self._stuck:
            raise UnrestoredError(self._stuck)
        if not self._clock_moved:
            return
        try:
            self._people.ask({"do": "clock_back"})
        except (BlockedError, EnvironmentProblemError) as error:
            self._stuck = say(
                f"進めたポータルの時計を元に戻せませんでした: {error}",
                f"the portal's clock, which was moved forward, could not be set back: {error}",
            )
            raise UnrestoredError(self._stuck) from error
        self._note_clock(moved=False)


def _reissued(account: Account, told: Mapping[str, str]) -> Account:
    """The user as the desk has told of him; what it did not tell stays as it was."""
    plain: dict[str, Any] = {name: value for name, value in told.items() if name in REISSUED}
    more = {name: value for name, value in told.items() if name not in REISSUED}
    return replace(account, state="invited", identities=(), facts={**account.facts, **more}, **plain)
