"""The sentences that only one manual has: a `conftest.py` in its folder takes them in, and pytest keeps them there."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

FIXTURE = type(pytest.fixture(lambda: None))  # what a sentence is too, and has no public name


def sentences(*modules: ModuleType) -> dict[str, Any]:
    """The sentences and fixtures of modules beside a conftest, which takes them in by `globals().update(...)`.

    Raises ConfigurationProblemError where two modules have one of the same name.
    """
    found: dict[str, Any] = {}
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, FIXTURE):
                if name in found:
                    raise ConfigurationProblemError(
                        say(
                            f"{module.__file__}: {name} は隣のモジュールにもあります。",
                            f"{module.__file__}: {name} is in a neighbouring module too.",
                        )
                    )
                found[name] = value
    return found
