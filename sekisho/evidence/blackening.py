"""Pictures without secrets: what must not be seen on a screen is black before the picture is taken.

That is every secret of the scenario, in text and in fields, and what the target file names besides. It is looked for in
what the screen itself shows; no page is told a secret that it does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, JSHandle, Page

from sekisho.evidence import screen_text
from sekisho.evidence.masking import SHORTEST, Masking
from sekisho.evidence.reading import reading
from sekisho.results import Mail

SCRIPT = reading(Path(__file__).with_name("blackening.js").read_text(encoding="utf-8"))
# What may stand elsewhere without the words around it; the host of an address of mail is no such thing.
CODE = re.compile(r"(?<![0-9A-Za-z_.@-])[0-9A-Za-z][0-9A-Za-z_.-]{3,}(?![0-9A-Za-z_.@-])")


class Labelled(Protocol):
    """What stands beside some labels, as whoever knows how a person reads finds it."""

    def on_screen(self, page: Page) -> list[str]:
        """The values on a screen."""

    def in_mail(self, mail: Mail) -> list[str]:
        """The values in a mail."""


NOTHING = screen_text.Seen("", [], "", [])


@dataclass(frozen=True)
class Snapshot:
    """What a screen shows at one moment, and in which frames something of it must not be seen."""

    url: str
    title: str
    lines: list[str]
    dark: dict[Frame, tuple[str, ...]] = field(default_factory=dict)
    begun: bool = True
    """Whether there is something to paint."""


class Blackening:
    """Knows what must not be seen: the secrets of the scenario, and what stands beside labels of the target file."""

    def __init__(self, masking: Masking, words: Sequence[str] = (), labelled: Sequence[Labelled] = ()) -> None:
        """Begin with what is masked, and some words; what is found beside a label is masked from then on."""
        self._masking, self._labelled = masking, labelled
        for word in words:
            masking.hide(word)

    def look(self, page: Page) -> Snapshot:
        """Look at a screen."""
        for one in self._labelled:
            self._keep(one.on_screen(page))
        frames = [(frame, seen) for frame in screen_text.frames_of(page) if (seen := screen_text.seen(frame))]
        dark = {frame: found for frame, seen in frames if (found := self._dark(seen))}
        title, begun = next(
            ((seen.title, seen.begun) for frame, seen in frames if frame is page.main_frame), ("", True)
        )
        lines = screen_text.first(line for _, seen in frames for line in seen.words)
        return Snapshot(page.url, title, lines, dark, begun)

    def _dark(self, seen: screen_text.Seen) -> tuple[str, ...]:
        """The words of a frame that must not be seen; a field may hold no more than a part of what was typed."""
        whole = self._masking.found("\n".join([seen.text, *seen.fields]))
        return (*whole, *(one for one in seen.fields if one not in whole and self._masking.is_part(one)))

    def read(self, mail: Mail) -> None:
        """Read a mail for what stands beside labels."""
        for one in self._labelled:
            self._keep(one.in_mail(mail))

    def _keep(self, values: Sequence[str]) -> None:
        for value in (one for whole in values for one in (whole.strip(), *CODE.findall(whole))):
            if len(value) >= SHORTEST:
                self._masking.hide(value)


@contextmanager
def blackened(snapshot: Snapshot) -> Iterator[bool]:
    """Blacken what a snapshot must not show; tells whether all is black. Raises BrowserError where it cannot be."""
    made: list[JSHandle] = []
    try:
        for frame, words in snapshot.dark.items():
            made.append(frame.evaluate_handle(SCRIPT, words))
        yield not any(one.evaluate("made => made.missing.length") for one in made)
    finally:
        for one in made:
            with suppress(BrowserError):  # its page has gone, and the black with it
                one.evaluate("made => made.undo()")
                one.dispose()
