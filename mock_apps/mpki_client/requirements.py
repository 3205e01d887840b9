"""What the program needs of a PC: Windows, its width in bits, and .NET Framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_apps.base import Defects, RefusedError

BITS = {"Windows 8.1": (32, 64), "Windows 10": (32, 64), "Windows 11": (64,)}
FRAMEWORK = (4, 8)
# What a defect wrongly refuses (bits: None for any), and what one wrongly lets pass.
TOO_STRICT = (("client-refuses-windows-81", "Windows 8.1", None), ("client-refuses-32-bit", "", 32))
TOO_LAX = {"Windows 7": "client-installs-on-windows-7", "Windows 11": "client-installs-on-32-bit-windows-11"}


def check(machine: Mapping[str, Any], defects: Defects) -> None:
    """Look whether the program can be on this PC. Raises RefusedError."""
    if not machine:
        return
    if not _system(str(machine["system"]), int(machine["bits"]), defects):
        raise RefusedError(
            "このプログラムは、Windows 8.1、Windows 10（32ビット、64ビット）または Windows 11（64ビット）に"
            "インストールできます。"
        )
    if not _framework(str(machine["framework"]), defects):
        raise RefusedError("このプログラムには Microsoft .NET Framework 4.8 以上が必要です。")


def _system(system: str, bits: int, defects: Defects) -> bool:
    if bits in BITS.get(system, ()):
        strict = [name for name, one, width in TOO_STRICT if one in {"", system} and width in {None, bits}]
        return not any(defects.broken(name) for name in strict)
    return system in TOO_LAX and defects.broken(TOO_LAX[system])


def _framework(version: str, defects: Defects) -> bool:
    if not version:
        return defects.broken("client-installs-without-framework")
    found = tuple(map(int, version.split(".")))
    if found[:2] < FRAMEWORK:
        return defects.broken("client-installs-on-older-framework")
    return found == FRAMEWORK or not defects.broken("client-refuses-newer-framework")
