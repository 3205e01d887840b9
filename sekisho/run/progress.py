"""How a run is going, on the controller's side: a pytest plugin that hears of each finished scenario and shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from sekisho.machine.terminal import occupied
from sekisho.manual.titles import titled
from sekisho.verdict import Verdict

STYLES = {
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.WARNING: "yellow",
    Verdict.KNOWN_GAP: "yellow",
    Verdict.NOT_REACHED: "dim",
    Verdict.WAITING: "cyan",
    Verdict.BLOCKED: "yellow",
    Verdict.ERROR: "magenta",
    Verdict.UNEXPECTED_PASS: "red",
    Verdict.FAIL: "red",
}


@dataclass(frozen=True)
class Finished:
    """A scenario that has ended, as its worker reports it."""

    manual: str
    procedure: str
    name: str
    verdict: Verdict
    seconds: float

    @property
    def title(self) -> str:
        """Where it belongs, and its name."""
        return f"{self.manual} {self.procedure} / {self.name}"


class Display(Protocol):
    """Where progress is shown."""

    def finished(self, scenario: Finished) -> None:
        """Show that one scenario has ended."""


class PlainDisplay:
    """One line per scenario, for logs."""

    def __init__(self, console: Console, totals: Mapping[tuple[str, str], int]) -> None:
        """Count towards the sum of `totals`, the scenarios per (manual, procedure)."""
        self.console = console
        self.total = sum(totals.values())
        self.done = 0

    def finished(self, scenario: Finished) -> None:
        """Print the line."""
        self.done += 1
        place = f"[{self.done:>{len(str(self.total))}}/{self.total}]"
        line = f"{place} {scenario.verdict:<5} {scenario.title} ({scenario.seconds:.1f} s)"
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)


class LiveDisplay:
    """Bars, and a line above them for whatever does not pass: a bar per procedure, or of several manuals one for each.

    The procedures of several manuals would not fit the height of a terminal.
    """

    def __init__(self, console: Console, totals: Mapping[tuple[str, str], int]) -> None:
        """Make the bars for `totals`, the scenarios per (manual, procedure)."""
        counts = TextColumn("{task.fields[counts]}")
        name = TextColumn("{task.description}")
        columns = (name, BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn(), counts)
        self.bars = Bars(*columns, console=console, redirect_stdout=False, redirect_stderr=False)  # pytest stays unseen
        self.by_manual = len({manual for manual, _ in totals}) > 1
        self.counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
        sums: Counter[str] = Counter()
        for (manual, procedure), total in totals.items():
            sums[self._bar(manual, procedure)] += total
        self.tasks = {bar: self.bars.add_task(bar, total=sums[bar], counts="", start=False) for bar in sums}

    def _bar(self, manual: str, procedure: str) -> str:
        return manual if self.by_manual else f"{manual} {procedure}"

    def finished(self, scenario: Finished) -> None:
        """Advance the scenario's bar."""
        bar = self._bar(scenario.manual, scenario.procedure)
        self.counts[bar][scenario.verdict] += 1
        if bar not in self.tasks:
            self.tasks[bar] = self.bars.add_task(bar, total=None, counts="")
        self.bars.start_task(self.tasks[bar])
        self.bars.update(self.tasks[bar], advance=1, counts=_styled(self.counts[bar]))
        if self.bars.tasks[self.tasks[bar]].finished:
            self.bars.stop_task(self.tasks[bar])
        if scenario.verdict in (Verdict.FAIL, Verdict.UNEXPECTED_PASS, Verdict.ERROR, Verdict.BLOCKED):
            self.bars.console.print(f"[{STYLES[scenario.verdict]}]{scenario.verdict}[/] {escape(scenario.title)}")


def _styled(counts: Counter[Verdict]) -> str:
    return " ".join(f"[{STYLES[verdict]}]{verdict} {counts[verdict]}[/]" for verdict in Verdict if counts[verdict])


@contextmanager
def display(console: Console, totals: dict[tuple[str, str], int], *, plain: bool) -> Iterator[Display]:
    """Bars on a terminal, lines elsewhere, for as long as the run lasts."""
    if plain:
        yield PlainDisplay(console, totals)
        return
    shown = LiveDisplay(console, totals)
    with shown.bars, occupied(shown.bars.stop, shown.bars.start):
        yield shown


class Progress:
    """The pytest plugin. Keeps what the result files cannot say: tests that broke without a verdict.

    `broken` holds pytest's text for each, by the test's or file's id.
    """

    def __init__(self, shown: Display) -> None:
        """Report to `shown`."""
        self.shown = shown
        self.judged: set[str] = set()
        self.broken: dict[str, str] = {}
        self.interrupted = False

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear of one phase of one test; called on the controller, whichever worker ran it."""
        facts = dict(report.user_properties).get("sekisho")
        if isinstance(facts, dict) and report.nodeid not in self.judged:
            self.judged.add(report.nodeid)
            self.shown.finished(_finished(facts))
        if report.failed and (report.when == "teardown" or report.nodeid not in self.judged):
            self.broken[report.nodeid] = report.longreprtext

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Hear that a file could not be read or imported."""
        if report.failed:
            self.broken[report.nodeid] = report.longreprtext

    @pytest.hookimpl
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell Ctrl-C from a run that gave up, which pytest reports through the same hook."""
        self.interrupted = excinfo.type is KeyboardInterrupt
        if not self.interrupted and str(excinfo.value) not in self.broken.values():
            self.broken["pytest"] = str(excinfo.value)


def _finished(facts: dict[str, Any]) -> Finished:
    return Finished(
        manual=str(facts["manual"]),
        procedure=str(facts["procedure"]),
        name=titled(facts["name"], facts.get("example", {}), facts.get("attempt", 1)),
        verdict=Verdict(str(facts["verdict"])),
        seconds=float(facts["seconds"]),
    )
