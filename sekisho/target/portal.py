"""A real portal: what scenarios ask for comes from its target file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

from sekisho.mailbox import Mailbox
from sekisho.portal import Account, Identity
from sekisho.target.model import AccountEntry, Target
from sekisho.target.secrets import secret
from sekisho.verdict import BlockedError


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
        assert target.mail.maildir
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
