"""Sentences about the store behind the store."""

from __future__ import annotations

from pytest_bdd import then

from sekisho.browser.visit import Visit
from sekisho.portal import Account
from sekisho.verdict import require


@then("本人として奥の蔵に入れる")
def _(visit: Visit, account: Account) -> None:
    require(not visit.refused, "奥の蔵が開かない")
    found = visit.page.inner_text("h1")
    require(found == f"cn={account.user_id}", f"奥の蔵は、入った人を「{found}」としている")


@then("奥の蔵は開かない")
def _(visit: Visit) -> None:
    require(visit.refused, "証明書を示していないのに、奥の蔵が開いた")
