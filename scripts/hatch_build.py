"""Puts the two files at the top that a run needs into a wheel, as pyproject.toml does with the folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("conftest.py", "pytest.toml")


class CarriedFiles(BuildHookInterface[Any]):
    """Hatch's build hook; an editable installation finds the files where they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files and where they go."""
        if version != "editable":
            where = Path(self.root)
            build_data["force_include"] |= {str(where / name): f"sekisho/_top/{name}" for name in CARRIED}
