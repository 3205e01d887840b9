"""The systems under test, one folder each. A new system is added to `SYSTEMS` and nowhere else."""

from __future__ import annotations

from mock_ca.mock import Mock
from mock_ca.sites.danshin.system import Danshin
from mock_ca.sites.gunma.system import Gunma
from mock_ca.sites.kihonet.system import Kihonet
from mock_ca.sites.nec.system import Nec
from mock_ca.sites.obn.system import Obn
from mock_ca.system import System

SYSTEMS: tuple[type[System], ...] = (Danshin, Kihonet, Obn, Nec, Gunma)


def installed(mock: Mock) -> dict[str, System]:
    """Every system, by name."""
    return {system.name: system(mock) for system in SYSTEMS}
