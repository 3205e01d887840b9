"""The support desk, on the telephone."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import then, when

from sekisho.evidence.recorder import Recorder
from sekisho.mail.mailbox import Mailbox
from sekisho.portal import Account, Portal
from sekisho.results import Note
from sekisho.verdict import require
from steps.mail import recipients

CONCEPT = "電話の窓口"


@when("サポートセンターにユーザーIDを伝えて再発行を依頼する", target_fixture="account")
def _(portal: Portal, account: Account, mailbox: Mailbox, evidence: Recorder) -> Account:
    return reissued(portal, account, mailbox, evidence)


@then("窓口からユーザーIDと新しい証明書取得用パスワードが伝えられる")
def _(account: Account) -> None:
    require(account.user_id, "ユーザーIDが伝えられない")
    require(account.login_password, "証明書取得用パスワードが伝えられない")


def reissued(portal: Portal, account: Account, mailbox: Mailbox, evidence: Recorder) -> Account:
    """Ask the desk for a reissue; the user with what it tells."""
    if not portal.has_reissued(account):
        mailbox.set_aside(*recipients(account).values())
    told = portal.reissue(account)
    evidence.add(
        Note(title="窓口から伝えられたこと", lines=[f"ユーザーID {told.user_id}", "証明書取得用パスワード（伏せる）"])
    )
    return replace(told, state=account.state, identities=account.identities)
