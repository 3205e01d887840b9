"""Secrets that a target file names: by environment variable, never written."""

from __future__ import annotations

import os

from sekisho.verdict import ConfigurationProblemError


def secret(variable: str) -> str:
    """A secret from the environment. Raises ConfigurationProblemError naming the variable that is not set."""
    value = os.environ.get(variable)
    if not value:
        raise ConfigurationProblemError(
            f"環境変数 {variable} が設定されていません（ターゲットファイルが参照しています）"
        )
    return value
