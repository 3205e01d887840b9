"""What is on the screen, as assistive technology sees it: a tree of nodes with a role, a name and an action.

Relies on: AT-SPI 2 over D-Bus (org.a11y.atspi.Accessible, Action, Text, Selection, Document), roles and states by their
numbers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Properties, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

from sekisho.native_ui.roles import Role

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
TEXT = "org.a11y.atspi.Text"
SELECTION = "org.a11y.atspi.Selection"
DOCUMENT = "org.a11y.atspi.Document"
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
# Pages are Playwright's business, and large.
PAGES = frozenset({Role.DOCUMENT_WEB, Role.DOCUMENT_FRAME})
# A browser that has not answered for so long is stuck.
ANSWER_SECONDS = 5.0

WINDOW_SECONDS = 0.05

Reference = tuple[str, str]


def looks(seconds: float, every: float) -> Iterator[None]:
    """Again and again until some seconds are over, so often: the bus does not tell reliably what has changed."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        yield
        time.sleep(every)


@dataclass(frozen=True)
class Node:
    """One thing on the screen."""

    reference: Reference
    role: Role
    name: str
    children: tuple[Node, ...] = field(default=(), repr=False)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, as they stand on the screen."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role: Role) -> list[Node]:
        """Every node of a role at or below this one."""
        return [node for node in self.walk() if node.role == role]


class Desktop:
    """A connection to one accessibility bus; not to be shared between threads at the same time."""

    def __init__(self, address: str) -> None:
        """Connect to the bus at a D-Bus address."""
        self._connection: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def candidates(self) -> list[Node]:
        """Every window and what stands directly in one, without what is below."""
        windows = self.windows()
        references = windows + _flat(self._children(windows))
        answers = zip(references, *self._roles_and_names(references), strict=True)
        return [Node(reference, role, name) for reference, role, name in answers]

    def windows(self) -> list[Reference]:
        """Every top-level window of every program on the bus."""
        (applications,) = self._children([ROOT])
        return _flat(self._children(applications))

    def named_windows(self, *, inner_only: bool = False) -> list[tuple[Reference, str]]:
        """Every window with its title, and the windows inside it (dialogs that hold a page of their own)."""
        outer = self.windows()
        references = ([] if inner_only else outer) + _flat(self._children(outer))
        return list(zip(references, self._names(references), strict=True))

    def read(self, reference: Reference, *, pages: bool = False) -> Node:
        """The tree at and below one node, one round trip for each level; content of pages only if asked for."""
        return self._read([reference], frozenset() if pages else PAGES)[0]

    def act(self, node: Node) -> bool:
        """Do the node's default action (press a button, select a row); False if it is gone or refuses."""
        message = _call(node.reference, ACTION, "DoAction", "i", (0,))
        return self._ask([message])[0] == (True,)

    def has_state(self, node: Node, state: int) -> bool:
        """Whether a node has a state, by its AT-SPI number; False if it is gone."""
        (answer,) = self._ask([_call(node.reference, ACCESSIBLE, "GetState")])
        words = answer[0] if answer else ()
        return bool(words) and bool(words[state // 32] >> state % 32 & 1)

    def select(self, container: Node, index: int) -> bool:
        """Select one of a container's children, counted from 0; False if it is gone or refuses."""
        message = _call(container.reference, SELECTION, "SelectChild", "i", (index,))
        return self._ask([message])[0] == (True,)

    def address(self, document: Node) -> str:
        """Where a page in the browser comes from; empty if it does not say."""
        (answer,) = self._ask([_call(document.reference, DOCUMENT, "GetAttributes")])
        attributes = answer[0] if answer else {}
        return str(attributes.get("URI") or attributes.get("DocURL") or "")

    def length(self, field: Node) -> int:
        """How many characters are in a text field, also in one that does not show them; 0 if it is gone."""
        (answer,) = self._ask([_property(field.reference, "CharacterCount", TEXT)])
        return int(_text(answer) or 0)

    def _read(self, references: Sequence[Reference], closed: frozenset[Role]) -> list[Node]:
        if not references:
            return []
        roles, names = self._roles_and_names(references)
        children = self._children(references)
        below = [() if role in closed else tuple(kids) for role, kids in zip(roles, children, strict=True)]
        nodes = iter(self._read(_flat(below), closed))
        return [
            Node(reference, role, name, tuple(next(nodes) for _ in kids))
            for reference, role, name, kids in zip(references, roles, names, below, strict=True)
        ]

    def _roles_and_names(self, references: Sequence[Reference]) -> tuple[list[Role], list[str]]:
        asked = [_call(node, ACCESSIBLE, "GetRole") for node in references]
        answers = self._ask(asked + [_property(node, "Name") for node in references])
        roles, names = answers[: len(references)], answers[len(references) :]
        return [Role(answer[0]) if answer else Role.OTHER for answer in roles], [_text(answer) for answer in names]

    def _names(self, references: Sequence[Reference]) -> list[str]:
        return [_text(answer) for answer in self._ask([_property(node, "Name") for node in references])]

    def _children(self, references: Sequence[Reference]) -> list[list[Reference]]:
        answers = self._ask([_call(node, ACCESSIBLE, "GetChildren") for node in references])
        return [[child for child in answer[0] if _exists(child)] if answer else [] for answer in answers]

    def _ask(self, messages: Sequence[Message]) -> list[tuple[Any, ...]]:
        """The answers to several calls that are under way together; an empty one for a node that is gone."""
        serials = [next(self._connection.outgoing_serial) for _ in messages]
        for serial, message in zip(serials, messages, strict=True):
            self._connection.send(message, serial=serial)
        answers: dict[int, tuple[Any, ...]] = {}
        while len(answers) < len(serials):
            reply = self._connection.receive(timeout=ANSWER_SECONDS)
            serial = reply.header.fields.get(HeaderFields.reply_serial)
            if serial in serials:
                failed = reply.header.message_type is MessageType.error
                answers[serial] = () if failed else reply.body
        return [answers[serial] for serial in serials]


def shows_a_window(address: str, seconds: float) -> bool:
    """Whether any program's window appears on a bus within some seconds."""
    with closing(Desktop(address)) as desktop:
        return any(desktop.windows() for _ in looks(seconds, WINDOW_SECONDS))


def _call(
    node: Reference, interface: str, method: str, signature: str | None = None, body: tuple[Any, ...] = ()
) -> Message:
    address = DBusAddress(node[1], bus_name=node[0], interface=interface)
    return new_method_call(address, method, signature, body)


def _property(node: Reference, name: str, interface: str = ACCESSIBLE) -> Message:
    return Properties(DBusAddress(node[1], bus_name=node[0], interface=interface)).get(name)


def _text(answer: tuple[Any, ...]) -> str:
    """The value in an answer, which a property has inside a variant."""
    if not answer:
        return ""
    value = answer[0]
    return str(value[1] if isinstance(value, tuple) else value)


def _exists(reference: Reference) -> bool:
    return not reference[1].endswith("/null")


def _flat(groups: Sequence[Sequence[Reference]]) -> list[Reference]:
    return [reference for group in groups for reference in group]
