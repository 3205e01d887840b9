"""Addresses of sites: one that is asked for and not there is told of by whose fault that is."""

from __future__ import annotations

import pytest

from sekisho.manual.folders import named
from sekisho.portal.sites import Sites
from sekisho.verdict import BlockedError, ConfigurationProblemError


def test_a_site_that_the_file_does_not_give_blocks_whoever_needs_it() -> None:
    """By its name in the file."""
    sites = Sites({"enrol": "https://enrol.example.test/"}, named("danshin"))
    assert sites["enrol"] == "https://enrol.example.test/"
    with pytest.raises(BlockedError, match=r"\[sites\] に renew がない"):
        sites["renew"]


def test_a_site_that_the_manual_does_not_have_is_told_with_those_that_it_has() -> None:
    """A sentence of another manual was said: it ended in a KeyError."""
    sites = Sites({"enrol": "https://enrol.example.test/"}, named("danshin"))
    with pytest.raises(ConfigurationProblemError, match=r"manual.toml: サイト revoke がありません（あるもの: enrol, "):
        sites["revoke"]
    assert "revoke" not in sites
