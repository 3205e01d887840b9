"""Run the scenarios in several browsers and on several systems, and print what came of it: `make matrix`.

    make matrix                              # danshin in every browser that can be had here, and on Debian 13
    make matrix ARGS="--sample"              # one scenario for each of the browser's private surfaces only
    make matrix ARGS="--browser /opt/x/chrome --no-debian"

For each browser: what the canary can read and operate of its private surfaces, then the scenarios. The table is also
written as JSON and Markdown into reports/out/matrix/, row by row, beside the report of each run. Exit code 1 if any
row has a FAIL or an ERROR or could not be carried out; what could not be had here is said and is no row.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sekisho.browser.channels import BrowserChoice
from sekisho.canary import look
from sekisho.cli.exit import Exit
from sekisho.results import read_scenarios
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError, Verdict

TOP = Path(__file__).resolve().parents[1]
SCRIPTS = TOP / "scripts"
SAMPLE = SCRIPTS / "sample.toml"
OUT = TOP / "reports" / "out" / "matrix"
SHOWN = (Verdict.PASS, Verdict.WARNING, Verdict.NOT_APPLICABLE, Verdict.FAIL, Verdict.ERROR)
GOOD = {Verdict.PASS, Verdict.WARNING, Verdict.NOT_APPLICABLE}
FINISHED = {Exit.CONFORMANT, Exit.NOT_CONFORMANT}
HEADINGS = (
    "system",
    "Python",
    "at-spi",
    "user",
    "browser",
    "surfaces",
    *(one.value for one in SHOWN),
    "other",
    "s",
    "exit",
)


@dataclass(frozen=True)
class Row:
    """What came of one browser on one system."""

    system: str
    python: str = ""
    user: str = ""
    browser: str = ""
    at_spi: str = ""
    surfaces: str = ""
    """How many of the browser's private surfaces the canary could operate, of those that it tried."""
    lacking: dict[str, str] = field(default_factory=dict)
    """The others, each with the reason."""
    verdicts: dict[str, int] = field(default_factory=dict)
    seconds: int = 0
    exit: int = Exit.ENVIRONMENT
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether every scenario was decided, and none against the portal, which is our own.

        A browser that has none of the surfaces that the scenarios are about carries out none, and the canary said so.
        """
        if self.lacking and self.verdicts.keys() == {Verdict.NOT_APPLICABLE.value}:
            return True
        return self.exit in FINISHED and bool(self.verdicts) and set(self.verdicts) <= {one.value for one in GOOD}

    def cells(self) -> list[str]:
        """As in the table, below `HEADINGS`."""
        shown = [self.verdicts.get(one.value, 0) for one in SHOWN]
        numbers = [*shown, sum(self.verdicts.values()) - sum(shown), self.seconds, self.exit]
        return [self.system, self.python, self.at_spi, self.user, self.browser, self.surfaces, *map(str, numbers)]


def sample() -> list[str]:
    """The ids of the scenarios that stand for all: one for each surface."""
    return list(tomllib.loads(SAMPLE.read_text("utf-8")).values())


def browsers() -> Iterator[Path]:
    """Every browser that can be had here; says why where a kind cannot."""
    for kind in ("chromiums", "headless-shell"):
        done = subprocess.run([SCRIPTS / "browsers.sh", kind], stdout=subprocess.PIPE, text=True, check=False)
        yield from map(Path, done.stdout.splitlines())


def tried(program: Path, wanted: list[str], out: Path) -> Row:
    """One browser: the canary, then the scenarios."""
    release = platform.freedesktop_os_release()
    here = Row(
        system=f"{release['ID']} {release['VERSION_ID']}",
        python=platform.python_version(),
        user="root" if os.geteuid() == 0 else "plain user",
        browser=str(program),
    )
    try:
        seen = look(BrowserChoice.resolve(str(program)), "auto", afresh=True)
    except EnvironmentProblemError as problem:
        return replace(here, note=str(problem))
    lacking = {one.surface.name: one.problem for one in seen.sightings if one.problem}
    worked = f"{len(seen.sightings) - len(lacking)}/{len(seen.sightings)}"
    here = replace(here, browser=seen.browser, at_spi=seen.at_spi, surfaces=worked, lacking=lacking)
    return _carried_out(here, ["--browser", str(program), "--out", str(out), *wanted], out)


def _carried_out(here: Row, options: list[str], out: Path) -> Row:
    started = time.monotonic()
    done = subprocess.run([str(Path(sys.executable).with_name("sekisho")), "run", *options], cwd=TOP, check=False)
    verdicts = Counter(one.verdict.value for one in read_scenarios(out)) if out.exists() else {}
    return replace(here, verdicts=dict(verdicts), seconds=round(time.monotonic() - started), exit=done.returncode)


def in_debian(suite: str, arguments: list[str], *, user: bool) -> list[Row]:
    """The same in a bare Debian of this release, with all that its own sources offer; see scripts/debian_root.sh."""
    out = TOP / ".tools" / "debian" / "out" / f"{suite}-{'user' if user else 'root'}" / "matrix" / "matrix.json"
    out.unlink(missing_ok=True)
    options = " ".join(["--no-debian", *arguments])
    inside = f'make matrix ARGS="{options}"'
    done = subprocess.run(
        [SCRIPTS / "debian_root.sh", "--suite", suite, *(["--user"] if user else []), inside], cwd=TOP, check=False
    )
    if out.exists():
        return [Row(**one) for one in json.loads(out.read_text("utf-8"))]
    who = "plain user" if user else "root"
    return [Row(f"debian {suite}", user=who, exit=done.returncode, note="see what was printed above")]


def written(rows: list[Row]) -> None:
    """Keep what there is so far."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "matrix.json").write_text(
        json.dumps([asdict(one) for one in rows], ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    (OUT / "matrix.md").write_text("".join(_markdown(rows)), "utf-8")


def _markdown(rows: list[Row]) -> Iterator[str]:
    for cells in (HEADINGS, ["---"] * len(HEADINGS), *(one.cells() for one in rows)):
        yield f"| {' | '.join(cells)} |\n"
    yield from (f"\n- {one.browser}: {line}\n" for one in rows for line in remarks(one))


def remarks(row: Row) -> list[str]:
    """What a row's numbers do not say."""
    return [*(f"{surface}: {why}" for surface, why in row.lacking.items()), *([row.note] if row.note else [])]


def printed(rows: list[Row]) -> None:
    """The table, and what its numbers do not say."""
    table = Table(*HEADINGS)
    for one in rows:
        table.add_row(*one.cells(), style="" if one.good else "red")
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    for one in rows:
        for line in remarks(one):
            console.print(f"{one.system}, {one.browser}: {line}", soft_wrap=True, markup=False, highlight=False)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/matrix.py", description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", action="store_true", help="one scenario for each surface, not a whole manual")
    parser.add_argument("--manual", action="append", metavar="NAME", help="these manuals (default: danshin)")
    parser.add_argument("--browser", action="append", type=Path, metavar="PATH", help="only these programs")
    parser.add_argument("--jobs", default="auto", metavar="N", help="workers of each run, as of sekisho run")
    parser.add_argument("--debian", action="append", metavar="SUITE", help="bare releases to try (default: trixie)")
    parser.add_argument("--no-debian", dest="debian", action="store_const", const=[], help="none of them")
    return parser.parse_args(arguments)


