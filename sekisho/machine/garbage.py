"""How often Python looks for objects that only keep each other alive."""

from __future__ import annotations

import gc

NEW_OBJECTS = 20_000


def settle() -> None:
    """Have it look after every 20,000 new objects, and not after 700 (its own `gc.set_threshold`).

    Programs that import and parse make millions that stay: looking at them again and again is a fifth of their work.
    """
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
