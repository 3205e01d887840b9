"""Parts and repetitions of a run against somebody else's portal, whose accounts and known gaps the parts share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sekisho.results import read_scenarios
from sekisho.verdict import Verdict
from tests.target import mock_target
from tests.target.mock_target import MockTarget

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


def verdicts(folder: Path) -> dict[str, Verdict]:
    """What each scenario of a run came to, by the start of its name."""
    return {one.name.split()[0]: one.verdict for one in read_scenarios(folder)}


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


def test_a_repetition_without_an_account_left_is_blocked(danshin: MockTarget) -> None:
    """The procedure uses its account up; the second time the file has none, and says how many it had."""
    danshin.provision("invited")
    danshin.write()
    done = danshin.run("--select=証明書の管理で取得した証明書を確認する", "--repeat", "2", "--browser", "chromium")

    first, second = sorted(
        (one for one in read_scenarios(danshin.folder / "out") if "Edge" not in one.name), key=lambda one: one.attempt
    )
    assert (first.verdict, second.verdict) == (Verdict.PASS, Verdict.BLOCKED)
    assert second.failure
    assert "状態 invited のアカウントがない（ターゲットファイルにこの状態は 1 件" in second.failure.portal_did
    assert done.returncode == 0, done.stdout + done.stderr
    assert "不安定" not in done.stdout
