"""What users get by post: the notice with its two numbers, and the letter with a first password."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.letters import beside
from pages.screen import Screen
from sekisho import letters
from sekisho.browsing import Browsing
from sekisho.evidence import Recorder
from sekisho.holdings import Holdings
from sekisho.letters import Letter
from sekisho.masking import Masking
from sekisho.pc import Visit
from sekisho.portal import Account
from sekisho.results import Certificate, Note
from sekisho.verdict import require
from steps.services import log_in
from steps.times import tokyo_date
from steps.words import SHAPES

FETCHABLE = timedelta(days=180)
DATE = "%Y/%m/%d"


@pytest.fixture
def letter(account: Account) -> Letter:
    """The letter that the user got."""
    return letters.read(account.letter)


@when("通知書を読む")
def _(letter: Letter, evidence: Recorder) -> None:
    evidence.add(Note(title=letter.title, lines=[f"{heading}: {value}" for heading, value in letter.rows]))


@when("書面のURLを取り込んだ証明書で開く", target_fixture="visit")
def _(letter: Letter, dialect: Dialect, browsing: Browsing, holdings: Holdings) -> Visit:
    return browsing.visit(beside(letter, dialect, "address"), holdings.newest)


@then(parsers.parse("書面の初期パスワードで「{service}」にログインできる"))
def _(
    letter: Letter,
    dialect: Dialect,
    screen: Screen,
    account: Account,
    masking: Masking,
    evidence: Recorder,
    service: str,
) -> None:
    log_in(screen, evidence, account.user_id, masking.add(beside(letter, dialect, "first_password")), service)


@then(parsers.parse("書面に「{headings}」がある"))
def _(letter: Letter, headings: str) -> None:
    written = dict(letter.rows)
    missing = [heading for heading in headings.split("、") if not written.get(heading)]
    require(not missing, f"書面に{'、'.join(missing)}が無い")


@then("通知書に次の情報がある")
def _(datatable: list[list[str]], letter: Letter, account: Account) -> None:
    written = dict(letter.rows)
    for heading, content in datatable[1:]:
        value = written.get(heading, "")
        require(fits(value, content, account, written), f"通知書の「{heading}」が「{value or '記載なし'}」である")


@then("通知書の電子証明書有効期限は証明書の有効期間である")
def _(letter: Letter, dialect: Dialect, certificate: Certificate) -> None:
    written = beside(letter, dialect, "validity")
    term = [tokyo_date(certificate.not_before), tokyo_date(certificate.not_after)]
    require(re.findall(r"\d{4}/\d{2}/\d{2}", written) == term, f"通知書の有効期限が {written} である")


def fits(value: str, content: str, account: Account, written: dict[str, str]) -> bool:
    """Whether a cell of the notice holds what the scenario's table calls for."""
    if content == "機関コード":
        return value == account.user_id
    if content == "発行から180日後":
        issued = datetime.strptime(written["電子証明書有効期限"][:10], DATE)  # noqa: DTZ007 - a date, no moment
        return value == (issued + FETCHABLE).strftime(DATE)
    if content == "端末の名前":
        return bool(value)
    return re.fullmatch(SHAPES.get(content, re.escape(content) + ".*"), value) is not None
