"""Every defect breaks what it says, is touched where it could, and changes nothing while it is off."""

from __future__ import annotations

import re

import pytest

from .observations import OBSERVATIONS
from .running import Running, fetch
from .walks import enters, renewed


@pytest.mark.parametrize("name", sorted(OBSERVATIONS))
def test_a_defect_changes_what_a_visitor_observes(mock: Running, name: str) -> None:
    """Differently with it on than off; and the run without it already told that it could have been noticed."""
    right = OBSERVATIONS[name](mock)
    assert name in mock.touched()
    mock.told("POST", "/scenario", {})
    mock.defect(name)
    wrong = OBSERVATIONS[name](mock)
    assert wrong != right


def test_the_catalogue_is_whole(mock: Running) -> None:
    """Each defect has rows of a manual, a Japanese sentence, and an observation where it breaks this manual's."""
    catalogue = mock.told("GET", "/defects")["catalogue"]
    assert {one["name"] for one in catalogue if any(row.startswith("DAN-") for row in one["ids"])} == set(OBSERVATIONS)
    for one in catalogue:
        assert one["ids"]
        assert all(re.fullmatch(r"[A-Z]+-[A-Z]+(-[A-Z]+)*-\d\d[AB]?(\.\.\d\d)?", row) for row in one["ids"])
        assert re.fullmatch(r"[^。]*[ぁ-ん][^。]*。", one["breaks"])


def test_a_scenario_touches_only_what_it_could_notice(mock: Running) -> None:
    """Entering a service with a good certificate does not touch the doors that stayed shut."""
    user = mock.account("renewable")
    assert enters(mock, "service", mock.visitor(renewed(mock, user)), user)
    touched = mock.touched()
    assert "renewed-certificate-refused" in touched
    assert not touched & {
        "nissay-certificate-opens-service",
        "revoked-certificate-opens-service",
        "unknown-url-shows-top",
    }
    assert not touched & {"renewal-opens-on-day-31", "invitation-never-expires", "session-never-expires"}


def test_an_enrolment_touches_no_renewal(mock: Running) -> None:
    """Nor rules of refusal that it did not meet."""
    user = mock.account("invited")
    fetch(mock.logged_in(user), user["request_id"])
    touched = mock.touched()
    assert {"validity-two-years", "wrong-issuer", "password-in-guide-mail"} <= touched
    assert not {name for name in touched if "renew" in name or "reissue" in name or "nissay" in name}
    assert not touched & {"empty-password-accepted", "second-certificate-on-double-submit", "back-button-issues-again"}
