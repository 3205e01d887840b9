"""What is changed: comparisons, `and`/`or`, conditions and calls.

cosmic-ray changes comparisons, boolean operators and `not`. Of all that it could put in a comparison's place, the
boundary and the opposite are enough. What it does not have is added here, as operators of its kind: membership, every
condition (its own knows no `elif` and no filter of a comprehension), and calls whose result nobody takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import parso
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

Node = Any  # a part of the tree that parso makes; its types are not complete
Position = tuple[tuple[int, int], tuple[int, int]]

COMPARISONS = (
    "Eq_NotEq",
    "NotEq_Eq",
    "Lt_LtE",
    "Lt_GtE",
    "LtE_Lt",
    "LtE_Gt",
    "Gt_GtE",
    "Gt_LtE",
    "GtE_Gt",
    "GtE_Lt",
    "Is_IsNot",
    "IsNot_Is",
)
BORROWED = (
    *(f"ReplaceComparisonOperator_{each}" for each in COMPARISONS),
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceUnaryOperator_Delete_Not",
)
DECIDED = {"comparison", "not_test"}  # conditions whose opposite other operators make
NEVER_DROPPED = ("log.", "super(")  # a log is no rule; a class that is not built does not run


class _Added(Operator):  # type: ignore[misc] # cosmic-ray is without types
    """One place in a node that can be changed in one way."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        """Each place, as ((line, column), (line, column))."""
        for place in self.places(node):
            yield place.start_pos, place.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """Change the place of this number."""
        place = list(self.places(node))[index]
        _put(place, self.changed(place))
        return node

    def places(self, node: Node) -> Iterator[Node]:
        """What in a node can be changed."""
        raise NotImplementedError

    def changed(self, place: Node) -> str:
        """The code that takes a place's place."""
        raise NotImplementedError


def _put(place: Node, code: str) -> None:
    """Put code where a node is, behind the same space."""
    siblings: list[Any] = place.parent.children
    prefix = place.get_first_leaf().prefix
    siblings[siblings.index(place)] = parso.parse(prefix + code)  # type: ignore[no-untyped-call]


class NegateCondition(_Added):
    """`if x` becomes `if not (x)`: in if, elif, while, a conditional expression, a comprehension."""

    def places(self, node: Node) -> Iterator[Node]:
        """What is a condition and not a comparison, whose opposite is made anyway."""
        yield from (place for place in self._conditions(node) if place.type not in DECIDED)

    def _conditions(self, node: Node) -> Iterator[Node]:
        match node.type:
            case "if_stmt" | "while_stmt":
                for before, place in zip(node.children, node.children[1:], strict=False):
                    if getattr(before, "value", "") in {"if", "elif", "while"}:
                        yield place
            case "test" | "ternary":
                yield node.children[2]
            case "comp_if":
                yield node.children[1]

    def changed(self, place: Node) -> str:
        """Its opposite."""
        return f"not ({place.get_code(include_prefix=False)})"

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Before and after."""
        return (Example("if a:\n    pass\nelif b:\n    pass\n", "if a:\n    pass\nelif not (b):\n    pass\n", 1),)


class ReplaceMembership(_Added):
    """`in` becomes `not in`, and the other way round."""

    def places(self, node: Node) -> Iterator[Node]:
        """The operators of a comparison that ask for membership."""
        if node.type == "comparison":
            yield from (place for place in node.children[1::2] if self._words(place) in {"in", "not in"})

    def changed(self, place: Node) -> str:
        """The other of the two."""
        return "not in" if self._words(place) == "in" else "in"

    @staticmethod
    def _words(place: Node) -> str:
        return " ".join(place.get_code().split())

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Before and after."""
        return (Example("a in b", "a not in b"), Example("a not in b", "a in b"))


class DropCall(_Added):
    """A call whose result nobody takes is left out."""

    def places(self, node: Node) -> Iterator[Node]:
        """Statements that are nothing but a call, awaited or not."""
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            call = node.children[0]
            if call.children[-1].get_code().lstrip().startswith("(") and not self._kept(call):
                yield call

    @staticmethod
    def _kept(call: Node) -> bool:
        return bool(call.get_code(include_prefix=False).startswith(NEVER_DROPPED))

    def changed(self, place: Node) -> str:  # noqa: ARG002 - as all operators
        """Nothing."""
        return "pass"

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Before and after."""
        return (Example("await a.b(c)\n", "pass\n"),)


@cache
def operators() -> dict[str, type[Operator]]:
    """Every operator by its name."""
    borrowed = {name: get_operator(f"core/{name}") for name in BORROWED}
    return borrowed | {each.__name__: each for each in (NegateCondition, ReplaceMembership, DropCall)}
