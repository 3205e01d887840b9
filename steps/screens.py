"""Which screen is there: by its title, or by what only that screen has where a portal calls it something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.refusing import FEW, SENTENCE, fails, refused
from sekisho.evidence.recorder import Recorder
from sekisho.portal.view import REFUSED, Showing, Term
from steps.refusals import MESSAGES, printed, remark
from steps.times import days
from steps.words import SCREENS, Signs

TITLES = "screens"  # the section of the dialect


def arrive(screen: Showing, evidence: Recorder, name: str, known: Mapping[str, Signs] = SCREENS) -> None:
    """Wait for a screen by its name, a known one or a title that the dialect has under [screens].

    Raises DeviationError where neither its title nor its controls show, ConfigurationProblemError for another name.
    """
    signs = known.get(name) or Signs(((TITLES, screen.dialect.named(TITLES, name)),))
    look(screen, evidence, signs.titles, signs.means, signs.or_means)


def look(
    screen: Showing, evidence: Recorder, titles: Sequence[Term], means: Sequence[Term], or_means: Sequence[Term] = ()
) -> Term:
    """Wait for one of some titles and say which.

    Where the screen has come to rest without one, but has all that it `means`, or all that it may mean, the step is a
    WARNING: the title is the portal's own, unless a row of the manual prints it. Raises DeviationError where it is
    another screen.
    """
    seen = screen.look_for(*titles)
    if seen is None:
        title = titles[0]
        known = any(all(screen.has(*one) for one in signs) for signs in (means, or_means) if signs)
        if printed(screen, evidence.ids, title) or not known:
            raise screen.missing(*titles)
        remark(screen, evidence, title, headline(screen, title))
    elif seen[0] == TITLES:  # a title may be there before what it is the title of
        for one in means:
            screen.look_for(one)
    return seen or titles[0]


def reach(screen: Showing, evidence: Recorder, title: Term, *gone: Term) -> None:
    """Wait for a screen that has nothing but its title: what led to it is `gone`, and nothing was refused.

    Raises DeviationError where it is still there, or the portal refuses or fails.
    """
    if screen.look_for(title) is None:
        left = any(screen.has_in_front(*one) for one in gone) or (screen.status or 0) >= REFUSED
        if left or not screen.news or _just_refuses(screen) or printed(screen, evidence.ids, title):
            raise screen.missing(title)
        remark(screen, evidence, title, headline(screen, title))


def _just_refuses(screen: Showing) -> bool:
    """Whether the screen says little else than that it refuses or fails: a page with much on it has cautions too."""
    return len(screen.news) <= FEW and (bool(refused(screen)) or fails(screen))


def headline(screen: Showing, instead: Term) -> str:
    """The first thing that a screen says instead of a title, or the first sentence instead of a message.

    A line with the time of day is neither: it says something else at the next look.
    """
    new = screen.news
    told = [line for line in new if instead[0] == MESSAGES and SENTENCE.search(line)]
    headings = [line for line in screen.headings() if line in new]
    lasting = [line for line in new if not days(line)]
    return next(iter([*told, *headings, *lasting, *new]), "") or screen.text()[:40]
