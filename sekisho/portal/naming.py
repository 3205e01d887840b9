"""What a run's record calls the portal that is carried along."""

from __future__ import annotations

from collections.abc import Iterable

MOCK = "内蔵の模擬認証局"


def mock_named(defects: Iterable[str] = ()) -> str:
    """The mock's name, with the defects that it has all along."""
    given = "、".join(defects)
    return f"{MOCK}（欠陥: {given}）" if given else MOCK
