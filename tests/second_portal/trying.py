"""Try the portal's faults on the scenarios that notice them: `python -m tests.second_portal.trying [FAULT ...]`.

Each fault (all without a name) is tried on all scenarios that `expected.toml` names for it, with accounts of its own,
many in one run. With `--every` it is tried on all that meet it: first all scenarios are carried out without a fault,
and the portal notes which faults each of them meets. Where what comes is not as expected, an entry is proposed, and the
exit code is 1. `--table` tries nothing: it writes the table of docs/portals.md from `expected.toml`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from reports.requirements import given
from sekisho.results import Scenario
from sekisho.verdict import Verdict
from tests.scenarios.candidates import reasons
from tests.scenarios.expectations import noticed, said
from tests.second_portal.expected import Expected, expectations, judged, together
from tests.second_portal.faults import FAULTS, FOR_ANYBODY
from tests.second_portal.trials import carry_out, ids

DOCS = Path(__file__).parents[2] / "docs" / "portals.md"
BEGIN, END = "<!-- python -m tests.second_portal.trying --table -->\n", "<!-- end -->\n"

Outcomes = dict[str, dict[str, Scenario]]
"""By fault and scenario."""


def main(arguments: list[str] | None = None) -> int:
    """Try, and say what came."""
    parser = argparse.ArgumentParser(prog="python -m tests.second_portal.trying", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="FAULT", help="one or more of faults.py; all without a name")
    parser.add_argument("--table", action="store_true", help="write the table of docs/portals.md")
    parser.add_argument("--every", action="store_true", help="also on scenarios that expected.toml does not name")
    parser.add_argument("--folder", type=Path, default=Path("reports/out/faults"), help="where the runs are kept")
    options = parser.parse_args(arguments)
    if unknown := set(options.faults) - FAULTS.keys():
        parser.error(f"no such fault: {' '.join(sorted(unknown))}")
    if options.table:
        DOCS.write_text(tabled(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    outcomes = tried(options.folder, options.faults or list(FAULTS), every=options.every)
    wrong = list(differences(outcomes))
    for line in wrong:
        print(line)  # noqa: T201 - the command's output
    return 1 if wrong else 0


def tried(folder: Path, faults: list[str], *, every: bool) -> Outcomes:
    """Each fault on its scenarios."""
    met = carry_out(folder / "green", dict.fromkeys(ids(), ())).met if every else {}
    outcomes: Outcomes = defaultdict(dict)
    for number, one in enumerate(together(pairs(faults, met)), start=1):
        _tell(f"run {number}: {len(one)} scenarios")
        for name, scenario in carry_out(folder / f"run-{number}", one).scenarios.items():
            outcomes[one[name][0]][name] = scenario
    return outcomes


def pairs(faults: list[str], met: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The faults with their scenarios; where it is known who met what, a fault for anybody may be met by all."""
    for fault in faults:
        known = expectations()[fault] if fault in expectations() else Expected((), {})
        meet = met if met and fault in FOR_ANYBODY else [name for name, theirs in met.items() if fault in theirs]
        yield from ((fault, name) for name in dict.fromkeys([*known.red, *known.green, *meet]) if name)


def differences(outcomes: Outcomes) -> Iterator[str]:
    """What is not as expected, and what should then be."""
    for fault, found in outcomes.items():
        wrong = [text for name, one in found.items() if (text := judged([fault], name, one))]
        unseen = fault in expectations() and not any(map(noticed, found.values()))
        if wrong or unseen or fault not in expectations():
            yield from (f"# {text}" for text in wrong)
            yield proposal(fault, found)


def proposal(fault: str, found: dict[str, Scenario]) -> str:
    """The entry of `expected.toml` that these outcomes would fit."""
    red = {name: one for name, one in found.items() if noticed(one)}
    quiet = sorted((one.seconds, name) for name, one in found.items() if name not in red)
    lines = [f"[{fault}]", f"because = {_list(reasons(said(one) for one in red.values()))}"]
    lines += [f"green = {_list(name for _, name in quiet[:1])}", f"[{fault}.red]"]
    for name, one in sorted(red.items(), key=lambda each: each[1].seconds):
        rows = [row for row, verdict in given(one).items() if verdict is Verdict.FAIL]
        lines.append(f"{json.dumps(name, ensure_ascii=False)} = {_list(rows)}")
    return "\n".join([*lines, ""])


def table() -> str:
    """The faults, and what the manual's rows come to with each."""
    lines = ["| fault | the portal then | rows that are 不適合 | because | in |", "|---|---|---|---|---|"]
    for fault, expected in expectations().items():
        scenarios = "; ".join(expected.red)
        cells = [f"`{fault}`", FAULTS[fault], ", ".join(expected.rows), "; ".join(expected.because), scenarios]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def tabled(text: str) -> str:
    """A document with the table where it has its place."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


def _list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _tell(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")


if __name__ == "__main__":
    sys.exit(main())
