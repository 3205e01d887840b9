"""What may be asked of a new user: his state and its traits, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_ca.authority import SUITES
from mock_ca.sites.gunma.members import Role
from mock_ca.system import BadRequestError

# Days until the certificate ends, unless something else is asked for; 0 where there is no end to come.
STATES = {"invited": 0, "active": 300, "renewable": 20, "revoked": 300, "expired": 0}
ROLES = {"master": Role.MASTER, "manager": Role.MANAGER, "general": Role.GENERAL}
TRAITS = ("role", "company", "days_left", "days_ago", "pkcs12")
LONGEST = 365


class Wanted:
    """What a caller wants of a user. Raises BadRequestError naming the trait."""

    def __init__(self, state: str, given: Mapping[str, Any], suite: str) -> None:
        """Check every trait."""
        if not isinstance(state, str) or state not in STATES:
            raise BadRequestError(f"unknown state {state!r}; known: {', '.join(STATES)}")
        for name in given.keys() - set(TRAITS):
            raise BadRequestError(f"unknown trait {name!r}; known: {', '.join(TRAITS)}")
        self.state = state
        self.role = ROLES[_word(given, "role", "master", ROLES)]
        self.suite = _word(given, "pkcs12", suite, SUITES)
        self.company = str(given.get("company", ""))
        self.days_left = _number(given, "days_left", STATES[state], least=1 if STATES[state] else 0)
        self.days_ago = _number(given, "days_ago", 1, least=1)


def _number(given: Mapping[str, Any], name: str, default: int, *, least: int) -> int:
    value = given.get(name, default)
    if type(value) is not int or not least <= value <= LONGEST:
        raise BadRequestError(f"{name} must be a whole number from {least} to {LONGEST}, not {value!r}")
    return value


def _word(given: Mapping[str, Any], name: str, default: str, known: Mapping[str, object]) -> str:
    value = given.get(name, default)
    if not isinstance(value, str) or value not in known:
        raise BadRequestError(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return value
