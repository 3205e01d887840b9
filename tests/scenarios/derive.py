"""Proposes expectations: `python -m tests.scenarios.derive MANUAL [DEFECT ...] > proposal.toml`.

Runs the manual's scenarios once without a defect, then tries each defect (none named: all that break the manual's rows,
and all that its scenarios touch) on the scenarios about those rows, and on some others that touch it. Prints an entry
for each as `defects/<manual>.toml` has them, and last, as comments, whatever is doubtful. An expectation is a promise:
read what you copy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sekisho.manual.rows import rows
from sekisho.results import Scenario
from sekisho.verdict import Verdict

from .candidates import Outcome, doubts, proposal
from .catalogue import Catalogue, asked, due
from .expectations import Pair, label, said
from .runs import ROOT, Noted, Plan, defects_of, noted, run_green, run_planned

MOST = 5  # scenarios to try a defect on, beside those about the rows that it breaks


def main(arguments: list[str] | None = None) -> None:
    """Run, and print."""
    options = _options(arguments)
    folder: Path = options.folder or ROOT / "reports" / "out" / f"derive-{options.manual}"
    catalogue = asked()
    if unknown := set(options.defects) - catalogue.keys():
        sys.exit(f"the mock has no defect {' '.join(sorted(unknown))}")
    green = (
        noted(folder / "green") if options.again else run_green(_fresh(folder / "green"), "--manual", options.manual)
    )
    _tell(f"{len(green.scenarios)} scenarios without a defect")
    wanted = options.defects or _concerning(options.manual, catalogue, green)
    tried = outcomes(options.manual, {defect: catalogue[defect] for defect in wanted}, green, folder / "broken")
    for line in _lines(green, tried):
        print(line)  # noqa: T201 - the command's output


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.scenarios.derive", description=__doc__)
    parser.add_argument("manual", choices=sorted({row.manual for row in rows()}))
    parser.add_argument("defects", nargs="*", metavar="DEFECT")
    parser.add_argument("--again", action="store_true", help="use the last run without a defect once more")
    parser.add_argument("--folder", type=Path, help="where runs are kept (default: reports/out/derive-MANUAL)")
    return parser.parse_intermixed_args(arguments)


def _fresh(folder: Path) -> Path:
    """A folder of this name that is not there: an older one gets another name."""
    if folder.exists():
        folder.rename(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    return folder


def _tell(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")


def _concerning(manual: str, catalogue: Catalogue, green: Noted) -> list[str]:
    touched = {defect for one in green.scenarios for defect in green.touches(one)}
    broken = {pair.defect for pair in due(catalogue) if pair.manual == manual}
    return [defect for defect in catalogue if defect in touched | broken]


def outcomes(manual: str, wanted: Catalogue, green: Noted, folder: Path, *options: str) -> list[Outcome]:
    """Try every wanted defect, all in one run with these options."""
    touching = {defect: green.touching(Pair(manual, defect)) for defect in wanted}
    plan: Plan = defaultdict(list)
    for defect, broken in wanted.items():
        for one in _to_try(touching[defect], broken):
            plan[one.id].append(defect)
    _tell(f"trying {len(wanted)} defects in {sum(map(len, plan.values()))} pairs with a scenario")
    tried = run_planned(_fresh(folder), plan, *options).scenarios
    examples = Counter(one.name for one in green.scenarios)
    return [
        Outcome(defect, broken, examples, touching[defect], [one for one in tried if defects_of(one) == [defect]])
        for defect, broken in wanted.items()
    ]


def sample(scenarios: list[Scenario], most: int) -> list[Scenario]:
    """Some of these, from as many procedures as possible: the first of each, then the others."""
    firsts = {one.feature: one for one in reversed(scenarios)}
    return sorted(scenarios, key=lambda one: firsts[one.feature] is not one)[:most]


def _to_try(touching: list[Scenario], broken: frozenset[str]) -> list[Scenario]:
    about = [one for one in touching if not broken.isdisjoint(one.ids)]
    return about + sample([one for one in touching if one not in about], MOST)


def _lines(green: Noted, tried: list[Outcome]) -> Iterator[str]:
    yield from (proposal(one) for one in tried if one.red)
    yield "# Doubtful"
    for one in green.scenarios:
        if not (one.verdict.passed or one.verdict is Verdict.NOT_APPLICABLE):
            yield f"# without a defect: {one.verdict} in {label(one)}: {said(one)}"
    for outcome in tried:
        yield from (f"# {outcome.defect}: {doubt}" for doubt in doubts(outcome))


if __name__ == "__main__":
    main()
