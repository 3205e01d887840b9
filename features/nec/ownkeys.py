"""Keys that are made on the user's own PC: how they are guarded, the certificate's term and path, and its use."""

from __future__ import annotations

import re
import secrets
import string
from datetime import UTC, datetime

from pytest_bdd import given, parsers, then, when

from pages.dialect import Dialect
from pages.mails import Mails
from pages.screen import Screen
from sekisho.browser.certificate_lists import Managing
from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.certenroll import Computer
from sekisho.certstore import CertStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.pki.certificate_path import PathStatus
from sekisho.portal import Account, Portal
from sekisho.results import Mail, Note
from sekisho.verdict import require
from steps.client_authentication import Presenting
from steps.premises import alive, day_of, issued
from steps.refusals import refusal
from steps.screens import reach
from steps.times import is_today, tokyo_date, years_later

CONCEPT = "自分のパソコンで作る鍵"

ALPHANUMERIC = string.ascii_letters + string.digits
WEB = re.compile("https?:")
LEADS = "one => (one.closest(\"a[href]:not([href^='#'])\") || {}).href || ''"
SHORT_RSA = re.compile(r"RSA-(\d+)")
LONG_ENOUGH = 2048
USABLE, UNUSABLE = ("messages", "usable"), ("messages", "unusable")


@given(parsers.parse("{days:d}日前に申請し発行メールを受け取った利用者がいる"), target_fixture="account")
def _(portal: Portal, dialect: Dialect, days: int) -> Account:
    return applied(portal, dialect, portal.account("invited", days_ago=days), "issue", days)


@given(parsers.parse("{days:d}日前に更新を申請し更新メールを受け取った利用者がいる"), target_fixture="account")
def _(portal: Portal, dialect: Dialect, holdings: Holdings, days: int) -> Account:
    account = applied(portal, dialect, alive(portal.account("renewable", days_ago=days)), "renewal", days)
    return holdings.of(account)


@given(parsers.parse("利用者は{length:d}文字の半角英数字の秘密キーのパスワードを決めている"), target_fixture="key_pin")
def _(masking: Masking, length: int) -> str:
    return masking.add("".join(secrets.choice(ALPHANUMERIC) for _ in range(length)))


@given("秘密キーをパスワードで守るパソコンを使う", target_fixture="pc")
def _(pinned_pc: Pc) -> Pc:
    return pinned_pc


