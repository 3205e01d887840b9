"""Mail of days to which another scenario has moved the clock is held against nobody."""

from __future__ import annotations

import mailbox as folders
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pages.dialect import load
from pages.mails import Mails
from sekisho.mail.mailbox import Maildir
from sekisho.portal import Account
from sekisho.target_file.early_mail import EarlyMail
from sekisho.verdict import BlockedError, DeviationError
from steps.reminders import require_reminders

USER = Account("active", "emp1", "password", mail="emp1@example.test")
SUBJECT = "【団信ネット（3社共用）】クライアント証明書更新のご案内（ユーザーID：emp1）"
DAY = timedelta(days=1)


class Box(Maildir):
    """A mailbox to which a portal writes."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing in it."""
        super().__init__(folder)
        self._file = folders.Maildir(folder)

    def deliver(self, away: timedelta, subject: str = SUBJECT) -> None:
        """A mail to the user that is dated so much later than now."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "desk@example.test", USER.mail, subject
        message["Date"] = format_datetime(datetime.now(UTC) + away)
        message.set_content("ユーザーID：emp1")
        self._file.add(message)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """The mailbox."""
    return Box(tmp_path / "mail")


def of_user(box: Box) -> Mails:
    """The mails to the user."""
    return Mails(box, load("danshin"), USER.mail, USER)


def test_what_is_dated_ahead_is_early(box: Box) -> None:
    """Whichever run moved the clock; what came in its own time counts."""
    box.deliver(-22 * DAY)
    box.deliver(DAY)
    early = EarlyMail()
    early.put_away(box, [USER.mail])
    assert (len(early.found), of_user(box).count("renewal", 1)) == (1, 1)


@pytest.mark.parametrize("slow", [0, 90])
def test_what_an_earlier_scenario_brought_about_is_early_under_any_date(
    box: Box, monkeypatch: pytest.MonkeyPatch, slow: int
) -> None:
    """Mail servers date by a clock of their own, in whole seconds; what the scenario itself brought about counts."""
    early, now = EarlyMail(), datetime.now(UTC)
    early.moved()
    box.deliver(timedelta(seconds=5))
    later = timedelta(minutes=1, microseconds=999_999)
    monkeypatch.setattr("sekisho.target_file.early_mail.datetime", SimpleNamespace(now=lambda _: now + later))
    early.begin()
    early.put_away(box, [USER.mail], untouched=True)
    box.deliver(timedelta(minutes=1) - timedelta(seconds=slow))
    early.put_away(box, [USER.mail])
    assert (len(early.found), of_user(box).count("renewal", 1)) == (1, 1)


def test_what_comes_late_of_an_earlier_scenario_is_early_too(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was on its way when the user was given."""
    early, now = EarlyMail(), datetime.now(UTC)
    early.moved()
    monkeypatch.setattr(
        "sekisho.target_file.early_mail.datetime", SimpleNamespace(now=lambda _: now + timedelta(minutes=5))
    )
    early.begin()
    early.put_away(box, [USER.mail], untouched=True)
    box.deliver(timedelta(minutes=1))
    early.put_away(box, [USER.mail])
    assert len(early.found) == 1


def test_mail_of_a_run_that_moves_no_clock_counts(box: Box) -> None:
    """The portal sent it in its own time."""
    box.deliver(-timedelta(minutes=1))
    early = EarlyMail()
    early.put_away(box, [USER.mail])
    assert (early.found, of_user(box).count("renewal", 1)) == ((), 1)


@pytest.mark.parametrize(("away", "error"), [(DAY, BlockedError), (-DAY, DeviationError)])
def test_a_portal_that_has_reminded_in_a_moved_day_need_not_do_so_again(
    box: Box, away: timedelta, error: type[Exception]
) -> None:
    """Whether it must is not decided; without such mail it is."""
    box.deliver(away)
    early = EarlyMail()
    early.put_away(box, [USER.mail])
    portal = cast("Any", SimpleNamespace(early_mail=early.found))
    require_reminders(portal, of_user(box), met=True, did="")
    with pytest.raises(error, match="3 通である"):
        require_reminders(portal, of_user(box), met=False, did="3 通である")
