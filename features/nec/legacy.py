"""The site behind a one-time address: its four steps, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import has_any, plain
from pages.keys import Download
from pages.mails import Mails
from pages.screen import Screen
from sekisho.certenroll import Computer, Control, User
from sekisho.certenroll.prompts import NEW_KEY, OK
from sekisho.certenroll.wizard import import_root
from sekisho.certstore import CertStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.pki.pkcs12 import ImportRefusedError
from sekisho.portal import Account, Portal
from sekisho.portal.view import Showing, Term
from sekisho.results import Mail
from sekisho.verdict import DeviationError, NotApplicableError, require
from steps.keys import SPELT_OUT
from steps.mail import read
from steps.refusals import refusal, refuse, remark
from steps.support_desk import reissued
from steps.wording import check

from .addresses import one_time
from .legacy_screens import INSTALLABLE, INSTALLED, READY, WRONG, LegacySite

CONCEPT = "一度きりのアドレスの画面"

PASSWORD: Term = ("fields", "authentication_password")
USED = "used"
REMARK = re.compile(r"[(（][^()（）]*[)）]\s*$")  # 1024 bit（固定）
BITS = re.compile(r"(?<=\d)\s*(ビット|bits?)$", re.IGNORECASE)
STEP_FOUR: Term = ("buttons", "step_four")
KINDS = {"発行": "issue", "更新": "renewal"}
WORDS = {
    "アドオンとブラウザの設定の確認": "control_missing",
    "操作の取り消し": "cancelled",
    "インストールの失敗": "not_installed",
    "インストールの中止": "given_up",
}
Outcome = Term | None  # what came of a step; None for what the dialect has no words for


@pytest.fixture
def legacy_site(screen: Screen, browsing: Browsing, control: Control) -> LegacySite:
    """The site, seen with the control that its pages need."""
    return LegacySite(screen, browsing, control)


@pytest.fixture
def address(masking: Masking, mails: Mails) -> str:
    """The one-time address in the newest mail about an issue."""
    return one_time(mails, mails.newest("issue"), masking)


@when(parsers.parse("{kind}メールのワンタイムURLを開く"), target_fixture="mail")
def _(legacy_site: LegacySite, mails: Mails, masking: Masking, evidence: Recorder, kind: str) -> Mail:
    mail = read(mails, evidence, KINDS[kind])
    legacy_site.open(one_time(mails, mail, masking))
    return mail


@when("再発行で届いたワンタイムURLを開く", target_fixture="mail")
def _(legacy_site: LegacySite, browsing: Browsing, mails: Mails, masking: Masking, evidence: Recorder) -> Mail:
    mail = read(mails, evidence, "issue")
    browsing.close()
    legacy_site.open(one_time(mails, mail, masking))
    return mail


@when("ブラウザを開き直してワンタイムURLを開く")
def _(legacy_site: LegacySite, browsing: Browsing, address: str) -> None:
    browsing.close()
    legacy_site.open(address)


@when("認証情報パスワードを入れずにステップ2を開く")
def _(legacy_site: LegacySite, browsing: Browsing, account: Account, address: str) -> None:
    second = second_step(legacy_site, account, address)
    legacy_site.open_again(address)
    legacy_site.screen.wait_for(PASSWORD)
    browsing.open(second)


@when("認証情報パスワードを入力して「次へ」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account) -> Outcome:
    return legacy_site.authenticate(account.login_password)


@when(parsers.parse("認証情報パスワードに「{password}」を入力して「次へ」を押す"), target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account, password: str) -> Outcome:
    known = {"大文字と小文字を逆にしたもの": account.login_password.swapcase(), **SPELT_OUT}
    return legacy_site.authenticate(known.get(password, password))


@when("「発行」を押し、セキュリティレベルを「高」にして秘密キーのパスワードを決める", target_fixture="outcome")
def _(legacy_site: LegacySite, user: User) -> Outcome:
    user.follow_manual(NEW_KEY)
    return legacy_site.issue()


@when("「発行」を押し、セキュリティレベルを設定せずに「OK」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite, user: User) -> Outcome:
    user.decide(NEW_KEY, OK)
    return legacy_site.issue()


@when("手順どおりに証明書を発行する", target_fixture="outcome")
def _(legacy_site: LegacySite, account: Account, address: str) -> Outcome:
    return issue(legacy_site, account, address)


@when(parsers.parse("{kind}メールに従って証明書を発行し取り込む"), target_fixture="mail")
def _(
    legacy_site: LegacySite,
    account: Account,
    mails: Mails,
    masking: Masking,
    computer: Computer,
    holdings: Holdings,
    downloads: Path,
    kind: str,
) -> Mail:
    mail = mails.newest(KINDS[kind])
    issue(legacy_site, account, one_time(mails, mail, masking))
    take_root(computer, legacy_site.save_root(downloads))
    taken_in(legacy_site, legacy_site.install(), holdings)
    return mail


@when("「クライアント証明書のインストール」を押す", target_fixture="outcome")
def _(legacy_site: LegacySite) -> Outcome:
    return legacy_site.install()


@when("「クライアント証明書のインストール」を押し、警告を承知してファイルを保存する", target_fixture="client_file")
def _(legacy_site: LegacySite, downloads: Path) -> Download:
    return legacy_site.install_from_file(downloads)


@when("ステップ4へ進む")
def _(screen: Screen) -> None:
    if screen.look_for(INSTALLED, STEP_FOUR) != INSTALLED:  # some go there by themselves once the file is saved
        screen.press("step_four")
        screen.wait_for(INSTALLED)


@when(
    parsers.parse(
        "証明書が一覧に無ければ、{kind}メールのワンタイムURLからやり直し、使用済みなら再発行を依頼して取り込む"
    ),
    target_fixture="account",
)
def _(
    legacy_site: LegacySite,
    portal: Portal,
    account: Account,
    mailbox: Mailbox,
    mails: Mails,
    masking: Masking,
    computer: Computer,
    store: CertStore,
    holdings: Holdings,
    downloads: Path,
    evidence: Recorder,
    kind: str,
) -> Account:
    if len(store.personal()) > holdings.count:  # it was installed, and then the page broke off
        holdings.notice()
        return account
    legacy_site.open_again(one_time(mails, mails.newest(KINDS[kind]), masking))
    outcome = again(legacy_site, account, evidence)
    if outcome is None:
        account = reissued(portal, account, mailbox, evidence)
        legacy_site.open_again(one_time(mails, mails.newest("issue"), masking))
        outcome = legacy_site.authenticate(account.login_password)
    if outcome != INSTALLABLE:
        outcome = legacy_site.issue()
    arrived(legacy_site, outcome, INSTALLABLE, say("証明書が発行されない", "No certificate is issued"))
    take_root(computer, legacy_site.save_root(downloads))
    taken_in(legacy_site, legacy_site.install(), holdings)
    return account


@then(parsers.parse("画面の題は「{title}」である"))
def _(screen: Screen, evidence: Recorder, title: str) -> None:
    screen.wait_for(PASSWORD)
    if not screen.has("screens", screen.dialect.named("screens", title)):  # at the top of the screen
        shown = screen.page.title()
        check(evidence, title, [shown], say(f"画面の題が「{shown}」である", f'The title of the page is "{shown}"'))


@then("ステップ2で「発行」を押せる")
def _(legacy_site: LegacySite, outcome: Outcome) -> None:
    arrived(legacy_site, outcome, READY, say("ステップ2で発行できない", "Step 2 cannot issue"))


@then(parsers.parse("CSPは「{provider}」、Key長は「{length}」と表示される"))
def _(screen: Screen, provider: str, length: str) -> None:
    providers, lengths = screen.values("provider"), screen.values("key_length")
    shown = [*providers, *lengths]
    require(
        states(providers, provider) and states(lengths, length),
        say(f"CSP と Key 長が {'、'.join(shown)} と表示された", f"CSP and key length were shown as {', '.join(shown)}"),
    )


@then("認証情報パスワードの誤りと表示され、先に進めない")
def _(legacy_site: LegacySite, outcome: Outcome, evidence: Recorder) -> None:
    require(outcome != READY, say("誤った認証情報パスワードでステップ2に進めた", "A wrong password led to step 2"))
    check_refused(legacy_site, outcome, evidence, WRONG)


@then("ワンタイムURLは使用済みと表示される")
def _(legacy_site: LegacySite, account: Account, evidence: Recorder) -> None:
    outcome = again(legacy_site, account, evidence)
    if outcome == INSTALLABLE:
        evidence.warning(
            say(
                "使用済みのワンタイムURLから、発行済みの証明書のインストールの画面に戻った（手順書はこの画面を定めていない）",
                "The one-time URL that was used led back to where the certificate that was issued is installed (the "
                "manual says nothing about that screen)",
            )
        )
    elif outcome == READY:
        require(
            legacy_site.issue() != INSTALLABLE,
            say("使用済みのワンタイムURLで、もう一度発行された", "A one-time URL that was used issued once more"),
        )
        refusal(legacy_site.screen, evidence, USED, section="screens")


@then("はじめからやり直すように表示される")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "start_again", READY, PASSWORD, section="screens")
    require(seen != READY, say("認証情報パスワードを入れずにステップ2が開いた", "Step 2 opened without the password"))


@then("ステップ3の画面になる")
def _(legacy_site: LegacySite, outcome: Outcome) -> None:
    arrived(legacy_site, outcome, INSTALLABLE, say("証明書が発行されない", "No certificate is issued"))


@then("クライアント証明書がインストールされ、ステップ4の画面になる")
def _(legacy_site: LegacySite, outcome: Outcome, holdings: Holdings) -> None:
    taken_in(legacy_site, outcome, holdings)


@then(parsers.parse("「{what}」と表示され、先に進めない"))
def _(legacy_site: LegacySite, outcome: Outcome, evidence: Recorder, what: str) -> None:
    if outcome == READY:  # its button may be there, and say what is wrong when it is pressed
        outcome = legacy_site.issue()
    require(
        outcome not in {INSTALLABLE, INSTALLED},
        say(f"「{what}」と表示されるはずが、先に進んだ", f'"{what}" should have been shown, but it went on'),
    )
    check_refused(legacy_site, outcome, evidence, ("messages", WORDS[what]))


def states(values: Sequence[str], wanted: str) -> bool:
    """Whether one of some values is a wanted one, with a remark behind it or none; a page may explain the name too.

    The unit may stand in the heading.
    """
    bare = (BITS.sub("", REMARK.sub("", value)) for value in values)
    return plain(BITS.sub("", wanted)) in map(plain, bare)


def second_step(legacy_site: LegacySite, account: Account, address: str) -> str:
    """The address of step 2, as the user who has entered the password sees it.

    Raises NotApplicableError where each visit has one of its own: nobody comes there without the password.
    """
    first, second = (_second_step(legacy_site, account, address) for _ in range(2))
    if first != second:
        raise NotApplicableError(
            say("ステップ2の URL が訪れるたびに変わる", "The address of step 2 is another one at each visit")
        )
    return second


def _second_step(legacy_site: LegacySite, account: Account, address: str) -> str:
    legacy_site.open_again(address)
    arrived(
        legacy_site,
        legacy_site.authenticate(account.login_password),
        READY,
        say("ステップ2で発行できない", "Step 2 cannot issue"),
    )
    return str(legacy_site.screen.button("issue").evaluate("() => location.href"))


def again(legacy_site: LegacySite, account: Account, evidence: Recorder) -> Outcome:
    """What an address leads to that was opened again: step 2, or step 3 with what was issued; None where it was used.

    Some portals ask for the password before they refuse. Raises DeviationError where nothing says that it was used.
    """
    screen = legacy_site.screen
    if refusal(screen, evidence, USED, PASSWORD, section="screens") != PASSWORD:
        return None
    outcome = legacy_site.authenticate(account.login_password)
    if outcome is None:
        refusal(screen, evidence, USED, section="screens")
    elif outcome not in {READY, INSTALLABLE}:
        remark(screen, evidence, ("screens", USED), said(outcome, screen))
        return None
    return outcome


def issue(legacy_site: LegacySite, account: Account, address: str) -> Outcome:
    """From the address to step 3."""
    legacy_site.open(address)
    legacy_site.authenticate(account.login_password)
    return legacy_site.issue()


def taken_in(legacy_site: LegacySite, outcome: Outcome, holdings: Holdings) -> None:
    """The certificate is installed. Raises DeviationError when it is not."""
    arrived(legacy_site, outcome, INSTALLED, say("インストールできない", "It cannot be installed"))
    holdings.notice()


def arrived(legacy_site: LegacySite, outcome: Outcome, wanted: Term, problem: str) -> None:
    """Raise DeviationError unless a step came to what was wanted, which no other words can stand for."""
    if outcome is None:
        raise DeviationError(
            say(
                f"{problem}。{legacy_site.screen.missing(wanted).did}",
                f"{problem}. {legacy_site.screen.missing(wanted).did}",
            )
        )
    require(
        outcome == wanted,
        say(f"{problem}（{said(outcome, legacy_site.screen)}）", f"{problem} ({said(outcome, legacy_site.screen)})"),
    )


def check_refused(legacy_site: LegacySite, outcome: Outcome, evidence: Recorder, wanted: Term) -> None:
    """Raise DeviationError unless a step was refused for a reason, in the portal's words or in its own."""
    if outcome is None:
        refuse(legacy_site.screen, evidence, wanted)
    else:
        require(
            outcome == wanted,
            say(
                f"理由が「{said(outcome, legacy_site.screen)}」と表示された",
                f'The reason was given as "{said(outcome, legacy_site.screen)}"',
            ),
        )


def take_root(computer: Computer, file: Download) -> None:
    """Import a root through the wizard. Raises DeviationError for a file that is none."""
    try:
        import_root(computer, file.path)
    except ImportRefusedError as error:
        raise DeviationError(
            say(
                f"ルートCA証明書のファイル {file.name} を開けない: {error}",
                f"The file {file.name} of the root CA certificate cannot be opened: {error}",
            )
        ) from error


def said(outcome: Term, screen: Showing) -> str:
    """What the portal shows: the new line with the words, or the words of a button."""
    words = screen.dialect.words(*outcome)
    return next((line for line in screen.news if has_any(line, words)), words[0])