@when("証明書確認ページを開き、証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, screen: Screen, portal: Portal, holdings: Holdings) -> Visit:
    return presenting.choose(confirmation(screen, portal), holdings.newest)


@when("証明書確認ページを開き、証明書を選び、秘密キーのパスワードを入力する", target_fixture="visit")
def _(browsing: Browsing, screen: Screen, portal: Portal, holdings: Holdings, key_pin: str) -> Visit:
    return browsing.visit(confirmation(screen, portal), holdings.newest, pin=key_pin)


@when(
    "証明書確認ページを開き、証明書を選び、大文字と小文字を逆にした秘密キーのパスワードを入力する",
    target_fixture="visit",
)
def _(browsing: Browsing, screen: Screen, portal: Portal, holdings: Holdings, key_pin: str) -> Visit:
    return browsing.visit(confirmation(screen, portal), holdings.newest, pin=key_pin.swapcase())


@then("証明書を利用できると表示される")
def _(visit: Visit, screen: Screen, evidence: Recorder) -> None:
    require(
        visit.refused is None,
        say(f"接続が拒まれた（{visit.refused}）", f"The connection was refused ({visit.refused})"),
    )
    seen = screen.look_for(USABLE, UNUSABLE)
    require(
        seen != UNUSABLE,
        say(
            "証明書を選んだのに、利用できる証明書が無いと表示された",
            "A certificate was chosen, but it said that there is none to use",
        ),
    )
    if seen is None:
        reach(screen, evidence, USABLE)


@then("証明書を利用できると表示されない")
def _(visit: Visit, screen: Screen, evidence: Recorder) -> None:
    if visit.refused is None:
        seen = refusal(screen, evidence, "unusable", USABLE)
        require(seen == UNUSABLE, say("証明書を利用できると表示された", "It said that the certificate can be used"))


@then(parsers.parse("秘密キーは「{provider}」で作られている"))
def _(computer: Computer, holdings: Holdings, provider: str) -> None:
    made = computer.installed.get(holdings.newest.sha256)
    require(
        made,
        say(
            "取り込まれた証明書の秘密キーは、画面の中で作られたものでない",
            "The private key of the imported certificate is not the one that was made in the page",
        ),
    )
    assert made
    require(
        made.provider == provider,
        say(f"秘密キーが「{made.provider}」で作られた", f'The private key was made by "{made.provider}"'),
    )


@then(parsers.parse("作られた秘密キーのセキュリティレベルは「{level}」である"))
def _(computer: Computer, level: str) -> None:
    require(computer.made, say("秘密キーが作られていない", "No private key was made"))
    made = computer.made[-1]
    require(
        made.protection == level,
        say(
            f"秘密キーのセキュリティレベルが「{made.protection}」である",
            f'The security level of the private key is "{made.protection}"',
        ),
    )


@then(parsers.parse("取り込まれた証明書の鍵は「{key}」である"))
def _(holdings: Holdings, evidence: Recorder, key: str) -> None:
    shown = holdings.newest.key
    require(shown == key, say(f"鍵が {shown} である", f"The key is {shown}"))
    short = SHORT_RSA.fullmatch(shown)
    if short and int(short[1]) < LONG_ENOUGH:
        evidence.warning(
            say(
                f"{short[1]} ビットの RSA 鍵は、現在の TLS の標準の設定では受け付けられない強度である",
                f"An RSA key of {short[1]} bits is not accepted with the usual settings of today's TLS",
            )
        )


@then("取り込まれた証明書の発行先はユーザーIDである")
def _(holdings: Holdings, account: Account) -> None:
    shown = holdings.newest.subject_cn
    require(shown == account.user_id, say(f"発行先が「{shown}」である", f'The subject is "{shown}"'))


@then("取り込まれた証明書の有効期間は今日から始まる")
def _(holdings: Holdings) -> None:
    begins = holdings.newest.not_before
    require(
        is_today(begins, datetime.now(UTC)),
        say(f"有効期間が {tokyo_date(begins)} から始まる", f"The validity begins on {tokyo_date(begins)}"),
    )


@then(parsers.parse("取り込まれた証明書の有効期限はメールの送信日の{years:d}年後の日である"))
def _(holdings: Holdings, mail: Mail, years: int) -> None:
    check_end(holdings, mail, years)


@then("証明のパスに問題は無い")
def _(computer: Computer, store: CertStore, holdings: Holdings, evidence: Recorder) -> None:
    status = computer.path(store.identity(holdings.newest.sha256).certificate)
    evidence.add(Note(title=say("証明のパス", "Certification path"), lines=[status]))
    require(
        status is PathStatus.FINE,
        say(f"証明書の状態が「{status}」である", f'The status of the certificate is "{status}"'),
    )


@then(parsers.parse("証明書の状態は「{status}」である"))
def _(computer: Computer, store: CertStore, holdings: Holdings, status: str) -> None:
    shown = computer.path(store.identity(holdings.newest.sha256).certificate)
    require(shown == status, say(f"証明書の状態が「{shown}」である", f'The status of the certificate is "{shown}"'))


@then("一覧の証明書の有効期間は今日から、メールの送信日の2年後の日までである")
def _(manager: Managing, holdings: Holdings, mail: Mail) -> None:
    shown = manager.details(holdings.newest.sha256)
    require(
        is_today(shown.not_before, datetime.now(UTC)),
        say(f"有効期間が {shown.not_before} から始まる", f"The validity begins on {shown.not_before}"),
    )
    require(
        tokyo_date(shown.not_after) in years_later(mail.date, 2),
        say(f"有効期限が {shown.not_after} である", f"The validity ends on {shown.not_after}"),
    )


def applied(portal: Portal, dialect: Dialect, account: Account, kind: str, days: int) -> Account:
    """A user whose mail about an issue or a renewal is so many days old. Raises BlockedError where it is not."""
    mail = Mails(portal.mailbox, dialect, account.mail, account).there(kind)
    return issued(account, portal.today(), day_of(mail.date) if mail else None, days, say("メール", "mail"))


def confirmation(screen: Screen, portal: Portal) -> str:
    """Where step 4 says that the certificate can be tried; what is no link, or one to a script, leads to the site."""
    address = str(screen.button("confirmation").evaluate(LEADS))
    return address if WEB.match(address) else portal.sites["confirm"]


def check_end(holdings: Holdings, mail: Mail, years: int) -> None:
    """Raise DeviationError unless the certificate ends so many years after the mail."""
    wanted, shown = years_later(mail.date, years), tokyo_date(holdings.newest.not_after)
    require(
        shown in wanted,
        say(
            f"有効期限が {shown} で、メールの送信日から{years}年後の {wanted[0]} でない",
            f"The validity ends on {shown}, not on {wanted[0]}, {years} years after the mail was sent",
        ),
    )
