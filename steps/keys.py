"""Fetching a key: the form, its submission, the download, and what the portal refuses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.enrolment import Enrolment
from pages.invitation import Invitation
from pages.keys import Download, DownloadPage, KeyPage
from pages.mails import Mails, looks_like_id
from pages.refusing import refused as words_of_refusal
from pages.requests import RequestList
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.facts import REQUEST_ID
from sekisho.network.hosts import Hosts
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.pki.pkcs12 import Identity, ImportRefusedError, facts, read
from sekisho.portal import Account
from sekisho.results import Certificate
from sekisho.verdict import BlockedError, DeviationError, doing, require
from steps.refusals import refusal, turned_away
from steps.screens import arrive
from steps.words import MISTAKES, one_of

CONCEPT = "鍵の取得"

SPELT_OUT = {"（空）": "", "（1000文字）": "A1" * 500, "（空白4文字）": " " * 4, "（12空白4）": "12 4"}
IMPORTED = (
    "ダウンロードしたファイルを任意のパスワードで現在のユーザーに取り込む",
    "ダウンロードしたファイルを取り込み、セキュリティ警告に「はい」と答える",
)
DOWNLOADABLE = ("buttons", "download")
FORM = ("fields", "key_password_again")
LIST_OF_REQUESTS = ("menu", "requests")


@pytest.fixture
def mistakes() -> Mapping[str, str]:
    """What the scenarios call wrong passwords; a manual with a rule of its own has a fixture of its own."""
    return MISTAKES


@pytest.fixture
def key_page(screen: Screen) -> KeyPage:
    """The form of 鍵の取得."""
    return KeyPage(screen)


@pytest.fixture
def download_page(screen: Screen, downloads: Path) -> DownloadPage:
    """The screen that offers the key."""
    return DownloadPage(screen, downloads)


@pytest.fixture
def invitation(mails: Mails, dialect: Dialect, account: Account, hosts: Hosts) -> Invitation:
    """What the user was sent."""
    return Invitation(mails, dialect, account, hosts)


@pytest.fixture
def request_id(invitation: Invitation) -> str:
    """The request ID of the invitation."""
    return invitation.request_id()


@pytest.fixture
def enrolment(screen: Screen, browsing: Browsing, account: Account, invitation: Invitation) -> Enrolment:
    """The way from the invitation to the key page."""
    return Enrolment(screen, browsing, account, invitation)


@when("案内に従って鍵の取得を開く")
def _(enrolment: Enrolment) -> None:
    enrolment.open_key_page()


@when("案内に従って鍵の取得を開き入力する")
def _(enrolment: Enrolment, request_id: str, key_password: str) -> None:
    enrolment.enter(request_id, key_password)


@when("案内に従って鍵の取得を送信する")
def _(enrolment: Enrolment, request_id: str, key_password: str) -> None:
    enrolment.enter(request_id, key_password).submit()


@when("案内に従って証明書を取得する", target_fixture="download")
@when("案内に従って証明書をもう一度取得する", target_fixture="second_download")
def _(enrolment: Enrolment, request_id: str, key_password: str, downloads: Path) -> Download:
    return enrolment.fetch(request_id, key_password, downloads)


@when("案内に従って証明書を取得し取り込む", target_fixture="download")
def _(enrolment: Enrolment, request_id: str, key_password: str, downloads: Path, holdings: Holdings) -> Download:
    download = enrolment.fetch(request_id, key_password, downloads)
    take_in(holdings, download, key_password)
    return download


@when("案内のリクエストIDと任意のパスワードを2回入力する")
def _(key_page: KeyPage, request_id: str, key_password: str) -> None:
    key_page.enter(key_password, key_password, request_id=request_id)


@when("任意のパスワードを2回入力する")
def _(key_page: KeyPage, key_password: str) -> None:
    key_page.enter(key_password, key_password)


@when("鍵の取得を送信する")
def _(key_page: KeyPage) -> None:
    key_page.submit()


@when("鍵の取得の送信を二度押しする")
def _(key_page: KeyPage) -> None:
    key_page.submit_twice()


@when(parsers.parse("鍵の取得に「{password}」と「{again}」を入力して送信する"))
def _(key_page: KeyPage, request_id: str, password: str, again: str) -> None:
    key_page.enter(SPELT_OUT.get(password, password), SPELT_OUT.get(again, again), request_id=request_id)
    key_page.submit()


@when("もう一人の利用者のリクエストIDで鍵の取得を送信する")
def _(key_page: KeyPage, account: Account, other: Account, key_password: str) -> None:
    key_page.enter(key_password, key_password, request_id=request_of_another(other, account))
    key_page.submit()


@when(parsers.parse("リクエストID「{request}」で鍵の取得を送信する"))
def _(key_page: KeyPage, request: str, key_password: str) -> None:
    key_page.enter(key_password, key_password, request_id=request)
    key_page.submit()


@when("ブラウザの「戻る」で鍵の取得の画面に戻る")
def _(screen: Screen) -> None:
    screen.go_back()
    screen.wait_for(FORM)


@when("鍵をダウンロードする", target_fixture="download")
def _(download_page: DownloadPage) -> Download:
    return download_page.download()


@pytest.fixture
def handed_out() -> Download | None:
    """The file that came where the portal should have refused; None without one."""
    return None


@when("ダウンロードを押す", target_fixture="handed_out")
def _(download_page: DownloadPage) -> Download | None:
    return download_page.download_or_refusal()


@then("鍵をダウンロードできる画面になる")
def _(screen: Screen) -> None:
    screen.wait_for(DOWNLOADABLE)


@then("鍵をダウンロードできる画面になるか、急いだ操作が理由を示して断られる")
def _(screen: Screen, evidence: Recorder) -> None:
    check_hasty(screen, evidence)


@then("リクエストIDは入力済みである")
def _(key_page: KeyPage) -> None:
    require(
        looks_like_id(key_page.request_id),
        say(
            f"リクエストIDの欄が「{key_page.request_id}」である",
            f'The field of the request ID has "{key_page.request_id}"',
        ),
    )


@then("任意のパスワードで開けるPKCS#12である")
def _(download: Download, key_password: str, evidence: Recorder) -> None:
    evidence.add(opened(download, key_password))


@then("2回の証明書は同じ証明書である")
def _(download: Download, second_download: Download, key_password: str) -> None:
    first, second = opened(download, key_password), opened(second_download, key_password)
    require(
        first.sha256 == second.sha256,
        say(f"2枚目の証明書（{second.serial}）が発行された", f"A second certificate was issued ({second.serial})"),
    )


@then("期限切れと表示され、鍵はダウンロードできない")
def _(screen: Screen, evidence: Recorder) -> None:
    refused(screen, evidence, "expired_invitation")


@then("当日中に終えなかったと表示され、鍵はダウンロードできない")
def _(screen: Screen, evidence: Recorder) -> None:
    refused(screen, evidence, "not_today")


@then("当日中に終えなかったと表示され、鍵は渡されない")
def _(screen: Screen, evidence: Recorder, handed_out: Download | None) -> None:
    require(
        handed_out is None, say("拒まれず、鍵のファイルが渡された", "Not refused: a file with a key was handed out")
    )
    refusal(screen, evidence, "not_today")


@then("リクエストIDが正しくないと表示され、鍵はダウンロードできない")
def _(screen: Screen, evidence: Recorder) -> None:
    refused(screen, evidence, "request_id_unknown")


@then(parsers.parse("入力の誤りとして「{mistake}」と表示され、鍵はダウンロードできない"))
def _(screen: Screen, evidence: Recorder, mistakes: Mapping[str, str], mistake: str) -> None:
    refused(screen, evidence, one_of(mistakes, mistake, say("入力の誤り", "Mistake in the input")))


@then("申請情報一覧に案内のリクエストIDが1件だけある")
def _(screen: Screen, request_id: str) -> None:
    check_listed_once(screen, request_id)


@then("メニューに「申請情報一覧」があれば、そこに案内のリクエストIDが1件だけある")
def _(screen: Screen, evidence: Recorder, request_id: str) -> None:
    look_up(screen, evidence, request_id)


def check_hasty(screen: Screen, evidence: Recorder) -> None:
    """What came of two presses for one. Raises DeviationError where it is neither the key nor a refusal."""
    if screen.look_for(DOWNLOADABLE) is not None:
        return
    said = words_of_refusal(screen)
    if not said:
        raise screen.missing(DOWNLOADABLE)
    evidence.warning(
        say(
            f"急いだ操作は断られた（手順書は、受け付けるとも断るとも定めていない）: {said}",
            f"The hasty action was refused (the manual says neither that it is accepted nor that it is not): {said}",
        )
    )


def look_up(screen: Screen, evidence: Recorder, request_id: str) -> None:
    """Look for a request in the list of requests, where the portal has one: not every manual does."""
    if screen.look_for(LIST_OF_REQUESTS) is None:
        evidence.not_applicable(
            say(
                f"メニューに「申請情報一覧」が無い（手順書には無い）。{screen.dialect.key(LIST_OF_REQUESTS)}",
                f'The menu has no "申請情報一覧" (nor has the manual). {screen.dialect.key(LIST_OF_REQUESTS)}',
            )
        )
        return
    screen.press("requests", "menu")
    arrive(screen, evidence, "申請情報一覧")
    check_listed_once(screen, request_id)


def check_listed_once(screen: Screen, request_id: str) -> None:
    """Raise DeviationError unless the list of requests has this one and no other."""
    listed = RequestList(screen).request_ids()
    require(
        listed == [request_id],
        say(
            f"申請情報一覧のリクエストIDは {'、'.join(listed) or 'なし'} である",
            f"The list of requests has the request IDs {', '.join(listed) or 'none'}",
        ),
    )


def refused(screen: Screen, evidence: Recorder, message: str) -> None:
    """Raise DeviationError unless the portal refuses for this reason and offers no key."""
    try:
        seen = refusal(screen, evidence, message, DOWNLOADABLE)
    except DeviationError:
        if turned_away(screen, evidence, message, FORM):
            return
        raise
    require(
        seen != DOWNLOADABLE,
        say(
            "拒まれず、鍵をダウンロードできる画面になった",
            "Not refused: the page from which the key can be downloaded came",
        ),
    )


def opened(download: Download, password: str) -> Certificate:
    """The facts of a downloaded certificate. Raises DeviationError when the file does not open."""
    return facts(identity_in(download, password).der, say("取得した証明書", "Certificate that was fetched"))


def identity_in(download: Download, password: str) -> Identity:
    """What a downloaded file holds. Raises DeviationError when it does not open."""
    with doing(*download.within), doing("鍵をダウンロードする"):
        try:
            return read(download.data, password)
        except ImportRefusedError as error:
            raise DeviationError(
                say(f"ダウンロードされたファイル {download.name}: {error}", f"Downloaded file {download.name}: {error}")
            ) from error


def take_in(holdings: Holdings, download: Download, password: str, *, install_root: bool = True) -> None:
    """Import a download with the wizard's boxes as the manuals have them. Raises DeviationError when it is refused."""
    with doing(*download.within), doing("鍵をダウンロードする"):
        require(
            not download.failure,
            say(
                f"ファイル {download.name} が最後まで届かない（{download.failure}）",
                f"The file {download.name} does not arrive whole ({download.failure})",
            ),
        )
    boxes = {"exportable": False, "install_root": install_root}
    with doing(*download.within), doing(*IMPORTED):
        try:
            holdings.add(download.path, password, title=say("取り込んだ証明書", "Imported certificate"), **boxes)
        except ImportRefusedError as error:
            raise DeviationError(
                say(
                    f"ファイル {download.name} を取り込めない: {error}",
                    f"The file {download.name} cannot be imported: {error}",
                )
            ) from error


def request_of_another(other: Account, account: Account) -> str:
    """The request ID of somebody else. Raises BlockedError where the target gives none, or the user's own."""
    request = other.fact(REQUEST_ID)
    if request == account.facts.get(REQUEST_ID):
        raise BlockedError(
            say(
                f"もう一人の利用者 {other.user_id} のリクエスト ID が、利用者 {account.user_id} と同じである",
                f"The request ID of the other subscriber, {other.user_id}, is the same as that of subscriber "
                f"{account.user_id}",
            )
        )
    return request
