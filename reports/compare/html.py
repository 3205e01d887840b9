"""A comparison as one HTML file that works offline, with the screens of both runs side by side."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

from reports.compare.markdown import FACTS, KINDS, SCREENS, TURNS, verdict_line
from reports.compare.model import Comparison, Picture, Turn
from reports.compare.verdicts import told
from reports.html import environment
from reports.pictures import media_type_of
from sekisho.machine import files

LIMIT = 12_000_000  # bytes of pictures before base64


@dataclass
class Shots:
    """The pictures of two runs as data addresses, each once counted against the limit."""

    folders: tuple[Path, Path]
    left: int = LIMIT
    taken: dict[Path, str] = field(default_factory=dict)

    def address(self, picture: Picture, which: int) -> str:
        """The address to show a picture by; empty when it is missing, is none, or the limit is used up."""
        path = self.folders[which] / picture.path
        if path not in self.taken:
            self.taken[path] = self._read(self.folders[which], picture.path)
        return self.taken[path]

    def _read(self, folder: Path, name: str) -> str:
        try:
            data = files.read(files.inside(folder, name))
        except (OSError, ValueError):
            return ""
        kind = media_type_of(data)
        if kind is None or len(data) > self.left:
            return ""
        self.left -= len(data)
        return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def write(comparison: Comparison, before: Path, after: Path, file: Path) -> Path:
    """Write the comparison of the runs in two folders into a file."""
    template = environment().get_template("compare.html.jinja")
    page = template.render(
        comparison=comparison,
        claim=verdict_line(comparison),
        bad={Turn.REGRESSION, Turn.UNDECIDED},
        turns=TURNS,
        kinds=KINDS,
        changes=SCREENS,
        facts=FACTS,
        told=told,
        address=Shots((before, after)).address,
    )
    file.write_text(page, encoding="utf-8")
    return file
