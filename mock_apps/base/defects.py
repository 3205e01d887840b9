"""Named ways for a program to be wrong, so that whoever checks programs can be seen to notice.

Which of them are on is told when the program starts. Each that could change what happens is announced as *touched*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


class Defects:
    """Those that are on; `announce` tells whoever started the program which were touched."""

    def __init__(self, on: Iterable[str], announce: Callable[..., None]) -> None:
        """Begin with none touched."""
        self._on, self._announce = frozenset(on), announce
        self._touched: set[str] = set()

    def broken(self, name: str) -> bool:
        """Whether one is on, at a place where it would change what happens."""
        if name not in self._touched:
            self._touched.add(name)
            self._announce("touched", defect=name)
        return name in self._on

    def decide(self, name: str, *, right: T, wrong: T) -> T:
        """Return `right`, or `wrong` while the defect is on; equal outcomes touch nothing."""
        if right == wrong:
            return right
        return wrong if self.broken(name) else right
