"""What a site may answer with, before anybody has a certificate."""

from __future__ import annotations

import pytest

from pages import entrance
from sekisho.manual.folders import known, named


@pytest.mark.parametrize(
    ("manual", "site"), [(manual, site) for manual in known() for site in named(manual).about.sites]
)
def test_a_site_is_a_file_where_its_first_page_has_nothing_but_that_to_offer(manual: str, site: str) -> None:
    """Also of the sites whose first page the manual does not describe: they are none."""
    assert entrance.may_be_a_file(manual, site) is ((manual, site) == ("obn", "root"))
