"""What happens on the wire, and what a person sees of it."""

from __future__ import annotations

from pathlib import Path

from pytest_bdd import given, parsers, when

from pages.keys import DownloadPage, KeyPage
from pages.renewal import ConfirmationPage, RenewalList
from pages.screen import Screen
from sekisho.certstore import CertStore
from sekisho.language import say
from sekisho.network.faults import Fault
from sekisho.person.connection import Line
from sekisho.person.holdings import Holdings
from sekisho.portal import Portal
from sekisho.verdict import ConfigurationProblemError, DeviationError, EnvironmentProblemError
from steps.keys import DOWNLOADABLE
from steps.renewal_list import press_first

CONCEPT = "通信の障害"

# What the sentences call the faults.
FAULTS = {
    "更新の申請への応答が届かない": Fault("lose-reply"),
    "更新の申請がポータルに届かない": Fault("refuse"),
    "更新の申請がエラー503になる": Fault("status", number=503),
    "鍵のファイルが1000バイトで途切れる": Fault("cut-body", "file", 1000),
}


@given(parsers.parse("回線の障害で、{fault}"))
def _(line: Line, portal: Portal, store: CertStore, holdings: Holdings, fault: str) -> None:
    line.lay(named(fault), portal.sites["renew"], store.identity(holdings.oldest.sha256))


@when("更新の申請が回線の障害で途切れる")
def _(line: Line, screen: Screen) -> None:
    screen.button("apply")  # it is there: what comes next is caused by the press
    line.fail("answer")
    ConfirmationPage(screen).submit()
    screen.until(lambda: line.has_failed)
    line.failure()


@when("一覧の先頭の鍵のダウンロードが回線の障害で途切れる")
def _(line: Line, screen: Screen, key_password: str, downloads: Path) -> None:
    renewals = RenewalList(screen)
    renewals.open()
    press_first(renewals)
    page = KeyPage(screen)
    page.enter(key_password, key_password)
    page.submit()
    screen.wait_for(DOWNLOADABLE)
    line.fail("file")
    if arrives_whole(DownloadPage(screen, downloads)):
        raise EnvironmentProblemError(
            say(
                "回線の障害を仕掛けたのに、ファイルが最後まで届いた",
                "A fault was laid on the connection, but the file arrived whole",
            )
        )
    line.failure()


def named(words: str) -> Fault:
    """The fault that a sentence speaks of. Raises ConfigurationProblemError for words that no fault has."""
    if words not in FAULTS:
        raise ConfigurationProblemError(
            say(
                f"回線の障害「{words}」はありません（あるもの: {'、'.join(FAULTS)}）",
                f'There is no fault of the connection "{words}" (there are: {", ".join(FAULTS)})',
            )
        )
    return FAULTS[words]


def arrives_whole(page: DownloadPage) -> bool:
    """Whether a download arrives whole; where the browser gives up before it has a file, none arrives."""
    try:
        return not page.download().failure
    except DeviationError:
        return False
