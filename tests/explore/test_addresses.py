"""Addresses of exchanges, by which a cell finds its exchange again: for another user, on another port."""

from __future__ import annotations

from typing import Any, cast
from unittest.mock import Mock

import pytest

from sekisho.network.hosts import Hosts
from sekisho.person.disturbance import Disturbance, address_of

SITES = {"enrol": "https://127.0.0.1:33815/ra/", "renew": "https://127.0.0.1:33816/"}


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/ra/step2", "/ra/step2"),
        ("/NipponLifeInsuranceCompanyKihonetCA/ee/key.jsp", "/NipponLifeInsuranceCompanyKihonetCA/ee/key.jsp"),
        ("/ra/202611270000001/Zk3-9dj2_dk3Jd83", "/ra/*/*"),
        ("/ra/OlRgiZfCWqdgAdYfnfmbwYAX", "/ra/*"),
        ("/requests/4711/file.p12", "/requests/4711/file.p12"),
        ("/keys/123456789012345.p12", "/keys/*"),
    ],
)
def test_what_is_one_users_own_is_no_part_of_it(path: str, known: str) -> None:
    """Numbers and tokens; names of the site's own stay, however long."""
    assert address_of(f"https://127.0.0.1:33815{path}?x=1", SITES) == f"enrol {known}"


def test_what_is_masked_is_no_part_of_it() -> None:
    """A one-time password in a path need not look like one."""
    found = address_of("https://127.0.0.1:33816/once/abcdef", SITES, lambda path: path.replace("abcdef", "●●●●"))
    assert found == "renew /once/*"


def test_a_place_that_a_site_leads_to_is_the_portals_too() -> None:
    """It is no site of its own and has its host for a name."""
    hosts = Hosts(SITES.values(), further=["https://127.0.0.1:33999"])
    browsing, portal = cast("Any", Mock(pc=Mock(hosts=hosts))), cast("Any", Mock(sites=SITES))
    over = Disturbance(Mock(), browsing, portal, {}, cast("Any", Mock(clean=str)))
    there, elsewhere = Mock(url="https://127.0.0.1:33999/login"), Mock(url="https://127.0.0.1:34000/login")
    assert over.address(there) == "127.0.0.1:33999 /login"
    assert over.is_of_portal(there)
    assert not over.is_of_portal(elsewhere)
