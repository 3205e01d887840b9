"""The words on a screen, as a person reads them: kept beside its picture, and compared with what stood there before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from weakref import WeakSet

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page

from sekisho.evidence.reading import reading

DIGITS = re.compile(r"\d+")
MOST_LINES = 400
MOST_COMPARED = 20_000  # lines in which what is new is looked for: it may stand below all terms of use
MOMENT = 50  # milliseconds in which a document that is there is found
BUSY = 500  # milliseconds in which it is found on a busy machine
LONGEST_LINE = 400  # characters; a screen of more words than this is no screen of a portal

SCRIPT = reading(Path(__file__).with_name("screen_text.js").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Seen:
    """What one frame shows: its title, its words line by line, and all its text; and what stands in its fields.

    `begun`: so much of it has come that a browser has something to paint.
    """

    title: str
    words: list[str]
    text: str = field(repr=False)
    fields: list[str] = field(repr=False)
    begun: bool = True


def frames_of(page: Page) -> list[Frame]:
    """The frames of a page that have a document.

    One whose server has not answered yet has none, and whoever asks anything of it is not answered before that.
    """
    return [one for one in page.frames if one.url or one is page.main_frame or _has_document(one)]


_silent: WeakSet[Frame] = WeakSet()


def _has_document(frame: Frame) -> bool:
    """Whether there is one, in a frame that never had an address: a script may have written it.

    A busy machine answers late, so only who gave no answer before is not waited for.
    """
    try:
        frame.wait_for_selector(":root", state="attached", timeout=MOMENT if frame in _silent else BUSY)
    except BrowserError:
        _silent.add(frame)
        return False
    _silent.discard(frame)
    return True


def seen(frame: Frame) -> Seen | None:
    """What a frame shows; None for one that is gone. What a person typed is in `fields` only, which are never kept."""
    try:
        return Seen(**frame.evaluate(SCRIPT, [MOST_LINES, LONGEST_LINE, True]))
    except BrowserError:
        return None


def first(lines: Iterable[str]) -> list[str]:
    """As many lines as a screen of a portal has."""
    return list(islice(lines, MOST_LINES))


def _lines(frame: Frame) -> list[str]:
    """What a portal says in a frame: nothing where the browser shows an error of its own, by the same look."""
    try:
        found: list[str] = frame.evaluate(SCRIPT, [MOST_COMPARED, LONGEST_LINE, False])["words"]
    except BrowserError:
        return []
    return found


class Before:
    """What stood on the screen before a hand began to do something there: what is new since then came of it.

    The instructions of a page say much that its refusals say too, and stay where they are.
    """

    def __init__(self) -> None:
        """Nothing stood there."""
        self._stood: dict[Frame, Counter[str]] = {}
        self._told: set[str] = set()
        self._begun = False
        self.passed: list[str] = []
        """The lines that were new at some moment, and may have gone, as a note does that a page takes away."""

    @property
    def stood(self) -> bool:
        """Whether something stood there, so that not everything is new."""
        return any(self._stood.values())

    def begin(self, pages: Sequence[Page]) -> None:
        """A hand begins, unless it has begun already: keep what stands there, but for what it was told of before."""
        if not self._begun:
            self._stood = {frame: Counter(self._kept(_lines(frame))) for page in pages for frame in frames_of(page)}
            self._begun, self.passed = True, []

    def end(self) -> None:
        """The hand has pressed something: with its next move it begins anew."""
        self._begun = False

    def forget(self) -> None:
        """Another screen is opened, on which everything is new."""
        self._stood, self._begun, self.passed = {}, False, []

    def tell(self, lines: Iterable[str]) -> None:
        """These lines were taken for an answer: where they stand again after the next press, they are one again."""
        self._told.update(lines)

    def ask(self, question: str) -> None:
        """A box has asked this, and has gone: it was new for a moment."""
        self.passed.append(question)

    def new(self, pages: Sequence[Page]) -> list[str]:
        """The lines that stand there now and did not before, in their order."""
        new = [line for page in pages for frame in frames_of(page) for line in self._new(frame)][:MOST_LINES]
        self.passed += [line for line in new if line not in self.passed][: MOST_LINES - len(self.passed)]
        return new

    def only_tick(self, lines: Sequence[str]) -> bool:
        """Whether lines differ in their numbers only from some that stood there, as those of a clock do."""
        stood = {DIGITS.sub("0", line) for lines in self._stood.values() for line in lines}
        shapes = Counter(DIGITS.sub("0", line) for line in self.passed)  # one that came since has gone on meanwhile
        shape = {line: DIGITS.sub("0", line) for line in lines}
        return all(DIGITS.search(line) and (shape[line] in stood or shapes[shape[line]] > 1) for line in lines)

    def _kept(self, lines: list[str]) -> list[str]:
        return [line for line in lines if line not in self._told]

    def _new(self, frame: Frame) -> Iterator[str]:
        stood = Counter(self._stood.get(frame) or self._anywhere())
        for line in _lines(frame):
            if stood[line] > 0:
                stood[line] -= 1
            else:
                yield line

    def _anywhere(self) -> Counter[str]:
        """For a frame that was not there: pages bring their frames along each time."""
        return Counter(line for lines in self._stood.values() for line in lines.elements())
