"""Whether a target file has accounts enough: for a run in which all goes well, and for one in which nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from sekisho.preflight.finding import Finding, Place
from sekisho.target_file.model import Target
from sekisho.target_file.needs import NOT_ALLOWED, Unmet, spares, unmet


def check(target: Target, place: Place, scenarios: Collection[str] | None = None) -> Iterator[Finding]:
    """A hint for each reason why scenarios will be BLOCKED, and one of what a run needs where scenarios fail."""
    found = unmet(target, place.folder, scenarios)
    for reason, blocked in groupby(sorted(found, key=lambda one: one.reason), key=lambda one: one.reason):
        yield _blocked(place, reason, list(blocked))
    if more := spares(target, place.folder, scenarios):
        kinds = "、".join(f"{kind} {count} 件" for kind, count in more.items())
        what = f"不適合になったシナリオの利用者は使い回しません。すべて不適合でも判定しきるには、あと {kinds} 要ります"
        yield place.hint("accounts", "", what, "足りなくなったシナリオは実施不能（BLOCKED）になるだけです")


def _blocked(place: Place, reason: str, blocked: list[Unmet]) -> Finding:
    titles = "\n".join(f"・{one.title}（{one.scenario}）" for one in blocked)
    what = f"{len(blocked)} 件のシナリオは実施不能（BLOCKED）になります: {reason}\n{titles}"
    by = "run に --allow-destructive を付ける" if reason == NOT_ALLOWED else "アカウントか [operator] を足す"
    return place.hint("accounts", "", what, f"{by}と実施できます")
