"""Sentences about what is left in the store for a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.verdict import require


@when(parsers.parse("「{thing}」を預ける"), target_fixture="receipt")
def _(
    browsing: Browsing,
    screen: Screen,
    portal: Portal,
    account: Account,
    masking: Masking,
    downloads: Path,
    thing: str,
) -> Path:
    browsing.open(portal.sites["store"])
    screen.fill("user_id", account.user_id)
    screen.fill("password_of_store", account.login_password)
    screen.fill("thing", thing)
    screen.press("deposit")
    screen.wait_for(("screens", "receipt"))
    (number,) = screen.values("number")
    receipt = downloads / "receipt.txt"
    receipt.write_text(masking.add(number), "utf-8")
    return receipt


@when("預り証の番号で受け取る")
def _(browsing: Browsing, screen: Screen, portal: Portal, receipt: Path) -> None:
    browsing.open(portal.sites["store"])
    screen.fill("number", receipt.read_text("utf-8"))
    screen.press("collect")


@then(parsers.parse("「{thing}」が返された"))
def _(screen: Screen, thing: str) -> None:
    found = screen.look_for(("screens", "handed_over"))
    require(found, "品が返されなかった")
    require(screen.values("handed_over") == [thing], f"返された品は {'、'.join(screen.values('handed_over'))} である")


@when("別のパソコンに移り、証明書を取り込む", target_fixture="taken_along")
def _(browsing: Browsing, pcs: Callable[[str], Pc], downloads: Path, evidence: Recorder) -> str:
    browsing.move_to(pcs("another"))
    its = Holdings(browsing.pc.store, downloads, evidence)
    its.add_foreign("kura")
    return its.newest.sha256


@then("いまいるパソコンに、取り込んだ証明書だけがある")
def _(browsing: Browsing, taken_along: str) -> None:
    found = [one.sha256 for one in browsing.pc.store.personal()]
    require(found == [taken_along], f"証明書が {len(found)} 枚あり、取り込んだものだけではない")
