"""What is said in the lanes of two tabs, and of what came of them in whatever order they were carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.invitation import Invitation
from pages.keys import Download, KeyPage
from pages.login import LoginPage
from pages.notice import numbers_of
from pages.refusing import refused
from pages.renewal import RenewalList
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.portal.view import Term
from sekisho.results import Note
from sekisho.verdict import DeviationError, require
from steps.keys import opened
from steps.logins import Invitations
from steps.outcomes import Outcome, OwnWords, check_reason
from steps.renewal_list import shut
from steps.tabs import TAB, WHO, come_to_confirmation, come_to_password, confirm

CONCEPT = "二つのタブの順序"

# By which a portal turns away a tab that another one has overtaken. Which of them it says, no manual tells.
REASONS = (
    "elsewhere",
    "already_applied",
    "already_revoking",
    "request_id_unknown",
    "not_today",
    "revoked",
    "forbidden",
)
TURNED_AWAY = ("session_invalid", "login")


@pytest.fixture
def known_refusal(screen: Screen) -> Callable[[], Term | None]:
    """Tells with which words that are known for it the screen turns a tab away, if it does."""

    def known() -> Term | None:
        said = (("messages", name) for name in named(screen.dialect, "messages", REASONS) if screen.reads(name))
        away = (
            ("screens", name) for name in named(screen.dialect, "screens", TURNED_AWAY) if screen.has("screens", name)
        )
        return next(said, None) or next(away, None)

    return known


@pytest.fixture
def meaning_of_refusal(screen: Screen, known_refusal: Callable[[], Term | None]) -> Callable[[DeviationError], Outcome]:
    """What it means that a tab does not go on: a refusal with a reason, or what was seen instead of one."""

    def meaning(error: DeviationError) -> Outcome:
        if term := known_refusal():
            return term
        said, reasons = refused(screen), named(screen.dialect, "messages", REASONS)
        return OwnWords(said, screen.dialect.key(*(("messages", name) for name in reasons))) if said else error

    return meaning


def named(dialect: Dialect, section: str, names: Iterable[str]) -> list[str]:
    """Those things that a portal has words for at all: one without a log-in has no screen for it."""
    return [name for name in names if dialect.has(section, name)]


@when(parsers.re(WHO + "が案内のリンクを開いてログインする"))
def _(browsing: Browsing, screen: Screen, invitations: Invitations, people: dict[str, Account], who: str) -> None:
    enter_by_link(browsing, screen, invitations[who], people[who])
    screen.wait_for(("menu", "key"))


@when(parsers.re(WHO + "の更新の確認画面を開く"))
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    holdings: Holdings,
    people: dict[str, Account],
    evidence: Recorder,
    who: str,
) -> None:
    browsing.visit(portal.sites["renew"], holdings.held_by(people[who].user_id))
    confirm(screen, evidence)


@when(parsers.re(WHO + "のリクエストIDとリファレンスIDを入力し、パスワードの画面まで進む"))
def _(
    browsing: Browsing, portal: Portal, screen: Screen, dialect: Dialect, people: dict[str, Account], who: str
) -> None:
    browsing.visit(portal.sites["enrol"])
    come_to_password(screen, numbers_of(people[who], dialect))


@when(parsers.parse("失効の確認画面を「{address}」宛てで開く"))
def _(
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    holdings: Holdings,
    account: Account,
    dialect: Dialect,
    mailbox: Mailbox,
    evidence: Recorder,
    address: str,
) -> None:
    mailbox.set_aside(address)
    browsing.visit(portal.sites["revoke"], holdings.oldest)
    come_to_confirmation(screen, evidence, numbers_of(account, dialect), address)


@when(parsers.re(WHO + "のリクエストIDと任意のパスワードを2回入力する"))
def _(screen: Screen, invitations: Invitations, key_password: str, who: str) -> None:
    KeyPage(screen).enter(key_password, key_password, request_id=invitations[who].request_id())


@when(parsers.re(WHO + "が案内のリンクからログインし、鍵の取得を開く"))
def _(browsing: Browsing, screen: Screen, invitations: Invitations, people: dict[str, Account], who: str) -> None:
    enter_by_link(browsing, screen, invitations[who], people[who])
    screen.press("key", "menu")
    screen.wait_for(("fields", "key_password_again"))


def enter_by_link(browsing: Browsing, screen: Screen, invitation: Invitation, user: Account) -> None:
    """Open the link of an invitation, in the tab before which the user sits, and log in."""
    link = invitation.link()
    browsing.open(link)
    LoginPage(screen).log_in_beside(user.user_id, user.login_password, lambda: browsing.open(link))


@when("ブラウザの「戻る」を押す")
def _(screen: Screen) -> None:
    screen.go_back()
    screen.until(lambda: False)


@when("画面を再読み込みする")
def _(screen: Screen) -> None:
    screen.reload()


@when("タブを複製する")
def _(browsing: Browsing) -> None:
    browsing.duplicate_tab()


@pytest.fixture
def shown_ids() -> list[str]:
    """The request IDs that stood on the key pages of all tabs, as they were noted."""
    return []


@when("画面のリクエストIDを控える")
def _(screen: Screen, shown_ids: list[str]) -> None:
    shown_ids.append(KeyPage(screen).request_id)


@then("タブに示されたリクエストIDは、一覧の申請のものである")
def _(screen: Screen, evidence: Recorder, shown_ids: list[str], outcomes: dict[str, Outcome]) -> None:
    if not shown_ids:
        evidence.not_applicable(say("鍵の取得の画面に進んだタブが無い", "No tab came to the key page"))
        return
    # what was handed out and did not arrive may shut the site as well
    fetched = any(isinstance(one, Download) for one in outcomes.values()) or shut(screen)
    renewals = RenewalList(screen)
    listed = [row["request_id"] for row in (renewals.rows() if fetched else renewals.wait_for_rows(1))]
    if fetched and not listed:  # it need not stay there, nor the site stay open
        evidence.not_applicable(say("一覧に申請が無い", "The list has no application"))
        return
    require(
        set(shown_ids) <= set(listed),
        say(
            f"タブに示されたリクエストIDは {'、'.join(shown_ids)} で、"
            f"一覧の申請は {'、'.join(listed)} である{renewals.unread}",
            f"The request IDs that the tabs showed are {', '.join(shown_ids)}, and the list has "
            f"{', '.join(listed)}{renewals.unread}",
        ),
    )


@then(parsers.re(TAB + "での申請は受け付けられたか、理由を示して拒まれた"))
def _(outcomes: dict[str, Outcome], evidence: Recorder, tab: str) -> None:
    for name, outcome in outcomes.items():
        if name.startswith(tab):
            check_reason(outcome, evidence)


@then(parsers.re(WHO + "に発行された証明書は多くても1枚で、タブが渡したのはそれである"))
def _(
    portal: Portal,
    people: dict[str, Account],
    outcomes: dict[str, Outcome],
    key_password: str,
    evidence: Recorder,
    who: str,
) -> None:
    files = {tab: one for tab, one in outcomes.items() if isinstance(one, Download)}
    found = {tab: opened(one, key_password) for tab, one in files.items()}
    mine = {tab: one.serial for tab, one in found.items() if one.subject_cn == people[who].user_id}
    serials, told = set(mine.values()), say("、", ", ").join(f"{tab}: {serial}" for tab, serial in mine.items())
    require(
        len(serials) <= 1,
        say(
            f"{people[who].user_id} の証明書が {len(serials)} 枚渡された（{told}）",
            f"{len(serials)} certificates of {people[who].user_id} were handed out ({told})",
        ),
    )
    books = portal.books(people[who])
    if books is None:
        return
    evidence.add(
        Note(
            title=say(f"認証局の記録（{who}）", f'Records of the authority ("{who}")'),
            lines=[say(f"発行された証明書 {one}", f"Certificate issued {one}") for one in books.issued],
        )
    )
    require(
        len(books.issued) <= 1,
        say(
            f"証明書が {len(books.issued)} 枚発行された（{'、'.join(books.issued)}）",
            f"{len(books.issued)} certificates were issued ({', '.join(books.issued)})",
        ),
    )
    require(
        serials <= set(books.issued),
        say(
            f"記録に無い証明書が渡された（{told}）",
            f"A certificate was handed out that the records do not have ({told})",
        ),
    )
