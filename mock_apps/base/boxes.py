"""Windows that every program has: a question or a message, and the dialog in which a file is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mock_apps.base.window import BUTTON, Form, RefusedError, Views, Window

TEMPLATES = Path(__file__).with_name("templates")
CAPTIONS = {"yes": "はい(Y)", "no": "いいえ(N)", "ok": "OK"}
Then = Callable[[], None]


class Message(Window):
    """A sentence, and what happens after each of its buttons; the window closes first."""

    def __init__(self, title: str, words: str, then: Mapping[str, Then]) -> None:
        """Say or ask something. `then` has what each button leads to: ok, or yes and no."""
        super().__init__(title, Views(TEMPLATES))
        self._then = then
        captions = {name: CAPTIONS[name] for name in then}
        self.show("message.html", dict.fromkeys(then, self._answer), words=words, captions=captions)

    def _answer(self, form: Form) -> None:
        self.close()
        self._then[form[BUTTON]]()


class SaveAs(Window):
    """名前を付けて保存."""

    def __init__(self, file_name: str, data: bytes, saved: Then, cancelled: Then) -> None:
        """Offer a name."""
        super().__init__("名前を付けて保存", Views(TEMPLATES))
        self._data, self._saved, self._cancelled = data, saved, cancelled
        self.show("save.html", {"save": self._save, "cancel": self._cancel}, file_name=file_name)

    def _save(self, form: Form) -> None:
        name = form.get("file_name", "").strip()
        if not name or Path(name).name != name:
            raise RefusedError("ファイル名が正しくありません。")
        try:
            Path(form.get("folder", ""), name).write_bytes(self._data)
        except OSError as problem:
            raise RefusedError(f"ファイルを保存できません。（{problem.strerror}）") from problem
        self.close()
        self._saved()

    def _cancel(self, form: Form) -> None:
        self.close(form)
        self._cancelled()
