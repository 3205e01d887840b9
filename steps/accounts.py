"""Users in a state: what a scenario begins with."""

from __future__ import annotations

from pytest_bdd import given, parsers

from sekisho.holdings import Holdings
from sekisho.portal import Account, Portal

CERTIFICATES = {"3社共用": "shared", "日本生命": "nissay", "両方": "both"}


@given("取得案内を受け取った利用者がいる", target_fixture="account")
def _(portal: Portal) -> Account:
    return portal.account("invited")


@given(parsers.parse("{days:d}日前に発行された取得案内を受け取った利用者がいる"), target_fixture="account")
def _(portal: Portal, days: int) -> Account:
    return portal.account("invited", days_ago=days)


@given("有効な証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("active"))


@given(parsers.parse("有効期限まで{days:d}日の証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, days: int) -> Account:
    return holdings.of(portal.account("active", days_left=days))


@given(parsers.parse("「{which}」の証明書を取り込んだ利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, which: str) -> Account:
    return holdings.of(portal.account("active", certificate=CERTIFICATES[which]))


@given("更新案内を受け取った利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("renewable"))


@given("更新を申請したまま鍵を取得していない利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("renewing"))


@given(parsers.parse("過去の更新申請が{count:d}件ある利用者がいる"), target_fixture="account")
def _(portal: Portal, holdings: Holdings, count: int) -> Account:
    return holdings.of(portal.account("renewable", history=count))


@given("失効した証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("revoked"))


@given("有効期限が切れた証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("expired"))


@given("別の認証局が発行した証明書を取り込んだ利用者がいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings) -> Account:
    account = portal.account("invited")
    holdings.add_foreign(account.user_id)
    return account


@given("証明書の無いもう一人の利用者がいる", target_fixture="other")
def _(portal: Portal) -> Account:
    return portal.account("invited")


@given("同じパソコンにもう一人の利用者の証明書がある", target_fixture="other")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(portal.account("renewable"), mine=False)
