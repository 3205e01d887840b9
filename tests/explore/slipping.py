"""Lets every walk that is only tried fail once on a page that shows a password: a plugin of a run, for test_walks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_bdd.parser import Step

from fixtures.evidence import TRIAL
from sekisho.verdict import DeviationError, EnvironmentProblemError

NOTES, KIND = "PYTEST_SLIPPING_NOTES", "PYTEST_SLIPPING_KIND"  # a run takes away variables that it does not know
KINDS = {"deviation": DeviationError, "trouble": EnvironmentProblemError}


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_step_call(request: pytest.FixtureRequest, step: Step) -> None:
    """Note the password in a file of this test's, and fail with it in plain sight."""
    if TRIAL in request.node.stash and "にログインできる" in step.name:
        password = request.getfixturevalue("account").login_password
        with Path(os.environ[NOTES]).open("a", encoding="utf-8") as noted:
            noted.write(f"{password}\n")
        raise KINDS[os.environ[KIND]](f"画面に「企保ネット」が現れない。表示されたのは: 初期パスワード {password}")
