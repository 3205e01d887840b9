"""What the second half of a scenario needs, kept in the run's folder while it waits: sealed, and for this user only.

It holds passwords and private keys. The key it is sealed with (AES-256-GCM) never lies beside it: it is made from the
variable `SEKISHO_WAITING_KEY` where that is set (scrypt), so that another machine can go on, and else is a random one
in a file of this user's own state folder. That file goes when the scenario has ended: copies of the run's folder then
tell nothing.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import ValidationError

from sekisho.language import say
from sekisho.machine import files, state, variables
from sekisho.results import Name, Record
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

FOLDER = "waiting"
SUFFIX, BEGUN = ".sealed", ".begun"
MANIFEST = "run.json"
KEY = "SEKISHO_WAITING_KEY"
SHORTEST = 16  # characters of the variable
KEYS = "keys"
MODE = 0o600


class Manifest(Record):
    """How the run was asked for: its second half is asked for in the same way."""

    version: str
    target: str
    portal: str
    """What the target file is about, as `identity` in `sekisho.target_file.claims` tells it."""
    manuals: list[str]
    manual_dirs: list[str]
    browser: str | None = None
    certs: str
    connect: str | None = None
    allow_destructive: bool = False
    shard: str | None = None
    repeat: int = 1


class Sealed(Record):
    """A kept file."""

    key: Name | None
    """The name of the key's file; None where the variable gave it."""
    salt: str
    nonce: str
    sealed: str


class DamagedError(ConfigurationProblemError):
    """Something kept cannot be used; the text names the file, what is wrong and what can be done."""


@dataclass(frozen=True)
class Waiting:
    """The waiting scenarios of the run in a folder, by their ids."""

    run: Path

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.run / FOLDER

    def ids(self) -> list[str]:
        """What is kept."""
        return [one.removesuffix(SUFFIX) for one in files.names(self.folder, SUFFIX)]

    def keep(self, scenario: str, content: bytes, manifest: Manifest) -> None:
        """Keep what a scenario needs later. Raises EnvironmentProblemError, also for a variable that is too short."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.folder.chmod(0o700)
            if not (self.folder / MANIFEST).exists():
                _write(self.folder / MANIFEST, manifest.model_dump_json().encode())
            before = self._key(scenario)
            _write(self._file(scenario), _seal(scenario, content))
            self._mark(scenario).unlink(missing_ok=True)
            _remove_key(before)
        except OSError as problem:
            raise EnvironmentProblemError(
                say(
                    f"待つあいだの物を {self.folder} に残せない: {problem.strerror}",
                    f"what waits cannot be kept in {self.folder}: {problem.strerror}",
                )
            ) from problem

    def manifest(self) -> Manifest:
        """How the run was asked for. Raises DamagedError."""
        path = self.folder / MANIFEST
        try:
            return Manifest.model_validate_json(files.read(path))
        except (OSError, ValidationError) as problem:
            why = _first(problem)
            raise DamagedError(
                say(
                    f"{path}: 読めません（{why}）。この実行は続けられません。",
                    f"{path}: cannot be read ({why}). This run cannot go on.",
                )
            ) from problem

    def open(self, scenario: str) -> bytes:
        """What was kept for a scenario. Raises DamagedError."""
        path = self._file(scenario)
        try:
            found = Sealed.model_validate_json(files.read(path))
            salt, nonce, sealed = (b64decode(one, validate=True) for one in (found.salt, found.nonce, found.sealed))
        except (OSError, ValueError) as problem:
            why, remedy = _first(problem), _anew(scenario)
            raise DamagedError(
                say(f"{path}: 読めません（{why}）。{remedy}", f"{path}: cannot be read ({why}). {remedy}")
            ) from problem
        key = _of_variable(salt) if found.key is None else _of_file(found.key, path)
        try:
            return AESGCM(key).decrypt(nonce, sealed, scenario.encode())
        except (InvalidTag, ValueError) as problem:
            raise DamagedError(f"{path}: {_why_closed(found)}{_anew(scenario)}") from problem

    def begin(self, scenario: str) -> None:
        """Note that a second half now does something to the portal: it cannot be begun a second time."""
        _write(self._mark(scenario), datetime.now(UTC).isoformat().encode())

    def begun(self, scenario: str) -> datetime | None:
        """When a second half began that has not ended; None where none has."""
        try:
            return datetime.fromisoformat(files.read(self._mark(scenario)).decode())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return datetime.now(UTC)

    def not_begun(self, scenario: str) -> None:
        """Take that back: nothing was done."""
        self._mark(scenario).unlink(missing_ok=True)

    def forget(self, scenario: str) -> None:
        """Remove what was kept for a scenario that has ended, with its key."""
        _remove_key(self._key(scenario))
        self._file(scenario).unlink(missing_ok=True)
        self.not_begun(scenario)

    def clear(self) -> None:
        """Remove the folder once nothing waits any longer."""
        if not self.ids():
            (self.folder / MANIFEST).unlink(missing_ok=True)

    def _key(self, scenario: str) -> str | None:
        """The name of the key's file, where there is one."""
        try:
            return Sealed.model_validate_json(files.read(self._file(scenario))).key
        except (OSError, ValueError):
            return None

    def _file(self, scenario: str) -> Path:
        return files.inside(self.folder, f"{scenario}{SUFFIX}")

    def _mark(self, scenario: str) -> Path:
        return files.inside(self.folder, f"{scenario}{BEGUN}")


