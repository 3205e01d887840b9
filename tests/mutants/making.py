"""Making mutants: where a file can be changed, and the file as it is then."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from .operators import Node, operators

ROOT = Path(__file__).parent.parent.parent
BLOCKS = {"if_stmt", "while_stmt", "for_stmt", "with_stmt", "funcdef", "classdef", "suite", "file_input"}
# How the control port makes users, and the catalogues of what can be wrong: no portal has them.
APPARATUS = {"provision.py", "traits.py", "wanted.py", "defects.py"}
PACKAGES = tuple(f"mock_ca/{each}" for each in ("managed_pki", "family", "sites", "registry", "authority"))


@dataclass(frozen=True)
class Key:
    """Which mutant it is, however the lines above it move: the `nth` place, from 1, of those that read alike."""

    file: str
    function: str
    text: str
    operator: str
    nth: int = 1

    @property
    def id(self) -> str:
        """A short name of it."""
        exact = "\n".join([self.file, self.function, self.text, self.operator, str(self.nth)])
        return hashlib.sha256(exact.encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Mutant:
    """One change of one file. `last` is the last line of the statement that is changed, `line` the first."""

    key: Key
    line: int
    last: int
    occurrence: int

    @property
    def module(self) -> str:
        """The name under which the file is imported."""
        return self.key.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def source(self, root: Path = ROOT) -> str:
        """The changed file."""
        code: str | None = mutate_code(_read(root, self.key.file), operators()[self.key.operator](), self.occurrence)
        assert code is not None
        return code

    def diff(self, root: Path = ROOT) -> str:
        """What is changed, without the lines around it."""
        before, after = _read(root, self.key.file).splitlines(), self.source(root).splitlines()
        lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
        return "\n".join(line for line in lines if not line.startswith("@@"))


def _read(root: Path, file: str) -> str:
    return (root / file).read_text(encoding="utf-8")


def mutants(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> list[Mutant]:
    """Every mutant of these packages, file by file, each where its operator meets it."""
    files = sorted(file for package in packages for file in (root / package).rglob("*.py"))
    files = [file for file in files if file.name not in APPARATUS]
    return [one for file in files for one in of_file(root, file.relative_to(root).as_posix())]


def of_file(root: Path, file: str) -> Iterator[Mutant]:
    """The mutants of one file, by line."""
    source = _read(root, file)
    nodes = list(ast_nodes(get_ast(source)))
    found = [place for name in operators() for place in _places(nodes, name)]
    alike: Counter[Key] = Counter()
    for node, operator, occurrence, line in sorted(found, key=lambda each: (each[3], each[1], each[2])):
        key = Key(file, function_of(node), source.splitlines()[line - 1].strip(), operator)
        alike[key] += 1
        yield Mutant(Key(file, key.function, key.text, operator, alike[key]), *_lines(node, line), occurrence)


def _places(nodes: list[Node], operator: str) -> Iterator[tuple[Node, str, int, int]]:
    """Each place where an operator changes a rule: the node, the operator, its number for cosmic-ray, the line."""
    occurrence, changes = 0, operators()[operator]()
    for node in nodes:
        for start, _ in changes.mutation_positions(node):
            if not _only_wrong(node):
                yield node, operator, occurrence, start[0]
            occurrence += 1


def _only_wrong(node: Node) -> bool:
    """Whether a place decides only what a defect does, or is only for the type checker (assert)."""
    while node.parent is not None:
        if node.type == "assert_stmt" or _for_a_defect(node):
            return True
        node = node.parent
    return False


def _for_a_defect(node: Node) -> bool:
    """`decide(…, wrong=…)`, `broken(…)` itself, or x in `x and broken(…)` and in `x or not broken(…)`."""
    if node.type == "argument" and node.children[0].get_code().strip() == "wrong":
        return True
    if node.type == "trailer":
        before = node.parent.children[node.parent.children.index(node) - 1]
        return bool(node.children[0].get_code().strip() == "(" and before.get_last_leaf().value == "broken")
    settled = {"and_test": "atom_expr", "or_test": "not_test"}.get(node.parent.type if node.parent else "")
    others = [each for each in node.parent.children if each is not node] if settled else []
    return node.type != "keyword" and any(each.type == settled and _asks(each) for each in others)


def _asks(node: Node) -> bool:
    """Whether it is nothing but the question whether a defect is on, or is not."""
    call = node.children[1] if node.type == "not_test" else node
    names = call.get_code(include_prefix=False).partition("(")[0].split(".")
    return bool(call.type == "atom_expr" and names[-1] == "broken")


def function_of(node: Node) -> str:
    """The class and the function in which a node is; empty for a module's own lines."""
    names = []
    while node.parent is not None:
        node = node.parent
        if node.type in {"funcdef", "classdef"}:
            names.append(str(node.name.value))
    return ".".join(reversed(names))


def _lines(node: Node, line: int) -> tuple[int, int]:
    """What is carried out in one go with a line: a statement from its first to its last, or the line of a condition."""
    while node.type not in BLOCKS and node.parent is not None and node.parent.type not in BLOCKS:
        node = node.parent
    return (line, line) if node.type in BLOCKS else (node.start_pos[0], node.get_last_leaf().start_pos[0])
