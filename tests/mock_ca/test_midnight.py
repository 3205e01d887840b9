"""Shortly before midnight in Japan the mock is already in the next day: so must be whoever counts days with it.

Found by whole runs at that time: users were said to have a day more than they had.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fixtures.mock import MockPortal
from sekisho.certstore.context import ContextStore
from sekisho.person.holdings import Holdings
from steps.accounts import with_days_left
from tests.scenarios.test_premises import recorded

from .running import Running


@pytest.fixture
def portal(mock: Running) -> MockPortal:
    """Danshin's portal in the mock, one day on."""
    made = MockPortal(mock.ready, "danshin", lambda secret: secret)
    before = made.today()
    made.pass_days(1)
    assert made.today() - before == timedelta(days=1)
    return made


@pytest.mark.parametrize("days", [0, 1, 30, 200])
def test_a_certificate_has_the_days_left_on_the_portals_calendar(portal: MockPortal, tmp_path: Path, days: int) -> None:
    """Not on that of the machine."""
    holdings = Holdings(ContextStore(), tmp_path, recorded(tmp_path))
    account = portal.account("active", days_left=days)
    assert with_days_left(portal, holdings, account, days) == account
