"""What is known about mutants outlives the call that found it out; what nobody can notice is listed with a reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from .equivalents import equivalents, unmatched
from .making import ROOT, Key, Mutant, of_file
from .noticing import Heard, notices
from .outcomes import Outcome, Outcomes, Status, status, table

ONE = Mutant(Key("a.py", "f", "x", "DropCall"), 1, 1, 0)
ENTRY = '[[equivalent]]\nfile = "a.py"\nfunction = "f"\ntext = "x"\noperator = "DropCall"\n'


@pytest.fixture
def outcomes(tmp_path: Path) -> Outcomes:
    """None yet."""
    return Outcomes(tmp_path / "outcomes.jsonl")


def test_a_call_goes_on_where_the_last_one_was_interrupted(outcomes: Outcomes, tmp_path: Path) -> None:
    """Even in the middle of a line."""
    outcomes.add(Outcome("killed", Status.KILLED, ("s1",), by="s1"))
    outcomes.add(Outcome("survived", Status.SURVIVED, ("s1",)))
    file = tmp_path / "outcomes.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + '{"mutant": "cut', encoding="utf-8")
    later = Outcomes(file)
    assert later.left("killed", ["s1", "s2"], again=True) == []
    assert later.left("survived", ["s1", "s2"], again=False) == ["s2"]
    assert later.left("survived", ["s1", "s2"], again=True) == ["s1", "s2"]
    assert later.left("new", ["s1"], again=False) == ["s1"]
    later.add(Outcome("survived", Status.SURVIVED, ("s2",)))
    assert Outcomes(file).known["survived"].tried == ("s1", "s2")


def test_a_survivor_that_is_killed_later_is_killed(outcomes: Outcomes) -> None:
    """The newest counts, and a mutant on the list that is killed shows that the list is wrong."""
    outcomes.add(Outcome(ONE.key.id, Status.SURVIVED, ("s1",)))
    assert status(ONE, outcomes, touched=True, listed=None) is Status.SURVIVED
    assert status(ONE, outcomes, touched=True, listed=Status.EQUIVALENT) is Status.EQUIVALENT
    outcomes.add(Outcome(ONE.key.id, Status.KILLED, ("s2",), by="s2"))
    assert status(ONE, outcomes, touched=True, listed=Status.EQUIVALENT) is Status.KILLED


def test_what_was_never_tried_is_told_from_what_nobody_touches(outcomes: Outcomes) -> None:
    """Two gaps of different kinds."""
    assert status(ONE, outcomes, touched=True, listed=None) is Status.NOT_RUN
    assert status(ONE, outcomes, touched=False, listed=None) is Status.UNTOUCHED


def test_only_what_blames_the_portal_notices() -> None:
    """A warning that was there before says nothing, and an error of this machine says nothing of the portal."""
    green = Heard("WARNING", ["slow"], "")
    assert notices(Heard("FAIL", [], "refused"), green)
    assert notices(Heard("WARNING", ["slow", "early"], ""), green)
    assert not notices(Heard("WARNING", ["slow"], ""), green)
    assert not notices(Heard("ERROR", [], "mock_ca POST /clock"), green)


def test_the_table_adds_up() -> None:
    """A line for each package, and one for all."""
    lines = table({"registry": Counter({Status.KILLED: 2}), "authority": Counter({Status.SURVIVED: 1})})
    assert [line.split()[:4] for line in lines[1:]] == [
        ["authority", "1", "0", "1"],
        ["registry", "2", "2", "0"],
        ["all", "3", "2", "1"],
    ]


def test_every_mutant_listed_as_equivalent_exists() -> None:
    """Code that has changed since takes its entry along."""
    listed = equivalents()
    made = [one for file in {key.file for key in listed} for one in of_file(ROOT, file)]
    assert unmatched(listed, made) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (ENTRY, "no reason"),
        (ENTRY.replace('text = "x"\n', "") + 'reason = "r"\n', "'text'"),
        ((ENTRY + 'reason = "r"\n') * 2, "twice"),
        (ENTRY + 'reason = "r"\nline = 3\n', "'line'"),
        (ENTRY.replace("equivalent", "harmless") + 'reason = "r"\n', "only"),
    ],
)
def test_an_entry_that_cannot_count_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    """With the file and its number."""
    file = tmp_path / "equivalents.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"equivalents\.toml: \[\[\w+\]\] number \d.*{wrong}"):
        equivalents(file)
