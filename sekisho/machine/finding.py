"""What `sekisho doctor` finds on a machine, thing by thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing a run uses: whether it is here and in order, what was found, and what to do if it is not."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    packages: tuple[str, ...] = ()
    """The packages (by Debian's names) that mend it, where packages do."""
