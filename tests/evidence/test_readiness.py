"""Which runs can be certified, and what is said of those that cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.package.paper_statement import counted
from reports.package.readiness import problems, procedures
from reports.reading import read
from sekisho.results import Scenario
from sekisho.verdict import Verdict
from tests.reports.samples import run, save, saved, scenario, step

from .conftest import failed, ready, whole


def found(folder: Path) -> str:
    """Everything that is said against certifying a run."""
    return "\n".join(problems(read(folder)))


def without(tmp_path: Path, procedure: str, *instead: Scenario) -> Path:
    """A run without the scenarios of one procedure."""
    folder = ready(tmp_path)
    for path in (folder / "scenarios").glob("*.json"):
        if f'"procedure": "{procedure}"' in path.read_text("utf-8"):
            path.unlink()
    run = read(folder).run
    return save(folder, run, [*read(folder).scenarios, *instead])


def test_a_whole_run_can_be_certified(tmp_path: Path) -> None:
    """Deviations and known gaps forbid nothing: the statement says them."""
    assert found(ready(tmp_path, failed(), failed("gap", Verdict.KNOWN_GAP))) == ""


def test_a_missing_procedure_is_named(tmp_path: Path) -> None:
    """No scenario of it was carried out."""
    assert "更新の再開" in found(without(tmp_path, "更新の再開"))


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.ERROR, Verdict.NOT_REACHED])
def test_a_procedure_that_was_not_decided_is_missing(tmp_path: Path, verdict: Verdict) -> None:
    """Whatever kept it from being decided."""
    undecided = scenario("x", [step("a", "DAN-RESUME-01", verdict=verdict)], verdict=verdict)
    assert "更新の再開" in found(without(tmp_path, "更新の再開", undecided))


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.PASS, ""), (Verdict.BLOCKED, "新規取得の途中の障害」で判定できたものがありません")]
)
def test_an_exploration_alone_is_certified_as_what_it_is(tmp_path: Path, verdict: Verdict, said: str) -> None:
    """It need not have carried out what it is not about, and its paper says that it is no test of all procedures."""
    facts = {"feature": "danshin/explore/issue.feature", "procedure": "新規取得の途中の障害"}
    one = scenario("x", [step("a", "DAN-ISSUE-06", verdict=verdict)], verdict=verdict, **facts)
    results = saved(tmp_path, run(), [one])
    told = "\n".join(problems(results))
    assert said in told
    assert bool(said) == bool(told)
    assert "すべての手続きの試験ではありません" in counted(results)[0]
    assert len(counted(read(ready(tmp_path / "whole")))) == 2


def test_a_procedure_that_this_browser_cannot_show_is_not_missing(tmp_path: Path) -> None:
    """Edge's own pages in Chrome: the statement lists it as 対象外."""
    absent = scenario(
        "x", [step("a", "DAN-VERIFY-EDGE-01", verdict=Verdict.NOT_APPLICABLE)], verdict=Verdict.NOT_APPLICABLE
    )
    folder = without(tmp_path, "確認 Edge", absent)

    assert found(folder) == ""
    (edge,) = [one for one in procedures(read(folder)) if one.name == "確認 Edge"]
    assert (edge.verdict, edge.decided) == (Verdict.NOT_APPLICABLE, 0)


def test_an_error_is_named(tmp_path: Path) -> None:
    """One is enough, beside any number that passed."""
    assert "danshin-bad" in found(ready(tmp_path, failed(verdict=Verdict.ERROR)))


@pytest.mark.parametrize(
    ("change", "words"),
    [({"finished": None}, "途中"), ({"shard": "2/8"}, "sekisho merge"), ({"stopped": "届きません"}, "届きません")],
)
def test_a_part_of_a_run_is_refused(tmp_path: Path, change: dict[str, object], words: str) -> None:
    """Interrupted, given up, or one shard of several."""
    assert words in found(ready(tmp_path, **change))


def test_a_result_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """It may hold a failure."""
    folder = ready(tmp_path)
    (folder / "scenarios" / "half.json").write_text("{", "utf-8")
    assert "half.json" in found(folder)


def test_a_run_without_scenarios_is_refused(tmp_path: Path) -> None:
    """And it is not said once for every procedure."""
    folder = ready(tmp_path)
    for path in (folder / "scenarios").glob("*.json"):
        path.unlink()
    assert found(folder).count("\n") == 0


def test_the_helpers_run_has_every_procedure(tmp_path: Path) -> None:
    """Ten of them, each decided: what the other tests take away was there."""
    folder = ready(tmp_path)
    assert len(whole(folder)) == len(procedures(read(folder))) == 10
    assert all(one.decided == len(one.verdicts) for one in procedures(read(folder)))
