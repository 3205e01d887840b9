"""Every defect of obn breaks what it says, is touched where it could, and changes nothing while it is off."""

from __future__ import annotations

import pytest

from . import obn_sights as see
from .obn_observations import OBSERVATIONS
from .obn_walks import Obn, downloaded, renewed


@pytest.mark.parametrize("name", sorted(OBSERVATIONS))
def test_a_defect_changes_what_an_institution_observes(obn: Obn, name: str) -> None:
    """Differently with it on than off; and the run without it already told that it could have been noticed."""
    right = OBSERVATIONS[name](obn)
    assert name in obn.mock.touched()
    obn.mock.told("POST", "/scenario", {})
    obn.mock.defect(name)
    assert OBSERVATIONS[name](obn) != right


def test_the_catalogue_is_whole(obn: Obn) -> None:
    """Each defect that breaks a row of this manual has an observation, here or (a client's) in test_obn_client."""
    catalogue = obn.mock.told("GET", "/defects")["catalogue"]
    names = {one["name"] for one in catalogue if any(row.startswith("OBN-") for row in one["ids"])}
    assert {name for name in names if not name.startswith("client-")} == set(OBSERVATIONS)


def test_one_tab_touches_no_defect_of_tabs(obn: Obn) -> None:
    """Nor of refusals that were not met."""
    downloaded(obn, obn.account("invited"))
    renewed(obn, obn.account("renewable"))
    touched = obn.mock.touched()
    assert {"validity-three-years", "statuses-out-of-order", "four-digit-password-refused"} <= touched
    assert not touched & {"tabs-share-draft", "windows-share-draft", "used-page-acts-again"}
    assert not {name for name in touched if "revocation" in name or "accepted" in name or "root" in name}


def test_shared_drafts_do_what_the_manual_warns_of(obn: Obn) -> None:
    """The second user's key in the first tab; the report to the second tab's address; the second's application."""
    obn.mock.defect("tabs-share-draft")
    assert see.mixed_tabs(obn) == see.mixed_passwords(obn) == "second"
    assert see.mixed_revocations(obn, windows=False) == [False, True, False, True]
    obn.mock.defect("windows-share-draft")
    assert see.mixed_windows(obn) == [1, 2]
    assert see.mixed_revocations(obn, windows=True) == [False, True, True, False]


def test_used_pages_do_things_twice(obn: Obn) -> None:
    """Two applications for a renewal, two revocations reported."""
    assert see.sent_twice(obn) == (2, 1)
    obn.mock.defect("used-page-acts-again")
    assert see.sent_twice(obn) == (3, 2)
