"""What is said only of procedures that are explored: what came of the fault, doing it over, and what is true then."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.keys import Download, KeyPage
from pages.mails import Mails, further
from pages.notice import enter_numbers, numbers_of
from pages.renewal import ConfirmationPage, RenewalList, fetch_key
from pages.revocation import ACCEPTED, ADDRESSES, CONFIRMATION, CONFIRMATION_MEANS, RevocationPage
from pages.screen import Screen
from pages.subjects import is_kind
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.person.disturbance import Disturbance
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Mail, Note
from sekisho.verdict import NotApplicableError, require
from sekisho.visible import shortened
from steps.keys import take_in
from steps.mail import recipients
from steps.refusals import refusal
from steps.renewal_list import press_first, shut
from steps.screens import arrive, look, reach

CONCEPT = "障害の探索"
DOWNLOAD_KEY = "download_key"


@pytest.fixture
def mails_before(mailbox: Mailbox, account: Account) -> list[Mail]:
    """What had been mailed to the user before the procedure began."""
    return mailed(mailbox, account)


@pytest.fixture
def strangers(portal: Portal, account: Account) -> tuple[str, ...]:
    """Names, numbers and addresses of others at this portal, none of which this user may be shown."""
    return portal.strangers(account)


@when("途中で終わっていれば、次のとおりやり直す")
def _(disturbance: Disturbance, evidence: Recorder) -> None:
    evidence.add(
        Note(
            title=say("回線で起きたこと", "What happened on the connection"),
            lines=[str(one) for one in disturbance.exchanges],
        )
    )
    disturbance.settle()


@when(parsers.parse("「{sentence}」で途切れたあと更新サイトに入れなければ、そこまでとする"))
def _(screen: Screen, disturbance: Disturbance, sentence: str) -> None:
    if disturbance.struck == sentence:
        stop_where_shut(screen)


@when("一覧に申請があればその鍵を、無ければ申請してから鍵を取得して取り込む", target_fixture="download")
def _(screen: Screen, evidence: Recorder, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    renewals = RenewalList(screen)
    if renewals.has_any():
        press_first(renewals)
    else:
        screen.press("renewal", "menu")
        ConfirmationPage(screen).submit()
        arrive(screen, evidence, "鍵の取得")
    download = fetch_key(screen, key_password, downloads)
    take_in(holdings, download, key_password)
    return download


@then("取り込んだ証明書は利用者のもので、発行された証明書はその1枚だけである")
def _(portal: Portal, account: Account, holdings: Holdings, evidence: Recorder) -> None:
    mine = holdings.newest
    require(
        mine.subject_cn == account.user_id,
        say(
            f"取り込んだ証明書の発行先が {mine.subject_cn} である",
            f"The subject of the imported certificate is {mine.subject_cn}",
        ),
    )
    books = portal.books(account)
    if books is None:
        return
    evidence.add(
        Note(
            title=say("認証局の記録", "Records of the authority"),
            lines=[say(f"発行された証明書 {one}", f"Certificate issued {one}") for one in books.issued],
        )
    )
    require(
        len(books.issued) == 1,
        say(
            f"証明書が {len(books.issued)} 枚発行された（{'、'.join(books.issued)}）",
            f"Certificates issued: {len(books.issued)} ({', '.join(books.issued)})",
        ),
    )
    require(
        books.issued == (mine.serial,),
        say(
            f"発行された証明書 {books.issued[0]} が利用者に渡っていない",
            f"The certificate issued, {books.issued[0]}, did not get to the subscriber",
        ),
    )
    require(
        not books.waiting,
        say(
            f"申請 {'、'.join(books.waiting)} の証明書が発行されていない",
            f"No certificate was issued for the application {', '.join(books.waiting)}",
        ),
    )


@then("新たに発行された証明書のうち、有効なのは取り込んだ1枚だけである")
def _(portal: Portal, account: Account, holdings: Holdings, evidence: Recorder) -> None:
    books = portal.books(account)
    if books is None:
        evidence.not_applicable(  # what follows can be seen all the same
            say(
                "認証局の記録を見られないポータルでは、何枚発行されたかが分からない",
                "The records of this portal's authority cannot be seen, so it is not known how many "
                "certificates were issued",
            )
        )
        return
    lines = [
        say(
            f"{one}（{'有効' if one in books.alive else '失効済み'}）",
            f"{one} ({'valid' if one in books.alive else 'revoked'})",
        )
        for one in books.issued
    ]
    evidence.add(Note(title=say("認証局の記録", "Records of the authority"), lines=lines))
    mine = holdings.newest.serial
    require(
        books.alive == (mine,),
        say(
            f"有効なのは {'、'.join(books.alive) or 'なし'} である（取り込んだのは {mine}）",
            f"Valid: {', '.join(books.alive) or 'none'} (imported: {mine})",
        ),
    )


@when("失効がまだ受け付けられていなければ、申請する")
def _(
    screen: Screen,
    evidence: Recorder,
    revocation: RevocationPage,
    dialect: Dialect,
    account: Account,
) -> None:
    enter_numbers(screen, numbers_of(account, dialect))
    if refusal(screen, evidence, "already_revoking", ADDRESSES) == ADDRESSES:
        revocation.enter_mail(account.mail, account.mail)
        look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)
        revocation.apply()
        reach(screen, evidence, ACCEPTED, ("buttons", "apply_revocation"))


@then("ポータルの応答に、白紙の画面も処理の失敗の内容も無い")
def _(disturbance: Disturbance) -> None:
    require(not disturbance.flaws, say("、", ", ").join(disturbance.flaws))


@then("ポータルの応答に、別の利用者の名前もIDも証明書の番号も無い")
def _(disturbance: Disturbance, strangers: tuple[str, ...], evidence: Recorder) -> None:
    evidence.add(
        Note(
            title=say(
                "応答に無いことを確かめたもの（別の利用者）",
                "What was looked for in the answers and not to be there (another subscriber)",
            ),
            lines=list(strangers) or [say("なし", "none")],
        )
    )
    require(
        not disturbance.strange,
        say(
            f"別の利用者の情報がある（{'、'.join(disturbance.strange)}）",
            f"There is something of another subscriber ({', '.join(disturbance.strange)})",
        ),
    )


@then("取得を終えた申請が、まだ入れる更新サイトの一覧に残っていれば、1件だけである")
def _(screen: Screen, evidence: Recorder) -> None:
    count_left(screen, evidence)


@then("一覧にある申請と、そこから開いた鍵の取得の画面の申請は同じである")
def _(screen: Screen, evidence: Recorder) -> None:
    compare_with_key_page(screen, evidence)


def stop_where_shut(screen: Screen) -> None:
    """Raise NotApplicableError where the renewal site turns away a user to whom the key was handed out in vain.

    That the old certificate ends then no manual forbids, and not every one says what is to be done.
    """
    if shut(screen):
        shown = shortened(screen.text(), 100)
        raise NotApplicableError(
            say(
                "鍵を渡したあと、更新前の証明書では更新サイトに入れない。鍵が届かなかったときに何をするかを、"
                f"手順書は定めていない。表示されたのは: {shown}",
                "Once the key was handed out, the certificate that was renewed does not open the renewal site. What to "
                f"do where the key did not arrive the manual does not say. It shows: {shown}",
            )
        )


def count_left(screen: Screen, evidence: Recorder) -> None:
    """Raise DeviationError where more than one renewal is listed once the key was fetched.

    No manual promises that the certificate that was renewed still opens the site, or that what was fetched stays there.
    """
    if shut(screen):
        evidence.not_applicable(
            say(
                "更新の済んだ証明書では更新サイトに入れない（手順書は、入れるとも入れないとも定めていない）",
                "The certificate that was renewed does not open the renewal site (the manual says neither that it does "
                "nor that it does not)",
            )
        )
        return
    screen.press("renewed", "menu")
    renewals, listed = RenewalList(screen), listed_now(screen)
    if not listed:
        evidence.not_applicable(
            say(f"取得を終えた申請は一覧に無い{renewals.unread}", f"What was fetched is not listed{renewals.unread}")
        )
    require(
        len(listed) <= 1,
        say(
            f"更新申請情報の一覧は {len(listed)} 件である（{'、'.join(listed[:3])}）",
            f"Entries in the list of renewals: {len(listed)} ({', '.join(listed[:3])})",
        ),
    )


def listed_now(screen: Screen) -> list[str]:
    """The request IDs in the list of renewals when the screen has come to rest."""
    screen.settle()
    return [row["request_id"] for row in RenewalList(screen).rows()]


def compare_with_key_page(screen: Screen, evidence: Recorder) -> None:
    """Raise DeviationError where the list leads to the key page of another request."""
    (listed, *_) = listed_now(screen) or [""]
    if not listed:
        evidence.not_applicable(say("一覧に申請が無い", "The list has no application"))
        return
    if not screen.can_press_in_row(listed, DOWNLOAD_KEY):
        evidence.not_applicable(
            say(
                f"取得した申請 {listed} には、一覧に鍵の取得への入口が無い",
                f"For the application {listed}, whose key was fetched, the list has no way to the key page",
            )
        )
        return
    RenewalList(screen).press(listed, DOWNLOAD_KEY)
    shown = KeyPage(screen).request_id
    require(
        plain(shown) == plain(listed),
        say(
            f"一覧の申請は {listed} で、鍵の取得の画面のリクエストIDは「{shown}」である",
            f'The application in the list is {listed}, and the request ID on the key page "{shown}"',
        ),
    )


@then("手続きのあいだに、利用者へのメールは増えていない")
def _(mailbox: Mailbox, account: Account, mails_before: list[Mail]) -> None:
    more = further(mailed(mailbox, account, settled=True), mails_before)
    told = say("、", ", ").join(
        say(f"{mail.recipient} に「{mail.subject}」", f'"{mail.subject}" for {mail.recipient}') for mail in more
    )
    require(
        not more,
        say(
            f"手続きのあいだに、メールが {len(more)} 通届いた（{told}）",
            f"Mails that arrived in the course of the procedure: {len(more)} ({told})",
        ),
    )


@then(parsers.parse("手続きが始まってから、利用者に「{subject}」が{count:d}通届いている"))
def _(mails: Mails, dialect: Dialect, mails_before: list[Mail], subject: str, count: int) -> None:
    kind = dialect.named("mail", subject)
    there = mails.settled()
    before = sum(is_kind(mail, dialect, kind) for mail in further(there, further(there, mails_before)))
    got = mails.count(kind, before + count) - before
    require(got == count, say(f"「{subject}」のメールが {got} 通届いた", f'Mails "{subject}" that arrived: {got}'))


def mailed(mailbox: Mailbox, account: Account, *, settled: bool = False) -> list[Mail]:
    """The mails to each of a user's addresses; `settled`: once one that must not come had its time."""
    addresses = dict.fromkeys(recipients(account).values())
    return [mail for one in addresses for mail in (mailbox.settled(one) if settled else mailbox.to(one))]
