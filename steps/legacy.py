"""The site behind a one-time address: its four steps, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.keys import Download
from pages.legacy import INSTALLABLE, INSTALLED, READY, WRONG, LegacySite
from pages.mails import Mails
from pages.screen import Screen, Sight
from sekisho.browsing import Browsing
from sekisho.certenroll import Computer, Control, User
from sekisho.certenroll.prompts import NEW_KEY, OK
from sekisho.certenroll.wizard import import_root
from sekisho.evidence import Recorder
from sekisho.holdings import Holdings
from sekisho.masking import Masking
from sekisho.pkcs12 import ImportRefusedError
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import DeviationError, require
from steps.keys import SPELT_OUT

STANDS_STILL = 20  # seconds that a page may wait for Windows
KINDS = {"発行": "issue", "更新": "renewal"}
WORDS = {
    "アドオンとブラウザの設定の確認": "control_missing",
    "操作の取り消し": "cancelled",
    "インストールの失敗": "not_installed",
    "インストールの中止": "given_up",
}


@pytest.fixture
def legacy_site(dialect: Dialect, browsing: Browsing, control: Control) -> LegacySite:
    """The site, seen with the control that its pages need: a page stands still until Windows has done its part."""
    screen = Screen(lambda: browsing.page, dialect, STANDS_STILL, acted=browsing.act)
    return LegacySite(screen, browsing, control)


@pytest.fixture
def address(masking: Masking, mails: Mails) -> str:
    """The one-time address in the newest mail about an issue."""
    return one_time(mails, mails.newest("issue"), masking)


@when(parsers.parse("{kind}メールのワンタイムURLを開く"), target_fixture="mail")
def _(legacy_site: LegacySite, mails: Mails, masking: Masking, evidence: Recorder, kind: str) -> Mail:
    mail = mails.newest(KINDS[kind])
    evidence.add(mail)
    legacy_site.open(one_time(mails, mail, masking))
    return mail


@when("再発行で届いたワンタイムURLを開く", target_fixture="mail")
def _(legacy_site: LegacySite, browsing: Browsing, mails: Mails, masking: Masking, evidence: Recorder) -> Mail:
    mail = mails.newest("issue")
    evidence.add(mail)
    browsing.close()
    legacy_site.open(one_time(mails, mail, masking))
    return mail


@when("ブラウザを開き直してワンタイムURLを開く")
def _(legacy_site: LegacySite, browsing: Browsing, address: str) -> None:
    browsing.close()
    legacy_site.open(address)


@when("認証情報パスワードを入れずにステップ2を開く")
def _(browsing: Browsing, screen: Screen, address: str) -> None:
    browsing.open(address)
    screen.wait_for(("fields", "authentication_password"))
    browsing.open(f"{address.rsplit('/', 2)[0]}/step2")


@when("認証情報パスワードを入力して「次へ」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account) -> Sight:
    return legacy_site.authenticate(account.login_password)


@when(parsers.parse("認証情報パスワードに「{password}」を入力して「次へ」を押す"), target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account, password: str) -> Sight:
    known = {"大文字と小文字を逆にしたもの": account.login_password.swapcase(), **SPELT_OUT}
    return legacy_site.authenticate(known.get(password, password))


@when("「発行」を押し、セキュリティレベルを「高」にしてPINを決める", target_fixture="outcome")
def _(legacy_site: LegacySite, user: User) -> Sight:
    user.follow_manual(NEW_KEY)
    return legacy_site.issue()


@when("「発行」を押し、セキュリティレベルを設定せずに「OK」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite, user: User) -> Sight:
    user.decide(NEW_KEY, OK)
    return legacy_site.issue()


@when("手順どおりに証明書を発行する", target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account, address: str) -> Sight:
    return issue(legacy_site, account, address)


@when(parsers.parse("{kind}メールに従って証明書を発行し取り込む"), target_fixture="mail")
def _(
    legacy_site: LegacySite,
    account: Account,
    mails: Mails,
    masking: Masking,
    computer: Computer,
    dialect: Dialect,
    holdings: Holdings,
    downloads: Path,
    kind: str,
) -> Mail:
    mail = mails.newest(KINDS[kind])
    issue(legacy_site, account, one_time(mails, mail, masking))
    take_root(computer, legacy_site.save_root(downloads))
    taken_in(legacy_site.install(), dialect, holdings)
    return mail


@when("「クライアント証明書のインストール」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite) -> Sight:
    return legacy_site.install()


@when("「クライアント証明書のインストール」を押し、警告を承知してファイルを保存する", target_fixture="client_file")
def _(legacy_site: LegacySite, downloads: Path) -> Download:
    return legacy_site.install_from_file(downloads)


@when("ステップ4へ進む")
def _(screen: Screen) -> None:
    screen.press("step_four")
    screen.wait_for(INSTALLED)


@then(parsers.parse("画面の題は「{title}」である"))
def _(screen: Screen, title: str) -> None:
    screen.wait_for(("fields", "authentication_password"))
    require(screen.page.title() == title, f"画面の題が「{screen.page.title()}」である")


@then("ステップ2で「発行」を押せる")
def _(outcome: Sight, dialect: Dialect) -> None:
    require(outcome == READY, f"ステップ2で発行できない（{said(outcome, dialect)}）")


@then(parsers.parse("CSPは「{provider}」、Key長は「{length}」と表示される"))
def _(screen: Screen, provider: str, length: str) -> None:
    shown = [*screen.values("provider"), *screen.values("key_length")]
    require(shown == [provider, length], f"CSP と Key 長が {'、'.join(shown)} と表示された")


@then("認証情報パスワードの誤りと表示され、先に進めない")
def _(outcome: Sight) -> None:
    require(outcome == WRONG, "誤った認証情報パスワードでステップ2に進めた")


@then("ワンタイムURLは使用済みと表示される")
def _(screen: Screen) -> None:
    seen = screen.wait_for(("screens", "used"), ("fields", "authentication_password"))
    require(seen == ("screens", "used"), "使用済みのワンタイムURLで、認証情報パスワードを入力できる")


@then("はじめからやり直すように表示される")
def _(screen: Screen) -> None:
    seen = screen.wait_for(("screens", "start_again"), ("buttons", "issue"))
    require(seen == ("screens", "start_again"), "認証情報パスワードを入れずにステップ2が開いた")


@then("ステップ3の画面になる")
def _(outcome: Sight, dialect: Dialect) -> None:
    require(outcome == INSTALLABLE, f"証明書が発行されない（{said(outcome, dialect)}）")


@then("クライアント証明書がインストールされ、ステップ4の画面になる")
def _(outcome: Sight, dialect: Dialect, holdings: Holdings) -> None:
    taken_in(outcome, dialect, holdings)


@then(parsers.parse("「{what}」と表示され、先に進めない"))
def _(outcome: Sight, dialect: Dialect, what: str) -> None:
    require(outcome == ("messages", WORDS[what]), f"「{what}」と表示されない（{said(outcome, dialect)}）")


def issue(legacy_site: LegacySite, account: Account, address: str) -> Sight:
    """From the address to step 3."""
    legacy_site.open(address)
    legacy_site.authenticate(account.login_password)
    return legacy_site.issue()


def taken_in(outcome: Sight, dialect: Dialect, holdings: Holdings) -> None:
    """The certificate is installed. Raises DeviationError when it is not."""
    require(outcome == INSTALLED, f"インストールできない（{said(outcome, dialect)}）")
    holdings.notice()


def take_root(computer: Computer, file: Download) -> None:
    """Import a root through the wizard. Raises DeviationError for a file that is none."""
    try:
        import_root(computer, file.path)
    except ImportRefusedError as error:
        raise DeviationError(f"ルートCA証明書のファイル {file.name} を開けない: {error}") from error


def one_time(mails: Mails, mail: Mail, masking: Masking) -> str:
    """The address in a mail; what makes it secret is masked from now on."""
    found = mails.link(mail)
    masking.add(found.rsplit("/", 1)[1])
    return found


def said(outcome: Sight, dialect: Dialect) -> str:
    """What the portal shows, in its words."""
    return dialect.words(*outcome)[0]
