"""A portal that says things in words of its own: PASS, WARNING or a deviation.

Where the manual prints the sentence, the portal must say it. Where the manual only promises that something is refused,
what happens decides: the control that would go on is not there, and a sentence that is new on the screen reads like a
refusal and is not what the portal says of another mistake. The step is then a WARNING that repeats the sentence, so
that a person can judge and the target file can learn it. docs/target.md tells the portal's owner the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pages.dialect import has_any, plain
from pages.refusing import ONLY_THE_TITLE, REFUSING, fails, refused
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.rows import cited
from sekisho.portal.view import Showing, Term
from sekisho.results import OwnWords

MESSAGES = "messages"
QUOTED = re.compile("「(.+?)」")
PLEASE = re.compile("ください$")


def refusal(screen: Showing, evidence: Recorder, name: str, *instead: Term, section: str = MESSAGES) -> Term:
    """Wait until the portal says something, or shows what would have come `instead`, and say which.

    Raises DeviationError where it does neither, unless it refuses in words of its own that the manual leaves open, and
    ConfigurationProblemError where nothing of what would have come has words: only a wrong portal would miss them.
    """
    wanted, sections = (section, name), screen.dialect.sections
    if instead and not any(one[1] in sections.get(one[0], {}) for one in instead):
        screen.dialect.words(*instead[0])
    return screen.look_for(wanted, *instead) or refuse(screen, evidence, wanted, *instead)


def refuse(screen: Showing, evidence: Recorder, wanted: Term, *instead: Term) -> Term:
    """Take what a screen at rest says for a refusal in the portal's own words. Raises DeviationError as `refusal`."""
    said = own_words(screen, evidence, wanted)
    if not said:
        raise screen.missing(wanted, instead=instead)
    remark(screen, evidence, wanted, said)
    return wanted


def turned_away(screen: Showing, evidence: Recorder, name: str, form: Term) -> bool:
    """Whether the portal took the user away from a form and says something that no list of words knows: a WARNING.

    Whoever is still before the form was not told what is wrong, and a page that was just opened led away from none. A
    crash is no refusal, nor is a word about another mistake, nor any other sentence than the one that a row prints.
    """
    wanted, new = (MESSAGES, name), screen.news
    if not new or not screen.stood or fails(screen) or screen.has(*form):
        return False
    if _quoted(screen, evidence.ids, wanted) or _another(screen, wanted):
        return False
    remark(screen, evidence, wanted, next((line for line in new if not ONLY_THE_TITLE.fullmatch(line)), new[0]))
    return True


def own_words(screen: Showing, evidence: Recorder, wanted: Term) -> str:
    """The line by which the portal refuses in its own words; empty where it does not, or where they are not its own."""
    if _quoted(screen, evidence.ids, wanted) or _another(screen, wanted):
        return ""
    return refused(screen)


def printed(screen: Showing, ids: tuple[str, ...], term: Term) -> bool:
    """Whether one of these rows of the manual prints the words."""
    return has_any(cited(ids), screen.dialect.all_words(*term))


def _quoted(screen: Showing, ids: tuple[str, ...], term: Term) -> bool:
    """Whether one of these rows says that the portal says so: a rule that has the words too is not what is shown."""
    sentences = [plain(one) for one in QUOTED.findall(cited(ids))]
    return any(plain(word) in one for word in screen.dialect.all_words(*term) for one in sentences)


def remark(screen: Showing, evidence: Recorder, term: Term, said: str) -> None:
    """Let the current step be a WARNING: the portal says something in its own words, and means the same."""
    known, (section, name) = screen.dialect.words(*term), term
    wanted = say("／", " / ").join(known)
    lesson = screen.dialect.lesson(section, name, said)
    evidence.own_words(
        OwnWords(section=section, name=name, instead_of=known, said=said),
        say(
            f"「{wanted}」の代わりに「{said}」と表示された（手順書は文言を定めていない）。{lesson}",
            f'Instead of "{wanted}" it said "{said}" (the manual prescribes no wording). {lesson}',
        ),
    )


def _another(screen: Showing, wanted: Term) -> bool:
    """Whether the portal says what it says of another mistake."""
    mine = {plain(word) for word in screen.dialect.words(*wanted)}
    subjects = [one for one in _fields(screen) if any(one in word for word in mine)]
    known = {plain(word) for words in screen.dialect.sections[MESSAGES].values() for word in words} - mine
    lines = map(plain, screen.news)
    return any(word in line and not _goes_beyond(line, word, subjects) for line in lines for word in known)


def _fields(screen: Showing) -> list[str]:
    """What the fields of the manual's screens are called."""
    return [plain(word) for words in screen.dialect.sections.get("fields", {}).values() for word in words]


def _goes_beyond(line: str, word: str, subjects: Sequence[str]) -> bool:
    """Whether a line asks for something, as refusals of all kinds do, and says besides what is wrong, or with what."""
    rest = line.replace(word, "")
    says_more = REFUSING.search(rest) is not None or any(one in rest for one in subjects)
    return PLEASE.search(word) is not None and says_more
