"""What a run's record calls the portal that is carried along."""

from __future__ import annotations

from collections.abc import Iterable

from sekisho.language import Pair, say

MOCK = Pair("内蔵の模擬認証局", "built-in mock CA")


def mock_named(defects: Iterable[str] = ()) -> str:
    """The mock's name, with the defects that it has all along."""
    given = say("、", ", ").join(defects)
    return say(f"{MOCK}（欠陥: {given}）", f"{MOCK} (defects: {given})") if given else str(MOCK)
