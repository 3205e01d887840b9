"""What comes out of a ZIP file, or why nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal["broken", "password", "limit", "unknown", "unsafe"]


class ZipProblemError(Exception):
    """A ZIP file that is not opened; the text is the end of a Japanese sentence about the file.

    `why`: it is broken, wants another password, or would put files where none belong (unsafe); and what is no fault of
    its maker's: it is larger than what is opened here (limit), or packed in a way that is not known here (unknown).
    """

    def __init__(self, why: Why, said: str) -> None:
        """Say so."""
        super().__init__(said)
        self.why = why


@dataclass(frozen=True)
class Packed:
    """One file in a ZIP."""

    name: str
    """With its folders, between slashes."""
    size: int
    """Bytes, as the ZIP says, or as they were where it was unpacked."""
    encrypted: bool
    data: bytes | None
    """None of one that is larger than any that holds certificates."""
