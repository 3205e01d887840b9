"""Whether a target file has accounts enough: for a run in which all goes well, and for one in which nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from sekisho.language import Pair, say
from sekisho.preflight.finding import Finding, Place
from sekisho.target_file.model import Target
from sekisho.target_file.needs import NOT_ALLOWED, Unmet, spares, unmet

ALLOWING = Pair(
    "run に --allow-destructive を付けると実施できます", "Run with --allow-destructive to have them carried out"
)
ADDING = Pair("アカウントか [operator] を足すと実施できます", "Add accounts or an [operator] to have them carried out")


def check(target: Target, place: Place, scenarios: Collection[str] | None = None) -> Iterator[Finding]:
    """A hint for each reason why scenarios will be BLOCKED, and one of what a run needs where scenarios fail."""
    found = unmet(target, place.folder, scenarios)
    for reason, blocked in groupby(sorted(found, key=lambda one: one.reason), key=lambda one: one.reason):
        yield _blocked(place, reason, list(blocked))
    if more := spares(target, place.folder, scenarios):
        kinds = say("、", ", ").join(say(f"{kind} {count} 件", f"{count} {kind}") for kind, count in more.items())
        what = say(
            f"不適合になったシナリオの利用者は使い回しません。すべて不適合でも判定しきるには、あと {kinds} 要ります",
            "users of scenarios that fail are not used again. For a verdict on everything even if everything "
            f"fails, these are missing: {kinds}",
        )
        yield place.hint(
            "accounts",
            "",
            what,
            say(
                "足りなくなったシナリオは実施不能（BLOCKED）になるだけです",
                "Scenarios left without a user will only be BLOCKED",
            ),
        )


def _blocked(place: Place, reason: str, blocked: list[Unmet]) -> Finding:
    titles = "\n".join(say(f"・{one.title}（{one.scenario}）", f"- {one.title} ({one.scenario})") for one in blocked)
    what = say(
        f"{len(blocked)} 件のシナリオは実施不能（BLOCKED）になります: {reason}\n{titles}",
        f"{len(blocked)} of the scenarios will be BLOCKED: {reason}\n{titles}",
    )
    return place.hint("accounts", "", what, str(ALLOWING if reason == str(NOT_ALLOWED) else ADDING))
