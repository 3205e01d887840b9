"""Renewing a certificate, and taking up a renewal that was broken off."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.keys import Download, KeyPage
from pages.mails import Mails
from pages.renewal import ConfirmationPage, Renewal, RenewalList, fetch_key
from pages.screen import Screen
from sekisho.browser.pc import Visit
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.person.browsing import Browsing
from sekisho.person.connection import Line
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Certificate
from sekisho.verdict import BlockedError, DeviationError, require
from steps.cells import check_shape, check_words, shaped
from steps.certificates import subject_parts
from steps.client_authentication import Presenting
from steps.columns import remark_order
from steps.keys import DOWNLOADABLE, SPELT_OUT, take_in
from steps.refusals import refusal
from steps.screens import arrive
from steps.times import says
from steps.words import MEANINGS, SCREENS

CONCEPT = "更新と再開"

NO_DIALOG = "証明書選択画面は無く、証明書はウインドウを開くときに指定した（--certs context）"
MUCH_MORE_THAN_A_FEW = 15  # seconds; a manual that says 数秒程度 gives no number
APPLICABLE = ("screens", "confirmation")
PROCESSING = ("messages", "processing")
WHO, AS_ISSUED = "ユーザーID", "証明書の記載どおり"  # in a table of a scenario


@pytest.fixture
def confirmation(screen: Screen) -> ConfirmationPage:
    """What is to be renewed."""
    return ConfirmationPage(screen)


@pytest.fixture
def renewals(screen: Screen) -> RenewalList:
    """What has been applied for."""
    return RenewalList(screen)


@when("更新案内のリンクを開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, mails: Mails, holdings: Holdings) -> Visit:
    return choose(presenting, mails.link(mails.newest("renewal")), holdings.oldest)


@when("更新案内のリンクをもう一度開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, mails: Mails, holdings: Holdings, line: Line) -> Visit:
    line.repair()
    return choose(presenting, mails.link(mails.newest("renewal")), holdings.oldest)


@when("更新サイトをもう一度開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, portal: Portal, holdings: Holdings, line: Line) -> Visit:
    line.repair()
    return choose(presenting, portal.sites["renew"], holdings.oldest)


@when(parsers.parse("更新サイトを開き、発行者が「{issuer}」で始まる証明書を選ぶ"), target_fixture="visit")
def _(browsing: Browsing, portal: Portal, store: CertStore, issuer: str) -> Visit:
    wanted = [one for one in store.personal() if one.issuer_cn.startswith(issuer)]
    if len(wanted) != 1:
        raise BlockedError(f"パソコンに、発行者が「{issuer}」で始まる証明書が {len(wanted)} 枚ある（1枚のはず）")
    return browsing.visit(portal.sites["renew"], wanted[0])


@when("更新サイトを開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(presenting: Presenting, portal: Portal, holdings: Holdings) -> Visit:
    return choose(presenting, portal.sites["renew"], holdings.oldest)


@when("更新案内のリンクを開き証明書選択画面を取り消す", target_fixture="visit")
def _(browsing: Browsing, mails: Mails) -> Visit:
    return browsing.visit(mails.link(mails.newest("renewal")), "cancel")


@when("更新を申請する", target_fixture="applied")
def _(confirmation: ConfirmationPage, screen: Screen) -> float:
    began = time.monotonic()
    confirmation.submit()
    screen.wait_for(PROCESSING, *SCREENS["鍵の取得"])
    return began


@when("更新を申請して待機画面を再読み込みする")
def _(confirmation: ConfirmationPage, browsing: Browsing) -> None:
    browsing.open_again(confirmation.submit_and_follow())


@when("申請できる画面なら申請する")
def _(screen: Screen, confirmation: ConfirmationPage, evidence: Recorder) -> None:
    if applicable(screen):
        confirmation.submit()
        refusal(screen, evidence, "already_applied", *SCREENS["鍵の取得"])


@pytest.fixture
def renewal(browsing: Browsing, portal: Portal, holdings: Holdings, screen: Screen) -> Renewal:
    """The way from the renewal site to the key."""
    return Renewal(browsing, screen, portal.sites["renew"], holdings)


@when("手順どおりに更新を申請し鍵の取得に入力する")
def _(renewal: Renewal, key_password: str) -> None:
    renewal.enter(key_password)


@when("手順どおりに証明書を更新する", target_fixture="download")
def _(renewal: Renewal, key_password: str, downloads: Path) -> Download:
    return renewal.fetch(key_password, downloads)


@when("手順どおりに証明書を更新し取り込む", target_fixture="download")
def _(renewal: Renewal, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    download = renewal.fetch(key_password, downloads)
    take_in(holdings, download, key_password)
    return download


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


@then("更新済みの証明書を取得できる期間ではないと表示され、鍵はダウンロードできない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "over", ("messages", "forbidden"), DOWNLOADABLE)
    require(seen != DOWNLOADABLE, "拒まれず、鍵をダウンロードできる画面になった")


@then("更新対象の証明書の情報が表示される")
def _(confirmation: ConfirmationPage, dialect: Dialect, account: Account) -> None:
    for name in {"common_name", "subscriber_id"} & dialect.sections["values"].keys():
        shown = confirmation.facts(name)
        require(alike(shown, [account.user_id]), f"確認画面の{name}が {'、'.join(shown)} である")


@then("確認画面に次の情報がある")
def _(
    datatable: list[list[str]], confirmation: ConfirmationPage, dialect: Dialect, account: Account, holdings: Holdings
) -> None:
    for heading, content in datatable[1:]:
        shown = confirmation.facts(dialect.named("values", heading))
        wanted = contents(heading, content, account, holdings.oldest)
        require(
            alike(shown, wanted), f"「{heading}」が {'、'.join(shown) or '空'} である（{'、'.join(wanted)} のはず）"
        )


@then(parsers.parse("確認画面に「{heading}」の欄がある"))
def _(confirmation: ConfirmationPage, dialect: Dialect, heading: str) -> None:
    confirmation.facts(dialect.named("values", heading))


@then(parsers.parse("画面は自動で「{name}」に切り替わる"))
def _(screen: Screen, evidence: Recorder, name: str) -> None:
    arrive(screen, evidence, name)


@then(parsers.parse("画面は数秒程度で自動的に「{name}」に切り替わる"))
def _(screen: Screen, evidence: Recorder, applied: float, name: str) -> None:
    arrive(screen, evidence, name)
    took = time.monotonic() - applied
    if took > MUCH_MORE_THAN_A_FEW:
        evidence.warning(f"「{name}」に切り替わるまで {took:.0f} 秒かかった（手順書は数秒程度としている）")


@then("更新を申請できる")
def _(screen: Screen, evidence: Recorder) -> None:
    arrive(screen, evidence, "証明書更新申請")
    if not applicable(screen):
        raise DeviationError(f"更新を申請できない。{screen.missing(('buttons', 'apply')).did}")


@then("更新できる期間ではないと表示され、申請できない")
def _(screen: Screen, evidence: Recorder) -> None:
    require(not applicable(screen), "更新できる期間でないのに申請の画面が出た")
    refusal(screen, evidence, "not_renewable")


@then("画面に更新サイトへのリンクがある")
def _(screen: Screen, portal: Portal) -> None:
    links = screen.links()
    require(portal.sites["renew"] in links, f"更新サイトへのリンクが無い（あるもの: {'、'.join(links)}）")


@then("更新サイトに入れない")
def _(screen: Screen, visit: Visit) -> None:
    require(visit.refused or not screen.has("menu", "renewal"), "更新サイトのメニューが表示された")


@then(parsers.parse("更新申請情報の一覧は{count:d}件である"))
def _(renewals: RenewalList, count: int) -> None:
    listed = [row["request_id"] for row in renewals.wait_for_rows(count)]
    if len(listed) != count:
        named = f"（{'、'.join(listed[:3])}）" if listed else ""
        raise DeviationError(f"更新申請情報の一覧は {len(listed)} 件である{named}{renewals.unread}")


@then("鍵の取得の画面にあるのは、一覧のリクエストIDである")
def _(screen: Screen, listed_id: str) -> None:
    shown = KeyPage(screen).request_id
    require(shown == listed_id, f"リクエストIDの欄が「{shown}」である（一覧では {listed_id}）")


@then("一覧の先頭のリクエストIDは、押した申請のものである")
def _(renewals: RenewalList, listed_id: str) -> None:
    listed = [row["request_id"] for row in renewals.rows()]
    require(listed[:1] == [listed_id], f"一覧のリクエストIDが {'、'.join(listed) or 'なし'} である")


@then("一覧にあった有効期限は取り込まれた証明書のものである")
def _(listed: list[dict[str, str]], holdings: Holdings) -> None:
    shown, ends = listed[0]["limit"], holdings.newest.not_after
    require(says(shown, ends), f"一覧の有効期限が {shown} である（証明書は {in_tokyo(ends):%Y-%m-%d %H:%M:%S} まで）")


@then("更新申請情報の一覧は次のとおりである", target_fixture="listed")
def _(
    datatable: list[list[str]], screen: Screen, dialect: Dialect, account: Account, evidence: Recorder
) -> list[dict[str, str]]:
    names = [dialect.named("columns", heading) for heading in datatable[0]]
    buttons = {word: name for name, words in dialect.manual.get("buttons", {}).items() for word in words}
    RenewalList(screen).wait_for_rows(len(datatable) - 1)
    shown = screen.rows(*names)
    remark_order(evidence, shown, dict(zip(names, datatable[0], strict=True)))
    require(len(shown) == len(datatable) - 1, f"一覧が {len(shown)} 件である")
    for row, wanted in zip(shown, datatable[1:], strict=True):
        for name, heading, content in zip(names, datatable[0], wanted, strict=True):
            did = f"「{heading}」の欄が「{row[name]}」である"
            if shaped(content):
                check_shape(evidence, content, row[name], did)
            elif content == WHO:
                require(plain(row[name]) == plain(account.user_id), did)
            elif button := buttons.get(content):
                known = map(plain, dialect.words("buttons", button))
                require(plain(row[name]) in known, f"{did}。{dialect.key(('buttons', button))}")
            else:
                check_words(evidence, content, row[name], did)
    return shown


def choose(presenting: Presenting, url: str, certificate: Certificate) -> Visit:
    """Open the renewal site with a certificate; without the browser's dialog the choice is not there to be seen."""
    show = presenting.show if certificate.title == "foreign" else presenting.choose
    visit = show(url, certificate)
    if presenting.browsing.pc.mode == "context":
        presenting.evidence.not_applicable(NO_DIALOG)
    return visit


def press_first(renewals: RenewalList, button: str = "download_key") -> str:
    """Press a button of the first request listed, and give its ID. Raises DeviationError when nothing is listed."""
    rows = renewals.wait_for_rows(1)
    if not rows:
        raise DeviationError(f"更新申請情報の一覧に1件も無い{renewals.unread}")
    renewals.press(rows[0]["request_id"], button)
    return rows[0]["request_id"]


def applicable(screen: Screen) -> bool:
    """Whether a renewal can be applied for: the screen is there, by its title or by what only it has."""
    return screen.has(*APPLICABLE) or all(screen.has(*one) for one in MEANINGS["証明書更新申請"])


def alike(shown: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether values are the same to a reader; those that there are several of may stand in any order."""
    return sorted(map(plain, shown)) == sorted(map(plain, wanted))


def contents(heading: str, content: str, account: Account, certificate: Certificate) -> list[str]:
    """What a cell of the confirmation page must show, for the words in the scenario's table."""
    short = {"Organizational Unit": "OU", "Organization": "O", "Country": "C"}
    if content == AS_ISSUED:
        return subject_parts(certificate, short[heading])
    return [{"ユーザーID": account.user_id, "登録のメールアドレス": account.mail}.get(content, content)]
