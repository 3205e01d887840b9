"""Mail is read from a real Maildir, as it was delivered."""

from __future__ import annotations

import mailbox
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from sekisho.mail.mailbox import Maildir, Wanted
from sekisho.mail.message import parse
from sekisho.results import Mail
from sekisho.verdict import EnvironmentProblemError


def about(words: str) -> Wanted:
    """Messages with some words in their subject."""

    def wanted(mail: Mail) -> bool:
        return words in mail.subject

    return wanted


def deliver(folder: Path, subject: str, *, to: str = "a@example.com", day: int = 1) -> None:
    """One message, as a mail server would leave it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "団信ネット <desk@example.com>", to, subject
    message["Date"] = format_datetime(datetime(2026, 1, day, tzinfo=UTC))
    message.set_content("本文\nRequest ID: 123")
    mailbox.Maildir(folder).add(message)


def test_a_message_is_read_with_its_japanese(tmp_path: Path) -> None:
    """Encoded words and charsets are undone."""
    deliver(tmp_path / "m", "【団信ネット】ユーザーIDのお知らせ")
    (mail,) = Maildir(tmp_path / "m").to("a@example.com")
    assert mail.subject == "【団信ネット】ユーザーIDのお知らせ"
    assert mail.sender == "desk@example.com"
    assert "Request ID: 123" in mail.body


def test_only_the_recipients_mail_is_given_oldest_first(tmp_path: Path) -> None:
    """Another person's mail is nobody's business."""
    for day, to in ((3, "a@example.com"), (1, "a@example.com"), (2, "b@example.com")):
        deliver(tmp_path / "m", f"mail {day}", to=to, day=day)
    assert [mail.subject for mail in Maildir(tmp_path / "m").to("a@example.com")] == ["mail 1", "mail 3"]


def test_waiting_ends_when_the_mail_comes(tmp_path: Path) -> None:
    """A real portal's mail takes a moment."""
    mailbox.Maildir(tmp_path / "m")
    threading.Timer(0.1, deliver, (tmp_path / "m", "お知らせ")).start()
    assert len(Maildir(tmp_path / "m").wait_for("a@example.com", about("お知らせ"), seconds=5)) == 1


def test_waiting_ends_without_mail(tmp_path: Path) -> None:
    """After the given time."""
    mailbox.Maildir(tmp_path / "m")
    assert Maildir(tmp_path / "m").wait_for("a@example.com", about("x"), seconds=0.1) == []


def test_a_late_mail_that_must_not_come_is_counted(tmp_path: Path) -> None:
    """A real portal's mail may still be on its way when nobody expects it."""
    deliver(tmp_path / "m", "お知らせ")
    box = Maildir(tmp_path / "m")
    assert box.count("a@example.com", about("お知らせ"), 1) == 1
    box.lateness = 5
    threading.Timer(0.1, deliver, (tmp_path / "m", "お知らせ")).start()
    assert box.count("a@example.com", about("お知らせ"), 1) == 2
    threading.Timer(0.1, deliver, (tmp_path / "m", "請求書")).start()
    assert [mail.subject for mail in box.settled("a@example.com")][2:] == ["請求書"]


def test_what_was_set_aside_answers_nothing_any_more(tmp_path: Path) -> None:
    """Whatever its date says: a portal's clock may have been ahead. For another recipient, and later, it counts."""
    for day, to in ((3, "a@example.com"), (28, "a@example.com"), (3, "b@example.com")):
        deliver(tmp_path / "m", f"案内 {day}", to=to, day=day)
    box = Maildir(tmp_path / "m")
    box.set_aside("A@example.com")
    assert box.wait_for("a@example.com", about("案内"), seconds=0) == []
    assert len(box.to("b@example.com")) == 1
    deliver(tmp_path / "m", "案内 10", day=10)
    assert [mail.subject for mail in box.to("a@example.com")] == ["案内 10"]
    box.take_up()
    box.set_aside("a@example.com", before=datetime(2026, 1, 10, tzinfo=UTC))
    assert [mail.subject for mail in box.to("a@example.com")] == ["案内 10", "案内 28"]


def test_a_mail_that_must_come_is_waited_for_before_it_is_counted(tmp_path: Path) -> None:
    """One too few is only said when it had its time."""
    mailbox.Maildir(tmp_path / "m")
    threading.Timer(0.1, deliver, (tmp_path / "m", "お知らせ")).start()
    assert Maildir(tmp_path / "m").count("a@example.com", about("お知らせ"), 1) == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The environment's fault, not the portal's."""
    with pytest.raises(EnvironmentProblemError, match=r"メールのフォルダー .*nowhere.*mail.maildir"):
        Maildir(tmp_path / "nowhere").to("a@example.com")


def test_dates_with_and_without_a_zone_stand_in_one_order(tmp_path: Path) -> None:
    """-0000 is UTC of an unknown place; a message without a date is the oldest."""
    box = mailbox.Maildir(tmp_path / "m")
    for date in ("Date: Mon, 05 Jan 2026 00:00:00 -0000", "Date: Mon, 05 Jan 2026 08:00:00 +0900", "X: none"):
        box.add(f"To: a@example.com\n{date}\nSubject: {date[-5:]}\n\nbody\n".encode())
    assert [mail.subject for mail in Maildir(tmp_path / "m").to("a@example.com")] == ["none", "+0900", "-0000"]


HARDLY = [
    b"",
    b"\xff\xfe garbage",
    b"Subject: x\r\n\r\nbody",
    b"Date: yesterday\r\n\r\n",
    b"To: a <",
    b"Content-Type: text/plain; charset=no-such\r\n\r\nbody",
]


@pytest.mark.parametrize("raw", HARDLY, ids=str)
def test_what_is_hardly_a_message_does_not_stop_the_run(raw: bytes) -> None:
    """A mailbox may hold anything."""
    assert parse(raw).mail.recipient == ""
