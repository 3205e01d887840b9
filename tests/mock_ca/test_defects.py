"""Every defect breaks what it says, is touched where it could, and changes nothing while it is off."""

from __future__ import annotations

import re

import pytest

from . import kihonet_observations, observations
from .explored_observations import EXPLORED, Observation
from .running import Running, fetch
from .walks import at_renewal, enters, opens, renewed, resumed

ELSEWHERE = {
    "danshin": {"fetched-key-not-offered-again", "fetched-key-shows-another-id"},
    "kihonet": {"key-of-the-log-in-before", "clock-overflows-in-2038"},
}


def explored(system: str) -> dict[str, Observation]:
    """Those that this system has too."""
    return {name: one for name, one in EXPLORED.items() if name not in ELSEWHERE[system]}


TABLES = {
    "danshin": ("DAN", observations.OBSERVATIONS | explored("danshin")),
    "kihonet": ("KIHO", kihonet_observations.OBSERVATIONS | explored("kihonet")),
}
CASES = [(system, name) for system, (_, table) in TABLES.items() for name in sorted(table)]


@pytest.mark.parametrize(("system", "name"), CASES)
def test_a_defect_changes_what_a_visitor_observes(mock: Running, system: str, name: str) -> None:
    """Differently with it on than off; and the run without it already told that it could have been noticed."""
    seen, observe = mock.of(system), TABLES[system][1][name]
    right = observe(seen)
    assert name in mock.touched()
    mock.told("POST", "/scenario", {})
    mock.defect(name)
    assert observe(seen) != right


@pytest.mark.parametrize(("prefix", "table"), TABLES.values(), ids=TABLES)
def test_the_catalogue_is_whole(mock: Running, prefix: str, table: dict[str, object]) -> None:
    """Each defect has an observation in each system whose manual it breaks."""
    catalogue = mock.told("GET", "/defects")["catalogue"]
    names = [one["name"] for one in catalogue if any(row.startswith(f"{prefix}-") for row in one["ids"])]
    assert sorted(names) == sorted(table)


def test_the_catalogue_says_what_is_broken(mock: Running) -> None:
    """Each defect has rows of the manuals and a sentence in two languages, and is listed once."""
    catalogue = mock.told("GET", "/defects")["catalogue"]
    assert len({one["name"] for one in catalogue}) == len(catalogue)
    for one in catalogue:
        assert one["ids"]
        assert all(re.fullmatch(r"(DAN|KIHO|OBN|NEC|GUN)(-[A-Z]+)+-\d\d[AB]?(\.\.\d\d)?", row) for row in one["ids"])
        assert re.fullmatch(r"[^。]*[ぁ-ん][^。]*。", one["breaks"]["japanese"])
        assert re.fullmatch(r"[A-Z0-9.][^ぁ-ん一-龠]*\.", re.sub(r'"[^"]*"', "", one["breaks"]["english"])), one


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


def test_a_fetched_key_shows_another_id_only_until_it_is_used(mock: Running) -> None:
    """Whoever came to the end of a renewal sees nothing of the defect, and so no scenario does."""
    seen = mock.of("kihonet")
    mock.defect("fetched-key-shows-another-id")
    account = seen.account("renewing")
    assert opens(seen, "service", resumed(seen, account))
    page = at_renewal(seen, account).get(f"key.jsp?requestId={account['request_id']}&list=1")
    assert page.field("requestId") == account["request_id"]
