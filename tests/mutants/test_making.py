"""Which mutants are made of a file, and that each is a change of exactly one rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code

from .making import Mutant, of_file
from .operators import operators

CODE = '''\
"""A portal."""


class Rules:
    def late(self, days: int) -> bool:
        if self.open and days <= 30:
            log.info("open")
            self.count(days)
        elif self.known(days):
            return False
        assert days
        return self.defects.decide("late", right=days not in self.days, wrong=days > 3)

    def again(self, days: int) -> bool:
        if self.open and days <= 30:
            return bool(days)
        return [day for day in self.days if day]


LONGEST = 3 if DEFAULT else 4
'''


@pytest.fixture
def made(tmp_path: Path) -> list[Mutant]:
    """The mutants of that code."""
    (tmp_path / "rules.py").write_text(CODE, encoding="utf-8")
    return list(of_file(tmp_path, "rules.py"))


def test_comparisons_conditions_and_calls_are_changed(made: list[Mutant], tmp_path: Path) -> None:
    """But no assert, no log, and nothing that only a defect does."""
    assert [one.diff(tmp_path).splitlines()[1].strip("+ ") for one in made if one.key.function == "Rules.late"] == [
        "if not (self.open and days <= 30):",
        "if self.open or days <= 30:",
        "if self.open and days > 30:",
        "if self.open and days < 30:",
        "pass",
        "elif not (self.known(days)):",
        'return self.defects.decide("late", right=days in self.days, wrong=days > 3)',
    ]


def test_what_reads_alike_in_two_functions_is_told_apart(made: list[Mutant], tmp_path: Path) -> None:
    """Each mutant has a key of its own, whatever stands above it."""
    before = {one.key.id: one.diff(tmp_path) for one in made}
    assert len(before) == len(made)
    (tmp_path / "rules.py").write_text("# one\n# more\n" + CODE, encoding="utf-8")
    assert {one.key.id: one.diff(tmp_path) for one in of_file(tmp_path, "rules.py")} == before


def test_each_mutant_is_python_and_another_program(made: list[Mutant], tmp_path: Path) -> None:
    """And no two are the same."""
    programs = [ast.dump(ast.parse(one.source(tmp_path))) for one in made]
    assert len({*programs, ast.dump(ast.parse(CODE))}) == len(made) + 1


def test_a_condition_is_its_own_line_and_a_statement_is_whole(tmp_path: Path) -> None:
    """What coverage counts as carried out is the line of a head, or any line of a statement."""
    (tmp_path / "a.py").write_text("if a(\n    1):\n    b(\n        2\n    )\n", encoding="utf-8")
    assert {(one.line, one.last) for one in of_file(tmp_path, "a.py")} == {(1, 1), (3, 5)}


@pytest.mark.parametrize("name", operators())
def test_an_operator_does_what_its_example_says(name: str) -> None:
    """cosmic-ray's own way to check an operator."""
    operator = operators()[name]()
    for example in operator.examples():
        assert get_ast(example.pre_mutation_code).get_code() == example.pre_mutation_code
        assert mutate_code(example.pre_mutation_code, operator, example.occurrence) == example.post_mutation_code


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("a = x == 1 and self.broken('d')", ["x == 1 or self.broken('d')"]),
        ("a = x == 1 or not broken('d')", ["x == 1 and not broken('d')", "x == 1 or  broken('d')"]),
        ("a = broken('d' if x else 'e')", []),
        ("a = x and not broken('d')", ["x or not broken('d')", "x and  broken('d')"]),
    ],
)
def test_what_only_a_defect_asks_for_stays_as_it_is(code: str, left: list[str], tmp_path: Path) -> None:
    """No defect is on: `and broken(…)` is never so, `or not broken(…)` always, whatever the rest says."""
    (tmp_path / "a.py").write_text(code + "\n", encoding="utf-8")
    assert [one.diff(tmp_path).partition("+a = ")[2] for one in of_file(tmp_path, "a.py")] == left
