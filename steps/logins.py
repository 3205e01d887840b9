"""Two users who log in one after the other in two tabs of one browser: what a tab hands out is what it showed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers, when

from pages.dialect import Dialect
from pages.invitation import Invitation
from pages.keys import KeyPage
from pages.login import LoginPage
from pages.mails import Mails
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.mail.mailbox import Mailbox
from sekisho.network.hosts import Hosts
from sekisho.person.browsing import Browsing
from sekisho.portal import Account
from steps.keys import DOWNLOADABLE
from steps.outcomes import Outcome, answered, handed_out
from steps.tabs import TAB, WHO

CONCEPT = "一つのブラウザの二人"

Invitations = dict[str, Invitation]
"""What each of the users was sent."""


@pytest.fixture
def invitations(
    people: dict[str, Account], mailbox: Mailbox, dialect: Dialect, hosts: Hosts, evidence: Recorder
) -> dict[str, Invitation]:
    """What each of the two was sent."""
    mails = {who: Mails(mailbox, dialect, user.mail, user, hosts, evidence=evidence) for who, user in people.items()}
    return {who: Invitation(mails[who], dialect, user, hosts) for who, user in people.items()}


@when(parsers.re(TAB + "で" + WHO + "が案内に従って鍵の取得に入力する"))
def _(
    browsing: Browsing,
    screen: Screen,
    invitations: dict[str, Invitation],
    people: dict[str, Account],
    key_password: str,
    tab: str,
    who: str,
) -> None:
    fill_in(browsing, screen, invitations[who], people[who], key_password, tab)


@when(parsers.re(TAB + "で" + WHO + "が案内に従ってダウンロードの画面まで進む"))
def _(
    browsing: Browsing,
    screen: Screen,
    invitations: dict[str, Invitation],
    people: dict[str, Account],
    key_password: str,
    tab: str,
    who: str,
) -> None:
    fill_in(browsing, screen, invitations[who], people[who], key_password, tab)
    KeyPage(screen).submit()
    screen.wait_for(DOWNLOADABLE)


@when(parsers.re(TAB + "で鍵の取得を送信し、鍵をダウンロードする"))
def _(
    browsing: Browsing,
    screen: Screen,
    downloads: Path,
    evidence: Recorder,
    outcomes: dict[str, Outcome],
    tab: str,
) -> None:
    browsing.turn_to(tab)
    KeyPage(screen).submit()
    seen = answered(screen, evidence, DOWNLOADABLE)
    outcomes[tab] = handed_out(screen, downloads, evidence) if seen == DOWNLOADABLE else seen


def fill_in(browsing: Browsing, screen: Screen, invitation: Invitation, user: Account, password: str, tab: str) -> None:
    """From a user's invitation to the form of the key, in a tab beside the others."""
    request_id, link = invitation.request_id(), invitation.link()
    browsing.visit_in(tab, link)
    LoginPage(screen).log_in_beside(user.user_id, user.login_password, lambda: browsing.open(link))
    screen.press("key", "menu")
    KeyPage(screen).enter(password, password, request_id=request_id)
