"""The password of a renewed key, which this manual wants to be four digits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from steps.words import MISTAKES

CONCEPT = "更新した鍵のパスワード"


@pytest.fixture
def mistakes() -> Mapping[str, str]:
    """What this manual's scenarios call wrong passwords."""
    return {**MISTAKES, "半角数字4桁でない": "not_four_digits"}
