"""One window: what it shows, and what happens when one of its buttons is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

Form = Mapping[str, str]
Pressed = Callable[[Form], None]
BUTTON = "press"
HERE = Path(__file__).with_name("templates")


class RefusedError(Exception):
    """What was entered is refused; the text is the sentence that the window shows."""


class Views:
    """The templates of a program, with the shared ones behind them."""

    def __init__(self, folder: Path) -> None:
        """Read templates from a folder."""
        loader = ChoiceLoader([FileSystemLoader(folder), FileSystemLoader(HERE)])
        self._pages = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def page(self, template: str, **values: object) -> str:
        """One page."""
        return self._pages.get_template(template).render(values)


class Window:
    """A window with a title. `show` says what it shows and what its buttons do."""

    def __init__(self, title: str, views: Views) -> None:
        """Begin empty."""
        self.title, self._views = title, views
        self.closed = False
        self._template, self._values, self._error = "empty.html", dict[str, object](), ""
        self._buttons: Mapping[str, Pressed] = {}

    def show(self, template: str, buttons: Mapping[str, Pressed], **values: object) -> None:
        """Show a template; each button is named in it, and here what pressing it does with the form's contents."""
        self._template, self._buttons, self._values, self._error = template, buttons, values, ""

    def close(self, form: Form | None = None) -> None:  # noqa: ARG002 - so that a button can simply close
        """Close."""
        self.closed = True

    def html(self) -> str:
        """The window as it is now."""
        return self._views.page(self._template, title=self.title, error=self._error, **self._values)

    def pressed(self, form: Form) -> bool:
        """A button was pressed; false for one that the window does not have."""
        do = self._buttons.get(form.get(BUTTON, ""))
        if do is None:
            return False
        try:
            do(form)
        except RefusedError as refusal:
            self._error = str(refusal)
        return True
