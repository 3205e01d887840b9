"""Binds every scenario below this folder to pytest."""

from pytest_bdd import scenarios

scenarios(".")
