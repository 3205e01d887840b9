"""What two runs saw: screens, dialogs, mails and notes with their words, and what only one of them saw.

A thing is looked for in the whole other run, not only at the same step: a screen that passes by quickly is caught by a
run here or there, and that says nothing about the portal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.compare import noise
from reports.compare.model import Kind
from reports.compare.pairs import StepPair
from sekisho.language import say
from sekisho.results import Dialog, Evidence, Mail, Note, Picture, Scenario, Step

Key = tuple[Kind, str, str, str]  # kind, manual, title without noise, path without noise
Place = tuple[str, int]


@dataclass
class Line:
    """A line of words as it was first seen, and the scenarios that saw it."""

    shown: str
    picture: Picture | None
    scenarios: dict[str, None] = field(default_factory=dict)


@dataclass
class Sight:
    """One screen, dialog, mail or note: its words, by what they are without noise, and where it was seen."""

    key: Key
    title: str
    picture: Picture | None
    lines: dict[str, Line] = field(default_factory=dict)
    places: dict[Place, None] = field(default_factory=dict)

    @property
    def scenarios(self) -> list[str]:
        """The scenarios that saw it."""
        return list(dict.fromkeys(scenario for scenario, _ in self.places))

    def seen(self, lines: dict[str, str], place: Place, picture: Picture | None) -> None:
        """It was seen once more, with these words."""
        for line, shown in lines.items():
            self.lines.setdefault(line, Line(shown, picture)).scenarios[place[0]] = None
        self.places[place] = None


class Sights(dict[Key, Sight]):
    """Everything seen in some steps, by what it is."""

    def look(self, scenario: Scenario, number: int, step: Step, people: list[str]) -> None:
        """Take up what a step shows."""
        for title, path, lines, one in _told(step.evidence):
            kind = _KINDS[type(one)]
            key = (kind, scenario.manual, noise.plain(title, people), noise.plain(path, people))
            picture = one if isinstance(one, Picture) else None
            sight = self.setdefault(key, Sight(key, title, picture))
            words = {plain: line for line in lines if (plain := noise.plain(line, people))}
            sight.seen(words, (scenario.base_id, number), picture)


_KINDS: dict[type, Kind] = {Picture: Kind.SCREEN, Dialog: Kind.DIALOG, Mail: Kind.MAIL, Note: Kind.NOTE}


def _told(evidence: Iterable[Evidence]) -> Iterator[tuple[str, str, list[str], Evidence]]:
    """Title, path and words of each piece of evidence; certificates are compared elsewhere."""
    for one in evidence:
        match one:
            case Picture() if _of_portal(one):
                yield one.title, noise.path(one.url), one.text, one
            case Dialog():
                yield one.title, "", [one.text, *one.columns, say(f"［{one.pressed}］", f"[{one.pressed}]")], one
            case Mail():
                yield (
                    one.subject,
                    "",
                    [say(f"差出人: {one.sender}", f"From: {one.sender}"), *one.body.splitlines()],
                    one,
                )
            case Note():
                yield one.title, "", one.lines, one


def _of_portal(picture: Picture) -> bool:
    """Whether a portal showed this screen: not the browser itself (an error page), and not one still on its way."""
    return picture.url.partition(":")[0] in {"http", "https"} and not picture.title.startswith("Loading http")


@dataclass(frozen=True)
class Both:
    """All that each run saw, and what each saw in the steps that both carried out."""

    all_before: Sights
    all_after: Sights
    before: Sights
    after: Sights

    def gone(self) -> list[Sight]:
        """What the second run shows nowhere, though it carried the same steps out."""
        return [one for key, one in self.before.items() if key not in self.all_after]

    def new(self) -> list[Sight]:
        """What the first run showed nowhere."""
        return [one for key, one in self.after.items() if key not in self.all_before]


def see(before: list[Scenario], after: list[Scenario], pairs: list[StepPair], firsts: dict[str, Scenario]) -> Both:
    """Look through two runs. `firsts` gives the scenario of the first run that a pair's scenario belongs to."""
    shared_before, shared_after = Sights(), Sights()
    for pair in pairs:
        first = firsts[pair.scenario.base_id]
        was, became = _alike(pair.before, pair.after)
        if pair.whole:
            shared_before.look(first, pair.number, was, noise.people(first))
        shared_after.look(pair.scenario, pair.number, became, noise.people(pair.scenario))
    return Both(_all(before), _all(after), shared_before, shared_after)


def _alike(before: Step, after: Step) -> tuple[Step, Step]:
    """Both steps, without their screens where only one of them has any: the other was not looked at, not empty."""
    if all(any(isinstance(one, Picture) for one in step.evidence) for step in (before, after)):
        return before, after
    without = [[one for one in step.evidence if not isinstance(one, Picture)] for step in (before, after)]
    return before.model_copy(update={"evidence": without[0]}), after.model_copy(update={"evidence": without[1]})


def _all(scenarios: list[Scenario]) -> Sights:
    found = Sights()
    for scenario in scenarios:
        people = noise.people(scenario)
        for number, step in enumerate(scenario.steps):
            found.look(scenario, number, step, people)
    return found


def matched(gone: list[Sight], new: list[Sight]) -> list[tuple[Sight, Sight]]:
    """What is gone and what has come at the same steps in its stead: the same thing under another name."""
    shared = Counter(
        {(a.key, b.key): len(a.places.keys() & b.places.keys()) for a in gone for b in new if a.key[0] is b.key[0]}
    )
    by_key = {one.key: one for one in [*gone, *new]}
    found, taken = [], set[Key]()
    for (a, b), places in shared.most_common():
        if places and not {a, b} & taken:
            taken |= {a, b}
            found.append((by_key[a], by_key[b]))
    return found
