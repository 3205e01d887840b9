"""What the fields of a target file are for, in both languages: pydantic keeps one text, made before one is chosen."""

from __future__ import annotations

from typing import Any, Self

from sekisho.language import say


class Described(str):
    """A field's description: Japanese, as pydantic takes it, with its English beside it."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, japanese: str, english: str) -> Self:
        """Keep both."""
        made = super().__new__(cls, japanese)
        made.english = english
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """What a copy is made of: pydantic copies its fields."""
        return type(self), (str(self), self.english)

    @property
    def words(self) -> str:
        """The description in the chosen language."""
        return say(str(self), self.english)


def spoken(made: Any) -> Any:  # noqa: ANN401 - any part of a JSON schema
    """A schema with its descriptions in the chosen language."""
    if isinstance(made, dict):
        return {name: spoken(one) for name, one in made.items()}
    if isinstance(made, list):
        return [spoken(one) for one in made]
    return made.words if isinstance(made, Described) else made
