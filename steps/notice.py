"""Fetching a certificate with the two numbers of the printed notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.keys import Download
from pages.notice import PASSWORD, Numbers, choose_password, enter_numbers, fetch, numbers, numbers_of
from pages.revocation import ADDRESSES
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.letters import Letter
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.verdict import require
from steps.keys import SPELT_OUT, take_in
from steps.refusals import refusal

CONCEPT = "通知書の番号での取得"

AS_WRITTEN = "通知書のとおり"


@pytest.fixture
def written(letter: Letter, dialect: Dialect) -> Numbers:
    """The numbers in the user's notice."""
    return numbers(letter, dialect)


@when("ダウンロードサイトを開く", target_fixture="visit")
def _(browsing: Browsing, portal: Portal) -> Visit:
    return browsing.visit(portal.sites["enrol"])


@when("通知書のリクエストIDとリファレンスIDを入力する")
def _(screen: Screen, written: Numbers) -> None:
    enter_numbers(screen, written)


@when(parsers.parse("リクエストID「{request}」とリファレンスID「{reference}」を入力する"))
def _(screen: Screen, written: Numbers, request: str, reference: str) -> None:
    enter_numbers(screen, Numbers(given(request, written.request_id), given(reference, written.reference_id)))


@when("もう一人の利用者の通知書のリクエストIDとリファレンスIDを入力する")
def _(screen: Screen, other: Account, dialect: Dialect) -> None:
    enter_numbers(screen, numbers_of(other, dialect))


@when("もう一人の利用者のリファレンスIDを入力する")
def _(screen: Screen, written: Numbers, other: Account, dialect: Dialect) -> None:
    enter_numbers(screen, Numbers(written.request_id, numbers_of(other, dialect).reference_id))


@when("証明書パスワードを2回入力する")
def _(screen: Screen, key_password: str) -> None:
    choose_password(screen, key_password, key_password)


@when(parsers.parse("証明書パスワードに「{password}」と「{again}」を入力して送信する"))
def _(screen: Screen, password: str, again: str) -> None:
    choose_password(screen, SPELT_OUT.get(password, password), SPELT_OUT.get(again, again))


@when("通知書に従って証明書を取得する", target_fixture="download")
@when("通知書に従って証明書をもう一度取得する", target_fixture="second_download")
def _(
    browsing: Browsing, portal: Portal, screen: Screen, written: Numbers, key_password: str, downloads: Path
) -> Download:
    browsing.visit(portal.sites["enrol"])
    return fetch(screen, written, key_password, downloads)


@when("通知書に従って証明書を取得し取り込む", target_fixture="download")
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    written: Numbers,
    key_password: str,
    downloads: Path,
    holdings: Holdings,
) -> Download:
    browsing.visit(portal.sites["enrol"])
    download = fetch(screen, written, key_password, downloads)
    take_in(holdings, download, key_password)
    return download


@then("受け取ったファイルの名前は、通知書のリクエストIDに「.p12」を付けたものである")
def _(download: Download, written: Numbers) -> None:
    require(
        download.name == f"{written.request_id}.p12",
        say(f"ファイルの名前が {download.name} である", f"The name of the file is {download.name}"),
    )


@then("リクエストIDまたはリファレンスIDが正しくないと表示され、先に進めない")
def _(screen: Screen, evidence: Recorder) -> None:
    stays(screen, evidence, "ids_unknown")


@then("ダウンロードの期間が過ぎていると表示され、先に進めない")
def _(screen: Screen, evidence: Recorder) -> None:
    stays(screen, evidence, "expired_invitation")


def given(cell: str, written: str) -> str:
    """What to type for a cell of a scenario's table."""
    return written if cell == AS_WRITTEN else SPELT_OUT.get(cell, cell)


def stays(screen: Screen, evidence: Recorder, message: str) -> None:
    """Raise DeviationError unless the portal refuses the numbers for this reason and does not go on."""
    seen = refusal(screen, evidence, message, PASSWORD, ADDRESSES)
    require(seen == ("messages", message), say("拒まれず、次の画面に進んだ", "Not refused: the next page came"))
