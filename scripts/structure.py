"""Draws docs/images/structure.svg from the imports as they are: `python scripts/structure.py`.

What stands higher uses what stands lower. An arrow that follows from two others is left out.
"""

from __future__ import annotations

import argparse
import ast
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import grimp

TOP = Path(__file__).resolve().parents[1]
PICTURE = TOP / "docs" / "images" / "structure.svg"
PACKAGES = ("steps", "fixtures", "pages", "reports", "sekisho", "mock_ca", "mock_apps")
FEATURES = ("features", "What each manual says, as scenarios in Japanese: one folder for each manual.")
FED = ("steps", "fixtures")  # what pytest brings together with the scenarios; no import says so
WIDTH, HEIGHT, GAP, RISE, MARGIN, LETTERS = 270, 84, 24, 40, 24, 40
STYLE = """text{font-family:sans-serif;fill:#1f2933}.name{font-size:16px;font-weight:bold}
.says{font-size:11.5px;fill:#52606d}.room{fill:#eef4fb;stroke:#7b94b0}.world{fill:#f7f2e7;stroke:#b39b6a}.apart{fill:#fbeeee;stroke:#b07b7b}
.house{fill:none;stroke:#7b94b0;stroke-dasharray:6 4}path{fill:none;stroke:#9fb3c8;stroke-width:1.4}"""
END = """<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0L8 4L0 8z" style="fill:#9fb3c8"/></marker></defs>"""


@dataclass(frozen=True)
class Box:
    """One part of the project, where it stands in the picture."""

    name: str
    says: str
    kind: str
    x: float
    y: float

    def drawn(self) -> str:
        """Its name, and the first sentence of what it says of itself."""
        lines = textwrap.wrap(self.says, LETTERS, max_lines=3, placeholder=" …")
        words = "".join(
            f'<text class="says" x="{self.x + 12:g}" y="{self.y + 40 + 15 * number:g}">{escape(line)}</text>'
            for number, line in enumerate(lines)
        )
        return (
            f'<rect class="{self.kind}" x="{self.x:g}" y="{self.y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
            f'<text class="name" x="{self.x + 12:g}" y="{self.y + 22:g}">{self.name}</text>{words}'
        )


Uses = dict[str, set[str]]


def uses() -> Uses:
    """Which part imports which; of `sekisho` each room. What a command imports when it is called is left out."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    found: Uses = {part: set() for part in map(_part, graph.modules) if part}
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            one, other = _part(importer), _part(imported)
            if one and other and one != other and not (one == "cli" and other in PACKAGES):
                found[one].add(other)
    return found | {"features": set(FED)}


def _part(module: str) -> str:
    """The name of a module's part in the picture."""
    package, _, inside = module.partition(".")
    return inside.partition(".")[0] if package == "sekisho" else package


def levels(found: Uses) -> list[list[str]]:
    """The parts from the top down: each stands above all that it uses."""

    @cache
    def height(part: str) -> int:
        return 1 + max((height(one) for one in found[part]), default=0)

    return [sorted(part for part in found if height(part) == one) for one in range(max(map(height, found)), 0, -1)]


def reduced(found: Uses) -> Uses:
    """Without what is reached by way of another part."""

    @cache
    def reached(part: str) -> frozenset[str]:
        return frozenset(found[part]).union(*(reached(one) for one in found[part]))

    def needed(into: set[str]) -> set[str]:
        return {one for one in into if not any(one in reached(other) for other in into)}

    return {part: needed(into) for part, into in found.items()}


def _says(part: str) -> str:
    if part == FEATURES[0]:
        return FEATURES[1]
    place = TOP / part if part in PACKAGES else TOP / "sekisho" / part
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n")[0]


def _kind(part: str) -> str:
    if part.startswith("mock_"):
        return "apart"
    return "world" if part in (*PACKAGES, FEATURES[0]) else "room"


def _row(parts: list[str], y: float, width: float) -> Iterable[Box]:
    left = MARGIN + (width - len(parts) * (WIDTH + GAP) + GAP) / 2
    return [Box(part, _says(part), _kind(part), left + n * (WIDTH + GAP), y) for n, part in enumerate(parts)]


def _arrow(one: Box, other: Box) -> str:
    start, end = (one.x + WIDTH / 2, one.y + HEIGHT), (other.x + WIDTH / 2, other.y - 3)
    bend = (end[1] - start[1]) / 2
    curve = f"{start[0]:g} {start[1] + bend:g} {end[0]:g} {end[1] - bend:g} {end[0]:g} {end[1]:g}"
    return f'<path d="M{start[0]:g} {start[1]:g}C{curve}" marker-end="url(#end)"/>'


def drawn() -> str:
    """The whole picture."""
    found = uses()
    rooms = {part: into for part, into in found.items() if _kind(part) == "room"}
    worlds = {part: into - rooms.keys() - {"sekisho"} for part, into in found.items() if part not in rooms}
    outside = levels(worlds)
    rows = outside + levels(rooms)
    width = max(map(len, rows)) * (WIDTH + GAP) - GAP
    tops = [MARGIN + n * (HEIGHT + RISE) + (RISE if n >= len(outside) else 0) for n in range(len(rows))]
    boxes = {box.name: box for row, y in zip(rows, tops, strict=True) for box in _row(row, y, width)}
    wanted = [(one, other) for one, into in sorted(reduced(found).items()) for other in sorted(into)]
    arrows = [_arrow(boxes[one], boxes[other]) for one, other in wanted]
    house = _house(tops[len(outside)] - RISE / 2 - 6, tops[-1] + HEIGHT + MARGIN, width)
    return _sheet([*house, *arrows, *(box.drawn() for box in boxes.values())], width, tops[-1] + HEIGHT)


def _house(top: float, bottom: float, width: float) -> list[str]:
    """The line around the rooms."""
    size = f'width="{width + 2 * MARGIN - 20:g}" height="{bottom - top:g}"'
    return [
        f'<rect class="house" x="10" y="{top:g}" rx="10" {size}/>',
        f'<text class="name" x="20" y="{top + 20:g}">sekisho/</text>',
    ]


def _sheet(drawings: list[str], width: float, bottom: float) -> str:
    size = f"{width + 2 * MARGIN:g} {bottom + MARGIN + 10:g}"
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">',
        "<title>Each part of the project uses what stands below it</title>",
        f"<style>{STYLE}</style>",
        END,
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    return "\n".join([*head, *drawings, "</svg>\n"])


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    PICTURE.write_text(drawn(), encoding="utf-8")
