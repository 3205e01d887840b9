"""Mails under subjects of the portal's own: a WARNING where the manual leaves the subject open, and never a guess."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pages.dialect import Dialect, load
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


def test_what_is_told_to_all_is_no_mail_for_one(box: Maildir) -> None:
    """Though its link has a number; a mail for this user that comes beside it is learnt."""
    deliver(box, "【重要】メンテナンスのお知らせ", "https://portal.test/news?id=00012345")
    with pytest.raises(DeviationError, match="メンテナンスのお知らせ"):
        mails(box, Noted(OPEN)).newest("guide")
    deliver(box, "証明書のご用意ができました")
    assert mails(box, Noted(OPEN)).newest("guide").subject == "証明書のご用意ができました"


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
        *(
            (reply, "ユーザーID: emp0001")
            for reply in (
                "Delivery failure",
                "SV: 証明書のご用意ができました",
                "【重要】Fwd: 証明書のご用意ができました",
                "メールが配信できませんでした",
                "送信エラー",
            )
        ),
    ],
)
def test_what_is_of_another_kind_or_about_somebody_else_is_not_taken(box: Maildir, subject: str, body: str) -> None:
    """That nothing came is then what the portal did."""
    deliver(box, subject, body)
    evidence = Noted(OPEN)
    with pytest.raises(DeviationError, match="が届かない"):
        mails(box, evidence).newest("guide")
    assert not evidence.warnings


def test_a_mail_that_came_too_early_is_not_the_one_that_is_due(box: Maildir) -> None:
    """What was none of them when none was due has not become one a day later."""
    reader = mails(box, Noted(OPEN))
    deliver(box, "証明書の期限が近づいています")
    assert reader.count("renewal", 0) == 0
    assert reader.count("renewal", 1) == 0
    deliver(box, "証明書の期限が近づいています")
    assert reader.count("renewal", 1) == 2  # by the same words: the first one came on the wrong day


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("クライアント証明書更新のご案内", "証明書の期限まで7日です"),
        ("証明書更新のお願い", "【最終案内】証明書の期限"),
        ("【AB12CD】証明書の期限", "【XK90ZZ】証明書の期限"),
        ("山田 太郎 様 証明書の期限", "山田太郎様　証明書の期限"),
    ],
)
def test_each_reminder_may_have_words_of_its_own(box: Maildir, first: str, second: str) -> None:
    """A code, a name however spaced, the last one in other words."""
    reader = mails(box, Noted(OPEN))
    deliver(box, first)
    assert reader.count("renewal", 1) == 1
    deliver(box, second)
    assert reader.count("renewal", 2) == 2


def test_a_subject_that_another_row_prints_is_for_the_scenario_of_that_row(box: Maildir) -> None:
    """Others cannot tell which mail it is, and say who does."""
    deliver(box, "証明書のご用意ができました")
    with pytest.raises(BlockedError, match="件名を定めているのは KIHO-ISSUE-01"):
        mails(box, Noted("KIHO-RULE-05"), "kihonet").newest("guide")


@pytest.mark.parametrize(
    "body",
    [
        "日曜日は止まります。\nhttps://portal.test/",
        "https://portal.test/news/top.html",
        "https://portal.test/news20261128/",
        "https://portal.test/n?d=20261128",
        "https://portal.test/n/2026-11-28/",
    ],
)
def test_a_mail_that_could_be_to_everybody_is_not_taken(box: Maildir, body: str) -> None:
    """It names no user, and its link is nobody's own."""
    deliver(box, "お客様各位", body)
    with pytest.raises(BlockedError, match="どれか分からない（届いたもの: お客様各位"):
        mails(box, Noted(OPEN)).newest("guide")


def test_what_is_done_already_is_no_reminder(box: Maildir) -> None:
    """Though it comes where one is due: a person must tell."""
    reader = mails(box, Noted(OPEN))
    deliver(box, "証明書の期限まで30日です")
    assert reader.count("renewal", 1) == 1
    deliver(box, "証明書の更新が完了しました")
    with pytest.raises(BlockedError, match="証明書の更新が完了しました"):
        reader.count("renewal", 2)


def test_a_link_of_the_users_own_is_enough(box: Maildir) -> None:
    """Many invitations say nothing else."""
    deliver(box, "証明書のご用意ができました", "https://portal.test/get/7f3a9c01d2")
    assert mails(box, Noted(OPEN)).newest("guide").subject == "証明書のご用意ができました"


def test_a_password_may_come_in_a_mail_of_its_own(box: Maildir) -> None:
    """Its name is that of a value in mails, too, and it is no certificate's mail."""
    words = Dialect("kura", {"mail": {"certificate": ["証明書の送付"], "password": ["パスワードのお知らせ"]}})
    deliver(box, "パスワードのお知らせ")
    recorder: Any = Noted(OPEN)
    with pytest.raises(DeviationError, match="証明書の送付"):
        Mails(box, words, USER.mail, USER, PORTAL, evidence=recorder).newest("certificate")


@pytest.mark.parametrize("subject", ["emp0001 様", "ご案内2026", "山田太郎様"])
def test_no_words_are_proposed_that_would_tell_nothing(box: Maildir, subject: str) -> None:
    """Those of the user alone, and those that all mails have."""
    deliver(box, subject)
    evidence = Noted(OPEN)
    assert mails(box, evidence).newest("guide")
    (warning,) = evidence.warnings
    assert '[dialect.mail] guide = ["…"]' in warning
