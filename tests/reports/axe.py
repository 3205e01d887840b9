"""An outside judge of pages, axe-core: a script that gives what it finds serious."""

from __future__ import annotations

from importlib.resources import files

AXE = (
    files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    + """; axe.run().then(all => all.violations
        .filter(found => ['serious', 'critical'].includes(found.impact))
        .map(found => [found.id, found.nodes.map(one => one.html)]))"""
)
