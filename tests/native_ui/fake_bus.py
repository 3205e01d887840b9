"""An accessibility bus with made-up things on it, which answers as AT-SPI does: roles are numbers, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from jeepney import HeaderFields, Message, MessageType, new_error, new_method_return  # type: ignore[import-untyped]

from sekisho.native_ui import tree
from sekisho.native_ui.tree import ROOT, Desktop

NOTHING = ("", "/org/a11y/atspi/null")


@dataclass
class Thing:
    """One thing on the screen; pressing it does something to the others."""

    role: int
    name: str = ""
    children: list[Thing] = field(default_factory=list)
    pressed: Callable[[], None] | None = None
    states: set[int] = field(default_factory=set)
    address: str = ""
    text: str = ""


class FakeBus:
    """The connection that `Desktop` opens, and the things that it finds."""

    def __init__(self) -> None:
        """An application without windows."""
        self.application = Thing(75)
        self.asked: list[str] = []
        self.outgoing_serial = itertools.count(1)
        self._root = Thing(14, children=[self.application])
        self._answers: list[Message] = []

    def close(self) -> None:
        """Nothing is open."""

    def send(self, message: Message, serial: int) -> None:
        """Answer at once."""
        message.header.serial = serial
        answer = self._answer(message)
        answer.header.fields[HeaderFields.reply_serial] = serial
        self._answers.append(answer)

    def receive(self, *, timeout: float) -> Message:  # noqa: ARG002 - jeepney's own
        """The next answer."""
        return self._answers.pop(0)

    def _answer(self, message: Message) -> Message:
        fields = message.header.fields
        member, thing = fields[HeaderFields.member], self._at(fields[HeaderFields.path])
        member = message.body[1] if member == "Get" else member
        self.asked.append(member)
        if thing is None or member == "GetRoleName":
            return _error(message)
        signature, value = self._value(member, thing, message.body)
        return new_method_return(message, signature, (value,))

    def _value(self, member: str, thing: Thing, body: tuple[Any, ...]) -> tuple[str, Any]:
        answers: dict[str, Callable[[], tuple[str, Any]]] = {
            "GetRole": lambda: ("u", thing.role),
            "Name": lambda: ("v", ("s", thing.name)),
            "CharacterCount": lambda: ("v", ("i", len(thing.text))),
            "GetChildren": lambda: ("a(so)", [_reference(child) for child in thing.children] or [NOTHING]),
            "GetState": lambda: ("au", [sum(1 << state for state in thing.states), 0]),
            "GetAttributes": lambda: ("a{ss}", {"URI": thing.address}),
            "SelectChild": lambda: ("b", _press(thing.children[body[0]])),
            "DoAction": lambda: ("b", _press(thing)),
        }
        return answers[member]()

    def _at(self, path: str) -> Thing | None:
        if path == ROOT[1]:
            return self._root
        return next((one for one in _walk(self._root) if f"/thing/{id(one)}" == path), None)


def _reference(thing: Thing) -> tuple[str, str]:
    return (":1.1", f"/thing/{id(thing)}")


def _press(thing: Thing) -> bool:
    if thing.pressed:
        thing.pressed()
    return thing.pressed is not None


def _error(message: Message) -> Message:
    answer = new_error(message, "org.freedesktop.DBus.Error.UnknownObject")
    assert answer.header.message_type is MessageType.error
    return answer


def _walk(thing: Thing) -> list[Thing]:
    return [thing, *(one for child in thing.children for one in _walk(child))]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> FakeBus:
    """The bus that every `Desktop` finds."""
    fake = FakeBus()
    monkeypatch.setattr(tree, "open_dbus_connection", lambda _: fake)
    return fake


@pytest.fixture
def desktop(bus: FakeBus) -> Desktop:
    """A connection to it."""
    return Desktop("unix:path=/nowhere")
