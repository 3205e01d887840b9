"""Sentences about the back door."""

from __future__ import annotations

from pytest_bdd import then, when

from pages.screen import Screen
from sekisho.person.browsing import Browsing
from sekisho.portal import Portal
from sekisho.verdict import require


@when("裏口を開く")
def _(browsing: Browsing, portal: Portal) -> None:
    browsing.open(portal.sites["yard"])


@then("裏口から入れる")
def _(screen: Screen) -> None:
    require(screen.look_for(("messages", "enter")), "裏口が開いていない")
