"""What Allure is told of a scenario: what its own record says."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from allure_commons import model2
from allure_commons.model2 import Label, Parameter, Status

from fixtures import allure
from sekisho.language import LANGUAGES
from sekisho.results import Scenario
from sekisho.verdict import Verdict

from .samples import failing, scenario, step, stopped


def told(one: Scenario, *steps: str) -> model2.TestResult:
    """A result as allure-pytest makes it, after we have told it what the scenario's record says."""
    result = model2.TestResult(name="test_x", start=1, stop=2, status=Status.FAILED)
    result.steps = [model2.TestStepResult(name=name, status=Status.PASSED) for name in steps]
    result.labels = [Label("parentSuite", "features"), Label("suite", "test_scenarios"), Label("host", "here")]
    result.parameters = [Parameter(name="_pytest_bdd_example", value="{'\\u65e5': 1}")]
    allure._tell(result, one)  # the listener that calls it needs a whole run
    return result


def test_the_failing_step_fails_and_the_unreached_ones_are_shown() -> None:
    """As in our own report."""
    found = told(failing(), "前提 一", "もし 二", "ならば 三")

    assert found.status == Status.FAILED
    assert [one.status for one in found.steps] == [Status.PASSED, Status.PASSED, Status.FAILED, Status.SKIPPED]
    assert found.steps[-1].name == "かつ 証明書は元のままである"


def test_what_our_side_broke_is_no_defect_of_the_product() -> None:
    """Broken, whatever exception it was."""
    found = told(stopped("止まった", Verdict.ERROR, "模擬認証局が応答しない", "DAN-RENEW-01"))

    assert found.status == Status.BROKEN
    assert found.statusDetails.message == "判定不能（環境）: 模擬認証局が応答しない"


def test_scenarios_stand_below_their_manual_and_procedure_with_readable_examples() -> None:
    """And not below the name of a file of ours."""
    found = told(scenario("<日数>日前", [step("見る", "DAN-RULE-03")], example={"日数": "31"}))

    labels = {one.name: one.value for one in found.labels}
    assert found.name == "31日前"
    assert [(one.name, one.value) for one in found.parameters] == [("日数", "31")]
    assert (labels["parentSuite"], labels["host"]) == ("団信ネット・団信Web", "here")
    assert "test_scenarios" not in labels.values()


@pytest.mark.parametrize("verdict", [one for one in Verdict if not one.passed])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_verdict_but_a_pass_has_one_category(
    verdict: Verdict, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By status and the first words of the message, in either language."""
    monkeypatch.setenv("SEKISHO_LANG", spoken)
    one: Any = SimpleNamespace(verdict=verdict, failure=None, gap=None, steps=[SimpleNamespace(reason="理由\n二行目")])
    message = allure._details(one)
    assert message
    fitting = [
        each
        for each in allure.categories()
        if allure.STATUS[verdict] in each["matchedStatuses"]
        and re.fullmatch(str(each["messageRegex"]), message.message)
    ]
    assert len(fitting) == 1
