"""What the portal can be like beside what it is: each a way in which portals are built, and none breaks the manual."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Habits:
    """The switches; without any, the portal is as it always was."""

    works_seconds: tuple[float, ...] = (0.4,)
    """How long applications are in the works, by turns."""
    meta_refresh: bool = False
    """The page that asks for patience looks again by its markup, each second, and not by a script."""
    key_listed_late: bool = False
    """A renewal is listed at once, and its button only when it has gone through the works."""
    cautions: bool = False
    """The key page's instructions say what its refusals say, and the refusals stand above them."""
    own_words: bool = False
    """The target file knows none of its messages, and the services' menus have titles of their own."""
    many_ways: bool = False
    """Files are handed out in each of the ways of `ways.py` by turns."""
    components: bool = False
    """Its screens stand in shadow trees, as components of today put them there."""
    by_place: bool = False
    """What belongs together does so by its place on the screen alone, and its menus are maps of pictures."""


USUAL = Habits()
EVERY = Habits(
    works_seconds=(*[0.4] * 6, 20, 5, *[0.4] * 12),
    meta_refresh=True,
    key_listed_late=True,
    cautions=True,
    own_words=True,
    many_ways=True,
    components=True,
    by_place=True,
)
