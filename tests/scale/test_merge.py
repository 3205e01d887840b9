"""Shards joined: nothing lost, nothing counted twice, and nothing joined that does not belong together."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.reading import read
from sekisho.cli.exit import Exit
from sekisho.cli.merge import merge
from sekisho.results import Run, Scenario, read_run, read_scenarios, write
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.reports.samples import START, failing, renewal, run, save, save_picture, scenario, step, stopped

Make = Callable[..., Path]


@pytest.fixture
def shard(tmp_path: Path) -> Make:
    """Write the results of one shard, named like `2/3`; gives its folder."""

    def make(name: str, *scenarios: Scenario, **changes: object) -> Path:
        folder = tmp_path / f"shard-{name.replace('/', '-')}"
        save(folder, run(shard=name, **changes), [])
        for one in scenarios:
            write(one, folder / "scenarios" / f"{one.id}.json")
        return folder

    return make


def passing(name: str) -> Scenario:
    """A scenario that passed."""
    return scenario(name, [step("見る", "DAN-RENEW-01")])


def test_what_no_part_explored_is_left_out_of_the_whole(
    shard: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each part tells of what all of them left out, for it may be read alone."""
    merge([shard("1/2", passing("a"), left_out=5), shard("2/2", passing("b"), left_out=5)], tmp_path / "whole")
    assert read_run(tmp_path / "whole").left_out == 5
    assert "ほかに 5 セルがあります" in capsys.readouterr().out


