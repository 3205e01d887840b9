"""A PKCS#11 token in the browser's store: a key that never leaves it, behind a PIN that the token itself asks for.

The token is SoftHSM's (Debian: softhsm2), made anew for a PC, operated with OpenSC's pkcs11-tool and NSS's own tools:
what a person has as an IC card or a USB stick. PINs go to programs in memory or in their environment, never as
arguments, which everybody on the machine could read.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.certstore.nss import TOOL_SECONDS, ToolFailedError, run_tool
from sekisho.language import Pair, say
from sekisho.machine import variables
from sekisho.machine.remedies import install
from sekisho.pki import pkcs12
from sekisho.verdict import NotApplicableError

TOOL = "pkcs11-tool"
MODULE = "libsofthsm2.so"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
PACKAGES = {TOOL: "opensc", MODULE: "softhsm2"}
LABEL = "sekisho"
LOCKED = "user PIN locked"  # as pkcs11-tool calls CKF_USER_PIN_LOCKED
MISSING = Pair(
    "PKCS#11 のトークン（SoftHSM）が使えない: {} がない。「{}」で導入できる",
    'a PKCS#11 token (SoftHSM) cannot be used: {} missing; "{}" installs them',
)


def programs() -> dict[str, str | None]:
    """What a token needs on this machine (the keys of PACKAGES), and where it is; None where it is missing."""
    return {MODULE: next((one for one in MODULES if Path(one).is_file()), None), TOOL: shutil.which(TOOL)}


@dataclass(frozen=True)
class Token:
    """A token that the programs of one HOME find."""

    home: Path
    pin: str = field(repr=False)
    module: str = ""

    @classmethod
    def create(cls, home: Path, pin: str) -> Token:
        """Make a token below a HOME. Raises NotApplicableError where the programs for it are missing."""
        here = programs()
        if missing := [one for one, path in here.items() if path is None]:
            wanted = install(PACKAGES[one] for one in missing)
            raise NotApplicableError(str(MISSING).format(say("、", ", ").join(missing), wanted))
        token = cls(home, pin, str(here[MODULE]))
        token._configure()
        own = {"SEKISHO_SO": secrets.token_hex(8)}
        officer = ("--so-pin", "env:SEKISHO_SO")
        token._tool("--init-token", "--slot-index", "0", "--label", LABEL, *officer, given=own)
        token._tool(
            *("--init-pin", "--token-label", LABEL, "--login", "--login-type", "so", *officer),
            *("--new-pin", "env:SEKISHO_PIN"),
            given={**own, "SEKISHO_PIN": pin},
        )
        return token

    def _configure(self) -> None:
        objects, configuration = self.home / ".softhsm", self.home / ".config" / "softhsm2" / "softhsm2.conf"
        objects.mkdir(parents=True, mode=0o700)
        configuration.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        configuration.write_text(
            f"directories.tokendir = {objects}\nobjectstore.backend = file\nlog.level = ERROR\n", encoding="utf-8"
        )

    @property
    def _database(self) -> str:
        return f"sql:{self.home / '.pki' / 'nssdb'}"

    def plug_in(self) -> None:
        """Let the store of this HOME, and the browser that opens it, have the token. Raises StoreToolError."""
        self._nss("modutil", "-dbdir", self._database, "-add", LABEL, "-libfile", self.module, "-force")

    def take_in(self, identity: pkcs12.Identity) -> None:
        """Put a certificate and its key onto the token. Raises StoreToolError."""
        password = secrets.token_urlsafe(24)
        with tempfile.TemporaryDirectory(dir=self.home) as folder:
            file = Path(folder) / "own.p12"
            file.write_bytes(identity.pkcs12(password))
            self._nss(
                *("pk12util", "-i", str(file), "-h", LABEL, "-d", self._database),
                given={"-w": password, "-k": self.pin},
            )

    def holds(self) -> str:
        """What pkcs11-tool says is on the token, to somebody who knows the PIN."""
        return self._tool(
            "--token-label", LABEL, "--login", "--pin", "env:SEKISHO_PIN", "-O", given={"SEKISHO_PIN": self.pin}
        )

    @property
    def locked(self) -> bool:
        """Whether the token says that its PIN is locked (CKF_USER_PIN_LOCKED)."""
        return any(LOCKED in line for line in self.state())

    def state(self) -> list[str]:
        """What the token says of itself, as pkcs11-tool tells it."""
        return [" ".join(line.split()) for line in self._tool("--list-token-slots").splitlines()]

    def _nss(self, name: str, *arguments: str, given: dict[str, str] | None = None) -> str:
        return run_tool(name, *arguments, given=given or {}, environment=self._environment({}))

    def _environment(self, given: dict[str, str]) -> dict[str, str]:
        """SoftHSM finds its tokens by HOME."""
        passed = {name: text for name, text in variables.passed_on().items() if name != "SOFTHSM2_CONF"}
        return {**passed, "HOME": str(self.home), "LC_ALL": "C", **given}

    def _tool(self, *arguments: str, given: dict[str, str] | None = None) -> str:
        command = [TOOL, "--module", self.module, *arguments]
        try:
            done = subprocess.run(
                command,
                env=self._environment(given or {}),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TOOL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise ToolFailedError(
                say(
                    f"{TOOL} {arguments[0]} が {TOOL_SECONDS} 秒たっても終わりません。",
                    f"{TOOL} {arguments[0]} has not ended after {TOOL_SECONDS} s.",
                )
            ) from problem
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip()).replace(os.linesep, " ")
            raise ToolFailedError(
                say(f"{TOOL} {arguments[0]} が失敗しました: {said}", f"{TOOL} {arguments[0]} failed: {said}")
            )
        return done.stdout
