"""Files that a person gives to a portal: through the chooser that the browser opens for a press, or dropped there."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from mimetypes import MimeTypes
from pathlib import Path

from playwright.sync_api import BrowserContext, FileChooser, FilePayload, Locator
from playwright.sync_api import Error as BrowserError

from pages import destinations
from pages.screen import Screen
from sekisho.language import say
from sekisho.verdict import DeviationError

SECTION = "files"
TYPES = MimeTypes()  # what the standard library itself knows, and no file of this machine
SCRIPT = Path(__file__).with_name("uploads.js").read_text(encoding="utf-8")


class Upload:
    """The form by which files are sent."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def choose(self, field: str, files: Sequence[Path]) -> list[str]:
        """Choose files, and give the names of those that the chooser shows only among "all files".

        Where no chooser opens, they are dropped there; all files are in sight then. Raises DeviationError where neither
        is taken, or the chooser takes one file only.
        """
        found = self._screen.button(field, SECTION)
        self._check_destination(found, field)
        chooser = self._opened(found, field)
        if chooser is None:
            self._drop(found, field, files)
            return []
        if len(files) > 1 and not chooser.is_multiple():
            raise DeviationError(
                say(
                    f"「{self._called(field)}」で選べるファイルは1つだけである",
                    f'"{self._called(field)}" takes only one file',
                )
            )
        accept = chooser.element.get_attribute("accept") or ""
        chooser.set_files([_handed_over(one) for one in files])
        return [one.name for one in files if not shows(accept, one.name)]

    def send(self) -> None:
        """Send what is chosen."""
        self._screen.press("send_file")

    def confirm(self) -> None:
        """Go on from the page that shows once more what was sent."""
        self._screen.press("confirm_file")

    def _opened(self, found: Locator, field: str) -> FileChooser | None:
        """The chooser that a press opens; None where none does."""
        found.evaluate(SCRIPT, ["prepare"])
        with _choosers(found.page.context) as opened:
            self._screen.press_on(found, SECTION, field)
            self._screen.until(lambda: bool(opened))
            return opened[0] if opened else None

    def _drop(self, found: Locator, field: str, files: Sequence[Path]) -> None:
        """Drop files there, as from the folder in which they are."""
        given = [{**_handed_over(one), "buffer": b64encode(one.read_bytes()).decode()} for one in files]
        with suppress(BrowserError):  # what was pressed is gone
            if found.evaluate(SCRIPT, ["drop", given], timeout=1000):
                return
        raise DeviationError(
            say(
                f"「{self._called(field)}」を押しても、ファイルを選ぶ画面が開かず、ファイルをドロップすることもできない"
                f"（{self._screen.page.url}）。{self._screen.dialect.key((SECTION, field))}",
                f'Pressing "{self._called(field)}" opens no file chooser, and files cannot be dropped there '
                f"({self._screen.page.url}). {self._screen.dialect.key((SECTION, field))}",
            )
        )

    def _check_destination(self, found: Locator, field: str) -> None:
        """A file goes where what is typed goes. Raises ElsewhereError."""
        deed = say(
            f"「{self._called(field)}」に選んだファイルが送られる",
            f'the file chosen for "{self._called(field)}" is received',
        )
        self._screen.hosts.check(deed, *destinations.shown_by(found), *destinations.sent_to(found, pressed=False))

    def _called(self, field: str) -> str:
        return self._screen.dialect.words(SECTION, field)[0]


def _handed_over(file: Path) -> FilePayload:
    """A file by its octets: a browser of another machine has no such path, and in the C locale none in Japanese."""
    return {"name": file.name, "mimeType": TYPES.guess_type(file.name)[0] or "", "buffer": file.read_bytes()}


@contextmanager
def _choosers(window: BrowserContext) -> Iterator[list[FileChooser]]:
    """The choosers that open meanwhile, in whichever page of a window."""
    opened: list[FileChooser] = []
    pages = list(window.pages)

    def hear(chooser: FileChooser) -> None:
        opened.append(chooser)

    for page in pages:
        page.on("filechooser", hear)
    try:
        yield opened
    finally:
        for page in pages:
            page.remove_listener("filechooser", hear)


def shows(accept: str, name: str) -> bool:
    """Whether a chooser that is asked for some kinds of files shows one; in doubt it does."""
    kinds = [one.strip().lower() for one in accept.split(",") if one.strip()]
    return not kinds or any(_is(kind, name.lower()) for kind in kinds)


def _is(kind: str, name: str) -> bool:
    if kind.startswith("."):
        return name.endswith(kind)
    if kind.endswith("/*"):
        return (TYPES.guess_type(name)[0] or "").startswith(kind[:-1])
    known = TYPES.guess_all_extensions(kind)
    return not known or any(name.endswith(one) for one in known)
