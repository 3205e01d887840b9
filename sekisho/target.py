"""A target file: one TOML that describes a portal to test. The mock is the target that needs no file."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from sekisho.mailbox import Mailbox
from sekisho.manual import FEATURES, manuals
from sekisho.portal import Account, Identity
from sekisho.verdict import BlockedError, ConfigurationProblemError

STATES = ("invited", "active", "renewable", "renewing", "expired", "revoked")


class Section(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MailSource(Section):
    """Where the portal's mail arrives."""

    maildir: Path


class IdentityEntry(Section):
    """A certificate that an account already has."""

    which: str = "shared"
    pkcs12: Path
    password_env: str


class AccountEntry(Section):
    """One account of the pool. Secrets are named by environment variable, never written."""

    state: str
    user_id: str
    login_password_env: str
    request_id: str = ""
    reference_id_env: str = ""
    otp_seed_env: str = ""
    confirmation_password_env: str = ""
    letter: Path | None = None
    mail: str = ""
    admin_mail: str = ""
    password_mail: str = ""
    traits: dict[str, str | int] = Field(default_factory=dict)
    identities: tuple[IdentityEntry, ...] = ()


class Target(Section):
    """The whole file."""

    manual: str
    name: str
    sites: dict[str, HttpUrl]
    trust_root: Path | None = None
    mail: MailSource
    accounts: tuple[AccountEntry, ...] = ()
    dialect: dict[str, dict[str, list[str]]] = Field(default_factory=dict)


def read(path: Path) -> Target:
    """The target in a file. Raises ConfigurationProblemError naming file, key, value and what is allowed."""
    try:
        target = Target.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationProblemError(f"{path}: ターゲットファイルを読めません（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise ConfigurationProblemError(f"{path}: UTF-8 ではありません（{error.start} バイト目）") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationProblemError(f"{path}: TOML として読めません: {error}") from error
    except ValidationError as error:
        raise ConfigurationProblemError("\n".join(f"{path}: {line}" for line in _explain(error))) from error
    _check(path, target)
    return target


def _check(path: Path, target: Target) -> None:
    covered = [manual for manual in manuals() if (FEATURES / manual).is_dir()]
    if target.manual not in covered:
        raise ConfigurationProblemError(f"{path}: manual = {target.manual!r}: 使えるのは {', '.join(covered)} です")
    for number, account in enumerate(target.accounts):
        if account.state not in STATES:
            where = f"accounts[{number}].state = {account.state!r}"
            raise ConfigurationProblemError(f"{path}: {where}: 使えるのは {', '.join(STATES)} です")


def _explain(error: ValidationError) -> list[str]:
    lines = []
    for one in error.errors():
        key = ".".join(str(part) for part in one["loc"])
        value: Any = one["input"]
        hint = _nearest(one["loc"][-1]) if one["type"] == "extra_forbidden" else ""
        shown = "" if isinstance(value, dict | list) else f" = {value!r}"
        lines.append(f"{key}{shown}: {MESSAGES.get(one['type'], one['msg'])}{hint}")
    return lines


MESSAGES = {"missing": "この項目は必須です", "extra_forbidden": "知らない項目です"}
KNOWN = [name for model in (Target, MailSource, AccountEntry, IdentityEntry) for name in model.model_fields]


def _nearest(key: str | int) -> str:
    near = difflib.get_close_matches(str(key), KNOWN, n=1)
    return f"（{near[0]} のことですか）" if near else f"（使えるもの: {', '.join(Target.model_fields)}）"


class TargetPortal:
    """A real portal: accounts come from the pool in its file, each used once in a run."""

    def __init__(self, target: Target, folder: Path, mask: Callable[[str], str]) -> None:
        """Take a target and the folder that its relative paths start from. `mask` registers each secret."""
        self._folder, self._mask = folder, mask
        self._left = list(target.accounts)
        self.name = target.name
        self.sites = {name: str(url) for name, url in target.sites.items()}
        self.words = target.dialect
        self.trust_root = folder / target.trust_root if target.trust_root else None
        self.mailbox = Mailbox(folder / target.mail.maildir)

    def account(self, state: str, **traits: str | int) -> Account:
        """The next unused account in a state that has these traits."""
        for entry in self._left:
            if entry.state == state and all(entry.traits.get(name) == value for name, value in traits.items()):
                self._left.remove(entry)
                return self._account(entry)
        wanted = f"{state} {traits}" if traits else state
        raise BlockedError(f"ターゲットファイルに、状態 {wanted} の未使用のアカウントがない")

    def _account(self, entry: AccountEntry) -> Account:
        found = tuple(
            Identity(one.which, (self._folder / one.pkcs12).read_bytes(), self._secret(one.password_env))
            for one in entry.identities
        )
        return Account(
            state=entry.state,
            user_id=entry.user_id,
            login_password=self._secret(entry.login_password_env),
            request_id=entry.request_id,
            reference_id=self._optional(entry.reference_id_env),
            otp_seed=self._optional(entry.otp_seed_env),
            confirmation_password=self._optional(entry.confirmation_password_env),
            letter=str(self._folder / entry.letter) if entry.letter else "",
            mail=entry.mail,
            admin_mail=entry.admin_mail,
            password_mail=entry.password_mail,
            enrol_url=self.sites.get("enrol", ""),
            renew_url=self.sites.get("renew", ""),
            identities=found,
        )

    def _optional(self, variable: str) -> str:
        return self._secret(variable) if variable else ""

    def _secret(self, variable: str) -> str:
        return self._mask(secret(variable))

    def reissue(self, account: Account) -> Account:
        """The support desk is a person."""
        raise BlockedError(f"{account.user_id} の再発行は、サポートセンターへの電話が必要")

    def pass_days(self, days: int) -> None:
        """A real portal's calendar is not ours to move."""
        raise BlockedError(f"ポータルの日付を {days} 日進めることはできない")

    def pass_minutes(self, minutes: int) -> None:
        """A real portal's clock is not ours to move."""
        raise BlockedError(f"ポータルの時計を {minutes} 分進めることはできない")

    def wait_until(self, moment: time) -> None:
        """A real portal's clock is not ours to move."""
        raise BlockedError(f"ポータルの時計を {moment:%H:%M} に合わせることはできない")


def secret(variable: str) -> str:
    """A secret from the environment. Raises ConfigurationProblemError naming the variable that is not set."""
    value = os.environ.get(variable)
    if not value:
        raise ConfigurationProblemError(
            f"環境変数 {variable} が設定されていません（ターゲットファイルが参照しています）"
        )
    return value
