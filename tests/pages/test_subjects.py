"""Mails under subjects of the portal's own: a WARNING where the manual leaves the subject open, and never a guess."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pages.dialect import load
from pages.mails import Mails
from sekisho.mail.mailbox import Maildir
from sekisho.network.hosts import Hosts
from sekisho.portal import Account
from sekisho.verdict import BlockedError, DeviationError
from tests.harness.noting import Noted

USER = Account("invited", "emp0001", "himitsu-77", name="山田太郎", mail="emp1@x.test")
PORTAL = Hosts(["https://portal.test/"])
OPEN, PRINTED = "DAN-ISSUE-01", "KIHO-ISSUE-01"  # a row that leaves the subject open, and one that prints it


@pytest.fixture
def box(tmp_path: Path) -> Maildir:
    """The user's mailbox."""
    return Maildir(tmp_path / "m", patience=0.1)


def deliver(box: Maildir, subject: str, body: str = "ユーザーID: emp0001\nhttps://portal.test/p?x=1") -> None:
    """One message to the user."""
    message = EmailMessage()
    message["To"], message["Subject"], message["Date"] = USER.mail, subject, "Fri, 20 Nov 2026 10:00:00 +0900"
    message.set_content(body)
    mailbox.Maildir(box.folder).add(message)


def mails(box: Maildir, evidence: Noted, manual: str = "danshin") -> Mails:
    """What a scenario reads of it."""
    recorder: Any = evidence
    return Mails(box, load(manual), USER.mail, USER, PORTAL, evidence=recorder)


def test_the_only_mail_that_it_can_be_is_taken_with_a_warning(box: Maildir) -> None:
    """Which says what the target file can learn: the words without what is this user's."""
    deliver(box, "【団信】証明書のご用意ができました（emp0001）")
    evidence = Noted(OPEN)

    found = mails(box, evidence).newest("guide")

    assert found.subject == "【団信】証明書のご用意ができました（emp0001）"
    (warning,) = evidence.warnings
    assert '[dialect.mail] guide = ["【団信】証明書のご用意ができました（"]' in warning


def test_what_was_learnt_is_known_from_then_on(box: Maildir) -> None:
    """Also where none must come any more; the days left differ from mail to mail."""
    evidence = Noted(OPEN)
    reader = mails(box, evidence)
    deliver(box, "証明書の期限まで30日です")
    assert reader.count("renewal", 1) == 1
    deliver(box, "証明書の期限まで14日です")
    assert reader.count("renewal", 0) == 2
    assert len(evidence.warnings) == 1


def test_a_subject_that_a_row_prints_must_be_there(box: Maildir) -> None:
    """As the scenario about that row says."""
    deliver(box, "証明書のご用意ができました")
    with pytest.raises(DeviationError, match="届いたもの: 証明書のご用意"):
        mails(box, Noted(PRINTED), "kihonet").newest("guide")


def test_also_where_the_target_file_has_another_in_its_place(box: Maildir) -> None:
    """What the file says must come then."""
    deliver(box, "証明書のご用意ができました")
    words = {"mail": {"guide": ["ほかの件名"]}}
    recorder: Any = Noted(PRINTED)
    with pytest.raises(DeviationError, match="ほかの件名"):
        Mails(box, load("kihonet", words), USER.mail, USER, PORTAL, evidence=recorder).newest("guide")


def test_of_several_a_person_decides(box: Maildir) -> None:
    """One of them may be about something else."""
    deliver(box, "証明書のご用意ができました")
    deliver(box, "システム停止のお知らせ")
    with pytest.raises(BlockedError, match=r"証明書のご用意ができました、システム停止.*\[dialect.mail\] guide"):
        mails(box, Noted(OPEN)).newest("guide")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("クライアント証明書更新のご案内", "ユーザーID: emp0001"),  # which is known, and another
        ("Re: 証明書のご用意ができました", "ユーザーID: emp0001"),
        ("証明書のご用意ができました", "ユーザーID: emp0002"),
        ("本日の特売", "https://shop.test/"),
        ("", "ユーザーID: emp0001"),
    ],
)
def test_what_is_of_another_kind_or_about_somebody_else_is_not_taken(box: Maildir, subject: str, body: str) -> None:
    """That nothing came is then what the portal did."""
    deliver(box, subject, body)
    evidence = Noted(OPEN)
    with pytest.raises(DeviationError, match="が届かない"):
        mails(box, evidence).newest("guide")
    assert not evidence.warnings