def check_key() -> None:
    """Refuse a variable that is too short before anything is carried out. Raises DamagedError."""
    if variables.value(KEY):
        _long_enough()


def _long_enough() -> str:
    given = variables.value(KEY) or ""
    if len(given) < SHORTEST:
        raise DamagedError(_too_short() if given else _unset())
    return given


def _unset() -> str:
    return say(
        f"環境変数 {KEY} が設定されていません。待機中のシナリオを暗号化する鍵のもとです。",
        f"the environment variable {KEY} is not set. The key that encrypts waiting scenarios is made from it.",
    )


def _too_short() -> str:
    return say(
        f"環境変数 {KEY} が短すぎます（{SHORTEST} 文字以上にしてください）。待機中のシナリオを暗号化する鍵のもとです。",
        f"the environment variable {KEY} is too short ({SHORTEST} characters at least). "
        "The key that encrypts waiting scenarios is made from it.",
    )


def _why_closed(found: Sealed) -> str:
    if found.key is not None:
        return say("壊れています。", "is damaged. ")
    return say(
        f"壊れているか、{KEY} が残したときと違います。",
        f"is damaged, or {KEY} is not what it was when this was kept. ",
    )


def _write(path: Path, content: bytes) -> None:
    files.write(path, content, MODE)


def _remove_key(name: str | None) -> None:
    if name is not None:
        with suppress(OSError):
            (state.folder(KEYS) / name).unlink(missing_ok=True)


def _seal(scenario: str, content: bytes) -> bytes:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    name = None if variables.value(KEY) else secrets.token_hex(16)
    key = _of_variable(salt) if name is None else AESGCM.generate_key(256)
    if name is not None:
        _write(state.folder(KEYS) / name, key)
    sealed = AESGCM(key).encrypt(nonce, content, scenario.encode())
    salt_, nonce_, sealed_ = (b64encode(one).decode() for one in (salt, nonce, sealed))
    return json.dumps({"key": name, "salt": salt_, "nonce": nonce_, "sealed": sealed_}).encode()


def _of_variable(salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(_long_enough().encode())


def _of_file(name: str, path: Path) -> bytes:
    try:
        return files.read(state.folder(KEYS) / name)
    except OSError as problem:
        where = f"{problem.filename or KEYS}: {problem.strerror}"
        raise DamagedError(
            say(
                f"{path}: 開く鍵がこの利用者の手元にありません（{where}）。"
                f"待ち始めた機械と利用者で続けるか、次からは環境変数 {KEY} を決めて実行してください。",
                f"{path}: this user has no key to open it ({where}). Go on with the machine and user that began, "
                f"or set the environment variable {KEY} from the next run on.",
            )
        ) from problem


def _anew(scenario: str) -> str:
    return say(
        f"このシナリオは始めから実行し直してください（run --select {scenario}）。",
        f"Run this scenario again from its beginning (run --select {scenario}).",
    )


def _first(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return problem.strerror or str(problem)
    return os.linesep.join(str(problem).splitlines()[:1])
