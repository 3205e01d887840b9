"""Having a certificate revoked, as its holder asks for it on the portal."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from pages.dialect import Dialect, plain
from pages.notice import Numbers, numbers_of
from pages.revocation import ACCEPTED, ADDRESSES, CONFIRMATION, CONFIRMATION_MEANS, RevocationPage
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.verdict import require
from steps.client_authentication import Presenting
from steps.keys import SPELT_OUT
from steps.refusals import refusal
from steps.screens import look, reach

CONCEPT = "失効の申請"

MAIL_MISTAKES = {"一致しない": "mail_mismatch", "形式の誤り": "mail_malformed", "未入力": "empty"}


@pytest.fixture
def revocation(screen: Screen) -> RevocationPage:
    """The screens of a revocation."""
    return RevocationPage(screen)


@given("失効を申請した利用者がいる", target_fixture="account")
def _(
    portal: Portal,
    holdings: Holdings,
    browsing: Browsing,
    screen: Screen,
    dialect: Dialect,
    mailbox: Mailbox,
    revocation: RevocationPage,
    evidence: Recorder,
) -> Account:
    account = holdings.of(portal.account("active"))
    browsing.visit(portal.sites["revoke"], holdings.newest)
    revocation.fill_in(numbers_of(account, dialect), account.mail)
    look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)
    mailbox.set_aside(account.mail)
    revocation.apply()
    reach(screen, evidence, ACCEPTED, ("buttons", "apply_revocation"))
    return account


@when("失効サイトを開き失効する証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, portal: Portal, holdings: Holdings) -> Visit:
    return presenting.choose(portal.sites["revoke"], holdings.newest)


@when("メールアドレスを2回入力して失効を申請する")
def _(revocation: RevocationPage, account: Account) -> None:
    revocation.enter_mail(account.mail, account.mail)


@when(parsers.parse("メールアドレスに「{address}」と「{again}」を入力して失効を申請する"))
def _(revocation: RevocationPage, address: str, again: str) -> None:
    revocation.enter_mail(SPELT_OUT.get(address, address), SPELT_OUT.get(again, again))


@when("失効の確認画面から申請する")
def _(revocation: RevocationPage, mailbox: Mailbox, account: Account) -> None:
    mailbox.set_aside(account.mail)
    revocation.apply()


@when("失効の確認画面で「戻る」を押す")
def _(revocation: RevocationPage) -> None:
    revocation.go_back()


@then("失効の確認画面に入力した内容が表示される")
def _(screen: Screen, revocation: RevocationPage, written: Numbers, account: Account, evidence: Recorder) -> None:
    look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)
    wanted = {"request_id": written.request_id, "reference_id": written.reference_id, "mail_address": account.mail}
    for heading, value in wanted.items():
        shown = revocation.facts(heading)
        require(
            [*map(plain, shown)] == [plain(value)],
            say(
                f"失効の確認画面の{heading}が {'、'.join(shown)} である",
                f'"{heading}" on the confirmation page of the revocation is {", ".join(shown)}',
            ),
        )


@then("失効の申請が受け付けられる")
def _(screen: Screen, evidence: Recorder) -> None:
    reach(screen, evidence, ACCEPTED, ("buttons", "apply_revocation"))


@then("メールアドレスの入力の画面に戻る")
def _(screen: Screen) -> None:
    seen = screen.wait_for(ACCEPTED, ADDRESSES)  # the fields are there or not, whatever is said
    require(
        seen == ADDRESSES,
        say(
            "「戻る」を押したのに失効の申請が受け付けられた",
            'The revocation was accepted, although "戻る" was pressed',
        ),
    )


@then("失効はすでに受け付けられていると表示される")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "already_revoking", ADDRESSES)
    require(
        seen != ADDRESSES,
        say("拒まれず、もう一度申請できる画面になった", "Not refused: the page came on which one can apply again"),
    )


@then(parsers.parse("メールアドレスの誤りとして「{mistake}」と表示され、確認画面に進まない"))
def _(screen: Screen, evidence: Recorder, mistake: str) -> None:
    seen = refusal(screen, evidence, MAIL_MISTAKES[mistake], CONFIRMATION)
    require(
        seen != CONFIRMATION and screen.has(*ADDRESSES),
        say("拒まれず、確認画面に進んだ", "Not refused: the confirmation page came"),
    )


@then("ストアに個人の証明書は無い")
def _(store: CertStore) -> None:
    left = [one.serial for one in store.personal()]
    require(
        not left,
        say(
            f"個人ストアにシリアル番号 {'、'.join(left)} の証明書がある",
            f"The personal store has a certificate with serial number {', '.join(left)}",
        ),
    )
