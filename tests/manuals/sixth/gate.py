"""Sentences about the gate."""

from __future__ import annotations

import pytest
from pytest_bdd import then, when

from pages.screen import Screen
from sekisho.person.browsing import Browsing
from sekisho.portal import Portal
from sekisho.verdict import require

from .doors import Gate


@pytest.fixture
def gate(screen: Screen) -> Gate:
    """The gate."""
    return Gate(screen)


@when("蔵の入口を開く")
def _(browsing: Browsing, portal: Portal) -> None:
    browsing.open(portal.sites["gate"])


@then("入口が見える")
def _(gate: Gate) -> None:
    require(gate.seen(), "入口が見えない")


@when("戸を叩く")
def _(gate: Gate) -> None:
    gate.knock()


@then("「どうぞ」と言われる")
def _(screen: Screen) -> None:
    screen.wait_for(("messages", "come_in"))
