"""Whether the distribution has a newer version of an installed browser, and how old its package lists are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from sekisho.machine.remedies import as_root

# What apt touches when its lists change, or when refreshing them has succeeded.
LISTS = Path("/var/lib/apt/lists")
STAMPS = (LISTS, *(Path("/var/lib/apt/periodic", name) for name in ("update-stamp", "update-success-stamp")))
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Package:
    """The package from which a program comes, its version, and the one that would be installed now."""

    name: str
    version: str
    offered: str

    @property
    def remedy(self) -> str:
        """The command that brings it up to date."""
        return f"{as_root('apt-get update')} && {as_root(f'apt-get install --only-upgrade {self.name}')}"

    @property
    def outdated(self) -> bool:
        """Whether the distribution has a newer one."""
        return _succeeds("dpkg", "--compare-versions", self.offered, "gt", self.version)


def package_of(program: Path) -> Package | None:
    """The package of a program; None for one that came otherwise, and on systems without dpkg and apt."""
    if not shutil.which("dpkg-query") or not shutil.which("apt-cache"):
        return None
    name = _output("dpkg-query", "--search", str(program.resolve())).partition(":")[0]
    policy = _output("apt-cache", "policy", name) if name else ""
    version, offered = (_field(field, policy) for field in ("Installed", "Candidate"))
    return Package(name, version, offered) if version and offered else None


def age_of_lists() -> int | None:
    """For how many days the package lists have not changed; None where there are none."""
    times = [stamp.stat().st_mtime for stamp in STAMPS if stamp.exists()]
    return int((time.time() - max(times)) / DAY_SECONDS) if times and any(LISTS.glob("*_Packages*")) else None


def _field(name: str, policy: str) -> str:
    found = re.search(rf"^\s+{name}: (?!\(none\))(\S+)$", policy, re.MULTILINE)
    return found[1] if found else ""


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _output(*command: str) -> str:
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment).stdout
