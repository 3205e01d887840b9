"""証明書発行アプリ: what its user does whom it broke off, and the master user for them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from pytest_bdd import given, when

from pages.screen import Screen
from sekisho.certstore import CertStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.portal.view import Term
from sekisho.program import Program, Window
from sekisho.results import Certificate
from sekisho.verdict import BlockedError, require
from steps.refusals import refusal
from steps.screens import look

from .bank import admits
from .bank_screens import Door, UserList
from .issuing import ONE_TIME_MEANS, finish, token
from .issuing_screens import ONE_TIME, authenticate
from .user_list import (
    CONFIRMATION,
    CONFIRMATION_MEANS,
    DONE,
    DONE_MEANS,
    LIST,
    LIST_MEANS,
    confirming,
    execute,
    open_users,
)

CONCEPT = "証明書発行アプリでのやり直し"

ASKED_NEXT = ONE_TIME, ONE_TIME_MEANS[0]


@dataclass(frozen=True)
class Redoing:
    """A user with the program, and the master user at the same PC."""

    program: Program
    account: Account
    holdings: Holdings
    evidence: Recorder
    masking: Masking
    revoking: Revoking
    spent: list[str] = field(default_factory=list)
    """The one-time passwords that were entered."""

    def renew(self) -> Certificate:
        """Renew; where the old certificate was revoked in favour of one that never came, get another one."""
        window = self.program.start()
        window.choose_row(self.holdings.oldest.subject_cn)
        window.press("renew")
        authenticate(window, self.account.login_password)
        seen = refusal(window, self.evidence, "revoked", *ASKED_NEXT)
        return self._finish(window) if seen in ASKED_NEXT else self.issue()

    def issue(self) -> Certificate:
        """Get a certificate; where one was issued that never came, have the master user revoke that first."""
        window, seen = self._asked()
        if seen not in ASKED_NEXT:
            self.revoking.revoke(self.account)
            window, seen = self._asked()
        require(
            seen in ASKED_NEXT,
            say(
                "失効してもらったのに、証明書を取得できない",
                "The certificate was revoked, but no new one can be fetched",
            ),
        )
        return self._finish(window)

    def _asked(self) -> tuple[Window, Term]:
        window = self.program.start()
        window.press("issue")
        authenticate(window, self.account.login_password, login_id=self.account.user_id)
        return window, refusal(window, self.evidence, "already_issued", *ASKED_NEXT)

    def _finish(self, window: Window) -> Certificate:
        self.spent.append(self.masking.add(token(self.account).unspent(self.spent)))
        return finish(window, self.spent[-1], self.holdings, self.evidence)


@dataclass(frozen=True)
class Revoking:
    """The master user, at 利用者管理."""

    browsing: Browsing
    portal: Portal
    screen: Screen
    store: CertStore
    evidence: Recorder
    master: Account

    def revoke(self, user: Account) -> None:
        """Revoke a user's certificate. Raises DeviationError where that is not offered, BlockedError."""
        own = next((one for one in self.store.personal() if self.master.user_id in one.subject_cn.split()), None)
        if own is None:
            raise BlockedError(
                say(
                    f"このパソコンに、マスターユーザ {self.master.user_id} の証明書が無い",
                    f"This PC has no certificate of the master user {self.master.user_id}",
                )
            )
        self.browsing.close()
        self.browsing.visit(self.portal.sites["bank"], own)
        door = Door(self.screen)
        require(
            admits(door, self.screen, self.evidence),
            say(
                "マスターユーザの証明書で、ログインの画面が出ない",
                "With the certificate of the master user, the login page does not come",
            ),
        )
        door.log_in_with_certificate(self.master.user_id, self.master.login_password)
        open_users(self.screen)
        self.screen.press("revocation", "menu")
        look(self.screen, self.evidence, [LIST], LIST_MEANS)
        UserList(self.screen).revoke(user.user_id)
        look(self.screen, self.evidence, [CONFIRMATION], CONFIRMATION_MEANS)
        execute(self.screen, confirming(self.master))
        look(self.screen, self.evidence, [DONE], DONE_MEANS)


@pytest.fixture
def redoing(
    program: Program,
    account: Account,
    other: Account,
    holdings: Holdings,
    evidence: Recorder,
    masking: Masking,
    browsing: Browsing,
    portal: Portal,
    screen: Screen,
    store: CertStore,
) -> Redoing:
    """Doing it over."""
    revoking = Revoking(browsing, portal, screen, store, evidence, other)
    return Redoing(program, account, holdings, evidence, masking, revoking)


@given("そのマスターユーザと同じ企業に、証明書の無い一般ユーザがいる", target_fixture="account")
def _(portal: Portal, other: Account) -> Account:
    return portal.account("invited", role="general", company=other.user_id)


@when("アプリを起動し直して取得し、すでに発行済みなら、マスターユーザが失効してから取得する")
def _(redoing: Redoing) -> None:
    redoing.issue()


@when("アプリを起動し直して更新し、更新できなければ取得し、すでに発行済みなら、マスターユーザが失効してから取得する")
def _(redoing: Redoing) -> None:
    redoing.renew()
