"""Addresses of exchanges, by which a cell finds its exchange again: for another user, on another port."""

from __future__ import annotations

import pytest

from sekisho.person.disturbance import address_of

SITES = {"enrol": "https://127.0.0.1:33815/ra/", "renew": "https://127.0.0.1:33816/"}


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/ra/step2", "/ra/step2"),
        ("/NipponLifeInsuranceCompanyKihonetCA/ee/key.jsp", "/NipponLifeInsuranceCompanyKihonetCA/ee/key.jsp"),
        ("/ra/202611270000001/Zk3-9dj2_dk3Jd83", "/ra/*/*"),
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
