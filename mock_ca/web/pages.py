"""Rendering: Jinja templates of one site, never cached by the browser."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined


class Pages:
    """The templates of a folder and of a shared one behind it, and what each of them may use."""

    def __init__(self, folder: Path, shared: Path | None = None, **common: object) -> None:
        """Read templates from a folder, else from `shared`, whose own are always at shared/NAME; all know `common`."""
        behind = FileSystemLoader(shared or folder)
        loader = ChoiceLoader([FileSystemLoader(folder), behind, PrefixLoader({"shared": behind})])
        self._pages = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._texts = Environment(loader=loader, autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - plain text mail
        self._pages.globals.update(common)
        self._texts.globals.update(common)

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """One page."""
        text = self.document(template, **values)
        headers = {"Cache-Control": "no-store"}
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=headers)

    def document(self, template: str, **values: object) -> str:
        """One document to be printed."""
        return self._pages.get_template(template).render(values)

    def text(self, template: str, **values: object) -> str:
        """One plain text."""
        return self._texts.get_template(template).render(values)
