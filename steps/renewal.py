"""Renewing a certificate, and taking up a renewal that was broken off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.keys import Download, DownloadPage, KeyPage
from pages.mails import Mails, link
from pages.renewal import ConfirmationPage, RenewalList
from pages.screen import Screen
from sekisho.browsing import Browsing
from sekisho.evidence import Recorder
from sekisho.holdings import Holdings
from sekisho.line import Line
from sekisho.pc import Visit
from sekisho.portal import Account, Portal
from sekisho.results import Certificate
from sekisho.verdict import require
from steps.keys import take_in
from steps.words import SCREENS

NO_DIALOG = "証明書選択画面は無く、証明書はウインドウを開くときに指定した（--certs context）"
APPLICABLE = ("screens", "confirmation")
SHAPES = {"15桁の数字": r"\d{15}", "日時": r"\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2}"}


@pytest.fixture
def confirmation(screen: Screen) -> ConfirmationPage:
    """What is to be renewed."""
    return ConfirmationPage(screen)


@pytest.fixture
def renewals(screen: Screen) -> RenewalList:
    """What has been applied for."""
    return RenewalList(screen)


@when("更新案内のリンクを開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(browsing: Browsing, mails: Mails, holdings: Holdings, evidence: Recorder) -> Visit:
    return choose(browsing, link(mails.newest("renewal")), holdings.oldest, evidence)


@when("更新案内のリンクをもう一度開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(browsing: Browsing, mails: Mails, holdings: Holdings, evidence: Recorder, line: Line) -> Visit:
    line.repair()
    return choose(browsing, link(mails.newest("renewal")), holdings.oldest, evidence)


@when("更新サイトを開き更新対象の証明書を選ぶ", target_fixture="visit")
def _(browsing: Browsing, portal: Portal, holdings: Holdings, evidence: Recorder) -> Visit:
    return choose(browsing, portal.sites["renew"], holdings.oldest, evidence)


@when("更新案内のリンクを開き証明書選択画面を取り消す", target_fixture="visit")
def _(browsing: Browsing, mails: Mails) -> Visit:
    return browsing.visit(link(mails.newest("renewal")), "cancel")


@when("更新を申請する")
def _(confirmation: ConfirmationPage, screen: Screen) -> None:
    confirmation.submit()
    screen.wait_for(("messages", "processing"), *SCREENS["鍵の取得"])


@when("更新を申請して待機画面を再読み込みする")
def _(confirmation: ConfirmationPage, browsing: Browsing) -> None:
    browsing.open_again(confirmation.submit_and_follow())


@when("申請できる画面なら申請する")
def _(screen: Screen, confirmation: ConfirmationPage) -> None:
    if screen.has(*APPLICABLE):
        confirmation.submit()
        screen.wait_for(("fields", "key_password_again"), ("messages", "already_applied"))


@when("手順どおりに証明書を更新する", target_fixture="download")
def _(
    browsing: Browsing,
    portal: Portal,
    holdings: Holdings,
    screen: Screen,
    key_password: str,
    downloads: Path,
) -> Download:
    browsing.visit(portal.sites["renew"], holdings.oldest)
    screen.press("renewal", "menu")
    ConfirmationPage(screen).submit()
    return fetch_key(screen, key_password, downloads)


@when(parsers.parse("一覧の先頭の「{button}」を押す"))
def _(renewals: RenewalList, button: str) -> None:  # noqa: ARG001 - the dialect names it
    press_first(renewals)


@when("一覧の先頭の鍵を取得して取り込む", target_fixture="download")
def _(renewals: RenewalList, screen: Screen, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    press_first(renewals)
    download = fetch_key(screen, key_password, downloads)
    take_in(holdings, download, key_password)
    return download


@when("一覧の次の20件に進む")
def _(renewals: RenewalList) -> None:
    renewals.next_page()


@then("更新対象の証明書の情報が表示される")
def _(confirmation: ConfirmationPage, account: Account) -> None:
    for name in ("common_name", "subscriber_id"):
        shown = confirmation.facts(name)
        require(shown == [account.user_id], f"確認画面の{name}が {'、'.join(shown)} である")


@then("確認画面に次の情報がある")
def _(
    datatable: list[list[str]], confirmation: ConfirmationPage, dialect: Dialect, account: Account, holdings: Holdings
) -> None:
    names = {words[0]: name for name, words in dialect.sections["values"].items()}
    for heading, content in datatable[1:]:
        shown = confirmation.facts(names[heading])
        wanted = contents(heading, content, account, holdings.oldest)
        require(shown == wanted, f"「{heading}」が {'、'.join(shown) or '空'} である（{'、'.join(wanted)} のはず）")


@then(parsers.parse("確認画面に「{heading}」の欄がある"))
def _(confirmation: ConfirmationPage, dialect: Dialect, heading: str) -> None:
    names = {words[0]: name for name, words in dialect.sections["values"].items()}
    confirmation.facts(names[heading])


@then(parsers.parse("画面は自動で「{name}」に切り替わる"))
def _(screen: Screen, name: str) -> None:
    screen.wait_for(*SCREENS[name])


@then("更新を申請できる")
def _(screen: Screen) -> None:
    require(screen.has(*APPLICABLE), f"更新を申請できない。表示されたのは: {screen.text()[:200]}")


@then("更新できる期間ではないと表示され、申請できない")
def _(screen: Screen) -> None:
    require(not screen.has(*APPLICABLE), "更新できる期間でないのに申請の画面が出た")
    screen.wait_for(("messages", "not_renewable"))


@then("更新サイトに入れない")
def _(screen: Screen, visit: Visit) -> None:
    require(visit.refused or not screen.has("menu", "renewal"), "更新サイトのメニューが表示された")


@then(parsers.parse("更新申請情報の一覧は{count:d}件である"))
def _(renewals: RenewalList, count: int) -> None:
    listed = [row["request_id"] for row in renewals.rows()]
    require(len(listed) == count, f"更新申請情報の一覧は {len(listed)} 件である（{'、'.join(listed[:3])}）")


@then("更新申請情報の一覧は次のとおりである")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, account: Account) -> None:
    names = {words[0]: name for name, words in dialect.sections["columns"].items()}
    shown = screen.rows(*(names[heading] for heading in datatable[0]))
    require(len(shown) == len(datatable) - 1, f"一覧が {len(shown)} 件である")
    for row, wanted in zip(shown, datatable[1:], strict=True):
        for heading, content in zip(datatable[0], wanted, strict=True):
            pattern = SHAPES.get(content, re.escape(content.replace("ユーザーID", account.user_id)))
            cell = row[names[heading]]
            require(re.fullmatch(pattern, cell, re.IGNORECASE), f"「{heading}」の欄が「{cell}」である")


def choose(browsing: Browsing, url: str, certificate: Certificate, evidence: Recorder) -> Visit:
    """Open the renewal site with a certificate; without the browser's dialog the choice is not there to be seen."""
    visit = browsing.visit(url, certificate)
    if browsing.pc.mode == "context":
        evidence.not_applicable(NO_DIALOG)
    return visit


def press_first(renewals: RenewalList) -> None:
    """Choose the key of the first request listed. Raises DeviationError when nothing is listed."""
    rows = renewals.rows()
    require(rows, "更新申請情報の一覧に1件も無い")
    renewals.download_key(rows[0]["request_id"])


def fetch_key(screen: Screen, password: str, folder: Path) -> Download:
    """From the waiting page or the key page to the file."""
    page = KeyPage(screen)
    page.enter(password, password)
    page.submit()
    return DownloadPage(screen, folder).download()


def contents(heading: str, content: str, account: Account, certificate: Certificate) -> list[str]:
    """What a cell of the confirmation page must show, for the words in the scenario's table."""
    short = {"Organizational Unit": "OU", "Organization": "O", "Country": "C"}
    if content == "証明書の記載どおり":
        parts = [part.partition("=") for part in certificate.subject.split(",")]
        return [value for key, _, value in parts if key == short[heading]]
    return [{"ユーザーID": account.user_id, "登録のメールアドレス": account.mail}.get(content, content)]
