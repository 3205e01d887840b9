"""The kinds of exploration: what each tries, in which feature files it stands, and how its cells are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sekisho.explore import boundary_cells, fault_cells, faults, tab_cells, walk_cells
from sekisho.explore.cells import Case
from sekisho.explore.interleavings import LETTERS
from sekisho.language import say
from sekisho.manual import lanes
from sekisho.manual.citations import CitedScenario
from sekisho.results import Scenario
from sekisho.verdict import ConfigurationProblemError


@dataclass(frozen=True)
class Kind:
    """One of them."""

    name: str
    """On the command line. Its features are explore/<name>.feature and explore/<name>_….feature."""
    cases: Callable[[CitedScenario, Scenario], Sequence[Case]] = lambda *_: ()
    """The cells of a procedure, from the record of how it was carried out undisturbed."""
    deeper: Callable[[CitedScenario, Scenario, Mapping[str, Scenario]], Sequence[Case]] = lambda *_: ()
    """Those in which something is tried in a second place (--depth 2), from the cells that were carried out."""
    known: Callable[[CitedScenario], Sequence[Case]] | None = None
    """The cells of a procedure, where they are known before anything was carried out."""
    imagined: tuple[dict[str, str], ...] = ()
    """What is known of the values of cells before the procedure was carried out."""


FAULTS = Kind(
    "faults",
    fault_cells.cases,
    fault_cells.deeper,
    imagined=tuple({fault_cells.FAULT: one.title} for one in faults.FAULTS),
)
TABS = Kind(
    lanes.FILES,
    tab_cells.cases,
    imagined=({tab_cells.ORDER: ""}, *({tab_cells.BESIDES: one} for one in LETTERS.values())),
)
BOUNDARIES = Kind("boundaries", known=boundary_cells.cases)
WALKS = Kind("walks", known=walk_cells.cases)
KINDS = (FAULTS, TABS, BOUNDARIES, WALKS)


def kind_of(feature: str) -> Kind:
    """The kind of a procedure, by the name of its feature file: faults unless it begins with that of another."""
    beginning = PurePosixPath(feature).stem.split("_")[0]
    return next((one for one in KINDS if one.name == beginning), FAULTS)


def check(names: Sequence[str]) -> None:
    """Raise ConfigurationProblemError for a kind that there is not."""
    known = [one.name for one in KINDS]
    for name in names:
        if name not in known:
            raise ConfigurationProblemError(
                say(
                    f"--kind {name}: そのような探索はありません（{' / '.join(known)}）。",
                    f"--kind {name}: there is no such exploration ({' / '.join(known)}).",
                )
            )
