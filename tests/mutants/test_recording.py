"""Which scenarios are asked about a mutant, and in what order."""

from __future__ import annotations

import json
from pathlib import Path

from coverage import CoverageData

from sekisho.manual.citations import scenarios
from tests.scenarios.expectations import Pair, expectations

from .making import Key, Mutant
from .noticing import Heard
from .recording import Recorded, Recording, fingerprints, read, spread, stale
from .telling import first, telling

PASS = Heard("PASS", [], "")


def scenario(name: str, feature: str = "danshin/rules.feature", seconds: float = 1) -> Recorded:
    """One that passed."""
    return Recorded(name, feature, seconds, PASS)


def mutant(file: str, line: int, last: int = 0) -> Mutant:
    """One on these lines."""
    return Mutant(Key(file, "f", "x", "DropCall"), line, last or line, 0)


def recording(file: str, lines: dict[int, set[str]]) -> Recording:
    """Of two manuals."""
    known = [scenario("quick"), scenario("slow", seconds=9), scenario("other", "obn/import.feature", 2)]
    return Recording({one.id: one for one in known}, {file: lines})


def test_the_scenarios_that_touch_any_line_of_the_statement_are_asked() -> None:
    """A line that nobody carries out is nobody's."""
    found = recording("a.py", {3: {"", "slow"}, 4: {"quick", "gone"}})
    assert found.touching(mutant("a.py", 3, 4)) == ["quick", "slow"]
    assert found.touching(mutant("a.py", 5)) == found.touching(mutant("b.py", 3)) == []


def test_what_is_done_when_the_mock_starts_is_everybodys() -> None:
    """Or the manual's, whose site it is; and the mock is then set up anew."""
    shared = recording("mock_ca/registry/database.py", {3: {""}})
    site = recording("mock_ca/sites/obn/system.py", {3: {""}})
    assert shared.touching(mutant("mock_ca/registry/database.py", 3)) == ["quick", "other", "slow"]
    assert site.touching(mutant("mock_ca/sites/obn/system.py", 3)) == ["other"]
    assert site.at_start(mutant("mock_ca/sites/obn/system.py", 3))
    assert not site.at_start(mutant("mock_ca/sites/obn/system.py", 4))


def test_of_each_procedure_that_one_comes_first_which_does_most_of_the_file() -> None:
    """Other procedures see other things; of the same weight the quicker one."""
    mixed = [scenario("a1"), scenario("a2", seconds=2), scenario("b1", "b", 7), scenario("a3", seconds=3)]
    assert spread(mixed, {}) == ["a1", "b1", "a2", "a3"]
    assert spread(mixed, {"a3": 5, "a2": 1}) == ["a3", "b1", "a2", "a1"]
    found = recording("a.py", {3: {"quick", "slow"}, 9: {"slow"}})
    assert found.touching(mutant("a.py", 3)) == ["slow", "quick"]


def test_who_notices_a_defect_of_the_function_is_asked_first(tmp_path: Path) -> None:
    """By the names of defects in it, and what is expected of each; then who notices one of its file."""
    code = 'class Rules:\n    def a(self):\n        broken("wrong-password-logs-in")\n\n    def b(self):\n        c()\n'
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    asked = {
        name: telling(Mutant(Key("a.py", name, "x", "DropCall"), 3, 3, 0), tmp_path) for name in ("Rules.a", "Rules.b")
    }
    assert asked["Rules.b"] == set()
    assert asked["Rules.a"]
    red = min(asked["Rules.a"])
    near = Mutant(Key("a.py", "Rules.b", "x", "DropCall"), 6, 6, 0)
    assert first(["another", red], near, tmp_path) == [red, "another"]
    names = {one.name for one in scenarios() for each in one.results if each in asked["Rules.a"]}
    expected = expectations()[Pair("danshin", "wrong-password-logs-in")]
    assert {name for name in expected.red if "[" not in name} <= names


def test_a_recording_is_read_and_a_changed_file_of_it_is_not(tmp_path: Path) -> None:
    """And a scenario that did not pass on the mock as it is judges nothing."""
    (tmp_path / "mock_ca").mkdir()
    for name in ("same.py", "changed.py"):
        (tmp_path / "mock_ca" / name).write_text("a = 1\n", encoding="utf-8")
    data = CoverageData(str(tmp_path / "coverage"))
    data.set_context("good")
    data.add_lines({str(tmp_path / "mock_ca" / name): [1] for name in ("same.py", "changed.py")})
    data.write()
    told = [{"scenario": name, "feature": "f", "seconds": 1, **PASS._asdict()} for name in ("good", "bad")]
    told[1]["verdict"] = "NOT APPLICABLE"
    (tmp_path / "scenarios.jsonl").write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    (tmp_path / "files.json").write_text(json.dumps(fingerprints(tmp_path)), encoding="utf-8")
    (tmp_path / "mock_ca" / "changed.py").write_text("a = 2\n", encoding="utf-8")
    found = read([tmp_path], tmp_path)
    assert stale(tmp_path, tmp_path) == ["mock_ca/changed.py"]
    assert list(found.scenarios) == ["good"]
    assert found.touching(mutant("mock_ca/same.py", 1)) == ["good"]
    assert found.touching(mutant("mock_ca/changed.py", 1)) == []
