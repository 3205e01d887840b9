"""Several tabs and windows at once: what a tab hands out must be what it showed, or be refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.mails import Mails
from pages.notice import PASSWORD, Numbers, choose_password, enter_numbers, numbers_of
from pages.renewal import ConfirmationPage, RenewalList, fetch_key
from pages.revocation import ACCEPTED, CONFIRMATION, CONFIRMATION_MEANS, RevocationPage
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.network.hosts import Hosts
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Note
from sekisho.verdict import BlockedError, require
from steps.keys import DOWNLOADABLE
from steps.outcomes import Outcome, answered, check_owner, handed_out
from steps.renewal import apply_if_possible
from steps.screens import arrive, look
from steps.words import KEY_FORM

CONCEPT = "タブとウインドウ"

TAB = r"(?P<tab>(?:タブ|ウインドウ)[\dAB])"
WHO = r"(?P<who>利用者|もう一人の利用者)"
ALREADY = ("messages", "already_applied")
PROCESSING_DAYS = 3


@pytest.fixture
def people(request: pytest.FixtureRequest, account: Account) -> dict[str, Account]:
    """The users at this PC, one or two. Raises BlockedError where two of them are one."""
    try:
        other: Account = request.getfixturevalue("other")
    except pytest.FixtureLookupError:  # no premise of the scenario speaks of another
        return {"利用者": account}
    if account.user_id == other.user_id:
        raise BlockedError(
            say(
                f"利用者が二人いない（どちらも {account.user_id}）",
                f"There are not two subscribers (both are {account.user_id})",
            )
        )
    return {"利用者": account, "もう一人の利用者": other}


@pytest.fixture
def outcomes() -> dict[str, Outcome]:
    """What came of the procedure in each tab, by the tab's name: a file, or what the screen then said."""
    return {}


@when(parsers.re(TAB + "で" + WHO + "のリクエストIDとリファレンスIDを入力し、パスワードの画面まで進む"))
def _(
    browsing: Browsing, portal: Portal, screen: Screen, dialect: Dialect, people: dict[str, Account], tab: str, who: str
) -> None:
    browsing.visit_in(tab, portal.sites["enrol"])
    come_to_password(screen, numbers_of(people[who], dialect))


@when(parsers.re(TAB + "で" + WHO + "のリクエストIDとリファレンスIDを入力し、ダウンロードの画面まで進む"))
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    dialect: Dialect,
    people: dict[str, Account],
    key_password: str,
    tab: str,
    who: str,
) -> None:
    browsing.visit_in(tab, portal.sites["enrol"])
    enter_numbers(screen, numbers_of(people[who], dialect))
    choose_password(screen, key_password, key_password)
    screen.wait_for(DOWNLOADABLE)


@when(parsers.re(TAB + "で証明書パスワードを入力し、鍵をダウンロードする"))
def _(
    browsing: Browsing,
    screen: Screen,
    key_password: str,
    downloads: Path,
    outcomes: dict[str, Outcome],
    evidence: Recorder,
    tab: str,
) -> None:
    browsing.turn_to(tab)
    choose_password(screen, key_password, key_password)
    seen = answered(screen, evidence, DOWNLOADABLE)
    outcomes[tab] = seen if seen != DOWNLOADABLE else handed_out(screen, downloads, evidence)


@when(parsers.re(TAB + "で鍵をダウンロードする"))
def _(
    browsing: Browsing,
    screen: Screen,
    downloads: Path,
    outcomes: dict[str, Outcome],
    evidence: Recorder,
    tab: str,
) -> None:
    browsing.turn_to(tab)
    outcomes[tab] = handed_out(screen, downloads, evidence)


@when(parsers.re(TAB + "で更新の確認画面を開く"))
def _(browsing: Browsing, portal: Portal, screen: Screen, holdings: Holdings, evidence: Recorder, tab: str) -> None:
    browsing.visit_in(tab, portal.sites["renew"], holdings.oldest, origins=others(portal))
    confirm(screen, evidence)


@when(parsers.re(TAB + "で" + WHO + "の更新の確認画面を開く"))
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    holdings: Holdings,
    people: dict[str, Account],
    evidence: Recorder,
    tab: str,
    who: str,
) -> None:
    browsing.visit_apart(tab, portal.sites["renew"], holdings.held_by(people[who].user_id))
    confirm(screen, evidence)


@when(parsers.re(TAB + "で失効の確認画面を「(?P<address>.+)」宛てで開く"))
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    holdings: Holdings,
    account: Account,
    dialect: Dialect,
    mailbox: Mailbox,
    evidence: Recorder,
    tab: str,
    address: str,
) -> None:
    mailbox.set_aside(address)
    browsing.visit_in(tab, portal.sites["revoke"], holdings.oldest)
    come_to_confirmation(screen, evidence, numbers_of(account, dialect), address)


@when(parsers.re(TAB + "の更新の確認画面から申請する"))
def _(browsing: Browsing, screen: Screen, outcomes: dict[str, Outcome], evidence: Recorder, tab: str) -> None:
    browsing.turn_to(tab)
    ConfirmationPage(screen).submit()
    outcomes[tab] = answered(screen, evidence, ALREADY, *KEY_FORM)


