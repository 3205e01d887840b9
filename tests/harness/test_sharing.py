"""Tests that share something are carried out by one worker; the longest tests begin first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sharing import FIRST, GROUP

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def once() -> object:
    """Something that would be made in each worker."""
    return object()


@pytest.mark.usefixtures("once")
def test_what_a_module_makes_once_is_made_by_one_worker(request: pytest.FixtureRequest) -> None:
    """Without anybody writing it down."""
    group = request.node.get_closest_marker(GROUP)
    assert group.args == ("tests/harness/test_sharing.py",)


def test_other_tests_are_dealt_out_one_by_one(request: pytest.FixtureRequest) -> None:
    """Also those of a file in which some share."""
    assert request.node.get_closest_marker(GROUP) is None


def test_the_longest_are_first(request: pytest.FixtureRequest) -> None:
    """And a file that gets another name does not lose its place unnoticed."""
    assert [one for one in FIRST if not (TOP / one).exists()] == []
    place = [item.nodeid.startswith(FIRST) for item in request.session.items]
    assert place == sorted(place, reverse=True)
