"""Takes strangers' bytes apart in a process of its own, which can be ended: a file may ask for hours of arithmetic.

PKCS#12 files, files of certificates, ZIP files, CRLs and OCSP responses. The process is started with the first of
them and lives as long as this one; it reads files and passwords from a pipe and writes what they hold to another, so
that no key touches the disk. Both are lines of JSON.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

from sekisho import layout
from sekisho.language import say
from sekisho.pki import certificate_files, revocation_answers
from sekisho.pki.key_pairs import fits
from sekisho.pki.packed import Packed, ZipProblemError
from sekisho.pki.pkcs12_contents import Contents, Pair, UnreadableError, contents
from sekisho.pki.revocation_answers import ListAnswer, OcspAnswer

OPENS_SECONDS = 10.0  # an honest file takes 40 ms
STARTS_SECONDS = 30.0
ORPHAN_SECONDS = 60  # after which the process ends itself in the middle of a file: nobody is there to end it

__all__ = ["Contents", "Opener", "Pair", "TooLongError", "UnreadableError"]


class TooLongError(Exception):
    """The file was not open in time."""


class Opener:
    """The process, started when it is first needed and anew after a file that took too long."""

    def __init__(self, seconds: float = OPENS_SECONDS) -> None:
        """Allow each file a number of seconds."""
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._one = threading.Lock()

    def open(self, data: bytes, password: str) -> Contents:
        """What a file holds. Raises `TooLongError` or `UnreadableError`."""
        answer = self._answer({"file": _text(data), "password": password})
        return Contents(
            pairs=tuple(_pair(one) for one in answer["pairs"]),
            others=tuple(map(base64.b64decode, answer["others"])),
            keys=answer["keys"],
        )

    def fits(self, key: bytes, certificate: bytes) -> bool:
        """Whether a private key (PKCS#8) signs what a certificate verifies. Raises as `open`."""
        return bool(self._answer({"key": _text(key), "certificate": _text(certificate)})["fits"])

    def certificates(self, data: bytes) -> list[bytes]:
        """The certificates (DER) in a file that a portal offers. Raises as `open`."""
        return list(map(base64.b64decode, self._answer({"certificates": _text(data)})["found"]))

    def unpack(self, data: bytes, password: str = "") -> list[Packed]:
        """The files in a ZIP file. Raises as `open`, or ZipProblemError."""
        answer = self._answer({"zip": _text(data), "password": password})
        if "why" in answer:
            raise ZipProblemError(answer["why"], answer["said"])
        return [_packed(one) for one in answer["files"]]

    def listed(self, data: bytes, issuer: bytes, serial: str) -> ListAnswer:
        """What a CRL says of a serial number (hex); the issuer is in DER. Raises as `open`."""
        return ListAnswer(**self._answer({"crl": _text(data), "issuer": _text(issuer), "serial": serial}))

    def answered(self, data: bytes, issuer: bytes) -> OcspAnswer:
        """What an OCSP response says; the issuer is in DER. Raises as `open`."""
        return OcspAnswer(**self._answer({"ocsp": _text(data), "issuer": _text(issuer)}))

    def _answer(self, asked: dict[str, str]) -> dict[str, Any]:
        with self._one:
            answer: dict[str, Any] = json.loads(self._ask(json.dumps(asked)))
        if "problem" in answer:
            raise UnreadableError(answer["problem"])
        return answer

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
            raise UnreadableError(
                say("開く途中でプロセスが落ちました", "the process ended while it opened the file")
            ) from None

    def _hear(self, seconds: float) -> str:
        said = self._said.get(timeout=seconds)
        if not said:
            raise BrokenPipeError
        return said

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._said = queue.SimpleQueue()
            self._process = subprocess.Popen(
                layout.python(__name__),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # with what it starts in turn
            )
            threading.Thread(target=_listen, args=(self._process, self._said), daemon=True).start()
            self._hear(STARTS_SECONDS)  # it is ready: the seconds of a file are the file's own
        return self._process

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process:
            _end(self._process)
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


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _pair(one: dict[str, Any]) -> Pair:
    key, certificate, name = (base64.b64decode(one[part]) for part in ("key", "certificate", "name"))
    return Pair(key, certificate, name, tuple(map(base64.b64decode, one["chain"])))


def _packed(one: dict[str, Any]) -> Packed:
    return Packed(**one | {"data": None if one["data"] is None else base64.b64decode(one["data"])})


def _serve() -> None:
    """The process itself: one answer for each file, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        with _bounded():
            answer = json.dumps(_unzipped(asked) if "zip" in asked else _done(asked), default=_text)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


@contextmanager
def _bounded() -> Iterator[None]:
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(ORPHAN_SECONDS)  # nothing handles it: it ends the process also in the middle of a library's loop
    yield
    signal.alarm(0)


def _done(asked: dict[str, str]) -> dict[str, Any]:
    try:
        if "file" in asked:
            return asdict(contents(base64.b64decode(asked["file"]), asked["password"]))
        if "certificates" in asked:
            return {"found": certificate_files.certificates(base64.b64decode(asked["certificates"]))}
        if "crl" in asked:
            data, issuer = base64.b64decode(asked["crl"]), base64.b64decode(asked["issuer"])
            return asdict(revocation_answers.listed(data, issuer, asked["serial"]))
        if "ocsp" in asked:
            return asdict(revocation_answers.answered(*(base64.b64decode(asked[part]) for part in ("ocsp", "issuer"))))
        return {"fits": fits(base64.b64decode(asked["key"]), base64.b64decode(asked["certificate"]))}
    except Exception as problem:  # noqa: BLE001 - whatever a stranger's bytes make a library raise: it is theirs
        return {"problem": str(problem) or type(problem).__name__}


def _unzipped(asked: dict[str, str]) -> dict[str, Any]:
    from sekisho.pki import zip_contents  # noqa: PLC0415 - its library takes its time, and few portals pack anything

    try:
        return {"files": list(map(asdict, zip_contents.contents(base64.b64decode(asked["zip"]), asked["password"])))}
    except ZipProblemError as problem:
        return {"why": problem.why, "said": str(problem)}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    _serve()
