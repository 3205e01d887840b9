"""The accessibility bus, over which the browser's own windows can be read and operated (AT-SPI 2 over D-Bus).

A private bus for each browser: nothing of the user's desktop is seen or disturbed, and parallel workers do not meet.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.machine.remedies import install
from sekisho.native_ui import helper
from sekisho.verdict import EnvironmentProblemError

ANSWERS_SECONDS = 5.0
# Where distributions keep the file by which a bus starts AT-SPI's registry when it is first asked for.
SERVICES = Path("/usr/share/dbus-1/accessibility-services")

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>accessibility</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# Ends the bus and removes its folder when standard input closes: that happens however this process ends.
GUARD = """
export AT_SPI_BUS_ADDRESS="unix:path=$1/bus" DBUS_SESSION_BUS_ADDRESS="unix:path=$1/bus"
dbus-daemon --config-file="$1/bus.conf" --nofork --nopidfile --print-address=3 3>&1 >/dev/null 2>&1 </dev/null &
bus=$!
exec >/dev/null
read -r _
kill -9 $bus 2>/dev/null
wait $bus 2>/dev/null
rm -rf "$1"
"""


class AccessibilityBus:
    """One bus with its folder, which is also the browser's XDG_RUNTIME_DIR."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], address: str) -> None:
        """Hold a running bus; `start` makes one."""
        self.folder = folder
        self.address = address
        self._process = process

    @classmethod
    def start(cls) -> AccessibilityBus:
        """Start a bus; raises EnvironmentProblemError where D-Bus or AT-SPI is missing.

        The folder is made where paths are short: a socket's may have 107 characters at most.
        """
        _require_programs()
        folder = tempfolders.make("bus", short=True)
        configuration = CONFIGURATION.format(folder=escape(str(folder)), services=SERVICES)
        (folder / "bus.conf").write_text(configuration, encoding="utf-8")
        process, address = helper.start(GUARD, folder)
        if not address:
            raise EnvironmentProblemError(
                say(
                    "アクセシビリティ用の D-Bus が起動しません。"
                    f"「{install(['dbus'], again=True)}」で入れ直してください。",
                    "The D-Bus for accessibility does not start. Install it anew by "
                    f'"{install(["dbus"], again=True)}".',
                )
            )
        return cls(folder, process, address)

    @property
    def running(self) -> bool:
        """Whether the bus is still there."""
        with socket.socket(socket.AF_UNIX) as end:
            end.settimeout(ANSWERS_SECONDS)
            try:
                end.connect(str(self.folder / "bus"))
            except OSError:
                return False
        return True

    def environment(self) -> dict[str, str]:
        """Variables that put a program on this bus."""
        return {
            "AT_SPI_BUS_ADDRESS": self.address,
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "XDG_RUNTIME_DIR": str(self.folder),
            "ACCESSIBILITY_ENABLED": "1",
        }

    def stop(self) -> None:
        """End the bus and all it started, and remove its folder."""
        self._process.communicate()
        tempfolders.remove(self.folder)


def _require_programs() -> None:
    if not shutil.which("dbus-daemon"):
        raise EnvironmentProblemError(
            say(
                f"dbus-daemon がありません。「{install(['dbus'])}」で導入してください。",
                f'dbus-daemon is missing. Install it by "{install(["dbus"])}".',
            )
        )
    if not SERVICES.is_dir():
        raise EnvironmentProblemError(
            say(
                f"AT-SPI がありません。「{install(['at-spi2-core'])}」で導入してください。",
                f'AT-SPI is missing. Install it by "{install(["at-spi2-core"])}".',
            )
        )


def scrubbed_environment() -> dict[str, str]:
    """This process's environment without what would tie a browser to the user's own desktop session."""
    dropped = {"DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "GTK_MODULES", "CHROMIUM_FLAGS"}
    return {key: value for key, value in os.environ.items() if key not in dropped and not key.startswith("XDG_")}
