"""証明書発行アプリ: its windows from the choice to the result."""

from __future__ import annotations

from pathlib import Path

from sekisho.language import say
from sekisho.program import Program, Window
from sekisho.verdict import DeviationError

ONE_TIME = ("screens", "one_time_password")
RESULT = ("screens", "result")


def set_up(program: Program, file: Path) -> str:
    """Go through the wizard; gives the folder that it names, empty for none. Raises DeviationError when it refuses."""
    wizard = program.install(file)
    if wizard.look_for(("buttons", "setup_next")) is None:
        key = wizard.dialect.key(("buttons", "setup_next"))
        raise DeviationError(
            say(f"セットアップできない: {wizard.text()}。{key}", f"The setup fails: {wizard.text()}. {key}")
        )
    folder = next(iter(wizard.values("setup_folder")), "") if wizard.has("values", "setup_folder") else ""
    wizard.press("setup_next")
    wizard.press("setup_finish")
    wizard.wait_until_closed()
    return folder


def authenticate(window: Window, password: str, *, login_id: str = "") -> None:
    """Enter what 証明書発行 (log-in id and password) or 証明書更新 (password) asks for first."""
    if login_id:
        window.fill("login_id", login_id)
    window.fill("login_password", password)
    window.press("authenticate")


def carry_out(window: Window, one_time_password: str) -> None:
    """Enter the one-time password."""
    window.fill("one_time_password", one_time_password)
    window.press("carry_out")
