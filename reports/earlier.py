"""What a run looked like beside the earlier ones, where `sekisho run --history` wrote it into the run's folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from reports.reading import Unreadable
from sekisho.machine import files
from sekisho.run.trend import Trend

FILE = "trend.json"


def earlier(folder: Path) -> tuple[Trend | None, list[Unreadable]]:
    """The trend in a run's folder; None where there is none, and what is wrong with one that cannot be read."""
    try:
        return Trend.model_validate_json(files.read(folder / FILE)), []
    except FileNotFoundError:
        return None, []
    except (OSError, ValidationError) as error:
        return None, [Unreadable(FILE, str(error).splitlines()[0])]
