"""Parts and repetitions of a run against somebody else's portal, whose accounts and known gaps the parts share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.target_file import mock_target
from tests.target_file.mock_target import MockTarget, verdicts

Command = Callable[..., subprocess.CompletedProcess[str]]

GAP = """
[[gaps]]
requirement = "DAN-FAQ-02"
reason = "次の版で直す"
until = 2099-12-31
"""


@pytest.fixture
def danshin(tmp_path: Path) -> Iterator[MockTarget]:
    """Somebody else's danshin portal."""
    with mock_target.running(tmp_path, "danshin") as portal:
        yield portal


def test_only_the_whole_can_tell_that_a_known_gap_has_closed(danshin: MockTarget, sekisho: Command) -> None:
    """Each part passes; that what the file admits is no longer so, the merge says, and fails."""
    for _ in range(2):
        danshin.provision("invited")
    danshin.write(GAP)
    for number in (1, 2):
        part = danshin.run("--select=DAN-FAQ-02", "--select=DAN-FAQ-07", "--shard", f"{number}/2", out=f"part-{number}")
        assert part.returncode == 0, part.stdout + part.stderr
    parts = [danshin.folder / "part-1", danshin.folder / "part-2"]
    assert sorted(one for part in parts for one in verdicts(part).items()) == [
        ("Q2", Verdict.PASS),
        ("Q7", Verdict.PASS),
    ]

    joined = sekisho("merge", *map(str, parts), "--out", str(danshin.folder / "whole"))

    assert joined.returncode == 1, joined.stdout + joined.stderr
    assert verdicts(danshin.folder / "whole") == {"Q2": Verdict.UNEXPECTED_PASS, "Q7": Verdict.PASS}


def test_each_repetition_has_a_result_of_its_own_and_without_an_account_it_is_blocked(danshin: MockTarget) -> None:
    """The first has the scenario's own id, so that runs with and without --repeat can be compared.

    The procedure uses its account up: the second time the file has none, and the run says how many it had.
    """
    danshin.provision("invited")
    danshin.write()
    done = danshin.run("--select=証明書の管理で取得した証明書を確認する", "--repeat", "2", "--browser", "chromium")

    folder = danshin.folder / "out"
    first, second = sorted((one for one in read_scenarios(folder) if "Edge" not in one.name), key=by_attempt)
    assert (first.verdict, second.verdict) == (Verdict.PASS, Verdict.BLOCKED)
    assert second.failure
    assert "状態 invited のアカウントがない（ターゲットファイルにこの状態は 1 件" in second.failure.portal_did
    assert (first.attempt, second.attempt, second.id) == (1, 2, f"{first.id}-2")
    assert first.base_id == second.base_id == first.id
    assert (folder / "scenarios" / f"{second.id}.json").is_file()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[1/4]" in done.stdout
    assert "を確認する（2回目）" in done.stdout
    assert "不安定" not in done.stdout
    names = [case.get("name") for case in ET.parse(folder / "junit.xml").iter("testcase")]  # noqa: S314 - ours
    assert len(set(names)) == len(names) == 4


def by_attempt(scenario: Scenario) -> int:
    """Which repetition it is."""
    return scenario.attempt
