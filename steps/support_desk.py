"""The support desk, on the telephone."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import given, then, when

from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.portal import Account, Portal
from sekisho.results import Note
from sekisho.verdict import require
from steps.mail import recipients

CONCEPT = "電話の窓口"


@when("サポートセンターにユーザーIDを伝えて再発行を依頼する", target_fixture="account")
def _(portal: Portal, account: Account, mailbox: Mailbox, evidence: Recorder) -> Account:
    return reissued(portal, account, mailbox, evidence)


@given("再発行の案内を受け取ったもう一人の利用者がいる", target_fixture="other")
def _(portal: Portal, mailbox: Mailbox, evidence: Recorder) -> Account:
    return reissued(portal, portal.account("active"), mailbox, evidence)


@then("窓口からユーザーIDと新しい証明書取得用パスワードが伝えられる")
def _(account: Account) -> None:
    require(account.user_id, say("ユーザーIDが伝えられない", "No user ID is told"))
    require(
        account.login_password,
        say("証明書取得用パスワードが伝えられない", "No password to fetch the certificate is told"),
    )


def reissued(portal: Portal, account: Account, mailbox: Mailbox, evidence: Recorder) -> Account:
    """Ask the desk for a reissue; the user with what it tells."""
    if not portal.has_reissued(account):
        mailbox.set_aside(*recipients(account).values())
    told = portal.reissue(account)
    evidence.add(
        Note(
            title=say("窓口から伝えられたこと", "What the support desk told"),
            lines=[
                say(f"ユーザーID {told.user_id}", f"User ID {told.user_id}"),
                say("証明書取得用パスワード（伏せる）", "Password to fetch the certificate (not shown)"),
            ],
        )
    )
    return replace(told, state=account.state, identities=account.identities)
