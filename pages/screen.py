"""One screen as a person works at it: controls by the words on or beside them, in whichever frame they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import destinations, eye, hand, layers, menus
from pages.dialect import Dialect, has_any, plain
from pages.refusing import refused
from pages.sight import KINDS, MESSAGES, MOVING, Sight
from pages.unknown import things
from sekisho.browser import idle
from sekisho.evidence.screen_text import Before, frames_of
from sekisho.language import say
from sekisho.network.hosts import EVERYWHERE, Hosts
from sekisho.person.reachability import is_browsers_own
from sekisho.portal.view import Term
from sekisho.verdict import DeviationError
from sekisho.visible import shortened

Act = Literal["fill", "press"]
TO_CHOOSE = re.compile(r"選択|選んで|未定|select|^[\W_]*$", re.IGNORECASE)
MENU = "menu"  # the section of a dialect for its entries
OPTIONS = "options"  # the section of a dialect for what a list offers
CHOICES = "choice", "own_choice"  # a button of which one is on, and one of the group that is asked for
BACK = "void setTimeout(() => history.back())"  # after the answer: a page that has gone cannot give one
FADES = 2.0  # seconds for which a layer that is closed may still be seen
LOOK_AGAIN = 0.05  # seconds between two looks at it
IN_A_ROW = 3  # layers and notices that are answered for one press; where there is no end to them, a person gives up
# Where pictures stand for the boxes themselves, which are hidden.
LABEL_OF_A_BOX = (
    ":is(label:has(input:is([type=radio], [type=checkbox])), input:is([type=radio], [type=checkbox]) ~ label)"
)


class Screen(Sight):
    """What is seen, and the hand on it.

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
        self._presses, self._pressed = 0, False
        self._called: Sequence[str] = ()
        self._answered = 0
        self._unanswered: Sequence[str] = ()
        self.impatient = False
        """Whether the hand presses everything twice."""

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""
        with self._acting("fields", field):
            found = self._hand_on(("fields", field))
            self._check_typing(found, field)
            hand.write(found, text, self._family(), self.waiting())
        self._acted("fill")

    def can_fill(self, field: str) -> bool:
        """Whether a field is there that can be written in, once the screen is there whole."""
        found = eye.among(self._whole(), [self._selector(("fields", field))])
        return found is not None and eye.ask(found, "room") is not None

    def choose(self, field: str, option: str) -> None:
        """Choose an option of a list that drops down, or one of several buttons of which one is on.

        An option that has its words in the dialect may be offered by any of them.
        """
        with self._acting("fields", field):
            asked = self._spelled(option), self.dialect.words("fields", field)
            listed, choice, own = self._selector(("fields", field)), *(eye.selector(one, *asked) for one in CHOICES)
            dropper = eye.selector("dropper", asked[1])
            eye.find(self._family, [listed, choice, dropper], self.waiting())
            frames, offered = self._frames(), self._offers(listed, asked[0])
            named = choice if eye.among(frames, [listed]) is None else own
            if not offered and (button := eye.among(frames, [named])):
                self._choose_button(button)
            elif not offered and (opener := eye.among(frames, [dropper])):
                self._choose_dropped(opener, field, option)
            else:
                self._choose_in_list(field, option)
        self._acted("fill")

    def _offers(self, listed: str, words: Sequence[str]) -> bool:
        """Whether a list offers an option; what is written in, beside buttons of which one is on, offers none."""
        found, wanted = eye.among(self._frames(), [listed]), set(map(plain, words))
        return found is not None and not wanted.isdisjoint(map(plain, hand.options(found)))

    def _choose_button(self, found: Locator) -> None:
        self._before.begin(self._family())
        hand.press(self._at(found), self._family(), self.waiting())

    def _choose_dropped(self, opener: Locator, field: str, option: str) -> None:
        """The same of a list that a script drops down when it is pressed."""
        self._choose_button(opener)
        found = eye.find(self._family, [eye.selector("dropped", self._spelled(option))], self.waiting())
        if found is None:
            raise self._not_offered(field, option, eye.ask(opener.page.main_frame, "dropped"))
        hand.press(found, self._family(), self.waiting())

    def _spelled(self, option: str) -> list[str]:
        name = self.dialect.known_as(OPTIONS, option)
        return self.dialect.words(OPTIONS, name) if name else [option]

    def _choose_in_list(self, field: str, option: str) -> None:
        found = self._hand_on(("fields", field))
        if not hand.choose(found, self._spelled(option), self._family(), self.waiting()):
            raise self._not_offered(field, option, hand.options(found))

    def tick(self, box: str, *, on: bool = True) -> None:
        """Let a box be ticked, or not."""
        with self._acting("boxes", box):
            found = self._hand_on(("boxes", box))
            if bool(eye.ask(found, "ticked")) is not on:
                hand.press_edge(found, self._family(), self.waiting())
            self.settle()  # a page may take it back, or go on at once
            if eye.among(self._whole(), [self._selector(("boxes", box))]) and bool(eye.ask(found, "ticked")) is not on:
                raise self._not_ticked(box, on=on)
        self._acted("fill")

    def _not_ticked(self, box: str, *, on: bool) -> DeviationError:
        words, url = self.dialect.words("boxes", box)[0], self.page.url
        if on:
            return DeviationError(
                say(f"「{words}」にチェックを付けられない（{url}）", f'"{words}" cannot be ticked ({url})')
            )
        return DeviationError(say(f"「{words}」のチェックを外せない（{url}）", f'"{words}" cannot be unticked ({url})'))

    def tick_in_row(self, words: str) -> None:
        """Mark the table row that shows some words."""
        boxes, mark = self._marks(words)
        if not self.until(lambda: bool(mark.count())):
            raise self._not_to_be_chosen(words)
        self._before.begin(self._family())
        if not boxes.count() or not boxes.first.is_checked():
            try:
                hand.press(mark, self._family(), self.waiting())
            except BrowserTimeoutError:
                raise self._not_to_be_chosen(words) from None
        self._acted("fill")

    def can_tick_in_row(self, words: str) -> bool:
        """Whether the table row that shows some words can be marked: it has a mark that is not greyed out."""
        _, mark = self._marks(words)
        return self.until(lambda: bool(mark.count()) and hand.pressable(mark))

    def _marks(self, words: str) -> tuple[Locator, Locator]:
        """The boxes of a row, and what of it is to be pressed."""
        row = self._row(words)
        boxes = row.get_by_role("radio").or_(row.get_by_role("checkbox"))
        return boxes, boxes.or_(row.locator(LABEL_OF_A_BOX)).first

    def _not_to_be_chosen(self, words: str) -> DeviationError:
        url = self.page.url
        return DeviationError(say(f"{words} の行を選べない（{url}）", f"The row of {words} cannot be chosen ({url})"))

    def press(self, button: str, section: str = "buttons") -> None:
        """Press a button, or whatever stands for one."""
        self.press_on(self.button(button, section), section, button)

    def press_on(self, found: Locator, section: str, button: str) -> None:
        """Press a button that was found already.

        One that is greyed out when the screen has come to rest cannot be pressed. Where the portal says why, as it does
        beside a field that was filled in wrongly, that is its answer.
        """
        with self._acting(section, button):
            self._clear(found)
            self._keep(found, section, button)
            if not self._greyed(found) or not self.news:
                self._press(found, section, button)
        self._before.end()

    def _keep(self, found: Locator, section: str, button: str) -> None:
        """Keep in mind what is about to be pressed: the thing itself, which may be called something else by then."""
        self._presses += 1
        eye.ask(found, "keep", str(self._presses), timeout=self.patience * 1000)
        self._pressed, self._called, self._answered = True, self.dialect.words(section, button), 0
        self._unanswered = ()

    def _kept(self) -> Locator | None:
        return eye.among(self._frames(), [eye.selector("kept", [str(self._presses)])])

    def agree(self) -> bool:
        """Go on where something stands between the press and what it leads to; a few times for each press.

        That is a layer that asks whether to go on, as `confirm()` does, and perhaps whether it is really meant, or a
        notice that wants to be noted. What is new since the press is what it said too: where nothing else comes, that
        was the answer.
        """
        if not self._pressed:
            return False
        pressed, self._pressed = self._kept(), False
        way = layers.way_on(pressed, self._usable) or self._once_more(pressed) or self._closing()
        if way is None or (way[0] == layers.CLOSE and refused(self)):  # what it refuses stays to be read
            return False
        (section, name), found = way
        self._before.new(self._family())  # it is read before it goes
        kept, called, answered = self._presses, self._called, self._answered + 1
        self.press_on(found, section, name)
        self._presses, self._pressed, self._called, self._answered = kept, answered < IN_A_ROW, called, answered
        return True

    def _once_more(self, pressed: Locator | None) -> tuple[Term, Locator] | None:
        """The button of a layer that is called after the one that was pressed; others are noted."""
        decline = self._usable(layers.DECLINE)
        named = things(frames_of(self.page), "buttons") if decline else ()
        offered = {one: self._pressable(eye.selector("button", [one])) for one in named if not self._declines(one)}
        asking = layers.asking(pressed, decline, list(filter(None, offered.values())))
        self._unanswered = [one for one, found in offered.items() if found in asking]
        ways = [offered[one] for one in self._unanswered if layers.does_it(one, self._called)]
        found = ways[0] if len(ways) == 1 else None
        return (layers.AGREE, found) if found else None

    def _closing(self) -> tuple[Term, Locator] | None:
        """The button of a layer in front that only says something: a person reads it, and closes it to go on."""
        if not self.dialect.has(*layers.CLOSE):
            return None
        agreeing = self.dialect.words(*layers.AGREE)
        found = self._pressable(eye.selector("closer", self.dialect.words(*layers.CLOSE), agreeing))
        return (layers.CLOSE, found) if found else None

    def _clear(self, wanted: Locator) -> bool:
        """Close what lies over something that a hand is about to use, where it only said something; whether it did."""
        closing = None if hand.pressable(wanted) else self._closing()
        if closing is None:
            return False
        hand.press(closing[1], self._family(), self.waiting())
        fading = idle.Waiting(FADES)
        while fading.left and self._closing():  # what it says is not there any more when the next thing is done
            fading.rest(self.page, LOOK_AGAIN)
        return True

    def _declines(self, label: str) -> bool:
        return plain(label) in map(plain, self.dialect.words(*layers.DECLINE))

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What it means that none of several things shows; nothing, where a layer was left that only asks something.

        Which of its buttons goes on is then for a person to say, who knows the portal.
        """
        missing = super().missing(*terms, instead=instead)
        if not self._unanswered or refused(self):
            return missing
        key = self.dialect.key(layers.AGREE)
        asked = missing.retold(
            say(f"{missing.did}。何かを確かめる画面が残っている。{key}", f"{missing.did}. Something is asked. {key}")
        )
        asked.wanted, asked.perhaps = (), tuple(self._unanswered)
        return asked

    def _usable(self, term: Term) -> Locator | None:
        """What can be pressed in front at this moment, without waiting for it."""
        return self._pressable(self._selector(term)) if self.dialect.has(*term) else None

    def _pressable(self, selector: str) -> Locator | None:
        found = eye.among(frames_of(self.page), [selector])
        return found if found and hand.pressable(found) else None

    def _press(self, found: Locator, section: str, button: str) -> None:
        self._check_sending(found, section, button)
        self._acted("press")  # before the click, which may return when the answer is already there
        if self.impatient:
            _click_twice(found)
            return
        with self._answering():
            try:
                hand.press(found, self._family(), self.waiting())
            except BrowserTimeoutError:  # something may have come over it just now
                if not self._clear(found):
                    raise
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
            self._check_sending(found, "buttons", button)
            self._acted("press")
            _click_twice(found)
        self._before.end()

    def button(self, name: str, section: str = "buttons") -> Locator:
        """A button, or whatever stands for one, once it shows."""
        return self._hand_on((section, name))

    def can_press(self, button: str, section: str = "buttons") -> bool:
        """Whether a button is there and neither greyed out nor covered, once the screen is there whole."""
        frames = self._whole()
        found = eye.among(frames, [self._selector((section, button))])
        return found is not None and hand.pressable(found)

    def press_in_row(self, words: str, button: str, section: str = "buttons") -> None:
        """Press the button in the innermost table row that shows some words."""
        if not self.has_in_row(words, button, section):
            named, key = say("／", " / ").join(self.dialect.words(section, button)), self.dialect.key((section, button))
            raise DeviationError(
                say(
                    f"{words} の行に「{named}」が無い（{self.page.url}）。{key}",
                    f'The row of {words} has no "{named}" ({self.page.url}). {key}',
                )
            )
        self._before.begin(self._family())
        self.press_on(self._in_row(words, button, section).first, section, button)

    def has_in_row(self, words: str, button: str, section: str = "buttons") -> bool:
        """Whether a table row that shows some words has a button, once the screen has come to rest."""
        return self.until(lambda: bool(self._in_row(words, button, section).count()))

    def can_press_in_row(self, words: str, button: str, section: str = "buttons") -> bool:
        """Whether such a button can be pressed: one that is not ready yet may stand there grey."""
        return self.until(lambda: any(map(hand.pressable, self._in_row(words, button, section).all())))

    def rows_with(self, words: str) -> int:
        """How many rows and entries of lists show some words at this moment, in the front window."""
        return sum(frame.locator(self._row_with(words)).count() for frame in frames_of(self.page))

    def go_back(self) -> None:
        """Press the browser's own button, which goes back in whichever frame moved last."""
        self._before.begin(self._family())
        self._turn_back()
        self._acted("press")
        idle.watch(self.page.context).touch()
        self._before.end()

    def go_back_to_form(self) -> None:
        """The same, to a form that is filled in again: what led to it is sent once more if the browser asks to."""
        self.go_back()
        self.settle()
        if is_browsers_own(self.page):
            self.reload()

    def _turn_back(self) -> None:
        """Go back, once what the last press led to is there, if that comes in just now."""
        try:
            self.page.evaluate(BACK)
        except BrowserError as error:
            if not MOVING.search(error.message):
                raise
            idle.wait_until_there(self.page, self.patience * 1000)
            self.page.evaluate(BACK)

    def reload(self) -> None:
        """Press the browser's own button, which loads the page again."""
        self._before.forget()
        self._acted("press")
        self.page.reload(wait_until="domcontentloaded", timeout=self.patience * 1000)

    def _greyed(self, found: Locator) -> bool:
        """Whether a button is greyed out, and stays so."""

        def is_grey() -> bool:
            return bool(eye.ask(found, "greyed", timeout=eye.AT_ONCE))

        return is_grey() and not self.until(lambda: not is_grey())

    def _not_offered(self, field: str, option: str, options: Sequence[str]) -> DeviationError:
        words, offered = self.dialect.words("fields", field)[0], say("、", ", ").join(options)
        name = self.dialect.known_as(OPTIONS, option)
        url, key = self.page.url, self.dialect.key(*([(OPTIONS, name)] if name else []), ("fields", field))
        error = DeviationError(
            say(
                f"「{words}」で「{option}」を選べない。選べるのは: {offered or '（無し）'}（{url}）。{key}",
                f'"{option}" cannot be chosen in "{words}". Offered: {offered or "(nothing)"} ({url}). {key}',
            )
        )
        error.wanted = (option, *self._spelled(option))
        if not self.dialect.is_own("fields", field) and not (name and self.dialect.is_own(OPTIONS, name)):
            error.perhaps = tuple(one for one in options if one and not self._says_nothing(one))
        return error

    def _says_nothing(self, option: str) -> bool:
        """Whether an option is known by the dialect to be another, or asks to choose one."""
        return bool(self.dialect.known_as(OPTIONS, option)) or TO_CHOOSE.search(option) is not None

    def _check_typing(self, found: Locator, field: str) -> None:
        words = self.dialect.words("fields", field)[0]
        self.hosts.check(say(f"「{words}」を入力する", f'"{words}" is entered'), *destinations.shown_by(found))
        self.hosts.check(
            say(f"「{words}」の入力が送られる", f'the input in "{words}" is received'),
            *destinations.sent_to(found, pressed=False),
        )

    def _check_sending(self, found: Locator, section: str, button: str) -> None:
        words = self.dialect.words(section, button)[0]
        self.hosts.check(
            say(f"「{words}」を押すと入力が送られる", f'the input is received when "{words}" is pressed'),
            *destinations.sent_to(found, pressed=True),
        )

    def _in_row(self, words: str, button: str, section: str = "buttons") -> Locator:
        return self._row(words).locator(self._selector((section, button)))

    def _row_with(self, words: str) -> str:
        return eye.selector("row", [words], self.dialect.headings)

    def _row(self, words: str) -> Locator:
        found = eye.find(self._family, [self._row_with(words)], self.waiting())
        if found is None:
            shown = shortened(self.text())
            raise DeviationError(
                say(
                    f"「{words}」の行が無い。表示されたのは: {shown}（{self.page.url}）",
                    f'There is no row of "{words}". Shown: {shown} ({self.page.url})',
                )
            )
        return self._at(found)

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
            words = say("／", " / ").join(self.dialect.words(section, name))
            raise DeviationError(
                say(f"「{words}」を操作できない（{self.page.url}）", f'"{words}" cannot be operated ({self.page.url})')
            ) from None


def _click_twice(found: Locator) -> None:
    idle.watch(found.page.context).act()
    # Chromium swallows the second half of a double click that submits a form; two clicks in a row get through.
    found.evaluate("button => { button.click(); setTimeout(() => button.click(), 0) }")
    idle.watch(found.page.context).touch()
