"""What a look at a target file and its portal found, before anything is carried out. Nothing of it is a verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or (a hint) may surprise: where in the file it stands, and what to do about it."""

    file: Path
    key: str
    value: str
    what: str
    remedy: str
    hint: bool = False

    def __str__(self) -> str:
        """One line: file, key, value, what, what to do."""
        place = f"{self.key} = {self.value!r}" if self.value else self.key
        return f"{self.file}: {place}: {self.what}{'。' if self.remedy else ''}{self.remedy}"

    def record(self) -> dict[str, object]:
        """The same for JSON."""
        return {**asdict(self), "file": str(self.file)}


@dataclass(frozen=True)
class Place:
    """A target file, and what is needed to speak of a place in it."""

    file: Path

    @property
    def folder(self) -> Path:
        """Where its relative paths start."""
        return self.file.parent

    def problem(self, key: str, value: object, what: str, remedy: str = "") -> Finding:
        """What must be put right before a run."""
        return Finding(self.file, key, str(value), what, remedy)

    def hint(self, key: str, value: object, what: str, remedy: str = "") -> Finding:
        """What a run can live with."""
        return Finding(self.file, key, str(value), what, remedy, hint=True)
