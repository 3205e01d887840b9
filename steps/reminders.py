"""The mails that remind users of a renewal: on which days they come, and when no more of them may."""

from __future__ import annotations

from datetime import UTC, datetime

from pytest_bdd import parsers, then

from pages.mails import Mails
from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.language import counted, say
from sekisho.mail.mailbox import Mailbox
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.results import Note
from sekisho.verdict import BlockedError, require
from steps.premises import identities

CONCEPT = "更新案内メールの届く日"

LONG_AGO = datetime.fromtimestamp(0, UTC)


@then("次の日に届いている更新案内メールの通数は次のとおりである")
def _(datatable: list[list[str]], mailbox: Mailbox, mails: Mails, portal: Portal, account: Account) -> None:
    mailbox.set_aside(account.mail, before=issued(account))
    portal.put_early_mail_away()
    today = int(datatable[1][0])
    for days_left, count in ((int(left), int(count)) for left, count in datatable[1:]):
        if days_left < today:
            portal.pass_days(today - days_left)
            today = days_left
        got = mails.count("renewal", count)
        require_reminders(
            portal,
            mails,
            got == count,
            say(
                f"残り{days_left}日に届いている更新案内メールが {got} 通である（{count} 通のはず）",
                f"Renewal mails that have arrived with {counted(days_left, 'day')} left: {got} ({count} due)",
            ),
        )


@then(parsers.parse("届いている更新案内メールは{count:d}通である"))
def _(mailbox: Mailbox, mails: Mails, portal: Portal, account: Account, count: int) -> None:
    mailbox.set_aside(account.mail, before=issued(account))
    got = mails.count("renewal", count)
    require_reminders(
        portal,
        mails,
        got == count,
        say(
            f"届いている更新案内メールが {got} 通である（{count} 通のはず）",
            f"Renewal mails that have arrived: {got} ({count} due)",
        ),
    )


@then(parsers.parse("{first:d}日前から{last:d}日前まで、更新案内メールが届くのは次の日だけである"))
def _(datatable: list[list[str]], mails: Mails, portal: Portal, evidence: Recorder, first: int, last: int) -> None:
    wanted = [int(left) for (left,) in datatable[1:]]
    got = [left for left in range(first, last - 1, -1) if arrives(mails, portal, first, left, due=left in wanted)]
    evidence.add(
        Note(
            title=say("更新案内メールが届いた日（残り日数）", "Days on which renewal mails arrived (days left)"),
            lines=[str(left) for left in got],
        )
    )
    require_reminders(
        portal,
        mails,
        got == wanted,
        say(
            f"届いたのは残り {'、'.join(map(str, got))} 日である",
            f"They arrived with {', '.join(map(str, got))} days left",
        ),
    )


@then(parsers.parse("{days:d}日が過ぎて有効期限の{left:d}日前になっても更新案内メールは増えない"))
def _(mails: Mails, portal: Portal, holdings: Holdings, days: int, left: int) -> None:
    now = (in_tokyo(holdings.oldest.not_after).date() - portal.today()).days
    if now - days != left:
        raise BlockedError(
            say(
                f"更新前の証明書の残りが {now} 日なので、{days}日が過ぎても有効期限の{left}日前にならない",
                f"The old certificate has {counted(now, 'day')} left, "
                f"so after {counted(days, 'day')} it is not {counted(left, 'day')} before its end",
            )
        )
    portal.put_early_mail_away()
    before = mails.count("renewal", 0)
    portal.pass_days(days)
    got = mails.count("renewal", before)
    require(
        got <= before,
        say(
            f"更新を終えたのに更新案内メールが {got - before} 通届いた",
            f"Renewal mails that arrived after the renewal was finished: {got - before}",
        ),
    )


def issued(account: Account) -> datetime:
    """Since when a user's certificate is valid: reminders from before speak of an earlier one."""
    held = identities(account) if account.identities else ()
    return min((one.certificate.not_valid_before_utc for one in held), default=LONG_AGO)


def require_reminders(portal: Portal, mails: Mails, met: object, did: str) -> None:
    """Raise DeviationError where reminders are not what they must be.

    BlockedError where the portal has reminded the user in days to which another scenario had moved its clock: it need
    not do so again.
    """
    early = sum(mails.is_of(mail, "renewal") for mail in portal.early_mail)
    if early and not met:
        raise BlockedError(
            say(
                f"ほかのシナリオが時計を進めたあいだに、この利用者に更新案内メールが {early} 通届いた。"
                f"案内は済んだことになっているかもしれず、{did}ことからは判定できない。"
                "利用者をポータルで元に戻し、--select でこのシナリオから始める",
                f"While another scenario had moved the clock, the portal sent this subscriber "
                f"{counted(early, 'renewal mail')}. It may take it as reminded, so this decides nothing: {did}. "
                "Reset the subscriber at the portal, and begin with this scenario by --select",
            )
        )
    require(met, did)


def arrives(mails: Mails, portal: Portal, first: int, left: int, *, due: bool) -> bool:
    """Whether a reminder arrives on the day with so many days left; `first` is the day on which this is begun."""
    portal.put_early_mail_away()
    before = 0
    if left < first:
        before = mails.count("renewal", 0)
        portal.pass_days(1)
    got = mails.count("renewal", before + due) - before
    require(
        got <= 1,
        say(
            f"残り{left}日に更新案内メールが {got} 通届いた",
            f"With {counted(left, 'day')} left, {got} renewal mails arrived",
        ),
    )
    return got == 1