@when("どのタブの申請も拒まれていれば、申請し直す")
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    holdings: Holdings,
    outcomes: dict[str, Outcome],
    evidence: Recorder,
) -> None:
    if all_refused(outcomes):
        browsing.visit(portal.sites["renew"], holdings.oldest)
        screen.press("renewal", "menu")
        apply_if_possible(screen, evidence)


@when(parsers.re(TAB + "の更新の確認画面から二度申請する"))
def _(browsing: Browsing, screen: Screen, outcomes: dict[str, Outcome], evidence: Recorder, tab: str) -> None:
    browsing.turn_to(tab)
    screen.double_press("apply")
    outcomes[tab] = answered(screen, evidence, ALREADY, *KEY_FORM)


@when(parsers.re(TAB + "の失効の確認画面から申請する"))
def _(browsing: Browsing, screen: Screen, outcomes: dict[str, Outcome], evidence: Recorder, tab: str) -> None:
    browsing.turn_to(tab)
    RevocationPage(screen).apply()
    outcomes[tab] = answered(screen, evidence, ACCEPTED)


@when("すべてのブラウザを閉じる")
def _(browsing: Browsing) -> None:
    browsing.close()


@then(parsers.re(TAB + "は" + WHO + "の証明書を渡したか、理由を示して拒んだ"))
def _(
    outcomes: dict[str, Outcome],
    people: dict[str, Account],
    key_password: str,
    evidence: Recorder,
    tab: str,
    who: str,
) -> None:
    found = [outcome for name, outcome in outcomes.items() if name.startswith(tab)]
    require(
        found,
        say(
            f"{tab}で、ファイルが渡されも、拒まれもしなかった",
            f'In "{tab}" no file was handed out, and nothing was refused',
        ),
    )
    for one in found:
        check_owner(one, people[who], key_password, evidence)


@then(parsers.re(TAB + "には" + WHO + "の申請が受け付けられたか、理由を示して拒まれた"))
def _(
    outcomes: dict[str, Outcome],
    people: dict[str, Account],
    screen: Screen,
    key_password: str,
    downloads: Path,
    evidence: Recorder,
    tab: str,
    who: str,
) -> None:
    accepted = outcomes[tab] in KEY_FORM
    got = fetch_key(screen, key_password, downloads) if accepted else outcomes[tab]
    check_owner(got, people[who], key_password, evidence)


@then(parsers.parse("更新の申請は{count:d}件だけである"))
def _(browsing: Browsing, portal: Portal, screen: Screen, holdings: Holdings, count: int) -> None:
    browsing.visit(portal.sites["renew"], holdings.oldest)
    renewals = RenewalList(screen)
    renewals.open()
    listed = renewals.wait_for_rows(count)
    require(
        len(listed) == count,
        say(
            f"更新の申請が {len(listed)} 件ある{'' if listed else renewals.unread}",
            f"Applications for renewal: {len(listed)}{'' if listed else renewals.unread}",
        ),
    )


@then(parsers.parse("失効は「{address}」宛てに受け付けられたか、理由を示して拒まれた"))
def _(
    outcomes: dict[str, Outcome],
    portal: Portal,
    mailbox: Mailbox,
    dialect: Dialect,
    account: Account,
    hosts: Hosts,
    evidence: Recorder,
    address: str,
) -> None:
    if ACCEPTED not in outcomes.values():
        evidence.add(
            Note(
                title=say("拒まれた", "Refused"),
                lines=[
                    say(
                        "古い画面からの申請は受け付けられなかった", "The application from the old page was not accepted"
                    )
                ],
            )
        )
        return
    portal.pass_days(PROCESSING_DAYS)
    arrived = Mails(mailbox, dialect, address, account, hosts, evidence=evidence).count("revoked", 1)
    require(
        arrived == 1,
        say(
            f"受け付けられたのに、{address} に失効完了の通知が {arrived} 通届いた",
            f"It was accepted, but {arrived} notices of the finished revocation arrived for {address}",
        ),
    )


def others(portal: Portal) -> list[str]:
    """Where a window shows its certificate beside the renewal, where the manual has more to do in it."""
    return [portal.sites[name] for name in ("revoke",) if name in portal.sites]


def all_refused(outcomes: dict[str, Outcome]) -> bool:
    """Whether no tab's application was accepted, as where each tab takes the token of the others."""
    return not any(one in (ALREADY, *KEY_FORM) for one in outcomes.values())


def come_to_password(screen: Screen, given: Numbers) -> None:
    """From the first page to the one on which the password of the file is chosen."""
    enter_numbers(screen, given)
    screen.wait_for(PASSWORD)


def come_to_confirmation(screen: Screen, evidence: Recorder, given: Numbers, address: str) -> None:
    """From the first page to the last look before a revocation is applied for, which is told to an address of mail."""
    RevocationPage(screen).fill_in(given, address)
    look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)


def confirm(screen: Screen, evidence: Recorder) -> None:
    """From the menu to the last look before a renewal is applied for."""
    screen.press("renewal", "menu")
    arrive(screen, evidence, "証明書更新申請")
