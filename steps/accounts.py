"""Users in a state: what a scenario begins with."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, parsers

from pages.dialect import Dialect
from pages.letters import beside
from pages.mails import Mails
from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.language import counted, say
from sekisho.mail.letters import read
from sekisho.manual.facts import LETTER
from sekisho.manual.names import Names
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.verdict import BlockedError
from steps import times
from steps.premises import alive, day_of, identities, issued, over, revoked

CONCEPT = "利用者"
EXAMPLES = ("「承認者」の証明書の無いもう一人の利用者がいる",)


@given("証明書の無い利用者がいる", target_fixture="account")
def _(portal: Portal) -> Account:
    return portal.account("invited")


@given(parsers.parse("「{which}」の証明書の無い利用者がいる"), target_fixture="account")
def _(portal: Portal, names: Names, which: str) -> Account:
    return portal.account("invited", **names.kind(which))


@given(parsers.parse("{days:d}日前に発行された案内を受け取った利用者がいる"), target_fixture="account")
def _(portal: Portal, dialect: Dialect, days: int) -> Account:
    account = portal.account("invited", days_ago=days)
    day, where = invited_on(portal, dialect, account)
    return issued(account, portal.today(), day, days, where)


@given("有効な証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return held(holdings, alive(portal.account("active")))


@given(parsers.parse("有効期限まで{days:d}日の証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, days: int) -> Account:
    return with_days_left(portal, holdings, portal.account("active", days_left=days), days)


@given(parsers.parse("「{which}」の証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, names: Names, which: str) -> Account:
    return held(holdings, alive(portal.account("active", **names.kind(which))))


@given("更新できる証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return held(holdings, alive(portal.account("renewable")))


@given("更新を申請したまま鍵を取得していない利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return held(holdings, alive(portal.account("renewing")))


@given(
    parsers.parse("有効期限まで{days:d}日で更新を申請したまま鍵を取得していない利用者がいる"), target_fixture="account"
)
def _(portal: Portal, holdings: Holdings, days: int) -> Account:
    return with_days_left(portal, holdings, portal.account("renewing", days_left=days), days)


@given(parsers.parse("過去の更新申請が{count:d}件ある利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, count: int) -> Account:
    return held(holdings, alive(portal.account("renewable", history=count)))


@given("失効した証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings, evidence: Recorder) -> Account:
    return held(holdings, revoked(portal.account("revoked"), evidence))


@given(parsers.parse("有効期限まで{days:d}日の失効した証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, evidence: Recorder, days: int) -> Account:
    return with_days_left(portal, holdings, revoked(portal.account("revoked", days_left=days), evidence), days)


@given("有効期限が切れた証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return held(holdings, over(portal.account("expired")))


@given(parsers.parse("「{which}」の有効期限が切れた証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, names: Names, which: str) -> Account:
    return held(holdings, over(portal.account("expired", **names.kind(which))))


@given("別の認証局が発行した証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    account = portal.account("invited")
    holdings.add_foreign(account.user_id)
    return account


@given(parsers.parse("同じパソコンに他の認証局の証明書が{count:d}枚ある"))
def _(holdings: Holdings, account: Account, count: int) -> None:
    for _ in range(count):
        holdings.add_foreign(account.user_id, mine=False)


@given("証明書の無いもう一人の利用者がいる", target_fixture="other")
def _(portal: Portal) -> Account:
    return portal.account("invited")


@given(parsers.parse("「{which}」の証明書の無いもう一人の利用者がいる"), target_fixture="other")
def _(portal: Portal, names: Names, which: str) -> Account:
    return portal.account("invited", **names.kind(which))


@given("証明書を持つもう一人の利用者がいる", target_fixture="other")
def _(portal: Portal) -> Account:
    return portal.account("active")


@given("同じパソコンにもう一人の利用者の証明書がある", target_fixture="other")
def _(portal: Portal, holdings: Holdings) -> Account:
    return held(holdings, portal.account("renewable"), mine=False)


def invited_on(portal: Portal, dialect: Dialect, account: Account) -> tuple[date | None, str]:
    """When a user was invited, as the mail or the letter says; None where neither does."""
    if dialect.has("mail", "guide"):
        guide = Mails(portal.mailbox, dialect, account.mail, account).there("guide")
        return day_of(guide.date) if guide else None, say("取得案内メール", "invitation mail")
    printed = dialect.has("letter", "validity")
    term = times.days(beside(read(account.fact(LETTER)), dialect, "validity")) if printed else []
    return min(term) if len(term) > 1 else None, say("通知書の有効期間の始まり", "beginning of the notice's term")


def held(holdings: Holdings, account: Account, *, mine: bool = True) -> Account:
    """A user whose certificates are on this PC. Raises BlockedError for one who has none."""
    identities(account)
    return holdings.of(account, mine=mine)


def with_days_left(portal: Portal, holdings: Holdings, account: Account, days: int) -> Account:
    """A user whose certificate lasts so many days more. Raises BlockedError where it lasts longer or less long."""
    held(holdings, account)
    last = in_tokyo(holdings.newest.not_after).date()
    left = (last - portal.today()).days
    if left != days:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書は、残り {days} 日でなく {left} 日（{last} まで）",
                f"The certificate of subscriber {account.user_id} has not {counted(days, 'day')} left, "
                f"but {left} (until {last})",
            )
        )
    return account
