"""The systems under test: those with a folder each, and portals of a family, of which a manual's own folder says all.

A new system with a folder is added to `SYSTEMS` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mock_ca.family.system import system_of
from mock_ca.family.table import read
from mock_ca.mock import Mock
from mock_ca.sites.danshin.system import Danshin
from mock_ca.sites.gunma.system import Gunma
from mock_ca.sites.kihonet.system import Kihonet
from mock_ca.sites.nec.system import Nec
from mock_ca.sites.obn.system import Obn
from mock_ca.system import System

SYSTEMS: tuple[type[System], ...] = (Danshin, Kihonet, Obn, Nec, Gunma)


def with_families(manuals: Sequence[Path]) -> tuple[type[System], ...]:
    """Every system there is, and those that these manuals' folders describe. Raises NoTableError."""
    return (*SYSTEMS, *(system_of(read(folder)) for folder in manuals))


def installed(mock: Mock, systems: Sequence[type[System]]) -> dict[str, System]:
    """The systems at work, by name."""
    return {system.name: system(mock) for system in systems}
