"""The statement on paper: what was tested, against what, and what it came to, on one or two pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from markupsafe import escape

from reports import gap_notes
from reports.conclusion import conclude
from reports.html import environment
from reports.package.readiness import Procedure, only_explored, procedures
from reports.package.statement import Certified, digest
from reports.paper import Sheet, print_pdf
from reports.reading import Results
from reports.wording import conclusion_name, conclusion_says, manual_name, manual_title, verdict_name
from sekisho.japan import in_tokyo
from sekisho.language import Pair, say
from sekisho.results import Scenario
from sekisho.verdict import Verdict

EXPLORED = Pair(
    "探索（手順の途中の障害など）だけの結果で、手順書のすべての手続きの試験ではありません。",
    "These are results of an exploration alone (such as of faults on the way), and no test of all procedures.",
)
NAMED = ("run.json", "manual_steps.csv", "report.html", "junit.xml", "SHA256SUMS")


@dataclass(frozen=True)
class Signer:
    """Whose key signs the package: its fingerprint, and the certificate's name if there is one."""

    fingerprint: str
    name: str = ""


def pdf(results: Results, files: dict[str, bytes], certified: Certified, signer: Signer, browser: Path) -> bytes:
    """The statement about these results, printed. Raises EnvironmentProblemError."""
    page = results.folder / "statement.html"
    page.write_text(html(results, files, certified, signer), encoding="utf-8")
    try:
        foot = say(
            f"試験成績書 {escape(results.run.id)} · sekisho {escape(results.run.version)}",
            f"Statement of test results {escape(results.run.id)} · sekisho {escape(results.run.version)}",
        )
        return print_pdf(page, browser, Sheet(foot, dated=certified.when))
    finally:
        page.unlink()


def html(results: Results, files: dict[str, bytes], certified: Certified, signer: Signer) -> str:
    """The page that is printed."""
    found = procedures(results)
    return (
        environment()
        .get_template("statement.html.jinja")
        .render(
            run=results.run,
            manual_name=partial(manual_name, run=results.run),
            manual_title=partial(manual_title, run=results.run),
            certified=certified,
            signer=signer,
            conclusion=conclude(results),
            claim=conclusion_name(conclude(results)),
            explained=conclusion_says(conclude(results)),
            manuals=_by_manual(found),
            counted=counted(results),
            failed=_with(results, Verdict.FAIL, Verdict.UNEXPECTED_PASS),
            admitted=gap_notes.admitted(results),
            left_out=_with(results, Verdict.BLOCKED, Verdict.NOT_APPLICABLE),
            warned=_with(results, Verdict.WARNING),
            sums=[(name, digest(files[name])) for name in NAMED if name in files],
            others=len(files) - len([name for name in NAMED if name in files]),
            day=day,
            reason=_reason,
        )
    )


def counted(results: Results) -> list[str]:
    """How much was decided, and what it came to, in two sentences."""
    found = procedures(results)
    items, decided = sum(len(one.verdicts) for one in found), sum(one.decided for one in found)
    each = [(verdict_name(one), len(_with(results, one))) for one in Verdict if _with(results, one)]
    return [
        *([str(EXPLORED)] if only_explored(results) else []),
        say(
            f"手順書の {items} 項目のうち {decided} 項目を判定。",
            f"Of {items} items of the manual {decided} were decided.",
        ),
        say(
            f"シナリオ {len(results.scenarios)} 件: {'、'.join(f'{word} {count} 件' for word, count in each)}。",
            f"Scenarios: {len(results.scenarios)}. {', '.join(f'{word} {count}' for word, count in each)}.",
        ),
    ]


def _by_manual(found: list[Procedure]) -> dict[str, list[Procedure]]:
    return {
        manual: [one for one in found if one.manual == manual] for manual in dict.fromkeys(one.manual for one in found)
    }


def _with(results: Results, *verdicts: Verdict) -> list[Scenario]:
    return [one for one in results.scenarios if one.verdict in verdicts]


def _reason(scenario: Scenario) -> str:
    """Why a scenario has its verdict, in the words of the result."""
    if scenario.failure:
        return scenario.failure.portal_did
    return " / ".join(dict.fromkeys(step.reason for step in scenario.steps if step.reason))


def day(when: datetime) -> str:
    """A date as papers have it."""
    local = in_tokyo(when)
    return say(f"{local.year}年{local.month}月{local.day}日", f"{local.day} {local:%B} {local.year}")
