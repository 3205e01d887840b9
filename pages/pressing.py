"""The hand that presses: a button by its words, and what stands between the press and what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import destinations, eye, hand, layers, menus
from pages.dialect import Dialect, has_any, plain
from pages.refusing import refused
from pages.sight import KINDS, MESSAGES, Sight
from pages.unknown import things
from sekisho.browser import idle
from sekisho.evidence.screen_text import Before, frames_of
from sekisho.language import say
from sekisho.network.hosts import EVERYWHERE, Hosts
from sekisho.portal.view import Term
from sekisho.verdict import DeviationError

Act = Literal["fill", "press"]
MENU = "menu"  # the section of a dialect for its entries
FADES = 2.0  # seconds for which a layer that is closed may still be seen
WANTED = "wanted"  # what the eye calls a thing that the hand has not pressed yet
LOOK_AGAIN = 0.05  # seconds between two looks at it
IN_A_ROW = 3  # layers and notices that are answered for one press; where there is no end to them, a person gives up


@dataclass(frozen=True)
class Press:
    """One press: its number, and what was pressed was called by which words.

    `open` says whether what comes in its way may be answered, `answered` how often that was done, and `unanswered` are
    the buttons of a layer that was left, as none of them is known to go on.
    """

    number: int = 0
    called: Sequence[str] = ()
    open: bool = False
    answered: int = 0
    unanswered: Sequence[str] = ()


class Pressing(Sight):
    """What is seen, and the hand that presses it, and closes or answers what comes in between.

    `turned` is told when a hand goes to another window of the `family`. `acted` is told of each thing a hand does to
    the screen. `hosts` are the places at which the person types, and takes files: ElsewhereError is raised before
    anything is typed elsewhere, or sent there. `answering` answers meanwhile what the browser itself asks. The others
    are those of `Sight`.
    """

    def __init__(
        self,
        current: Callable[[], Page],
        dialect: Dialect,
        patience: float = idle.LIMIT,
        acted: Callable[[Act], None] = lambda _: None,
        *,
        family: Callable[[], Sequence[Page]] | None = None,
        turned: Callable[[Page], None] = lambda _: None,
        said: Callable[[], Sequence[str]] = tuple,
        before: Before | None = None,
        hosts: Hosts = EVERYWHERE,
        answering: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """Look through a dialect at the page that is current when asked."""
        super().__init__(current, dialect, patience, family=family, said=said, before=before)
        self._acted, self._turned, self.hosts, self._answering = acted, turned, hosts, answering
        self._numbers, self._last = count(1), Press()
        self.impatient = False
        """Whether the hand presses everything twice."""

    def press(self, button: str, section: str = "buttons") -> None:
        """Press a button, or whatever stands for one."""
        self._press_free(self.button(button, section), section, button)

    def press_on(self, found: Locator, section: str, button: str) -> None:
        """Press a button that was found already."""
        self._clear(found)
        self._press_free(found, section, button)

    def _press_free(self, found: Locator, section: str, button: str) -> None:
        """Press a button over which nothing lies.

        One that is greyed out when the screen has come to rest cannot be pressed. Where the portal says why, as it does
        beside a field that was filled in wrongly, that is its answer.
        """
        with self._acting(section, button):
            self._keep(found, section, button)
            if not self._greyed(found) or not self.news:
                self._press(found, section, button)
        self._before.end()

    def _keep(self, found: Locator, section: str, button: str) -> None:
        """Keep in mind what is about to be pressed: the thing itself, which may be called something else by then."""
        self._last = Press(next(self._numbers), self.dialect.words(section, button), open=True)
        eye.ask(found, "keep", str(self._last.number), timeout=self.patience * 1000)

    def _kept(self) -> Locator | None:
        return eye.among(self._frames(), [eye.selector("kept", [str(self._last.number)])])

    def agree(self) -> bool:
        """Go on where something stands between the press and what it leads to; a few times for each press.

        That is a layer that asks whether to go on, as `confirm()` does, and perhaps whether it is really meant, or a
        notice that wants to be noted. What is new since the press is what it said too: where nothing else comes, that
        was the answer.
        """
        last = self._last
        if not last.open:
            return False
        pressed, self._last = self._kept(), replace(last, open=False)
        way = layers.way_on(pressed, self._usable) or self._once_more(pressed) or self._closing()
        if way is None or (way[0] == layers.CLOSE and refused(self)):  # what it refuses stays to be read
            return False
        (section, name), found = way
        self._before.new(self._family())  # it is read before it goes
        self.press_on(found, section, name)
        self._last = replace(last, answered=last.answered + 1, open=last.answered + 1 < IN_A_ROW, unanswered=())
        return True

    def _once_more(self, pressed: Locator | None) -> tuple[Term, Locator] | None:
        """The button of a layer that is called after the one that was pressed; others are noted."""
        decline = self._usable(layers.DECLINE)
        named = things(frames_of(self.page), "buttons") if decline else ()
        offered = {one: self._pressable(eye.selector("button", [one])) for one in named if not self._declines(one)}
        asking = layers.asking(pressed, decline, list(filter(None, offered.values())))
        self._last = replace(self._last, unanswered=[one for one, found in offered.items() if found in asking])
        ways = [offered[one] for one in self._last.unanswered if layers.does_it(one, self._last.called)]
        found = ways[0] if len(ways) == 1 else None
        return (layers.AGREE, found) if found else None

    def _closing(self) -> tuple[Term, Locator] | None:
        """The button of a layer in front that only says something: a person reads it, and closes it to go on."""
        if not self.dialect.has(*layers.CLOSE):
            return None
        found = self._pressable(eye.selector("closer", self.dialect.words(*layers.CLOSE)))
        return (layers.CLOSE, found) if found else None

    def _clear(self, wanted: Locator) -> bool:
        """Close what lies over something that a hand is about to use, where it only said something; whether it did."""
        closed = 0
        while closed < IN_A_ROW and self._is_covered(wanted) and (closing := self._closing()):
            try:
                self._press_once(closing[1], *layers.CLOSE)
            except BrowserTimeoutError:
                break
            closed += 1
            self._let_fade()
        return closed > 0

    def _let_fade(self) -> None:
        """Wait until what was closed has gone: it is not there any more when the answer to the next press is read."""
        fading = idle.Waiting(FADES)
        while fading.left and self._closing():
            fading.rest(self.page, LOOK_AGAIN)

    def _is_covered(self, wanted: Locator) -> bool:
        """Whether something lies over a thing, be it grey or not; the eye then knows what the hand is at."""
        with suppress(BrowserTimeoutError):  # it may just have gone
            return layers.is_covered(wanted) and bool(eye.ask(wanted, "keep", WANTED, timeout=eye.AT_ONCE))
        return False

    def _declines(self, label: str) -> bool:
        return plain(label) in map(plain, self.dialect.words(*layers.DECLINE))

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What it means that none of several things shows; nothing, where a layer was left that only asks something.

        Which of its buttons goes on is then for a person to say, who knows the portal.
        """
        missing = super().missing(*terms, instead=instead)
        if not self._last.unanswered or refused(self):
            return missing
        key = self.dialect.key(layers.AGREE)
        asked = say(
            f"{missing.did}。何かを確かめる画面が残っている。{key}", f"{missing.did}. Something is asked. {key}"
        )
        return _left_to_a_person(missing, asked, self._last.unanswered)

    def _usable(self, term: Term) -> Locator | None:
        """What can be pressed in front at this moment, without waiting for it."""
        return self._pressable(self._selector(term)) if self.dialect.has(*term) else None

    def _pressable(self, selector: str) -> Locator | None:
        found = eye.among(frames_of(self.page), [selector])
        return found if found and hand.pressable(found) else None

    def _press(self, found: Locator, section: str, button: str) -> None:
        if self.impatient:
            self._press_twice(found, section, button)
            return
        try:
            self._press_once(found, section, button)
        except BrowserTimeoutError:  # something may have come over it just now
            if not self._clear(found):
                raise
            self._touch(found)

    def _press_once(self, found: Locator, section: str, button: str) -> None:
        self._check_sending(found, section, button)
        self._acted("press")  # before the click, which may return when the answer is already there
        self._touch(found)

    def _press_twice(self, found: Locator, section: str, button: str) -> None:
        self._check_sending(found, section, button)
        self._acted("press")
        _click_twice(found)

    def _touch(self, found: Locator) -> None:
        with self._answering():
            hand.press(found, self._family(), self.waiting())

    def take_as_answer(self) -> None:
        """Take what is new and refuses for the answer to the last press: after the next one it is new again."""
        refusal = refused(self)
        self._before.tell(line for line in self.news if line == refusal or self._is_message(line))

    def _is_message(self, line: str) -> bool:
        return any(has_any(line, words) for words in self.dialect.sections.get(MESSAGES, {}).values())

    def double_press(self, button: str) -> None:
        """Press a button twice, the second time before the first answer."""
        with self._acting("buttons", button):
            found = self._hand_on(("buttons", button))
            self._keep(found, "buttons", button)
            self._press_twice(found, "buttons", button)
        self._before.end()

    def button(self, name: str, section: str = "buttons") -> Locator:
        """A button, or whatever stands for one, once it shows."""
        return self._hand_on((section, name))

    def can_press(self, button: str, section: str = "buttons") -> bool:
        """Whether a button is there and neither greyed out nor covered, once the screen is there whole."""
        frames = self._whole()
        found = eye.among(frames, [self._selector((section, button))])
        return found is not None and hand.pressable(found)

    def _greyed(self, found: Locator) -> bool:
        """Whether a button is greyed out, and stays so."""

        def is_grey() -> bool:
            return bool(eye.ask(found, "greyed", timeout=eye.AT_ONCE))

        return is_grey() and not self.until(lambda: not is_grey())

    def _check_sending(self, found: Locator, section: str, button: str) -> None:
        words = self.dialect.words(section, button)[0]
        self.hosts.check(
            say(f"「{words}」を押すと入力が送られる", f'the input is received when "{words}" is pressed'),
            *destinations.sent_to(found, pressed=True),
        )

    def _hand_on(self, term: Term) -> Locator:
        found = self._at(self._find(term))
        self._clear(found)
        self._before.begin(self._family())
        return found

    def _unfold(self, term: Term) -> Locator | None:
        if KINDS.get(term[0]) != "button" or self.dialect.locator(*term):
            return None

        def look() -> Locator | None:
            return eye.find(self._family, [self._selector(term)], self.waiting())

        def press(opener: Locator) -> None:
            hand.press(opener, self._family(), self.waiting())

        return menus.unfold(self._whole(), self.dialect.words(*term), look, press, of_menu=term[0] == MENU)

    def _at(self, found: Locator) -> Locator:
        """A thing with the hand on it: its window comes to the front."""
        if found.page is not self.page:
            self._turned(found.page)
        return found

    @contextmanager
    def _acting(self, section: str, name: str) -> Iterator[None]:
        try:
            yield
        except BrowserTimeoutError:
            raise self._inoperable(section, name) from None

    def _inoperable(self, section: str, name: str) -> DeviationError:
        """What it means that a thing cannot be used; nothing, where a layer of which nobody knows lies over it."""
        words = say("／", " / ").join(self.dialect.words(section, name))
        error = DeviationError(
            say(f"「{words}」を操作できない（{self.page.url}）", f'"{words}" cannot be operated ({self.page.url})')
        )
        offered = things(frames_of(self.page), "layer")
        if not offered or refused(self):
            return error
        unknown = any(self.dialect.known_as("buttons", one) != layers.CLOSE[1] for one in offered)
        key = self.dialect.key(layers.CLOSE) if unknown else ""
        covered = say(f"{error.did}。別の画面が前に出ている。{key}", f"{error.did}. A layer lies over it. {key}")
        return _left_to_a_person(error, covered, offered)


def _click_twice(found: Locator) -> None:
    idle.watch(found.page.context).act()
    # Chromium swallows the second half of a double click that submits a form; two clicks in a row get through.
    found.evaluate("button => { button.click(); setTimeout(() => button.click(), 0) }")
    idle.watch(found.page.context).touch()


def _left_to_a_person(error: DeviationError, told: str, offered: Sequence[str]) -> DeviationError:
    """The same, where one of the things that are offered may go on: who knows the portal says which."""
    again = error.retold(told)
    again.wanted, again.perhaps = (), tuple(offered)
    return again
