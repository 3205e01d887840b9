"""The list of what has been applied for, from which a renewal that was broken off is taken up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.keys import Download, KeyPage
from pages.refusing import keeps_out
from pages.renewal import RenewalList, fetch_key
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.language import say
from sekisho.person.holdings import Holdings
from sekisho.person.reachability import turned_down
from sekisho.portal import Account
from sekisho.portal.view import Term
from sekisho.verdict import DeviationError, require
from steps.cells import check_shape, check_words, shaped
from steps.columns import remark_order
from steps.keys import SPELT_OUT, take_in
from steps.times import says

CONCEPT = "更新申請情報の一覧"

# What the site shows to those whom it lets in.
WITHIN: tuple[Term, ...] = (("menu", "renewed"), ("menu", "renewal"), ("screens", "renewal_list"))

WHO = "ユーザーID"  # in a table of a scenario


@pytest.fixture
def renewals(screen: Screen) -> RenewalList:
    """What has been applied for."""
    return RenewalList(screen)


@when(parsers.parse("一覧の先頭の「{button}」を押す"), target_fixture="listed_id")
def _(renewals: RenewalList, dialect: Dialect, button: str) -> str:
    return press_first(renewals, dialect.named("buttons", button))


@when("一覧の先頭の鍵を取得して取り込む", target_fixture="download")
def _(renewals: RenewalList, screen: Screen, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    press_first(renewals)
    download = fetch_key(screen, key_password, downloads)
    take_in(holdings, download, key_password)
    return download


@when("一覧から鍵の取得を開き入力する")
def _(renewals: RenewalList, screen: Screen, key_password: str) -> None:
    renewals.open()
    press_first(renewals)
    KeyPage(screen).enter(key_password, key_password)


@when(parsers.parse("一覧の先頭の鍵の取得に「{password}」と「{again}」を入力して送信する"))
def _(renewals: RenewalList, screen: Screen, password: str, again: str) -> None:
    press_first(renewals)
    page = KeyPage(screen)
    page.enter(SPELT_OUT.get(password, password), SPELT_OUT.get(again, again))
    page.submit()


@when("一覧の次の20件に進む")
def _(renewals: RenewalList) -> None:
    renewals.next_page()


@then(parsers.parse("更新申請情報の一覧は{count:d}件である"))
def _(renewals: RenewalList, count: int) -> None:
    listed = [row["request_id"] for row in renewals.wait_for_rows(count)]
    if len(listed) != count:
        named = say(f"（{'、'.join(listed[:3])}）", f" ({', '.join(listed[:3])})") if listed else ""
        raise DeviationError(
            say(
                f"更新申請情報の一覧は {len(listed)} 件である{named}{renewals.unread}",
                f"Entries in the list of renewals: {len(listed)}{named}{renewals.unread}",
            )
        )


@then("鍵の取得の画面にあるのは、一覧のリクエストIDである")
def _(screen: Screen, listed_id: str) -> None:
    shown = KeyPage(screen).request_id
    require(
        plain(shown) == plain(listed_id),
        say(
            f"リクエストIDの欄が「{shown}」である（一覧では {listed_id}）",
            f'The field of the request ID has "{shown}" (in the list: {listed_id})',
        ),
    )


@then("一覧の先頭のリクエストIDは、押した申請のものである")
def _(renewals: RenewalList, listed_id: str) -> None:
    listed = [row["request_id"] for row in renewals.rows()]
    require(
        listed[:1] == [listed_id],
        say(
            f"一覧のリクエストIDが {'、'.join(listed) or 'なし'} である",
            f"The request IDs in the list are {', '.join(listed) or 'none'}",
        ),
    )


@then("一覧にあった有効期限は取り込まれた証明書のものである")
def _(listed: list[dict[str, str]], holdings: Holdings) -> None:
    shown, ends = listed[0]["limit"], holdings.newest.not_after
    require(
        says(shown, ends),
        say(
            f"一覧の有効期限が {shown} である（証明書は {in_tokyo(ends):%Y-%m-%d %H:%M:%S} まで）",
            f"The validity in the list is {shown} (the certificate ends at {in_tokyo(ends):%Y-%m-%d %H:%M:%S})",
        ),
    )


@then("更新申請情報の一覧は次のとおりである", target_fixture="listed")
def _(
    datatable: list[list[str]], screen: Screen, dialect: Dialect, account: Account, evidence: Recorder
) -> list[dict[str, str]]:
    names = [dialect.named("columns", heading) for heading in datatable[0]]
    buttons = {word: name for name, words in dialect.manual.get("buttons", {}).items() for word in words}
    RenewalList(screen).wait_for_rows(len(datatable) - 1)
    shown = screen.rows(*names)
    remark_order(evidence, shown, dict(zip(names, datatable[0], strict=True)))
    require(
        len(shown) == len(datatable) - 1, say(f"一覧が {len(shown)} 件である", f"Entries in the list: {len(shown)}")
    )
    for row, wanted in zip(shown, datatable[1:], strict=True):
        for name, heading, content in zip(names, datatable[0], wanted, strict=True):
            did = say(f"「{heading}」の欄が「{row[name]}」である", f'"{heading}" has "{row[name]}"')
            if shaped(content):
                check_shape(evidence, content, row[name], did)
            elif content == WHO:
                require(plain(row[name]) == plain(account.user_id), did)
            elif button := buttons.get(content):
                known = map(plain, dialect.words("buttons", button))
                require(
                    plain(row[name]) in known,
                    say(f"{did}。{dialect.key(('buttons', button))}", f"{did}. {dialect.key(('buttons', button))}"),
                )
            else:
                check_words(evidence, content, row[name], did)
    return shown


def press_first(renewals: RenewalList, button: str = "download_key") -> str:
    """Press a button of the first request listed, and give its ID. Raises DeviationError when nothing is listed."""
    rows = renewals.wait_for_rows(1)
    if not rows:
        raise DeviationError(
            say(
                f"更新申請情報の一覧に1件も無い{renewals.unread}", f"The list of renewals has no entry{renewals.unread}"
            )
        )
    renewals.press(rows[0]["request_id"], button)
    return rows[0]["request_id"]


def shut(screen: Screen) -> bool:
    """Whether the renewal site shows neither its menu nor its list, and says or shows that it keeps out.

    Not a blank page, nor one that is not found or has only lost its session: who comes again may get in.
    """
    screen.settle()
    if any(screen.has(*one) for one in WITHIN) or RenewalList(screen).rows():
        return False
    return keeps_out(screen) or turned_down(screen.page)
