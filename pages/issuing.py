"""証明書発行アプリ: its windows from the choice to the result."""

from __future__ import annotations

from pathlib import Path

from sekisho.program import Program, Window
from sekisho.verdict import require

ONE_TIME = ("screens", "one_time_password")
RESULT = ("screens", "result")


def set_up(program: Program, file: Path) -> str:
    """Go through the wizard; gives the folder that it named. Raises DeviationError when it refuses the file."""
    wizard = program.install(file)
    seen = wizard.wait_for(("buttons", "setup_next"), ("screens", "setup_failed"))
    require(seen != ("screens", "setup_failed"), f"セットアップできない: {wizard.text()}")
    (folder,) = wizard.values("setup_folder")
    wizard.press("setup_next")
    wizard.wait_for(("screens", "setup_done"))
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
