"""Two runs against each other: what is different, and which of it is bad."""

from __future__ import annotations

from reports.compare import certificates, pairs, sights, verdicts
from reports.compare.comparing import screens, side_by_side, wordings
from reports.compare.model import Comparison, Told
from reports.conclusion import conclude
from reports.reading import Results
from reports.spoken import EARLIER
from reports.text import moment
from reports.wording import conclusion_name, manual_name
from sekisho.language import say
from sekisho.results import Scenario


def compare(before: Results, after: Results) -> Comparison:
    """The second run as seen from the first."""
    shared = [one for one in before.run.manuals if one in after.run.manuals]
    was, became = (pairs.scenarios(_of(results, shared)) for results in (before, after))
    both = [(was[key].first, became[key].first) for key in was if key in became]
    matched = [pair for one in both for pair in pairs.steps(*one)]
    alike = spoken(before) == spoken(after)
    seen = sights.see(_of(before, shared), _of(after, shared), matched, {key: one.first for key, one in was.items()})
    return Comparison(
        before=_told(before),
        after=_told(after),
        compared=len(both),
        verdicts=verdicts.changes(was, became),
        wordings=wordings(seen, matched, alike=alike),
        profiles=certificates.changes(matched, alike=alike),
        screens=screens(seen),
        notes=_notes(before, after),
        side_by_side=side_by_side(seen),
    )


def spoken(results: Results) -> str:
    """The language in which a run tells its reasons and notes."""
    return results.run.language or EARLIER


def _of(results: Results, manuals: list[str]) -> list[Scenario]:
    return [one for one in results.scenarios if one.manual in manuals]


def _told(results: Results) -> Told:
    run = results.run
    product = f"{run.product.name} {run.product.version}".strip() if run.product else ""
    return Told(
        id=run.id,
        target=run.target,
        product=product,
        browser=run.browser,
        version=run.version,
        started=moment(run.started),
        scenarios=len(results.scenarios),
        conclusion=conclusion_name(conclude(results)),
    )


def _notes(before: Results, after: Results) -> list[str]:
    """What the reader has to know before trusting that there is no difference."""
    found = []
    for results, name in ((before, say("前", "earlier")), (after, say("後", "later"))):
        run = results.run
        if run.finished is None:
            found.append(say(f"{name}の実行は途中で終わっています。", f"The {name} run ended early."))
        if run.stopped:
            found.append(
                say(f"{name}の実行は打ち切られました: {run.stopped}", f"The {name} run was given up: {run.stopped}")
            )
        if run.shard:
            found.append(
                say(
                    f"{name}の実行は全体の一部（{run.shard}）です。",
                    f"The {name} run is a part of a whole only ({run.shard}).",
                )
            )
        found += [
            say(
                f"{name}の実行の {one.file} を読めません: {one.problem}",
                f"{one.file} of the {name} run cannot be read: {one.problem}",
            )
            for one in results.unreadable
        ]
    for manual in dict.fromkeys([*before.run.manuals, *after.run.manuals]):
        if manual not in before.run.manuals or manual not in after.run.manuals:
            only, which = (
                (say("前", "earlier"), before.run) if manual in before.run.manuals else (say("後", "later"), after.run)
            )
            found.append(
                say(
                    f"{manual_name(manual, which)}（{manual}）は{only}の実行にしかなく、比べていません。",
                    f"{manual_name(manual, which)} ({manual}) is in the {only} run only, and was not compared.",
                )
            )
    if spoken(before) != spoken(after):
        found.append(
            say(
                f"実行の言語が違います（{spoken(before)} → {spoken(after)}）。試験器の記録と理由は比べていません。",
                f"The languages of the runs differ ({spoken(before)} → {spoken(after)}). What the harness itself noted "
                "and gave as reasons was not compared.",
            )
        )
    return found + _not_alike(before, after)


def _not_alike(before: Results, after: Results) -> list[str]:
    facts = {
        say("ブラウザー", "browsers"): (before.run.browser, after.run.browser),
        say("証明書の扱い", "ways with certificates"): (before.run.certs, after.run.certs),
        say("試験器", "versions of the harness"): (f"sekisho {before.run.version}", f"sekisho {after.run.version}"),
    }
    found = [
        say(f"{name}が違います: {was} → {became}", f"The {name} differ: {was} → {became}")
        for name, (was, became) in facts.items()
        if was != became
    ]
    if [row.id for row in before.rows] != [row.id for row in after.rows] and before.run.manuals == after.run.manuals:
        found.append(say("手順書の項目の一覧が違います。", "The lists of the manual's items differ."))
    old = [
        name
        for results, name in ((before, say("前", "earlier")), (after, say("後", "later")))
        if not _has_words(results)
    ]
    return found + [
        say(
            f"{name}の実行には画面の文言の記録がありません（題名だけを比べました）。",
            f"The {name} run has no record of the words on its screens (only their titles were compared).",
        )
        for name in old
    ]


def _has_words(results: Results) -> bool:
    """Whether the run kept the words of its screens; the oldest runs did not."""
    shown = [one for scenario in results.scenarios for step in scenario.steps for one in step.evidence]
    pictures = [one for one in shown if one.kind == "picture"]
    return not pictures or any(one.text for one in pictures)
