"""Renewing a certificate: the way to the site, the application, and what the portal refuses."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.keys import Download
from pages.mails import Mails
from pages.renewal import ConfirmationPage, Renewal
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import Pair, say
from sekisho.person.browsing import Browsing
from sekisho.person.connection import Line
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Certificate
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError, require
from sekisho.visible import shortened
from steps.certificates import subject_parts
from steps.client_authentication import Presenting
from steps.keys import DOWNLOADABLE, take_in
from steps.refusals import refusal
from steps.screens import arrive
from steps.words import KEY_FORM

CONCEPT = "更新と再開"

NO_DIALOG = Pair(
    "証明書選択画面は無く、証明書はウインドウを開くときに指定した（--certs context）",
    "There is no certificate dialog: the certificate was named when the window was opened (--certs context)",
)
MUCH_MORE_THAN_A_FEW = 15  # seconds; a manual that says 数秒程度 gives no number
AS_ISSUED = "証明書の記載どおり"  # in a table of a scenario
APPLICABLE = ("screens", "confirmation")
PROCESSING = ("messages", "processing")
RENEWAL_SITE = ("menu", "renewal_site")
BEHIND_PATH = re.compile("[?#;].*")


@pytest.fixture
def confirmation(screen: Screen) -> ConfirmationPage:
    """What is to be renewed."""
    return ConfirmationPage(screen)


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
        raise BlockedError(
            say(
                f"パソコンに、発行者が「{issuer}」で始まる証明書が {len(wanted)} 枚ある（1枚のはず）",
                f'This PC has {len(wanted)} certificates whose issuer begins with "{issuer}" (1 is due)',
            )
        )
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
    screen.wait_for(PROCESSING, *KEY_FORM)
    return began


@when("更新を申請して待機画面を再読み込みする")
def _(confirmation: ConfirmationPage, browsing: Browsing, screen: Screen) -> None:
    followed = confirmation.submit_and_follow()
    if followed:
        browsing.open_again(followed.url, followed.frame)
    else:
        screen.reload()


@then("再読み込みした画面は「鍵の取得」に切り替わるか、そこでは続けられない")
def _(screen: Screen, evidence: Recorder) -> None:
    look_at_reloaded(screen, evidence)


@when("申請できる画面なら申請する")
def _(screen: Screen, evidence: Recorder) -> None:
    apply_if_possible(screen, evidence)


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


@then("更新済みの証明書を取得できる期間ではないと表示され、鍵はダウンロードできない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "over", ("messages", "forbidden"), DOWNLOADABLE)
    require(
        seen != DOWNLOADABLE,
        say(
            "拒まれず、鍵をダウンロードできる画面になった",
            "Not refused: the page from which the key can be downloaded came",
        ),
    )


@then("更新対象の証明書の情報が表示される")
def _(confirmation: ConfirmationPage, dialect: Dialect, account: Account) -> None:
    for name in (one for one in ("common_name", "subscriber_id") if dialect.has("values", one)):
        shown, heading = confirmation.facts(name), dialect.words("values", name)[0]
        require(
            alike(shown, [account.user_id]),
            say(
                f"確認画面の「{heading}」が {'、'.join(shown) or '空'} である（{account.user_id} のはず）",
                f'"{heading}" on the confirmation page is {", ".join(shown) or "empty"} ({account.user_id} is due)',
            ),
        )


@then("確認画面に次の情報がある")
def _(
    datatable: list[list[str]], confirmation: ConfirmationPage, dialect: Dialect, account: Account, holdings: Holdings
) -> None:
    for heading, content in datatable[1:]:
        shown = confirmation.facts(dialect.named("values", heading))
        wanted = contents(heading, content, account, holdings.oldest)
        require(
            alike(shown, wanted),
            say(
                f"「{heading}」が {'、'.join(shown) or '空'} である（{'、'.join(wanted)} のはず）",
                f'"{heading}" is {", ".join(shown) or "empty"} ({", ".join(wanted)} is due)',
            ),
        )


@then(parsers.parse("確認画面に「{heading}」の欄がある"))
def _(confirmation: ConfirmationPage, dialect: Dialect, heading: str) -> None:
    confirmation.facts(dialect.named("values", heading))


@then(parsers.parse("画面は自動で「{name}」に切り替わる"), target_fixture="switched")
def _(screen: Screen, evidence: Recorder, name: str) -> float:
    arrive(screen, evidence, name)
    return time.monotonic()


@then("申請から切り替わるまでは数秒程度である")
def _(evidence: Recorder, applied: float, switched: float) -> None:
    took = switched - applied
    if took > MUCH_MORE_THAN_A_FEW:
        evidence.warning(
            say(
                f"画面が切り替わるまで {took:.0f} 秒かかった（手順書は数秒程度としている）",
                f"It took {took:.0f} s until the screen changed (the manual says a few seconds)",
            )
        )


@then("更新を申請できる")
def _(screen: Screen, evidence: Recorder) -> None:
    arrive(screen, evidence, "証明書更新申請")
    if not applicable(screen):
        raise DeviationError(
            say(
                f"更新を申請できない。{screen.missing(('buttons', 'apply')).did}",
                f"The renewal cannot be applied for. {screen.missing(('buttons', 'apply')).did}",
            )
        )


@then("更新できる期間ではないと表示され、申請できない")
def _(screen: Screen, evidence: Recorder) -> None:
    require(
        not applicable(screen),
        say(
            "更新できる期間でないのに申請の画面が出た", "The page to apply came, although this is not the time to renew"
        ),
    )
    refusal(screen, evidence, "not_renewable")


@then("画面に更新サイトへのリンクがある")
def _(screen: Screen, portal: Portal, evidence: Recorder) -> None:
    check_link(screen, portal.sites["renew"].rstrip("/"), evidence)


@then("更新サイトに入れない")
def _(screen: Screen, visit: Visit) -> None:
    require(
        visit.refused or not screen.stays("menu", "renewal"),
        say("更新サイトのメニューが表示された", "The menu of the renewal site was shown"),
    )


def look_at_reloaded(screen: Screen, evidence: Recorder) -> None:
    """Whether a waiting page that was loaded again goes on: frames begin anew, and a form is not sent twice."""
    if screen.look_for(*KEY_FORM) is None:
        shown = shortened(screen.text(), 100)
        evidence.warning(
            say(
                f"再読み込みした画面からは進まない（手順書は再読み込みについて定めていない）。表示されたのは: {shown}",
                f"The page that was reloaded does not go on (the manual says nothing of reloading). Shown: {shown}",
            )
        )


def choose(presenting: Presenting, url: str, certificate: Certificate) -> Visit:
    """Open the renewal site with a certificate; without the browser's dialog the choice is not there to be seen."""
    show = presenting.show if certificate.title == "foreign" else presenting.choose
    visit = show(url, certificate)
    if presenting.browsing.pc.mode == "context":
        presenting.evidence.not_applicable(str(NO_DIALOG))
    return visit


