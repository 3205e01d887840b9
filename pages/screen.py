"""One screen as a person works at it: controls by the words on or beside them, in whichever frame they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import destinations, eye, hand
from pages.dialect import plain
from pages.pressing import Pressing
from pages.sight import MOVING
from sekisho.browser import idle
from sekisho.evidence.screen_text import frames_of
from sekisho.language import say
from sekisho.person.reachability import is_browsers_own
from sekisho.verdict import DeviationError
from sekisho.visible import shortened

TO_CHOOSE = re.compile(r"選択|選んで|未定|select|^[\W_]*$", re.IGNORECASE)
OPTIONS = "options"  # the section of a dialect for what a list offers
CHOICES = "choice", "own_choice"  # a button of which one is on, and one of the group that is asked for
BACK = "void setTimeout(() => history.back())"  # after the answer: a page that has gone cannot give one
# Where pictures stand for the boxes themselves, which are hidden.
LABEL_OF_A_BOX = (
    ":is(label:has(input:is([type=radio], [type=checkbox])), input:is([type=radio], [type=checkbox]) ~ label)"
)


class Screen(Pressing):
    """What is seen, and the hand on it: that which presses, fills in, chooses and ticks."""

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