def _rows(asked: argparse.Namespace, wanted: list[str]) -> Iterator[Row]:
    programs: Iterable[Path] = asked.browser or list(browsers())
    began = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"  # each matrix has folders of its own
    for number, program in enumerate(programs):
        yield tried(program, wanted, OUT / f"{began}-{number}")
    for suite in ["trixie"] if asked.debian is None else asked.debian:
        for user in (False, True):
            yield from in_debian(
                suite, [*(["--sample"] if user or asked.sample else []), "--jobs", asked.jobs], user=user
            )


def main(arguments: list[str]) -> int:
    """Do all of it; 0 if every row is good."""
    asked = _asked(arguments)
    chosen = (
        [f"--select={one}" for one in sample()]
        if asked.sample
        else [f"--manual={one}" for one in asked.manual or ["danshin"]]
    )
    rows: list[Row] = []
    for row in _rows(asked, [*chosen, "--jobs", asked.jobs]):
        rows.append(row)
        written(rows)
    if not rows:
        sys.stderr.write("matrix: no browser could be had; the lines above say why\n")
        return Exit.ENVIRONMENT
    printed(rows)
    return 0 if all(one.good for one in rows) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ConfigurationProblemError, EnvironmentProblemError) as error:
        sys.exit(f"matrix: {error}")
