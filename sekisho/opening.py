"""Opens PKCS#12 files in a process of its own, which can be ended: a file may ask for hours of arithmetic.

The process is started with the first file and lives as long as this one; it reads files and passwords from a pipe and
writes what they hold to another, so that no key touches the disk. Both are lines of JSON.
"""

from __future__ import annotations

import base64
import json
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

OPENS_SECONDS = 10.0  # an honest file takes 40 ms
STARTS_SECONDS = 30.0


class TooLongError(Exception):
    """The file was not open in time."""


class UnreadableError(Exception):
    """The file cannot be opened; the text has the library's own words."""


@dataclass(frozen=True)
class Content:
    """What is in a file, as DER; empty where there is none."""

    key: bytes
    certificate: bytes
    name: bytes
    others: tuple[bytes, ...]


class Opener:
    """The process, started when it is first needed and anew after a file that took too long."""

    def __init__(self, seconds: float = OPENS_SECONDS) -> None:
        """Allow each file a number of seconds."""
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._one = threading.Lock()

    def open(self, data: bytes, password: str) -> Content:
        """What a file holds. Raises `TooLongError` or `UnreadableError`."""
        with self._one:
            asked = json.dumps({"file": _text(data), "password": password})
            answer = json.loads(self._ask(asked))
        if "problem" in answer:
            raise UnreadableError(answer["problem"])
        key, certificate, name = (base64.b64decode(answer[part]) for part in ("key", "certificate", "name"))
        return Content(key, certificate, name, tuple(map(base64.b64decode, answer["others"])))

    def _ask(self, line: str) -> str:
        process = self._running()
        assert process.stdin
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            return self._hear(self.seconds)
        except queue.Empty:
            self.stop()
            raise TooLongError from None
        except BrokenPipeError:
            self.stop()
            raise UnreadableError("開く途中でプロセスが落ちました") from None

    def _hear(self, seconds: float) -> str:
        said = self._said.get(timeout=seconds)
        if not said:
            raise BrokenPipeError
        return said

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._said = queue.SimpleQueue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            threading.Thread(target=_listen, args=(self._process, self._said), daemon=True).start()
            self._hear(STARTS_SECONDS)  # it is ready: the seconds of a file are the file's own
        return self._process

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None


def _listen(process: subprocess.Popen[str], said: queue.SimpleQueue[str]) -> None:
    assert process.stdout
    try:
        for line in process.stdout:
            said.put(line)
    except ValueError:  # closed by `stop`
        return
    finally:
        said.put("")


def _serve() -> None:
    """The process itself: one answer for each file, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_open(base64.b64decode(asked["file"]), asked["password"])) + "\n")
        sys.stdout.flush()


def _open(data: bytes, password: str) -> dict[str, object]:
    try:
        content = pkcs12.load_pkcs12(data, password.encode())
    except (ValueError, UnsupportedAlgorithm) as problem:
        return {"problem": str(problem)}
    key, cert, other = b"", b"", []
    if content.key is not None:
        key = content.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    if content.cert is not None:
        cert = content.cert.certificate.public_bytes(serialization.Encoding.DER)
        other = [one.certificate.public_bytes(serialization.Encoding.DER) for one in content.additional_certs]
    name = (content.cert.friendly_name if content.cert else None) or b""
    return {"key": _text(key), "certificate": _text(cert), "name": _text(name), "others": list(map(_text, other))}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    _serve()