def test_the_whole_has_every_scenario_and_file_of_its_parts(
    shard: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results, pictures and Allure's files; the report is made of them all."""
    first, second = shard("1/2"), shard("2/2", passing("b"))
    paths = [save_picture(first, f"{number}.jpg") for number in range(9)]
    walked = renewal("a", paths)
    write(walked, first / "scenarios" / "a.json")
    for folder in (first, second):
        (folder / "allure-results").mkdir()
        (folder / "allure-results" / f"{folder.name}-result.json").write_text("{}", encoding="utf-8")

    monkeypatch.setenv("SEKISHO_COMMAND", "bin/sekisho")
    monkeypatch.setattr(sys, "argv", ["/x/sekisho", "merge", "a", "b c"])
    code = merge([second, first], tmp_path / "whole")

    whole = tmp_path / "whole"
    assert code is Exit.CONFORMANT
    assert read_run(whole).command == "bin/sekisho merge a 'b c'"
    assert {one.id: one for one in read_scenarios(whole)} == {"a": walked, "b": passing("b")}
    assert sorted(path.name for path in (whole / "pictures").iterdir()) == [f"{number}.jpg" for number in range(9)]
    assert len(list((whole / "allure-results").iterdir())) == 2
    assert "scenario-b" in (whole / "report.html").read_text("utf-8")
    assert (whole / "junit.xml").is_file()


def test_the_whole_is_a_run_of_its_own(shard: Make, tmp_path: Path) -> None:
    """From the first start to the last end, on all machines, and no part of anything any more."""
    later = {"started": "2026-11-21T04:00:00Z", "finished": "2026-11-21T04:10:00Z", "machine": "Windows 11", "jobs": 4}
    later["limits"] = ["この機械だけのこと"]
    merge([shard("1/2", passing("a")), shard("2/2", passing("b"), **later)], tmp_path / "whole")

    whole = read_run(tmp_path / "whole")
    assert whole.started == START
    assert whole.finished is not None
    assert whole.finished.isoformat() == "2026-11-21T04:10:00+00:00"
    assert (whole.shard, whole.stopped, whole.jobs) == ("", "", 6)
    assert whole.machine == f"{run().machine} / Windows 11"
    assert whole.limits == ["この機械だけのこと"]


def test_a_deviation_in_one_part_makes_the_whole_not_conformant(shard: Make, tmp_path: Path) -> None:
    """Exit code 1."""
    assert merge([shard("1/2", passing("a")), shard("2/2", failing())], tmp_path / "whole") is Exit.NOT_CONFORMANT


def test_blocked_scenarios_beside_passed_ones_of_another_part_do_not_fail_the_whole(
    shard: Make, tmp_path: Path
) -> None:
    """As in a run that was never split."""
    blocked = stopped("b", Verdict.BLOCKED, "アカウントがない", "DAN-RENEW-01")

    assert merge([shard("1/2", passing("a")), shard("2/2", blocked)], tmp_path / "whole") is Exit.CONFORMANT


def test_a_missing_part_is_named_and_the_whole_does_not_conform(
    shard: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there is reported all the same: a machine that broke must not hide what the others found."""
    code = merge([shard("1/4", passing("a")), shard("3/4", passing("b"))], tmp_path / "whole")

    assert code is Exit.ENVIRONMENT
    assert "シャード 2/4、4/4 の結果がありません" in capsys.readouterr().err
    assert "2/4、4/4" in read_run(tmp_path / "whole").stopped
    assert len(read_scenarios(tmp_path / "whole")) == 2


def test_a_deviation_outweighs_a_missing_part(shard: Make, tmp_path: Path) -> None:
    """It is known already."""
    assert merge([shard("1/2", failing())], tmp_path / "whole") is Exit.NOT_CONFORMANT


def test_an_interrupted_part_leaves_the_whole_without_an_end(shard: Make, tmp_path: Path) -> None:
    """Exit code 130, as for the part."""
    code = merge([shard("1/2", passing("a")), shard("2/2", passing("b"), finished=None)], tmp_path / "whole")

    assert code is Exit.INTERRUPTED
    assert read_run(tmp_path / "whole").finished is None


def test_a_part_that_gave_up_says_so_in_the_whole(shard: Make, tmp_path: Path) -> None:
    """With the number of the shard."""
    merge([shard("1/2", passing("a")), shard("2/2", passing("b"), stopped="応答がない")], tmp_path / "whole")

    assert read_run(tmp_path / "whole").stopped == "2/2: 応答がない"


def test_a_part_without_scenarios_is_no_missing_part(shard: Make, tmp_path: Path) -> None:
    """There may be more machines than scenarios."""
    assert merge([shard("1/2", passing("a")), shard("2/2")], tmp_path / "whole") is Exit.CONFORMANT


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"target": "別の環境"}, "検査対象"),
        ({"browser": "Microsoft Edge 156"}, "ブラウザー"),
        ({"manuals": ["obn"]}, "手順書"),
        ({"certs": "context"}, "--certs"),
        ({"version": "9.9"}, "版"),
        ({"shard": "2/3"}, "全体の数"),
        ({"product": {"name": "別の製品"}}, "製品"),
        ({"gaps": [{"requirement": "DAN-RULE-03", "reason": "x", "until": "2027-01-01"}]}, "既知の不適合"),
    ],
)
def test_parts_of_different_wholes_are_not_joined(
    shard: Make, tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    """The sentence names what differs, both values and both folders; nothing is written."""
    first, second = shard("1/2", passing("a")), shard("2/2", passing("b"))
    write(Run.model_validate(read_run(second).model_dump() | changes), second / "run.json")

    with pytest.raises(ConfigurationProblemError) as refused:
        merge([first, second], tmp_path / "whole")

    assert all(part in str(refused.value) for part in (named, str(first), str(second)))
    assert not (tmp_path / "whole").exists()


def test_parts_of_different_editions_of_a_manual_are_not_joined(shard: Make, tmp_path: Path) -> None:
    """Their rows would not be the same rows."""
    first, second = shard("1/2", passing("a")), shard("2/2", passing("b"))
    with (second / "manual_steps.csv").open("a", encoding="utf-8") as file:
        file.write("\n")

    with pytest.raises(ConfigurationProblemError, match=r"manual_steps\.csv"):
        merge([first, second], tmp_path / "whole")


def test_a_scenario_in_two_parts_is_refused(shard: Make, tmp_path: Path) -> None:
    """It would count twice."""
    with pytest.raises(ConfigurationProblemError, match=r"シナリオ a .*shard-1-2.*shard-2-2"):
        merge([shard("1/2", passing("a")), shard("2/2", passing("a"))], tmp_path / "whole")


def test_the_same_part_twice_is_refused(shard: Make, tmp_path: Path) -> None:
    """A path typed twice, or a retried job whose first results are still there."""
    first = shard("1/2", passing("a"))

    with pytest.raises(ConfigurationProblemError, match="シャード 1/2 が 2 つの結果に"):
        merge([first, first], tmp_path / "whole")


def test_a_run_that_is_no_part_is_refused(shard: Make, tmp_path: Path) -> None:
    """Its scenarios are whole already."""
    whole = save(tmp_path / "other", run(), [])

    with pytest.raises(ConfigurationProblemError, match="--shard"):
        merge([shard("1/2", passing("a")), whole], tmp_path / "whole")


def test_a_broken_run_file_is_named(shard: Make, tmp_path: Path) -> None:
    """Not a traceback."""
    folder = shard("1/2", passing("a"))
    (folder / "run.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ConfigurationProblemError, match=r"run\.json"):
        merge([folder], tmp_path / "whole")


def test_an_unreadable_scenario_of_a_part_is_not_lost(shard: Make, tmp_path: Path) -> None:
    """The whole's report names the file, and the exit code tells of it."""
    folder = shard("1/1", passing("a"))
    (folder / "scenarios" / "cut.json").write_text(json.dumps({"id": "cut"}), encoding="utf-8")

    assert merge([folder], tmp_path / "whole") is Exit.ENVIRONMENT
    assert [one.file for one in read(tmp_path / "whole").unreadable] == ["scenarios/cut.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there that people lack")
def test_a_link_in_a_part_is_not_followed(shard: Make, tmp_path: Path) -> None:
    """Whoever sends a part must not get other files of this machine into the report's folder."""
    (tmp_path / "private").write_text("mine", encoding="utf-8")
    folder = shard("1/1", passing("a"))
    (folder / "pictures").mkdir()
    (folder / "pictures" / "screen.jpg").symlink_to(tmp_path / "private")

    merge([folder], tmp_path / "whole")

    assert list((tmp_path / "whole" / "pictures").iterdir()) == []
