"""A screen of its own for a browser (Xvfb): the only place where a browser's password field can be typed into."""

from __future__ import annotations

import os
import secrets
import shutil
import struct
import subprocess
from pathlib import Path

from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.machine.remedies import install
from sekisho.native_ui import helper
from sekisho.verdict import EnvironmentProblemError, NotApplicableError

PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
TYPING_SECONDS = 10
# Any host and any display, in the format of an X authority file.
FAMILY_WILD = 65535
COOKIE = b"MIT-MAGIC-COOKIE-1"

# The server says its number when it is ready. It ends, and its folder goes, when standard input closes: that happens
# however this process ends.
GUARD = """
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp -auth "$1/auth" 3>&1 >/dev/null 2>&1 </dev/null &
server=$!
exec >/dev/null
read -r _
kill $server 2>/dev/null
wait $server 2>/dev/null
rm -rf "$1"
"""


class Display:
    """One X server without a monitor, which only the holder of its cookie can reach."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], number: str) -> None:
        """Hold a running server; `start` makes one."""
        self._folder = folder
        self._process = process
        self._number = number

    @classmethod
    def start(cls) -> Display:
        """Start a server under a number that is free.

        Raises NotApplicableError where a program for it is missing, EnvironmentProblemError if it does not start.
        """
        _require_programs()
        folder = tempfolders.make("display", short=True)
        (folder / "auth").write_bytes(_authority(secrets.token_bytes(16)))
        process, number = helper.start(GUARD, folder)
        if not number:
            raise EnvironmentProblemError(
                say(
                    "Xvfb を起動できません。xvfb の導入を確認してください。",
                    "Xvfb cannot be started. See whether xvfb is installed.",
                )
            )
        return cls(folder, process, number)

    def environment(self) -> dict[str, str]:
        """Variables that put a program on this screen."""
        return {"DISPLAY": f":{self._number}", "XAUTHORITY": str(self._folder / "auth")}

    def type(self, text: str) -> None:
        """Type into whatever has the focus. The text reaches xdotool on its standard input, where nobody sees it."""
        try:
            subprocess.run(
                ["xdotool", "type", "--delay", "0", "--file", "-"],
                input=text,
                text=True,
                env=dict(os.environ) | self.environment(),
                capture_output=True,
                timeout=TYPING_SECONDS,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
            raise EnvironmentProblemError(
                say(f"xdotool で入力できません: {problem}", f"xdotool cannot enter anything: {problem}")
            ) from problem

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._process.communicate()
        tempfolders.remove(self._folder)


def _require_programs() -> None:
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            raise NotApplicableError(
                say(
                    f"{program} がないため、ブラウザーの PIN 入力画面を操作できない（{install([package])}）",
                    f"{program} is missing, so the browser's PIN prompt cannot be operated ({install([package])})",
                )
            )


def _authority(cookie: bytes) -> bytes:
    """The content of an X authority file with this cookie."""
    fields = (b"", b"", COOKIE, cookie)
    return struct.pack(">H", FAMILY_WILD) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
