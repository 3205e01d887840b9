"""What the certificates of an account say about it: how long they last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sekisho.japan import TOKYO, in_tokyo
from sekisho.language import say
from sekisho.pki.pkcs12 import ImportRefusedError, facts
from sekisho.pki.pkcs12 import read as read_pkcs12
from sekisho.target_file.model import AccountEntry, IdentityEntry
from sekisho.verdict import ConfigurationProblemError


def days_left(entry: AccountEntry, folder: Path, secret: Callable[[str], str]) -> dict[str, str]:
    """The trait `days_left` of an account, as of today in Tokyo, as its PKCS#12 files tell; nothing without any.

    Raises ConfigurationProblemError naming the file that cannot be opened.
    """
    if not entry.identities:
        return {}
    last = max(_ends(one, folder, secret) for one in entry.identities)
    return {"days_left": str((in_tokyo(last).date() - datetime.now(TOKYO).date()).days)}


def _ends(identity: IdentityEntry, folder: Path, secret: Callable[[str], str]) -> datetime:
    try:
        return _end_of(contents(identity, folder), secret(identity.password_env))
    except ImportRefusedError as error:
        raise ConfigurationProblemError(f"{folder / identity.pkcs12}: {error}") from error


@lru_cache(maxsize=256)
def _end_of(data: bytes, password: str) -> datetime:
    return facts(read_pkcs12(data, password).der).not_after


def contents(identity: IdentityEntry, folder: Path) -> bytes:
    """The bytes of a PKCS#12 file. Raises ConfigurationProblemError naming it."""
    path = folder / identity.pkcs12
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"{path}: アカウントの PKCS#12 ファイルを読めません（{error.strerror}）",
                f"{path}: the account's PKCS#12 file cannot be read ({error.strerror})",
            )
        ) from error
