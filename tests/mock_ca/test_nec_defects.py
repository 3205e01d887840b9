"""Every defect of nec breaks what it says, is touched where it could, and changes nothing while it is off."""

from __future__ import annotations

import pytest

from .nec_observations import OBSERVATIONS
from .running import Running


@pytest.mark.parametrize("name", sorted(OBSERVATIONS))
def test_a_defect_changes_what_a_subscriber_observes(nec: Running, name: str) -> None:
    """Differently with it on than off; and the run without it already told that it could have been noticed."""
    right = OBSERVATIONS[name](nec)
    assert name in nec.touched()
    nec.told("POST", "/scenario", {})
    nec.defect(name)
    assert OBSERVATIONS[name](nec) != right


def test_the_catalogue_is_whole(nec: Running) -> None:
    """Each defect that breaks a row of this manual has an observation."""
    catalogue = nec.told("GET", "/defects")["catalogue"]
    assert {one["name"] for one in catalogue if any(row.startswith("NEC-") for row in one["ids"])} == set(OBSERVATIONS)
