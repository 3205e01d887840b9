"""The browser's own certificate manager: looking at certificates, and deleting them."""

from __future__ import annotations

from pytest_bdd import parsers, then, when

from sekisho.browser.certificate_lists import Managing
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.native_ui import Entry
from sekisho.person.certificate_lists import CertificateLists
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.results import Note
from sekisho.verdict import require
from steps.store import ANSWERS

CONCEPT = "ブラウザの証明書の管理"


@when("ブラウザの設定から証明書の管理を開く", target_fixture="manager")
def _(certificate_lists: CertificateLists) -> Managing:
    return certificate_lists.own()


@when("一覧で有効期限の古い証明書を選ぶ", target_fixture="chosen")
def _(manager: Managing, evidence: Recorder) -> Entry:
    entries = [manager.details(row.sha256) for row in manager.rows()]
    evidence.add(Note(title=say("証明書の詳細", "Details of the certificate"), lines=[str(entry) for entry in entries]))
    return min(entries, key=lambda entry: entry.not_after)


@when(parsers.parse("選んだ証明書を削除し「{answer}」と答える"))
def _(manager: Managing, chosen: Entry, answer: str) -> None:
    manager.delete(chosen.sha256, confirm=ANSWERS[answer])


@when("一覧の証明書を削除しようとして取り消す")
def _(manager: Managing, holdings: Holdings) -> None:
    manager.delete(holdings.newest.sha256, confirm=False)


@then(parsers.parse("個人の証明書の一覧に証明書が{count:d}枚ある"))
def _(manager: Managing, count: int) -> None:
    rows = manager.rows()
    require(
        len(rows) == count,
        say(
            f"一覧に {len(rows)} 枚ある（{'、'.join(row.name for row in rows)}）",
            f"Certificates in the list: {len(rows)} ({', '.join(row.name for row in rows)})",
        ),
    )


@then("個人の証明書の一覧に残ったのは新しい証明書だけである")
def _(manager: Managing, holdings: Holdings) -> None:
    left = [row.sha256 for row in manager.rows()]
    require(
        left == [holdings.newest.sha256],
        say(
            f"一覧に残った証明書の SHA-256 は {left} である",
            f"The certificates left in the list have the SHA-256 {left}",
        ),
    )


@then("一覧の証明書の発行先はユーザーIDである")
def _(manager: Managing, holdings: Holdings, account: Account) -> None:
    shown = manager.details(holdings.newest.sha256).issued_to
    require(shown == account.user_id, say(f"発行先が「{shown}」である", f'The subject is "{shown}"'))


@then(parsers.parse("選んだ証明書の発行者は「{issuer}」で始まる"))
def _(chosen: Entry, issuer: str) -> None:
    require(
        chosen.issuer.startswith(issuer), say(f"発行者が「{chosen.issuer}」である", f'The issuer is "{chosen.issuer}"')
    )


@then(parsers.parse("一覧の証明書の発行者は「{issuer}」で始まる"))
def _(manager: Managing, holdings: Holdings, issuer: str) -> None:
    shown = manager.details(holdings.newest.sha256).issuer
    require(shown.startswith(issuer), say(f"発行者が「{shown}」である", f'The issuer is "{shown}"'))


@then(parsers.parse("一覧の証明書の発行者は「{issuer}」である"))
def _(manager: Managing, holdings: Holdings, issuer: str) -> None:
    shown = manager.details(holdings.newest.sha256).issuer
    require(shown == issuer, say(f"発行者が「{shown}」である", f'The issuer is "{shown}"'))
