"""Binds the scenarios of this manual to pytest."""

from pytest_bdd import scenarios

scenarios(".")
