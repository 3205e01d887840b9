"""Procedures that begin with the two numbers of a printed notice: the download of a key, and revocation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.dialect import Dialect
from pages.keys import Download, DownloadPage
from pages.letters import beside
from pages.screen import Screen
from sekisho.mail.letters import Letter, read
from sekisho.manual.facts import LETTER
from sekisho.portal import Account
from sekisho.verdict import doing

PASSWORD = ("fields", "certificate_password_again")


@dataclass(frozen=True)
class Numbers:
    """The request ID and the reference ID in a notice."""

    request_id: str
    reference_id: str


def numbers(letter: Letter, dialect: Dialect) -> Numbers:
    """The two numbers as the notice has them. Raises DeviationError when one is missing."""
    return Numbers(beside(letter, dialect, "request_id"), beside(letter, dialect, "reference_id"))


def numbers_of(account: Account, dialect: Dialect) -> Numbers:
    """The two numbers in the notice that a user got. Raises BlockedError without one, DeviationError as `numbers`."""
    return numbers(read(account.fact(LETTER)), dialect)


def enter_numbers(screen: Screen, given: Numbers) -> None:
    """Fill in both numbers and go on."""
    screen.fill("request_id", given.request_id)
    screen.fill("reference_id", given.reference_id)
    screen.press("next")


def choose_password(screen: Screen, password: str, again: str) -> None:
    """Fill in the certificate password twice and submit it."""
    screen.fill("certificate_password", password)
    screen.fill("certificate_password_again", again)
    screen.press("submit")


def fetch(screen: Screen, given: Numbers, password: str, folder: Path) -> Download:
    """From the entry page of the download site to the file."""
    with doing("通知書のリクエストIDとリファレンスIDを入力する"):
        enter_numbers(screen, given)
    with doing("証明書パスワードを2回入力する"):
        choose_password(screen, password, password)
    with doing("鍵をダウンロードする"):
        return DownloadPage(screen, folder).download()
