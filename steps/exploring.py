"""What is said only of procedures that are explored: what came of the fault, doing it over, and what is true then."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import then, when

from pages.keys import Download
from pages.renewal import ConfirmationPage, RenewalList, fetch_key
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.mail.mailbox import Mailbox
from sekisho.person.disturbance import Disturbance
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Note
from sekisho.verdict import require
from steps.keys import take_in
from steps.mail import recipients
from steps.renewal_list import press_first
from steps.screens import arrive

CONCEPT = "障害の探索"


@pytest.fixture
def mails_before(mailbox: Mailbox, account: Account) -> dict[str, int]:
    """How many mails there were, by address, before the procedure began."""
    return counted(mailbox, account)


@when("途中で終わっていれば、次のとおりやり直す")
def _(disturbance: Disturbance, evidence: Recorder) -> None:
    evidence.add(Note(title="回線で起きたこと", lines=[str(one) for one in disturbance.exchanges]))
    disturbance.settle()


@when("一覧に申請があればその鍵を、無ければ申請してから鍵を取得して取り込む", target_fixture="download")
def _(screen: Screen, evidence: Recorder, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    renewals = RenewalList(screen)
    if renewals.rows():
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
    require(mine.subject_cn == account.user_id, f"取り込んだ証明書の発行先が {mine.subject_cn} である")
    books = portal.books(account)
    if books is None:
        return
    evidence.add(Note(title="認証局の記録", lines=[f"発行された証明書 {one}" for one in books.issued]))
    require(len(books.issued) == 1, f"証明書が {len(books.issued)} 枚発行された（{'、'.join(books.issued)}）")
    require(books.issued == (mine.serial,), f"発行された証明書 {books.issued[0]} が利用者に渡っていない")
    require(not books.waiting, f"申請 {'、'.join(books.waiting)} の証明書が発行されていない")


@then("手続きのあいだに、利用者へのメールは増えていない")
def _(mailbox: Mailbox, account: Account, mails_before: dict[str, int]) -> None:
    more = {at: count - mails_before[at] for at, count in counted(mailbox, account).items()}
    told = "、".join(f"{at} に {count} 通" for at, count in more.items() if count)
    require(not told, f"手続きのあいだに、メールが {told}届いた")


def counted(mailbox: Mailbox, account: Account) -> dict[str, int]:
    """How many mails there are to each of a user's addresses."""
    addresses = dict.fromkeys(recipients(account).values())
    return {one: len(mailbox.to(one)) for one in addresses}
