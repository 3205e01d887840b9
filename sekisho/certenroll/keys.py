"""The private key: made by the provider that the page names, guarded as the user decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric import rsa

from sekisho.certenroll import prompts
from sekisho.certenroll.computer import MadeKey, Protection
from sekisho.certenroll.errors import (
    ACCESS_DENIED,
    ALREADY_INITIALIZED,
    BAD_LENGTH,
    BAD_PROVIDER,
    BLANK,
    CANCELLED,
    ComError,
    GapError,
)
from sekisho.certenroll.interface import PREFIX, ComObject, Value
from sekisho.certenroll.providers import DEFAULT, PROVIDERS, CspInformations
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

RSA_TYPES = (0, 1, 12, 24)
SHORTEST, LONGEST, STEP = 384, 16384, 8
SHORTEST_HERE = 1024  # what `cryptography` makes
NO_PROTECTION, FORCE_HIGH = 0, 2


class PrivateKey(ComObject):
    """IX509PrivateKey."""

    prog_id = f"{PREFIX}CX509PrivateKey"
    properties: ClassVar[Mapping[str, Value]] = {
        "Algorithm": None,
        "ContainerName": "",
        "ContainerNamePrefix": "",
        "CspInformations": None,
        "Description": "",
        "Existing": False,
        "ExportPolicy": 0,
        "FriendlyName": "",
        "KeyProtection": NO_PROTECTION,
        "KeySpec": 0,
        "KeyUsage": 0,
        "LegacyCsp": False,
        "Length": 2048,
        "MachineContext": False,
        "ParentWindow": 0,
        "ProviderName": "",
        "ProviderType": 0,
        "Silent": False,
        "UIContextMessage": "",
    }
    methods = ("Close",)
    asks = ("Create",)
    made: MadeKey | None = None

    def create(self) -> None:
        """Make the key pair, asking the user how to guard it. Once only."""
        if self.made is not None:
            raise ComError(ALREADY_INITIALIZED)
        if self.values["MachineContext"]:
            raise ComError(ACCESS_DENIED)
        provider, length = self._provider(), self._length()
        protection = self._protection()
        key = rsa.generate_private_key(65537, length)
        self.made = MadeKey(key, provider, protection, exportable=bool(self.values["ExportPolicy"]))

    def close(self) -> None:
        """Let go of the provider; the key stays."""
        if self.made is None:
            raise ComError(BLANK)

    def _provider(self) -> str:
        listed = self.values["CspInformations"]
        if isinstance(listed, CspInformations) and listed.count() and not self.values["ProviderName"]:
            return str(listed.item_by_index(0).get("Name"))
        name = self.values["ProviderName"] or DEFAULT
        if name not in PROVIDERS:
            raise ComError(BAD_PROVIDER)
        if PROVIDERS[name] not in RSA_TYPES or "Smart Card" in name:
            raise GapError(say(f"プロバイダー「{name}」の鍵", f'a key of the provider "{name}"'))
        return str(name)

    def _length(self) -> int:
        length: int = self.values["Length"]
        if not SHORTEST <= length <= LONGEST or length % STEP:
            raise ComError(BAD_LENGTH)
        if length < SHORTEST_HERE:
            raise GapError(say(f"{length} ビットの鍵", f"a key of {length} bits"))
        return length

    def _protection(self) -> Protection:
        """What the user and Windows agree on; on Windows 7 the only level that can be chosen is 高."""
        wanted = self.values["KeyProtection"]
        if wanted == NO_PROTECTION:
            return Protection.NONE
        if wanted != FORCE_HIGH:
            pressed = self.computer.user.answer(prompts.ANNOUNCE_KEY)
            if pressed == prompts.OK:
                return Protection.MEDIUM
            self._agreed(pressed == prompts.SET_LEVEL)
            self._agreed(self.computer.user.agrees(prompts.CHOOSE_LEVEL))
        self._choose_pin()
        return Protection.HIGH

    def _choose_pin(self) -> None:
        if not self.computer.user.pin:
            raise ConfigurationProblemError(
                say(
                    "秘密キーを守るパスワード（PIN）が決まっていません",
                    "the password (PIN) that is to guard the private key is not given",
                )
            )
        self._agreed(self.computer.user.agrees(prompts.CHOOSE_PIN))
        self._agreed(self.computer.user.agrees(prompts.CONFIRM_LEVEL))

    @staticmethod
    def _agreed(yes: bool) -> None:  # noqa: FBT001 - reads as a sentence where it is called
        if not yes:
            raise ComError(CANCELLED)
