"""What happens on the wire, and what a person sees of it."""

from __future__ import annotations

from pathlib import Path

from pytest_bdd import given, parsers, when

from pages.keys import DownloadPage, KeyPage
from pages.renewal import ConfirmationPage, RenewalList
from pages.screen import Screen
from sekisho.certstore import CertStore
from sekisho.holdings import Holdings
from sekisho.line import Line
from sekisho.portal import Portal
from sekisho.verdict import DeviationError, EnvironmentProblemError
from steps.renewal import press_first


@given(parsers.parse("回線で「{fault}」が起きる"))
def _(line: Line, portal: Portal, store: CertStore, holdings: Holdings, fault: str) -> None:
    line.lay(fault, portal.sites["renew"], store.identity(holdings.oldest.sha256))


@when("更新の申請が回線の障害で途切れる")
def _(line: Line, screen: Screen) -> None:
    ConfirmationPage(screen).submit()
    line.wait_for_fault()


@when("一覧の先頭の鍵のダウンロードが回線の障害で途切れる")
def _(line: Line, screen: Screen, key_password: str, downloads: Path) -> None:
    renewals = RenewalList(screen)
    renewals.open()
    press_first(renewals)
    page = KeyPage(screen)
    page.enter(key_password, key_password)
    page.submit()
    screen.wait_for(("buttons", "download"))
    if arrives_whole(DownloadPage(screen, downloads)):
        raise EnvironmentProblemError("回線の障害を仕掛けたのに、ファイルが最後まで届いた")
    line.wait_for_fault()


def arrives_whole(page: DownloadPage) -> bool:
    """Whether a download arrives whole; where the browser gives up before it has a file, none arrives."""
    try:
        return not page.download().failure
    except DeviationError:
        return False
