"""Whether the accounts of a target file can be used: their secrets, their certificates, and who would go short."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sekisho.language import counted, say
from sekisho.pki import pkcs12
from sekisho.preflight import shortage
from sekisho.preflight.finding import Finding, Place
from sekisho.target_file.entries import given
from sekisho.target_file.model import AccountEntry, IdentityEntry, Target
from sekisho.target_file.secrets import secret
from sekisho.verdict import ConfigurationProblemError

IN_DATE = {"active", "renewable", "renewing"}


def check(target: Target, place: Place, scenarios: Collection[str] | None = None) -> Iterator[Finding]:
    """Look at every account; of `scenarios` (or of all) tell those that will be BLOCKED."""
    for key, account in place.numbered(target):
        yield from _secrets(account, key, place)
        yield from _files(account, key, place)
        for which, identity in enumerate(account.identities):
            yield from _identity(account, identity, f"{key}.identities[{which}]", place)
        if account.state in IN_DATE | {"expired"} and not account.identities:
            what = say(
                f"状態 {account.state} なのに、証明書（identities）がありません",
                f"state {account.state}, but there are no certificates (identities)",
            )
            yield place.hint(
                key,
                account.user_id,
                what,
                say(
                    "証明書の要るシナリオはこのアカウントでは実施できません",
                    "Scenarios that need a certificate cannot use this account",
                ),
            )
    if place.lacks_accounts:
        what = say(
            "誤りのあるアカウントを除いては、足りるかどうかを数えません",
            "accounts with mistakes are left out, so whether there are enough is not counted",
        )
        yield place.hint(
            "accounts",
            "",
            what,
            say("上の誤りを直してから、もう一度点検してください", "Correct the mistakes above, then check again"),
        )
    else:
        yield from shortage.check(target, place, scenarios)


def _secrets(account: AccountEntry, key: str, place: Place) -> Iterator[Finding]:
    if account.login_password_env:
        yield from set_secret(f"{key}.login_password_env", account.login_password_env, place)
    for fact, variable in given(account):
        if fact.secret:
            yield from set_secret(f"{key}.{fact.key}", variable, place)


def _files(account: AccountEntry, key: str, place: Place) -> Iterator[Finding]:
    for fact, path in given(account):
        if fact.file and not (place.folder / path).is_file():
            what = say(f"{fact.title}のファイルがありません", f"the file is not there: {fact.title}")
            yield place.problem(f"{key}.{fact.key}", path, what, say("パスを確かめてください", "Check the path"))


def set_secret(key: str, variable: str, place: Place, found: Callable[[str, Path], str] = secret) -> Iterator[Finding]:
    """A finding where a variable is not set, in the environment or beside the file, or is no secret that can be masked.

    With `value`, whatever it holds will do.
    """
    try:
        found(variable, place.folder)
    except ConfigurationProblemError as problem:
        yield place.problem(key, variable, str(problem))


def _identity(account: AccountEntry, identity: IdentityEntry, key: str, place: Place) -> Iterator[Finding]:
    unset = list(set_secret(f"{key}.password_env", identity.password_env, place))
    yield from unset
    try:
        file = (place.folder / identity.pkcs12).read_bytes()
    except OSError as error:
        what = say(f"読めません（{error.strerror}）", f"cannot be read ({error.strerror})")
        yield place.problem(f"{key}.pkcs12", identity.pkcs12, what, say("パスを確かめてください", "Check the path"))
        return
    if not unset:
        yield from _opened(account, identity, file, key, place)


def _opened(account: AccountEntry, identity: IdentityEntry, file: bytes, key: str, place: Place) -> Iterator[Finding]:
    try:
        found = pkcs12.read(file, secret(identity.password_env, place.folder))
        pkcs12.check(found)
    except pkcs12.WrongPasswordError:
        what = say(
            f"環境変数 {identity.password_env} のパスワードでは開きません",
            f"does not open with the password in environment variable {identity.password_env}",
        )
        yield place.problem(
            f"{key}.pkcs12", identity.pkcs12, what, say("パスワードを確かめてください", "Check the password")
        )
    except pkcs12.ImportRefusedError as problem:
        remedy = say("PKCS#12 ファイルを作り直してください", "Make the PKCS#12 file anew")
        yield place.problem(f"{key}.pkcs12", identity.pkcs12, str(problem).rstrip(say("。", ".")), remedy)
    else:
        yield from _dates(account, found, f"{key}.pkcs12", identity.pkcs12, place)


def _dates(account: AccountEntry, found: pkcs12.Identity, key: str, file: Path, place: Place) -> Iterator[Finding]:
    fact = pkcs12.facts(found.der)
    start, end = fact.not_before, fact.not_after
    now = datetime.now(UTC)
    days = (end - now).days
    remedy = say("状態 (state) か、PKCS#12 ファイルを替えてください", "Change the state, or the PKCS#12 file")
    if account.state in IN_DATE and now > end:
        yield place.problem(
            key,
            file,
            say(
                f"状態 {account.state} なのに、証明書が {end:%Y-%m-%d} に切れています",
                f"state {account.state}, but the certificate expired on {end:%Y-%m-%d}",
            ),
            remedy,
        )
    elif account.state in IN_DATE and now < start:
        yield place.problem(
            key,
            file,
            say(
                f"証明書は {start:%Y-%m-%d} まで有効になりません",
                f"the certificate is not valid before {start:%Y-%m-%d}",
            ),
            remedy,
        )
    elif account.state == "expired" and now <= end:
        yield place.problem(
            key,
            file,
            say(
                f"状態 expired なのに、証明書は {end:%Y-%m-%d} まで有効です",
                f"state expired, but the certificate is valid until {end:%Y-%m-%d}",
            ),
            remedy,
        )
    elif account.state == "renewable" and days > (near := place.ending_days):
        what = say(
            f"状態 renewable ですが、期限まで {days} 日あります（更新は {near} 日前から）",
            f"state renewable, but it expires in {counted(days, 'day')} (renewal opens {near} days before)",
        )
        yield place.hint(
            key,
            file,
            what,
            say("更新できる期間に入っているかを確かめてください", "Check whether it is within its period of renewal"),
        )
