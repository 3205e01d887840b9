"""What users get by post: the notice with its two numbers, and the letter with a first password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.invitation import Invitation
from pages.letters import beside
from pages.login import LoginPage
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.language import say
from sekisho.mail import letters
from sekisho.mail.letters import Letter
from sekisho.manual.facts import LETTER
from sekisho.manual.names import Names
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.results import Certificate, Note
from sekisho.verdict import require
from steps.cells import check_shape, shaped
from steps.mail import USER_AGENTS, mistyped
from steps.services import log_in
from steps.times import days

CONCEPT = "郵便の通知書"
EXAMPLES = ("書面のURLを「Firefox」で開く",)

FETCHABLE = timedelta(days=180)
# What the words in a table of a scenario call for.
CONTENTS = {"機関コード": "user_id", "発行から180日後": "limit", "端末の名前": "any", "日付の範囲": "term"}


@pytest.fixture
def letter(account: Account) -> Letter:
    """The letter that the user got."""
    return letters.read(account.fact(LETTER))


@when("通知書を読む")
def _(letter: Letter, evidence: Recorder) -> None:
    evidence.add(Note(title=letter.title, lines=[f"{heading}: {value}" for heading, value in letter.rows]))


@when("書面のURLを開く")
def _(invitation: Invitation, browsing: Browsing) -> None:
    browsing.open(invitation.link())


@when(parsers.parse("書面のURLを「{browser}」で開く"))
def _(invitation: Invitation, browsing: Browsing, browser: str) -> None:
    browsing.open(invitation.link(), user_agent=USER_AGENTS[browser])


@when("書面のURLを打ち間違えて開く")
def _(invitation: Invitation, browsing: Browsing) -> None:
    browsing.open(mistyped(invitation.link()))


@when("書面の初期パスワードでログインする")
def _(letter: Letter, dialect: Dialect, screen: Screen, account: Account, masking: Masking) -> None:
    LoginPage(screen).log_in(account.user_id, masking.add(beside(letter, dialect, "first_password")))


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
    names: Names,
    service: str,
) -> None:
    password = masking.add(beside(letter, dialect, "first_password"))
    log_in(screen, evidence, account.user_id, password, names.site(service))


@then(parsers.parse("書面に「{headings}」がある"))
def _(letter: Letter, dialect: Dialect, headings: str) -> None:
    for heading in headings.split("、"):
        beside(letter, dialect, dialect.named("letter", heading))


@then("通知書に次の情報がある")
def _(datatable: list[list[str]], letter: Letter, dialect: Dialect, account: Account, evidence: Recorder) -> None:
    validity = beside(letter, dialect, "validity")
    for heading, content in datatable[1:]:
        value = beside(letter, dialect, dialect.named("letter", heading))
        did = say(f"通知書の「{heading}」が「{value}」である", f'"{heading}" of the notice is "{value}"')
        if shaped(content):
            check_shape(evidence, content, value, did)
        else:
            require(fits(value, content, account, validity), did)


@then("通知書の電子証明書有効期限は証明書の有効期間である")
def _(letter: Letter, dialect: Dialect, certificate: Certificate) -> None:
    written = beside(letter, dialect, "validity")
    begins, ends = (in_tokyo(one).date() for one in (certificate.not_before, certificate.not_after))
    require(
        days(written) in ([begins, ends], [ends]),
        say(f"通知書の有効期限が {written} である", f"The validity on the notice is {written}"),
    )


def fits(value: str, content: str, account: Account, validity: str) -> bool:
    """Whether a cell of the notice holds what the scenario's table calls for; `validity` is what another cell says."""
    match CONTENTS.get(content):
        case "user_id":
            return plain(value) == plain(account.user_id)
        case "limit":
            return days(value) == [day + FETCHABLE for day in days(validity)[:1]]
        case "any":
            return bool(value)
        case "term":
            return bool(days(value))
    return plain(value).startswith(plain(content))
