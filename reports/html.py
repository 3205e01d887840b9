"""The HTML report: one file that works offline, with its style, its script and its pictures inside."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import boundaries, exploration, explored, gap_notes, lanes, nights, view, wording
from reports.causes import causes
from reports.conclusion import conclude
from reports.coverage import coverage
from reports.earlier import earlier
from reports.folded import Fold, is_folded, parted
from reports.pictures import Pictures, of
from reports.reading import Results
from reports.text import clock, duration, moment
from sekisho.explore import FAULTS
from sekisho.explore.calendar import PLACES
from sekisho.language import language, say
from sekisho.machine import files
from sekisho.manual.titles import titled
from sekisho.results import Scenario
from sekisho.run.stability import Unsteady, unsteady
from sekisho.run.trend import Change, Slower
from sekisho.verdict import Verdict
from sekisho.visible import visible

TEMPLATES = Path(__file__).parent / "templates"
SHOWN_ORDER = [
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.UNEXPECTED_PASS,
    Verdict.ERROR,
    Verdict.WARNING,
    Verdict.KNOWN_GAP,
    Verdict.WAITING,
    Verdict.BLOCKED,
    Verdict.NOT_APPLICABLE,
    Verdict.NOT_REACHED,
]


def write(results: Results) -> Path:
    """Write report.html into a run's folder."""
    page = environment().get_template("report.html.jinja").render(_content(results))
    return files.write(results.folder / "report.html", page)


@cache
def environment() -> Environment:
    """The template engine of every HTML page made here: escapes what comes from a run, and fails on a missing word."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "titled": _titled,
        "clock": clock,
        "duration": duration,
        "moment": moment,
        "slug": wording.verdict_class,
    }
    made.globals |= {
        "t": wording.words,
        "language": language,
        "both": wording.both,
        "say": say,
        "word": wording.word,
        "attribute": wording.attribute,
        "fault_name": explored.fault_name,
        "fault_title": explored.fault_title,
        "place_name": explored.place_name,
        "verdict_name": wording.verdict_name,
        "badge": wording.badge,
        "manual_name": wording.manual_name,
        "manual_title": wording.manual_title,
        "words": wording.WORDS,
        "Verdict": Verdict,
        "judged": view.judged,
        "bar_width": nights.WIDTH,
        "bar_gap": nights.GAP,
        "bar_height": nights.HEIGHT,
        "pictures_of": of,
        "taken": lanes.taken,
        "is_folded": is_folded,
        "new_fold": Fold,
        "parted": parted,
        "placed": boundaries.PLACED,
        "style": _inline("report.css"),
        "script": _inline("report.js"),
        "script_hash": base64.b64encode(hashlib.sha256(_inline("report.js").encode()).digest()).decode(),
    }
    return made


def _titled(one: Scenario | Unsteady | Change | Slower) -> str:
    return titled(one.name, one.example, getattr(one, "attempt", 1))


def _inline(name: str) -> Markup:
    """A file of our own, put into the page as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8").strip())  # noqa: S704 - ours, not from the run


def _finalize(value: object) -> object:
    """What every value goes through on its way into the page."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _content(results: Results) -> dict[str, Any]:
    scenarios = results.scenarios
    rows = coverage(results.rows, (), scenarios)
    found = view.manuals(results, rows.rows)
    trend, untold = earlier(results.folder)
    drawn = nights.bars(trend.nights) if trend else []
    return {
        "run": results.run,
        "manual_name": partial(wording.manual_name, run=results.run),
        "manual_title": partial(wording.manual_title, run=results.run),
        "conclusion": conclude(results),
        "claim": wording.CONCLUSIONS[conclude(results)],
        "unreadable": results.unreadable + untold,
        "scenarios": scenarios,
        "findings": [one for one in _with(scenarios, Verdict.FAIL, Verdict.UNEXPECTED_PASS) if not one.cell],
        "explored": exploration.findings(scenarios),
        "matrices": exploration.matrices(scenarios),
        "orders": lanes.orders(scenarios),
        "rules": boundaries.rules(scenarios, results.run.rules),
        "places": PLACES,
        "walks": [one for one in scenarios if one.walked],
        "faults": FAULTS,
        "warned": _with(scenarios, Verdict.WARNING),
        "gaps": gap_notes.admitted(results),
        "unsteady": unsteady(scenarios),
        "trend": trend,
        "drawn": drawn,
        "drawn_verdicts": [one for one in nights.ORDER if any(one in bar.night.verdicts for bar in drawn)],
        "undecided": causes(_with(scenarios, Verdict.ERROR, Verdict.BLOCKED, Verdict.WAITING)),
        "manuals": found,
        "coverage": rows,
        "open": [one for manual in found for one in manual.undecided],
        "by_id": {scenario.id: scenario for scenario in scenarios},
        "verdicts": [one for one in SHOWN_ORDER if one is Verdict.PASS or _with(scenarios, one)],
        "seconds": _seconds(results),
        "pictures": Pictures(results.folder, scenarios),
        "hosts": sorted({host for scenario in scenarios for host in scenario.hosts}),
    }


def _with(scenarios: list[Scenario], *verdicts: Verdict) -> list[Scenario]:
    return [scenario for scenario in scenarios if scenario.verdict in verdicts]


def _seconds(results: Results) -> float:
    """How long the run took; of an interrupted one, until its last finished scenario ended."""
    run = results.run
    if run.finished:
        return (run.finished - run.started).total_seconds()
    ends = [(one.started - run.started).total_seconds() + one.seconds for one in results.scenarios]
    return max(ends, default=0.0)
