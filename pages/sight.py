"""What a person sees on one screen, in whichever frame it is, and the wait until it shows; nothing is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Locator, Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import eye
from pages.dialect import Dialect, has_any, plain
from pages.refusing import breaks_down
from pages.tables import contents, rows
from pages.unknown import labels, things, unknown_things
from sekisho.browser import idle
from sekisho.browser.idle import UnfinishedError, Waiting
from sekisho.evidence.screen_text import Before, frames_of
from sekisho.language import say
from sekisho.machine.toml_text import value
from sekisho.portal.view import REFUSED, Term
from sekisho.verdict import DeviationError
from sekisho.visible import shortened

KINDS = {
    "fields": "field",
    "buttons": "button",
    "menu": "button",
    "files": "file",
    "values": "value",
    "secrets": "value",
    "screens": "heading",
    "boxes": "box",
    "shown": "told",
}
FRAME_SECONDS = 5.0  # for one frame beside the page: it may be one that never comes, such as an advertisement
MOST_TOLD = 3  # lines that have gone again, or are new further down, beside what there is
LOOKING = 20.0  # seconds; a page that asks for news all the time never comes to rest
REDRAWS = 2.0  # seconds that a page may take to draw what comes of an answer; one at rest has done so
PRESSED = "buttons"  # the section of what is pressed to go on
LAID_OUT = "laidOut", "cards"  # what is asked for where a list is none by its markup
MESSAGES = "messages"
PROCESSING = "processing"  # the name of the messages by which a portal asks for patience

MOVING = re.compile("context was destroyed|navigat", re.IGNORECASE)
# Of words made plain: what one waits for does not come on this screen: 更新のご案内をお待ちください.
# Not メール送信中です。お待ちください, nor お知らせが表示されるまで: what the portal is at, or what shows here.
COMES_BY_POST = re.compile(
    "(?:案内|通知|連絡|お知らせ|メル|返信|返答|回答|郵送|郵便|ハガキ|書類)(?:[をがのはでに]|し(?=ま))"
    "(?:(?!ています|ております|作成|中|出|示|画面|まま)[^。!]){0,14}?待ち(?:ください|下さい)?"
)


class Sight:
    """Whatever the browser shows at the moment of asking. `current` gives the page.

    `patience` is in seconds: so long is waited for what should show, while the screen has not come to rest.
    `family` gives all windows that belong to it, the front one first. `said` gives what the page has just said in boxes
    that are closed already: a person has read them. `before` keeps what stood there before a hand did something: a
    message counts when it is new.
    """

    def __init__(
        self,
        current: Callable[[], Page],
        dialect: Dialect,
        patience: float = idle.LIMIT,
        *,
        family: Callable[[], Sequence[Page]] | None = None,
        said: Callable[[], Sequence[str]] = tuple,
        before: Before | None = None,
    ) -> None:
        """Look through a dialect at the page that is current when asked."""
        self._current, self.dialect, self.patience = current, dialect, patience
        self._family, self._said = family or (lambda: [current()]), said
        self._before = before or Before()
        self._never_came: set[Frame] = set()

    @property
    def page(self) -> Page:
        """The page itself: the front window's."""
        return self._current()

    @property
    def said(self) -> Sequence[str]:
        """What the page has just said in boxes of its own."""
        return self._said()

    @property
    def status(self) -> int | None:
        """The worst HTTP status with which what the screen shows was sent; None where nothing was sent."""
        windows = self._family()
        return idle.watch(windows[0].context).status(windows)

    @property
    def stood(self) -> bool:
        """Whether something stood there before the last press, so that not everything is new."""
        return self._before.stood

    @property
    def news(self) -> list[str]:
        """What the portal says that it did not say before the last press, the page's own boxes first.

        Where the screen is again as it was before, but for a clock perhaps, what it said meanwhile counts: it could be
        read for some seconds. What the browser shows instead of a page that did not come is nothing that it says.
        """
        new = self._new()
        passed = self._before.passed if self._before.only_tick(new) else ()
        return [*self._said(), *new, *(line for line in passed if line not in new)]

    def _new(self) -> list[str]:
        return self._before.new(self._family())

    def waiting(self) -> Waiting:
        """A wait that is over when the screen has come to rest and does not ask for patience, or time is up."""
        return Waiting(self.patience, self._asks_for_patience)

    def agree(self) -> bool:
        """Go on where the page asks whether to; whether it did. Whoever only looks does not."""
        return False

    def until(self, happened: Callable[[], bool]) -> bool:
        """Whether something happens before the screen has come to rest; what asks whether to go on is agreed to."""
        return self.waiting().until(happened, self._family) or (self.agree() and self.until(happened))

    def value_in(self, field: str) -> str:
        """What stands in a field, or beside the field's name where the portal shows it as text."""
        found = self._find(("fields", field), kinds=("field", "value"))
        return next(iter(self._contents(found, self.dialect.words("fields", field))), "")

    def has(self, section: str, name: str) -> bool:
        """Whether the screen, once it is there whole, shows something; a message only if it is new."""
        frames = self._whole()
        if section == MESSAGES:
            return self._says(name, self.news)
        return any(_shows(frame, self._selector((section, name))) for frame in frames)

    def stays(self, section: str, name: str) -> bool:
        """Whether the screen shows something when it has come to rest, and not only on its way."""
        self.settle()
        return self.has(section, name)

    def settle(self) -> None:
        """Wait until the screen has come to rest, or for so long as a person looks before going on."""
        Waiting(min(self.patience, LOOKING), self._asks_for_patience).until(lambda: False, self._family)

    def has_in_front(self, section: str, name: str) -> bool:
        """Whether the front window shows something, whatever lies behind it."""
        return any(_shows(frame, self._selector((section, name))) for frame in frames_of(self.page))

    def reads(self, name: str) -> bool:
        """Whether a message stands on the screen, new or not."""
        return has_any(self.text(), self.dialect.words(MESSAGES, name))

    def wait_for(self, *terms: Term) -> Term:
        """Wait until one of several things shows and say which. Raises DeviationError when none does."""
        seen = self.look_for(*terms)
        if seen is None:
            raise self.missing(*terms)
        return seen

    def look_for(self, *terms: Term) -> Term | None:
        """Wait as `wait_for`; None when the screen has come to rest without any of them.

        Raises UnfinishedError when the portal is still at work after all patience.
        """
        terms = self._known(terms)
        waiting, seen = self.waiting(), list[Term]()
        if not waiting.until(lambda: bool(seen) or self._note_first(terms, seen, waiting), self._family):
            if self.agree():
                return self.look_for(*terms)
            self._check_finished(waiting, terms)
            return next((term for term in terms if self._unfold(term)), None)
        if seen and not self._stands(*seen):
            return self.look_for(*terms)
        return next(iter(seen), None)

    def _stands(self, term: Term) -> bool:
        """Whether what was seen is there to stay.

        An application of one page may show what comes next, with a button that is grey or not, before it has asked the
        portal, and take it back when the portal refuses.
        """
        activity = idle.watch(self.page.context)
        if term[0] != PRESSED or not activity.awaits_answer(self._family()):
            return True
        Waiting(min(self.patience, LOOKING)).until(lambda: not activity.awaits_answer(self._family()), self._family)
        Waiting(min(self.patience, REDRAWS)).until(lambda: False, self._family)
        return self.has(*term)

    def _known(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """Those that the manual has words for, as the others never show; all where it knows none of them."""
        return tuple(one for one in terms if self.dialect.has(*one)) or tuple(terms)

    def _unfold(self, term: Term) -> Locator | None:  # noqa: ARG002 - for those who have a hand
        """What shows only while a mouse is on what it folds out of; to look does not move the mouse."""
        return None

    def _note_first(self, terms: Sequence[Term], seen: list[Term], waiting: Waiting) -> bool:
        front = self.page
        try:
            idle.wait_until_there(front, max(waiting.left * 1000, 1))
            seen.extend(term for term in terms if not seen and self.has(*term))
        except BrowserTimeoutError:
            return False
        except BrowserError as error:  # a page that leaves under one's eyes shows nothing at this moment
            if not MOVING.search(error.message) and not (front.is_closed() and self.page is not front):
                raise
        return bool(seen)

    def _says(self, name: str, lines: Sequence[str]) -> bool:
        """Whether some lines say a message: one of them does, or several together."""
        if given := self.dialect.locator(MESSAGES, name):
            shown = {
                line.strip() for frame in self._whole() for text in _texts(frame, given) for line in text.split("\n")
            }
            return any(line in shown for line in lines)
        words = self.dialect.words(MESSAGES, name)
        saying = [line for line in lines if has_any(line, words)]
        self._before.tell(saying)
        return bool(saying) or has_any("\n".join(lines), words)

    def _asks_for_patience(self) -> str:
        """The new line by which the screen asks for patience; empty where it does not."""
        if PROCESSING not in self.dialect.sections.get(MESSAGES, {}):
            return ""
        words, new = self.dialect.words(MESSAGES, PROCESSING), self._new()
        return next((line for line in new if has_any(COMES_BY_POST.sub("", plain(line)), words)), "")

    def values(self, heading: str, section: str = "values") -> list[str]:
        """What stands beside a heading, once for each time that it is there: in the front window, or else behind it."""
        self._find((section, heading))
        words, frames = self.dialect.words(section, heading), self._whole()
        windows = [[one for one in frames if one.page is window] for window in self._family()]
        found = ([one.locator(self._selector((section, heading))) for one in each] for each in windows)
        return next(filter(None, ([text for one in each for text in self._contents(one, words)] for each in found)), [])

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The rows of the first list with these columns, by the dialect's column names; empty when there is none."""
        words = self._columns(columns)
        return next(iter(self._in_tables(words)), []) or next(self._beyond_tables(words), [])

    def lists(self, *columns: str) -> list[list[dict[str, str]]]:
        """The rows of each list with these columns."""
        words = self._columns(columns)
        listed = self._in_tables(words)
        return listed if any(listed) else [*listed, *islice(self._beyond_tables(words), 1)]

    def _columns(self, columns: Sequence[str]) -> dict[str, list[str]]:
        return {name: self.dialect.words("columns", name) for name in columns}

    def _in_tables(self, words: Mapping[str, Sequence[str]]) -> list[list[dict[str, str]]]:
        return [found for table in self._tables() if (found := rows(table, words)) is not None]

    def _beyond_tables(self, words: Mapping[str, Sequence[str]]) -> Iterator[list[dict[str, str]]]:
        """What is a list by its looks only, where it has rows."""
        return filter(None, (rows(one, words) for ask in LAID_OUT for one in self._laid_out(ask, words)))

    def table(self, *columns: str) -> list[dict[str, str]]:
        """The rows as `rows`. Raises DeviationError, with the keys of what is not there, without such a table."""
        found = self.rows(*columns)
        lacking = [("columns", name) for name in columns if not found and not self.has("columns", name)]
        if lacking:
            raise self.missing(*lacking)
        return found

    def links(self) -> list[str]:
        """Where the screen's links lead."""
        return [link for frame in self._whole() for link in eye.ask(frame, "links")]

    def headings(self) -> list[str]:
        """What the screen's headings say."""
        return [heading for frame in self._whole() for heading in eye.ask(frame, "headings")]

    def labels(self) -> list[str]:
        """What the screen's buttons and links say."""
        return labels(self._frames())

    def _contents(self, found: Locator, words: Sequence[str]) -> list[str]:
        return contents(eye.ask_all(found, "contents"), words)

    def _tables(self) -> Iterator[list[list[str]]]:
        for frame in self._whole():
            yield from eye.ask(frame, "tables")

    def _laid_out(self, question: str, columns: Mapping[str, Sequence[str]]) -> Iterator[list[list[str]]]:
        """What stands below headings without being their table's, or beside them in one card after the other."""
        for frame in self._whole():
            yield eye.ask(frame, question, list(columns.values()))

    def _frames(self) -> list[Frame]:
        return [frame for window in self._family() for frame in frames_of(window)]

    def _whole(self) -> list[Frame]:
        # A count taken of half a page would be wrong; a page that is whole already costs nothing.
        idle.wait_until_there(self.page, self.patience * 1000)
        beside = {frame for window in self._family() for frame in window.frames} - {self.page.main_frame}
        for frame in beside - self._never_came:
            self._await(frame)
        return [frame for frame in self._frames() if not frame.is_detached()]

    def _await(self, frame: Frame) -> None:
        """Wait once for a frame beside the page."""
        try:
            frame.wait_for_load_state("domcontentloaded", timeout=min(self.patience, FRAME_SECONDS) * 1000)
        except BrowserTimeoutError:
            self._never_came.add(frame)
        except BrowserError:  # a frame that is just leaving is not looked at
            return

    def _selector(self, term: Term, kind: str = "") -> str:
        section, name = term
        if given := self.dialect.locator(section, name):
            return given
        kind = kind or KINDS.get(section, "words")
        return eye.selector(kind, self.dialect.words(section, name), self.dialect.headings if kind == "value" else ())

    def _find(self, *terms: Term, kinds: Sequence[str] = ("",)) -> Locator:
        waiting = self.waiting()
        found = eye.find(self._family, [self._selector(term, kind) for term in terms for kind in kinds], waiting)
        if found is None:
            if self.agree():
                return self._find(*terms, kinds=kinds)
            self._check_finished(waiting, terms)
            found = next(filter(None, map(self._unfold, terms)), None)
        if found is None:
            raise self.missing(*terms)
        return found

    def _check_finished(self, waiting: Waiting, terms: Sequence[Term]) -> None:
        """Raise UnfinishedError where something was still going on when patience ended."""
        if waiting.reason and not waiting.at_rest:
            constant = _if_constant(idle.watch(self.page.context).recurring)
            raise UnfinishedError(
                say(
                    f"{self.patience:g} 秒待っても「{self._wanted(terms)}」が現れるかどうか分からない: "
                    f"{waiting.reason}。"
                    "もっと待つなら、ターゲットファイルの [limits] processing_seconds を延ばす"
                    f"{constant}（{self.page.url}）",
                    f'After {self.patience:g} s it is not known whether "{self._wanted(terms)}" will appear: '
                    f"{waiting.reason}. To wait longer, raise [limits] processing_seconds in the target file"
                    f"{constant} ({self.page.url})",
                )
            )

    def _wanted(self, terms: Sequence[Term]) -> str:
        return say("、", ", ").join(say("／", " / ").join(self.dialect.words(*term)) for term in terms)

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What it means that none of several things shows: with what is there instead, and the keys of their words.

        What would come `instead`, and be wrong, is not told as if it were due.
        """
        terms, asked = self._known(terms), self._known((*terms, *instead))
        whole, url, there = self.text(), self.page.url, self._new()  # of which a picture has its words in no text
        gone = [one for one in self._before.passed if one not in there and plain(one) not in plain(whole)][:MOST_TOLD]
        notes = (say(f"「{one}」というメッセージと、", f'the message "{one}" and ') for one in [*self._said(), *gone])
        said, text = "".join(notes), shortened(whole) or say("（白紙）", "(blank page)")
        new = _beyond(text, there if self._before.stood else ())
        shown = say(f"{said}{text}（{url}）{new}", f"{said}{text} ({url}){new}")
        key = self.dialect.key(*terms)
        missing = DeviationError(
            say(
                f"画面に「{self._wanted(terms)}」が現れない。表示されたのは: {shown}。{key}",
                f'"{self._wanted(terms)}" does not appear on the screen. Shown: {shown}. {key}',
            )
        )
        missing.wanted = tuple(word for term in asked for word in self.dialect.all_words(*term))
        missing.perhaps = tuple(self._perhaps(*asked)[:MOST_TOLD])
        return missing

    def _perhaps(self, *terms: Term) -> list[str]:
        """What may be one of some things that are not there, on a page that does not fail.

        What the target file has words for is known by them.
        """
        if all(self.dialect.is_own(*one) for one in terms) or (self.status or 0) >= REFUSED or breaks_down(self):
            return []
        return unknown_things(self._frames(), self.dialect, terms)

    def menu(self) -> list[str]:
        """What can be pressed here, but for what any page has."""
        return things(self._frames(), "buttons")

    @property
    def own_status(self) -> int | None:
        """The HTTP status of the front window itself, whatever frames it has; None where nothing was sent."""
        return idle.watch(self.page.context).own_status(self.page)

    def text(self) -> str:
        """All words on the screen, in one line."""
        texts = []
        for frame in self._frames():
            try:
                texts.append(eye.ask(frame, "text", timeout=eye.AT_ONCE))
            except BrowserError:  # a frame may just be leaving
                continue
        return re.sub(r"\s+", " ", " ".join(texts)).strip()


def _beyond(told: str, came: Sequence[str]) -> str:
    """What is new on the screen and stands behind the end of what is told of it, as in the last of its frames."""
    new = [line for line in came if plain(line) not in plain(told)][:MOST_TOLD]
    return say(f"、そのうち新しいもの: {'／'.join(new)}", f", of it new: {' / '.join(new)}") if new else ""


def _shows(frame: Frame, selector: str) -> bool:
    return eye.among([frame], [selector]) is not None


def _if_constant(paths: Sequence[str]) -> str:
    """What a portal writes into its target file whose pages never stop asking for something."""
    if not paths:
        return ""
    written = value(paths)
    return say(
        f"。画面がいつも行っている通信（キープアライブなど）なら、background = {written} と書く",
        f"; if its pages ask for these all the time (keep-alive), write background = {written}",
    )


def _texts(frame: Frame, selector: str) -> list[str]:
    return frame.locator(selector).all_inner_texts()