def check_link(screen: Screen, url: str, evidence: Recorder) -> None:
    """Raise DeviationError unless the screen leads to the renewal site; not by its address is a WARNING."""
    if screen.until(lambda: any(url in {one.rstrip("/"), _path(one)} for one in screen.links())):
        return
    found, key = screen.links(), screen.dialect.key(RENEWAL_SITE)
    links = say("、", ", ").join(found)
    require(
        screen.has(*RENEWAL_SITE) or any(one.startswith(f"{url}/") for one in found),
        say(
            f"更新サイトへのリンクが無い（あるもの: {links}）。{key}",
            f"There is no link to the renewal site (there are: {links}). {key}",
        ),
    )
    evidence.warning(
        say(
            f"更新サイトを開くものはあるが、{url} へのリンクではない（あるもの: {links}）",
            f"Something is there that opens the renewal site, but no link to {url} (there are: {links})",
        )
    )


def _path(link: str) -> str:
    """Where a link leads, without what it says there."""
    return BEHIND_PATH.sub("", link).rstrip("/")


def applicable(screen: Screen) -> bool:
    """Whether a renewal can be applied for: the screen is there, by its title or what it shows, and lets one go on.

    A title alone is also above a refusal, and in the trail of pages that led there.
    """
    screen.settle()
    there = screen.has(*APPLICABLE) or screen.has("values", "common_name")
    return there and screen.can_press("apply")


def apply_if_possible(screen: Screen, evidence: Recorder) -> None:
    """Apply for a renewal where the screen lets one do so; what has been applied for may be refused."""
    if applicable(screen):
        ConfirmationPage(screen).submit()
        refusal(screen, evidence, "already_applied", *KEY_FORM)


def alike(shown: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether values are the same to a reader; those that there are several of may stand in any order."""
    return sorted(map(plain, shown)) == sorted(map(plain, wanted))


def contents(heading: str, content: str, account: Account, certificate: Certificate) -> list[str]:
    """What a cell of the confirmation page must show, for the words in the scenario's table.

    Raises ConfigurationProblemError for a heading of which no part of the subject is known.
    """
    short = {"Organizational Unit": "OU", "Organization": "O", "Country": "C"}
    if content == AS_ISSUED and heading not in short:
        raise ConfigurationProblemError(
            say(
                f"「{AS_ISSUED}」と書けるのは {'、'.join(short)} です（「{heading}」）",
                f'"{AS_ISSUED}" can be written of {", ".join(short)} (not of "{heading}")',
            )
        )
    if content == AS_ISSUED:
        return subject_parts(certificate, short[heading])
    return [{"ユーザーID": account.user_id, "登録のメールアドレス": account.mail}.get(content, content)]
