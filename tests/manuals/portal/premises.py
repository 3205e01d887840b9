"""What the rooms of the portal have in common: how they are asked, how they answer, where their mail goes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from tests.browser.authority import Signer, root

FILE_NAME = re.compile(rb'filename="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """One request."""

    target: str
    kind: str = ""
    body: bytes = b""

    @property
    def path(self) -> str:
        """Below the room's own, without a slash at its beginning; empty for the room's first page."""
        return urlsplit(self.target).path.strip("/").partition("/")[2]

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form, whether they came in the address or in the body."""
        told = self.body.decode() if self.kind.startswith("application/x-www-form-urlencoded") else ""
        return {name: values[0] for name, values in parse_qs(told or urlsplit(self.target).query).items()}

    @cached_property
    def files(self) -> list[tuple[str, bytes]]:
        """The files of a form, by name; a chooser that is left empty sends one without."""
        parts = self.body.split(b"--" + self.kind.partition("boundary=")[2].encode())[1:-1]
        halves = (part.removeprefix(b"\r\n").partition(b"\r\n\r\n") for part in parts)
        named = ((FILE_NAME.search(head), data.removesuffix(b"\r\n")) for head, _, data in halves)
        return [(name[1].decode(), data) for name, data in named if name]


@dataclass(frozen=True)
class Answer:
    """One answer."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    name: str = ""
    """What the browser keeps it as; a page has none."""
    status: int = 200


@dataclass
class Premises:
    """Where the rooms are: the ways in which the portal is wrong, its mail, its authority."""

    maildir: Path
    wrong: Collection[str] = field(default_factory=set)
    address: str = ""
    """Where they are to be found, as soon as they are."""
    rooms: Mapping[str, Room] = field(default_factory=dict)
    """Those that are open, by name."""

    @cached_property
    def authority(self) -> Signer:
        """Who signs."""
        return root("Kura Root CA").issue("Kura Users CA", ca=True)

    def post(self, mail: bytes) -> None:
        """Deliver a message."""
        name = uuid.uuid4().hex
        (self.maildir / "tmp" / name).write_bytes(mail)
        (self.maildir / "tmp" / name).rename(self.maildir / "new" / name)


class Room(Protocol):
    """One site of the portal."""

    def answer(self, asked: Asked) -> Answer | None:
        """What it says; None where there is nothing."""


def page(title: str, body: str, *, status: int = 200) -> Answer:
    """A screen."""
    return Answer(f"<!doctype html><meta charset=utf-8><title>{title}</title>{body}".encode(), status=status)
