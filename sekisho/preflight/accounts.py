"""Whether the accounts of a target file can be used: their secrets, their certificates, and who would go short."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

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
            what = f"状態 {account.state} なのに、証明書（identities）がありません"
            yield place.hint(key, account.user_id, what, "証明書の要るシナリオはこのアカウントでは実施できません")
    if place.lacks_accounts:
        what = "誤りのあるアカウントを除いては、足りるかどうかを数えません"
        yield place.hint("accounts", "", what, "上の誤りを直してから、もう一度点検してください")
    else:
        yield from shortage.check(target, place, scenarios)


def _secrets(account: AccountEntry, key: str, place: Place) -> Iterator[Finding]:
    yield from set_secret(f"{key}.login_password_env", account.login_password_env, place)
    for fact, variable in given(account):
        if fact.secret:
            yield from set_secret(f"{key}.{fact.key}", variable, place)


def _files(account: AccountEntry, key: str, place: Place) -> Iterator[Finding]:
    for fact, path in given(account):
        if fact.file and not (place.folder / path).is_file():
            what = f"{fact.title}のファイルがありません"
            yield place.problem(f"{key}.{fact.key}", path, what, "パスを確かめてください")


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
        what = f"読めません（{error.strerror}）"
        yield place.problem(f"{key}.pkcs12", identity.pkcs12, what, "パスを確かめてください")
        return
    if not unset:
        yield from _opened(account, identity, file, key, place)


def _opened(account: AccountEntry, identity: IdentityEntry, file: bytes, key: str, place: Place) -> Iterator[Finding]:
    try:
        found = pkcs12.read(file, secret(identity.password_env, place.folder))
        pkcs12.check(found)
    except pkcs12.WrongPasswordError:
        what = f"環境変数 {identity.password_env} のパスワードでは開きません"
        yield place.problem(f"{key}.pkcs12", identity.pkcs12, what, "パスワードを確かめてください")
    except pkcs12.ImportRefusedError as problem:
        remedy = "PKCS#12 ファイルを作り直してください"
        yield place.problem(f"{key}.pkcs12", identity.pkcs12, str(problem).rstrip("。"), remedy)
    else:
        yield from _dates(account, found, f"{key}.pkcs12", identity.pkcs12, place)


def _dates(account: AccountEntry, found: pkcs12.Identity, key: str, file: Path, place: Place) -> Iterator[Finding]:
    fact = pkcs12.facts(found.der)
    start, end = fact.not_before, fact.not_after
    now = datetime.now(UTC)
    days = (end - now).days
    remedy = "状態 (state) か、PKCS#12 ファイルを替えてください"
    if account.state in IN_DATE and now > end:
        yield place.problem(key, file, f"状態 {account.state} なのに、証明書が {end:%Y-%m-%d} に切れています", remedy)
    elif account.state in IN_DATE and now < start:
        yield place.problem(key, file, f"証明書は {start:%Y-%m-%d} まで有効になりません", remedy)
    elif account.state == "expired" and now <= end:
        yield place.problem(key, file, f"状態 expired なのに、証明書は {end:%Y-%m-%d} まで有効です", remedy)
    elif account.state == "renewable" and days > (near := place.ending_days):
        what = f"状態 renewable ですが、期限まで {days} 日あります（更新は {near} 日前から）"
        yield place.hint(key, file, what, "更新できる期間に入っているかを確かめてください")
