"""What every object of the control has in common: an interface with members, found by name whatever its case."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from sekisho.certenroll.computer import Computer
from sekisho.certenroll.errors import NO_SUCH_MEMBER, TYPE_MISMATCH, ComError

PREFIX = "X509Enrollment."
Value = Any  # what a script can hold: a string, a number, a boolean, nothing, or another object
KINDS: Mapping[type, str] = {bool: "boolean", int: "number", str: "string", type(None): "object"}


class ComObject:
    """One object. A subclass lists its members and has a method in snake case for each that does something.

    `properties` can be set and read; the value given is the one at the beginning, and its type that of the property.
    `readable` are computed by methods without arguments. `asks` are the methods before which the control asks the user
    whether the page may do that at all.
    """

    prog_id: ClassVar[str]
    properties: ClassVar[Mapping[str, Value]] = {}
    readable: ClassVar[tuple[str, ...]] = ()
    methods: ClassVar[tuple[str, ...]] = ()
    asks: ClassVar[tuple[str, ...]] = ()

    def __init__(self, computer: Computer) -> None:
        """Begin with every property as it is by default."""
        self.computer = computer
        self.values: dict[str, Value] = dict(self.properties)

    @classmethod
    def described(cls) -> dict[str, Any]:
        """The interface, for the page's end of the wire."""
        puts = {name: KINDS[type(value)] for name, value in cls.properties.items()}
        return {"puts": puts, "gets": [*cls.properties, *cls.readable], "calls": [*cls.methods, *cls.asks]}

    def put(self, member: str, value: Value) -> None:
        """Set a property. Raises ComError."""
        name = _known(member, self.properties)
        self.values[name] = _converted(value, type(self.properties[name]))

    def get(self, member: str) -> Value:
        """Read a property. Raises ComError."""
        name = _known(member, (*self.properties, *self.readable))
        return self.values[name] if name in self.values else getattr(self, _snake(name))()

    def call(self, member: str, arguments: list[Value]) -> Value:
        """Call a method. Raises ComError, also for arguments that it does not take."""
        name = _known(member, (*self.methods, *self.asks))
        method = getattr(self, _snake(name))
        try:
            inspect.signature(method).bind(*arguments)
        except TypeError as problem:
            raise ComError(TYPE_MISMATCH) from problem
        return method(*arguments)

    def asks_before(self, member: str) -> bool:
        """Whether a method needs the user's permission."""
        return member.lower() in {name.lower() for name in self.asks}


def _known(member: str, names: Mapping[str, Value] | tuple[str, ...]) -> str:
    for name in names:
        if name.lower() == member.lower():
            return name
    raise ComError(NO_SUCH_MEMBER)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def number(value: Value) -> int:
    """An argument that must be a number. Raises ComError."""
    return int(_converted(value, int))


def an_object(value: Value, *kinds: type[ComObject]) -> Value:
    """An argument that must be an object of one of these kinds. Raises ComError."""
    if isinstance(value, kinds):
        return value
    raise ComError(TYPE_MISMATCH)


def _converted(value: Value, wanted: type) -> Value:
    """As IDispatch converts between strings, numbers and booleans. Raises ComError."""
    if wanted is type(None):
        if isinstance(value, ComObject | None):
            return value
        raise ComError(TYPE_MISMATCH)
    try:
        return wanted(value)
    except (TypeError, ValueError) as problem:
        raise ComError(TYPE_MISMATCH) from problem
