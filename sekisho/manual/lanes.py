"""Procedures in two lanes: what a user does in each of two tabs. Each sentence begins with its lane: 「タブAで、」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sekisho.language import Pair, quoted, say
from sekisho.manual import citations
from sekisho.manual.citations import CitedScenario, CitedStep
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

LANE = re.compile(r"(?P<window>タブ|ウインドウ)(?P<lane>[A-ZＡ-Ｚ])で、(?P<sentence>.+)")
BEGINNING = re.compile("^(タブ|ウインドウ)(?P<lane>[AB])(?P<copy>の複製)?で、")
NAMES = ("A", "B")
FILES = "tabs"
"""With this the names of their feature files begin."""
REMEDY = Pair(
    "「タブAで、…」と「タブBで、…」（別のウインドウなら「ウインドウAで、…」）の二つに分けて書いてください。",
    'Write it in two parts, "タブAで、…" and "タブBで、…" (with another window: "ウインドウAで、…").',
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a lane."""

    lane: str
    """A or B."""
    window: str
    """What is said of it: タブ or ウインドウ."""
    text: str
    """Without the lane's name, as any scenario may say it."""
    step: CitedStep

    @property
    def place(self) -> str:
        """What the lane is called, such as タブA."""
        return f"{self.window}{self.lane}"


@dataclass(frozen=True)
class Lanes:
    """The parts of such a procedure."""

    premises: tuple[CitedStep, ...]
    a: tuple[Sentence, ...]
    b: tuple[Sentence, ...]
    checks: tuple[CitedStep, ...]
    """From the first ならば on that is no lane's."""

    def __getitem__(self, lane: str) -> tuple[Sentence, ...]:
        """The sentences of a lane."""
        return self.a if lane == "A" else self.b


def sentence(step: CitedStep) -> Sentence | None:
    """A sentence as one of a lane; nothing for any other."""
    found = LANE.fullmatch(step.text)
    return Sentence(found["lane"], found["window"], found["sentence"], step) if found else None


def plain(text: str) -> str:
    """A sentence without the name of its lane, if it has one."""
    return BEGINNING.sub("", text)


def lanes(procedure: CitedScenario) -> Lanes:
    """The parts of a procedure. Raises ConfigurationProblemError, with line and remedy, where they are not such."""
    found = list(_problems(procedure))
    if found:
        raise ConfigurationProblemError("\n".join(f"{procedure.feature}:{one}" for one in found))
    said = [one for step in procedure.steps if (one := sentence(step))]
    first, last = said[0].step.line, said[-1].step.line
    return Lanes(
        tuple(step for step in procedure.steps if step.line < first),
        tuple(one for one in said if one.lane == "A"),
        tuple(one for one in said if one.lane == "B"),
        tuple(step for step in procedure.steps if step.line > last),
    )


def problems(manual: Manual) -> Iterator[str]:
    """What is wrong with the procedures in lanes of a manual, each with file and line."""
    for path in manual.explored:
        if Path(path).stem.split("_")[0] == FILES:
            for procedure in citations.in_file(path, manual):
                yield from (f"{path}:{one}" for one in _problems(procedure))


def _problems(procedure: CitedScenario) -> Iterator[str]:
    said = [one for step in procedure.steps if (one := sentence(step))]
    title = quoted(procedure.name)
    names = list(dict.fromkeys(one.place for one in said))
    if tuple(sorted(one[-1] for one in names)) != NAMES:
        line = procedure.steps[0].line if procedure.steps else 1
        line = said[-1].step.line if len(names) > len(NAMES) else line
        yield say(
            f"{line}: {title}: タブが {len(names)} つあります（{'、'.join(names) or 'なし'}）。{REMEDY}",
            f"{line}: {title}: the number of tabs is {len(names)} ({', '.join(names) or 'none'}), not 2. {REMEDY}",
        )
        return
    for step in procedure.steps:
        if said[0].step.line <= step.line <= said[-1].step.line:
            yield from _of_lane(step, title)
    if not any(step.checks and step.line > said[-1].step.line for step in procedure.steps):
        yield (
            say(
                f"{said[-1].step.line}: {title}: どちらのタブのあとにも「ならば」がありません。"
                "どの順序でも成り立つことを、項番を添えて、タブの文のあとに書いてください。",
                f'{said[-1].step.line}: {title}: no "ならば" after the sentences of both tabs. Write there, with '
                "its row, what holds in whatever order.",
            )
        )


def _of_lane(step: CitedStep, title: str) -> Iterator[str]:
    if step.kind == "given":
        yield (
            say(
                f"{step.line}: {title}: タブの文の間に前提「{step.text}」があります。"
                "前提は、最初のタブの文より前に書いてください。",
                f'{step.line}: {title}: the premise "{step.text}" is among the sentences of tabs. Write premises '
                "before the first of them.",
            )
        )
    elif sentence(step) is None:
        yield (
            say(
                f"{step.line}: {title}: 「{step.text}」がどのタブのことか分かりません。"
                "「タブAで、」か「タブBで、」から書いてください。どちらでもないことは、"
                "タブの文のあとに書いてください。",
                f'{step.line}: {title}: "{step.text}" does not say which tab it is about. Begin it with '
                '"タブAで、" or "タブBで、"; what is about neither comes after the sentences of tabs.',
            )
        )
