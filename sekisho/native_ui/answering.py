"""Answers the browser's own dialogs while something else is waiting for the browser."""

from __future__ import annotations

import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from sekisho import results
from sekisho.language import say
from sekisho.native_ui.certificate_dialog import SURFACE, Choice, ChoiceMissingError, asked_by, choose, is_whole
from sekisho.native_ui.dialog import LOOK_SECONDS, find, read_whole
from sekisho.native_ui.display import Display
from sekisho.native_ui.pin_prompt import field_of, unlock
from sekisho.native_ui.surface import Surface, SurfaceError, SurfaceGoneError
from sekisho.native_ui.tree import Desktop, Node, Reference
from sekisho.network.hosts import EVERYWHERE, ElsewhereError, Hosts
from sekisho.verdict import EnvironmentProblemError


class Answering:
    """While this context is open, every dialog that appears is read, answered and recorded.

    It works in a thread of its own, because Playwright's navigation does not return while a dialog is open. What
    went wrong there is raised when the context ends.
    """

    def __init__(
        self,
        address: str,
        choice: Choice,
        pin: str | None = None,
        display: Display | None = None,
        hosts: Hosts = EVERYWHERE,
    ) -> None:
        """Answer on the bus at `address`: with a certificate, or by cancelling (also for None: only look).

        A PIN prompt gets the `pin`, typed on the `display`; a second one, as after a wrong PIN, is cancelled.
        A certificate is presented to `hosts` only; for another the dialog is cancelled, and ElsewhereError raised.
        """
        self.dialogs: list[results.Dialog] = []
        self._address = address
        self._choice = choice
        self._pin, self._display, self._hosts = pin, display, hosts
        self._over = threading.Event()
        self._problem: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="answering", daemon=True)

    def __enter__(self) -> Self:
        """Start to look."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop looking, and raise what went wrong meanwhile."""
        self._over.set()
        self._thread.join()
        if self._problem is not None:
            raise self._problem from error

    def _run(self) -> None:
        """Look until the end, also where the bus says nothing for a while: the dialog waits, and so does its page."""
        while not self._over.is_set():
            try:
                self._look()
            except (ChoiceMissingError, ElsewhereError, EnvironmentProblemError) as problem:
                self._problem = problem
                return
            except (OSError, TimeoutError) as problem:
                self._problem = SurfaceError(
                    Surface.CERTIFICATE_DIALOG,
                    say(
                        f"アクセシビリティ・バスから応答がありません（{problem!r}）。",
                        f"No answer from the accessibility bus ({problem!r}).",
                    ),
                )
                self._over.wait(LOOK_SECONDS)

    def _look(self) -> None:
        desktop = Desktop(self._address)
        try:
            self._watch(desktop)
        finally:
            desktop.close()

    def _watch(self, desktop: Desktop) -> None:
        while not self._over.wait(LOOK_SECONDS):
            found = find(desktop)
            if found:
                with suppress(SurfaceGoneError):  # with its page: whoever waits for that page is told so
                    self._answer(desktop, found)
                self._problem = None

    def _answer(self, desktop: Desktop, found: Reference) -> None:
        tree = read_whole(desktop, found, _asks_something)
        if field_of(tree):
            pin, self._pin = self._pin, None
            self.dialogs.append(unlock(desktop, found, tree, pin, self._display))
            return
        self._choose(desktop, found, tree)

    def _choose(self, desktop: Desktop, found: Reference, tree: Node) -> None:
        presented = isinstance(self._choice, results.Certificate)
        elsewhere = self._hosts.names(asked_by(tree)) if presented else []
        dialog = choose(desktop, found, tree, None if elsewhere or elsewhere is None else self._choice)
        self.dialogs.append(dialog)
        if elsewhere is None:
            raise SurfaceError(
                SURFACE,
                say(
                    f"証明書の選択画面に、どのサーバーに示すのかが無い: {dialog.text}",
                    f"The certificate dialog does not say to which server it presents: {dialog.text}",
                ),
            )
        if elsewhere:
            raise ElsewhereError(say("証明書を示す", "a certificate is presented"), f"https://{elsewhere[0]}", dialog)
        if isinstance(self._choice, results.Certificate) and not any(row.chosen for row in dialog.rows):
            raise ChoiceMissingError(self._choice, dialog)


def _asks_something(tree: Node) -> bool:
    return field_of(tree) is not None or is_whole(tree)
