"""Whether a user is in the state that a scenario speaks of: what the pool was told is not believed where it shows.

Each raises BlockedError, with what is missing, where it shows that the state is another one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sekisho.evidence.recorder import Recorder
from sekisho.japan import in_tokyo
from sekisho.language import counted, say
from sekisho.pki import pkcs12, revocation
from sekisho.pki.pkcs12 import Identity
from sekisho.portal import Account
from sekisho.results import Note
from sekisho.verdict import BlockedError, DeviationError, EnvironmentProblemError, NotApplicableError

A_DAY = timedelta(days=1)
REVOKED = "REVOKED"


def identities(account: Account) -> list[Identity]:
    """The certificates that a user holds. Raises BlockedError where there is none, or one that cannot be read."""
    if not account.identities:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書（accounts の identities）が無い",
                f"Subscriber {account.user_id} has no certificate (identities of accounts)",
            )
        )
    try:
        return [pkcs12.read(one.pkcs12, one.password) for one in account.identities]
    except pkcs12.ImportRefusedError as problem:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書を読めない: {problem}",
                f"The certificate of subscriber {account.user_id} cannot be read: {problem}",
            )
        ) from problem


def over(account: Account) -> Account:
    """A user whose newest certificate's time is over."""
    end = identities(account)[-1].certificate.not_valid_after_utc
    if end > datetime.now(UTC):
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書は、有効期限が切れていない（{end:%Y-%m-%d} まで）",
                f"The certificate of subscriber {account.user_id} has not expired (until {end:%Y-%m-%d})",
            )
        )
    return account


def alive(account: Account) -> Account:
    """A user whose newest certificate is valid now."""
    newest = identities(account)[-1].certificate
    begin, end = newest.not_valid_before_utc, newest.not_valid_after_utc
    if not begin - A_DAY <= datetime.now(UTC) <= end:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書は、いま有効でない（{begin:%Y-%m-%d} から {end:%Y-%m-%d} まで）",
                f"The certificate of subscriber {account.user_id} is not valid now (from {begin:%Y-%m-%d} to "
                f"{end:%Y-%m-%d})",
            )
        )
    return account


def revoked(account: Account, evidence: Recorder) -> Account:
    """A user whose newest certificate its authority says to be revoked, in the CRL or by OCSP that it names.

    Where it names neither, or neither can be had, the target file is believed: what it says is noted.
    """
    identity = identities(account)[-1]
    said = {"CRL": _asked(revocation.in_crl, identity), "OCSP": _asked(_by_ocsp, identity)}
    known = {name: answer for name, answer in said.items() if answer is not None}
    lines = [
        say(
            f"{name}: {'失効している' if answer else '失効していない'}",
            f"{name}: {'revoked' if answer else 'not revoked'}",
        )
        for name, answer in known.items()
    ]
    evidence.add(
        Note(
            title=say("前提の確認（失効）", "Premise checked (revocation)"),
            lines=lines
            or [say("この証明書からは、失効情報が得られない", "This certificate leads to no word about revocation")],
        )
    )
    if known and not any(known.values()):
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の証明書は、{'も '.join(known)}も失効としていない",
                f"The certificate of subscriber {account.user_id} is not revoked according to {' and '.join(known)}",
            )
        )
    return account


def issued(account: Account, today: date, day: date | None, days: int, where: str) -> Account:
    """A user to whom something was issued so many days ago, by a date in what he got; None where it says none."""
    wanted = today - timedelta(days=days)
    if day is not None and abs(day - wanted) > A_DAY:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の{where}の日付は {day} で、{days} 日前（{wanted}）でない",
                f"The date of the {where} of subscriber {account.user_id} is {day}, "
                f"not {counted(days, 'day')} ago ({wanted})",
            )
        )
    return account


def day_of(moment: datetime) -> date:
    """The day of a moment, in Tokyo."""
    return in_tokyo(moment).date()


def _asked(answer: Callable[[Identity], bool], identity: Identity) -> bool | None:
    """What an authority says of a certificate; None where it says nothing, or nothing that can be read."""
    try:
        return answer(identity)
    except (NotApplicableError, DeviationError, EnvironmentProblemError):
        return None


def _by_ocsp(identity: Identity) -> bool:
    return revocation.ocsp_status(identity) == REVOKED
