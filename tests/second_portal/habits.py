"""What the portal can be like beside what it is: each a way in which portals are built, and none breaks the manual."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Habits:
    """The switches; without any, the portal is as it always was."""

    works_seconds: float = 0.4
    """How long an application is in the works."""
    meta_refresh: bool = False
    """The page that asks for patience looks again by its markup, each second, and not by a script."""
    key_listed_late: bool = False
    """A renewal is listed at once, and its button only when it has gone through the works."""
    cautions: bool = False
    """The key page's instructions say what its refusals say, and the refusals stand above them."""
    own_words: bool = False
    """The target file knows none of its messages, and the services' menus have titles of their own."""

    def told(self) -> str:
        """In one word of a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def heard(cls, told: str) -> Habits:
        """From such a word."""
        return cls(**json.loads(told))


USUAL = Habits()
