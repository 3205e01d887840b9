"""A machine that has nothing but what a test puts on it, for `scripts/setup.sh` and `bin/sekisho`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
ALWAYS_THERE = (
    "bash", "cat", "cp", "dirname", "env", "find", "head", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sleep",
    "touch", "true",
)  # fmt: skip
DAY = 24 * 60 * 60


class Machine:
    """A project folder and a PATH of its own; programs on it note how they are called. A Debian, and one is root."""

    def __init__(self, folder: Path) -> None:
        """Make the folders, with the scripts in the project's."""
        self.project = folder / "project"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.lists = folder / "lists"
        for made in (self.project / "bin", self.bin, self.lists):
            made.mkdir(parents=True)
        self.calls.touch()
        shutil.copytree(TOP / "scripts", self.project / "scripts")
        shutil.copy(TOP / "bin" / "sekisho", self.project / "bin")
        for name in ALWAYS_THERE:
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.program("uname", "echo Linux")
        self.user(0)
        self.program("dpkg", "exit 1")
        self.program("ldconfig", "echo libatomic.so.1")
        self.program("sysctl", "exit 1")
        self.program("unshare")

    def user(self, number: int) -> None:
        """Be root (0) or a plain user."""
        self.program("id", f'[ "$1" = -un ] && echo hana || echo {number}')

    def program(self, name: str, does: str = "", *, at: Path | None = None) -> Path:
        """Put a program on the PATH, or elsewhere, that notes how it was called, and then does something."""
        path = at or self.bin / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.calls}\n{does}\n', encoding="utf-8")
        path.chmod(0o755)
        return path

    def lacks(self, *names: str) -> None:
        """Take programs away."""
        for name in names:
            (self.bin / name).unlink()

    def complete(self) -> None:
        """Put everything on the machine that the script looks for (at-spi2-core is looked for by its own path)."""
        for name in ("uv", "google-chrome", "pk12util", "dbus-daemon", "Xvfb", "xdotool", "curl", "openssl", "dovecot"):
            self.program(name)
        for name in ("ip", "pdfsig", "softhsm2-util", "pkcs11-tool"):  # what the tests alone need, too
            self.program(name)
        self.program("fc-list", "echo 'Noto Sans CJK JP'")

    def debian(self, *, age_of_lists: float = 0, offers: str = "156.0", apt_get: str = "") -> None:
        """Have apt, lists of this age in days, and packages of this version ("(none)": none, as Ubuntu's chromium)."""
        self.program("apt-get", apt_get)
        self.program("apt-cache", f'shift; for name; do echo "$name:"; echo "  Candidate: {offers}"; done')
        self.program("apt-config", f"echo \"lists='{self.lists}/'; state='{self.lists.parent}/state/'\"")
        (self.lists / "deb.example.test_Packages").touch()
        then = time.time() - age_of_lists * DAY
        os.utime(self.lists, (then, then))

    def start(self, *arguments: str, program: str = "scripts/setup.sh") -> subprocess.Popen[str]:
        """Start the script, or another program of the project, in a group of processes of its own."""
        return subprocess.Popen(
            [self.project / program, *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.project), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def set_up(self, *arguments: str, program: str = "scripts/setup.sh") -> subprocess.CompletedProcess[str]:
        """Run the script to its end."""
        process = self.start(*arguments, program=program)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def called(self, beginning: str = "") -> list[str]:
        """How the programs were called, those that begin so."""
        return [call for call in self.calls.read_text("utf-8").splitlines() if call.startswith(beginning)]

    def installs(self) -> list[list[str]]:
        """The packages of each call of apt-get that installs some."""
        calls = [call.split() for call in self.called("apt-get") if " install " in call]
        return [[word for word in call[call.index("install") + 1 :] if word[0] != "-"] for call in calls]

    def playwright(self, *, downloads: bool = True) -> Path:
        """Have the Python packages already; gives the place of the browser that Playwright then downloads."""
        browser = self.project / ".cache" / "ms-playwright" / "chromium-1" / "chrome-linux64" / "chrome"
        made = f'mkdir -p {browser.parent}; printf "#!/bin/sh\\n" > {browser}; /bin/chmod +x {browser}'
        done = f"{made}; touch {browser.parents[1]}/INSTALLATION_COMPLETE"
        does = f'[ "$1" != install ] || {{ {done}; }}' if downloads else "echo Error: ENOTFOUND; exit 1"
        self.program("playwright", does, at=self.project / ".venv" / "bin" / "playwright")
        self.program("python", at=self.project / ".venv" / "bin" / "python")
        return browser
