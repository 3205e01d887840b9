"""A user's token: shows one-time passwords by the time of day (RFC 6238: SHA-1, six digits, half a minute)."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Collection

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

STEP_SECONDS = 30
DIGITS = 6


class Token:
    """One token, made from the seed that the bank gave with it. Raises ConfigurationProblemError for what is none."""

    def __init__(self, seed: str) -> None:
        """Take the seed, in Base32."""
        try:
            key = base64.b32decode(seed, casefold=True)
            self._totp = TOTP(key, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - what such tokens use
        except (binascii.Error, ValueError) as problem:
            raise ConfigurationProblemError(
                say(
                    "ワンタイムパスワードの種（otp_seed）が Base32 の鍵ではありません",
                    "the seed of one-time passwords (otp_seed) is not a key in Base32",
                )
            ) from problem

    def unspent(self, spent: Collection[str]) -> str:
        """What it shows next, a step early, as banks take it (RFC 6238, 5.2); where that was used, the one after it.

        That one a person waits for, half a minute at most.
        """
        while (code := self.shown(seconds_ago=-STEP_SECONDS)) in spent:
            time.sleep(STEP_SECONDS - time.time() % STEP_SECONDS)
        return code

    def shown(self, *, seconds_ago: int = 0) -> str:
        """What it shows now, or showed some seconds ago."""
        return self._totp.generate(int(time.time()) - seconds_ago).decode()
