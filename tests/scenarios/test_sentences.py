"""The scenarios' sentences and their meanings fit one to one."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from fixtures.tab_user import LETTERS
from sekisho.layout import part
from sekisho.manual.citations import scenarios
from sekisho.manual.draft import answers, bare, writing
from sekisho.manual.folders import FEATURES, known
from sekisho.manual.lanes import plain
from sekisho.manual.rows import ID, members, rows
from tests.manuals.test_new import LETTER, given

DOCS = part("docs") / "manual.md"
ELSEWHERE = Path(__file__).parents[1] / "manuals"
"""What portals have that none of the five manuals describes is spoken by manuals of the tests' own, and by new ones."""


def sentences(manual: str = "") -> Iterator[Step]:
    """Every sentence of every scenario (of one manual), with each example filled in and without its lane."""
    yield from _in(FEATURES / manual)


def _in(*folders: Path) -> Iterator[Step]:
    for feature in get_features([str(one) for one in folders]):
        for template in feature.scenarios.values():
            examples = [row for table in template.examples for row in table.as_contexts()] or [{}]
            for example in examples:
                for step in template.render(example).steps:
                    step.name = plain(step.name)
                    yield step


@pytest.fixture(scope="module")
def meanings() -> list[StepFunctionContext]:
    """Every step definition: those of the plugins are registered, those of a manual's own where they are imported."""
    for path in sorted(FEATURES.glob("*/*.py")):
        if path.stem not in {"conftest", "test_scenarios"}:
            importlib.import_module(f"features.{path.parent.name}.{path.stem}")
    return list(step_function_context_registry.values())


def test_every_sentence_has_exactly_one_meaning(meanings: list[StepFunctionContext]) -> None:
    """Of two equal or overlapping definitions, pytest-bdd silently takes one."""
    for step in sentences():
        fitting = [one.parser.name for one in meanings if one.type == step.type and one.parser.is_matching(step.name)]
        assert len(fitting) == 1, f"{step.name}: {fitting}"


def test_no_two_definitions_have_the_same_words(meanings: list[StepFunctionContext]) -> None:
    """The same pattern twice is the same sentence twice."""
    counts = Counter((one.type, one.parser.name) for one in meanings)
    assert [words for words, count in counts.items() if count > 1] == []


def test_a_manuals_own_sentence_is_spoken_in_that_manual_only(meanings: list[StepFunctionContext]) -> None:
    """Nobody else's scenarios find it; what several manuals say belongs into steps/."""
    own = [(one, one.step_func.__module__.split(".")[1]) for one in meanings if _is_own(one)]
    assert own
    for manual in {name for _, name in own}:
        others = {(step.type, step.name) for other in known() if other != manual for step in sentences(other)}
        its = [one for one, name in own if name == manual]
        assert [n for t, n in others for one in its if one.type == t and one.parser.is_matching(n)] == []


def _is_own(one: StepFunctionContext) -> bool:
    return one.step_func.__module__.startswith("features.")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Manuals that were just begun: bare, and of the family, with what can be switched on and off."""
    place = tmp_path_factory.mktemp("begun")
    by_post = answers.understood(given({"family": {"letter": {**LETTER, "reissue": True}, "months": 13}})).answers
    assert by_post
    made = [
        writing.write(answers.read(one), place / one.stem, lambda _: "") for one in ELSEWHERE.glob("answers/*.toml")
    ]
    made += [writing.write(by_post, place / "post", lambda _: "")]
    made += [writing.write_files(bare.files(place / "bare"), place / "bare", lambda _: "")]
    return [one.folder for one in made]


def test_every_definition_is_used(meanings: list[StepFunctionContext], begun: list[Path]) -> None:
    """A definition without a sentence is dead code; what is shown to writers of manuals is none."""
    spoken = [(step.type, step.name) for step in _in(FEATURES, ELSEWHERE, *begun)]
    shown = re.findall("「(.+?)」", DOCS.read_text(encoding="utf-8"))
    spoken += [(kind, one) for one in shown for kind in ("given", "when", "then")]
    spoken += [("when", one) for one in LETTERS.values()]  # between the sentences of two tabs
    ours = [one for one in meanings if one.step_func.__module__.startswith(("steps.", "features."))]
    dead = [one.parser.name for one in ours if not any(t == one.type and one.parser.is_matching(n) for t, n in spoken)]
    assert not dead, "\n".join(dead)


def test_scenario_names_are_unique_in_a_manual() -> None:
    """Equal names are numbered by pytest, and a result could no longer be told from its name."""
    counts = Counter((one.manual, one.name) for one in scenarios())
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_citation_names_a_row_of_the_same_manual() -> None:
    """An id with a slip of the pen would count for nothing."""
    known = {member: row.manual for row in rows() for member in row.members}
    for one in scenarios():
        assert [cited for cited in one.ids if known.get(cited) != one.manual] == [], one.name


@pytest.mark.parametrize("manual", sorted({one.manual for one in scenarios()}))
def test_every_row_of_a_manual_is_cited(manual: str) -> None:
    """The coverage that `sekisho coverage --manual` reports."""
    cited = {one for scenario in scenarios() for one in scenario.ids}
    due = {member for row in rows() if row.manual == manual for member in row.members}
    assert sorted(due - cited) == []


def test_a_range_of_ids_stands_for_each_of_them() -> None:
    """DAN-RENEW-08..14 in the list is seven steps."""
    assert members("DAN-RENEW-08..10") == ("DAN-RENEW-08", "DAN-RENEW-09", "DAN-RENEW-10")
    assert members("DAN-RESUME-03A") == ("DAN-RESUME-03A",)
    assert ID.fullmatch("Request ID") is None
