"""What a portal is started with: its habits, its accounts, and what it gets wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.second_portal.habits import USUAL, Habits
from tests.second_portal.pool import Wanted, usual

MET = "met.json"  # in the portal's folder after its end: by user ID, the faults that a member could have met


@dataclass(frozen=True)
class Setup:
    """All of it; without a word, the portal that keeps its manual, with accounts for all scenarios."""

    habits: Habits = USUAL
    accounts: Sequence[Wanted] = field(default_factory=usual)
    for_anybody: Sequence[str] = ()
    """The faults that are on for visitors of whom the portal knows nothing."""
    patience: int = 120
    """What the target file says of how long to wait, in seconds."""

    def has(self, fault: str) -> bool:
        """Whether it is on for anybody."""
        return fault in self.for_anybody or any(fault in one.faults for one in self.accounts)

    def write(self, path: Path) -> Path:
        """Into a file."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Setup:
        """From such a file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        accounts = [Wanted(**one) for one in told["accounts"]]
        return cls(Habits(**told["habits"]), accounts, told["for_anybody"], told["patience"])
