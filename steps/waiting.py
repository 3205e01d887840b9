"""The screens that move on by themselves while a renewal is carried out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.keys import KeyPage
from pages.renewal import ConfirmationPage
from pages.screen import Screen
from pages.watching import Watching
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.results import Note
from sekisho.verdict import require
from steps.cells import check_shape, shaped
from steps.renewal import contents
from steps.screens import arrive
from steps.wording import deviates

CONCEPT = "ひとりでに進む画面"


@when(parsers.parse("更新を申請し、「{name}」になるまで待機画面を見る"), target_fixture="waiting")
def _(screen: Screen, dialect: Dialect, evidence: Recorder, name: str) -> Watching:
    waiting = Watching(screen.page, dialect, screen.button("apply"))
    ConfirmationPage(screen).submit()
    arrive(screen, evidence, name)
    evidence.add(
        Note(
            title=say("待機画面の証明書ステータス", "Certificate status on the waiting page"),
            lines=waiting.values("certificate_status"),
        )
    )
    return waiting


@then(parsers.parse("待機画面に「{words}」と表示された"))
def _(waiting: Watching, evidence: Recorder, words: str) -> None:
    if not waiting.showed(words):
        deviates(
            evidence, words, say(f"待機画面に「{words}」と表示されなかった", f'The waiting page did not show "{words}"')
        )


@then("待機画面に次の情報が表示された")
def _(
    datatable: list[list[str]],
    waiting: Watching,
    dialect: Dialect,
    account: Account,
    holdings: Holdings,
    evidence: Recorder,
) -> None:
    for heading, content in datatable[1:]:
        name = dialect.named("values", heading)
        shown = waiting.values(name)
        did = say(
            f"待機画面の「{heading}」が {'、'.join(shown) or '空'} である",
            f'"{heading}" on the waiting page is {", ".join(shown) or "empty"}',
        )
        require(shown, say(f"{did}。{dialect.key(('values', name))}", f"{did}. {dialect.key(('values', name))}"))
        if shaped(content):
            for value in shown:
                check_shape(evidence, content, value, did)
        else:
            wanted = contents(heading, content, account, holdings.oldest)[0]
            require(plain(wanted) in map(plain, shown), did)


@then(parsers.parse("証明書ステータスは{statuses}の順に移った"))
def _(waiting: Watching, statuses: str) -> None:
    shown, wanted = waiting.values("certificate_status"), re.findall(r"「(.+?)」", statuses)
    key = "" if shown else say(f"。{waiting.key('certificate_status')}", f". {waiting.key('certificate_status')}")
    same = list(map(plain, shown)) == list(map(plain, wanted))
    require(
        same,
        say(
            f"証明書ステータスは {'→'.join(shown) or 'なし'} の順に移った{key}",
            f"The certificate status went {' → '.join(shown) or 'nowhere'}{key}",
        ),
    )


@then("待機画面のリクエストIDが鍵の取得の画面に設定されている")
def _(waiting: Watching, screen: Screen) -> None:
    check_same(waiting.values("request_id"), KeyPage(screen).request_id)


def check_same(shown: Sequence[str], filled_in: str) -> None:
    """Raise DeviationError unless two screens show one request ID, in full width or half."""
    require(
        list(map(plain, shown)) == [plain(filled_in)],
        say(
            f"待機画面のリクエストIDは {'、'.join(shown)}、鍵の取得の画面では {filled_in} である",
            f"The request ID on the waiting page is {', '.join(shown)}, on the page of the key retrieval {filled_in}",
        ),
    )
