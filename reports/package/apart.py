"""A package's PDF and its time stamp, read in a process that can be ended: either may be made to harm its reader."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.language import say
from sekisho.layout import python

PROCESS = "reports.package.apart_reading"
SECONDS = 30


class StampError(Exception):
    """A time stamp is none, or not of these bytes; the text says why."""


@dataclass(frozen=True)
class Stamp:
    """What a time stamping authority says: when, and who it is."""

    when: datetime
    authority: str
    trusted: bool
    """Whether the authority was checked against a root that the verifier brought along."""


@dataclass(frozen=True)
class Signed:
    """The signatures of a PDF: how many, and whether the only one is right, over the whole file, and by whom."""

    count: int
    whole: bool = False
    certificate: bytes = b""
    """Of the signer, in DER."""


def stamp(token: bytes, data: bytes, roots: Sequence[x509.Certificate]) -> Stamp:
    """What a token says of these bytes. Raises StampError where it does not hold.

    Without roots only the stamp itself is checked, not whose it is.
    """
    held = [one.public_bytes(Encoding.DER) for one in roots]
    told = _asked({"stamp": _text(token), "data": _text(data), "roots": [_text(one) for one in held]})
    if told is None or "wrong" in told:
        unreadable = say(
            "タイムスタンプを読めません（時間かメモリーが足りません）。",
            "The time stamp cannot be read (not enough time or memory).",
        )
        raise StampError(told["wrong"] if told else unreadable)
    return Stamp(datetime.fromisoformat(told["when"]), told["authority"], told["trusted"])


def signed(pdf: bytes) -> Signed | None:
    """The signatures of a PDF; None where it cannot be read."""
    told = _asked({"pdf": _text(pdf)})
    return Signed(told["count"], told["whole"], b64decode(told["certificate"])) if told else None


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _asked(question: dict[str, Any]) -> dict[str, Any] | None:
    told = answer(PROCESS, json.dumps(question).encode())
    found: dict[str, Any] | None = json.loads(told) if told else None
    return found


def answer(module: str, question: bytes) -> bytes | None:
    """What a module says to a question, in a process of its own; None where it ends otherwise, or not in time."""
    try:
        done = subprocess.run(
            python(module),
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
