"""Nightly runs beside each other: what changed since yesterday, what wavers, and what a damaged cache does."""

from __future__ import annotations

import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from reports.nights import HEIGHT, bars
from sekisho.cli import closing
from sekisho.cli.exit import Exit
from sekisho.results import Run, Scenario
from sekisho.run.history import KEPT, prepared, update
from sekisho.run.trend import DRAWN, Trend
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.reports.samples import START, failing, run, save, scenario, step

P, F, B, E, G = Verdict.PASS, Verdict.FAIL, Verdict.BLOCKED, Verdict.ERROR, Verdict.KNOWN_GAP


def night(number: int, **changes: object) -> Run:
    """The run of one night."""
    started = START + timedelta(days=number)
    return run(id=f"night-{number}", started=started, finished=started + timedelta(minutes=7), **changes)


def one(verdict: Verdict, name: str = "更新できる", attempt: int = 1) -> Scenario:
    """What the scenario came to."""
    identity = name if attempt == 1 else f"{name}-{attempt}"
    return scenario(name, [step("見る", "DAN-RENEW-01")], verdict=verdict, id=identity, attempt=attempt)


def nights(folder: Path, *verdicts: Verdict) -> Trend:
    """A night for each verdict; what the last one is told."""
    for number, verdict in enumerate(verdicts):
        told = update(prepared(folder), night(number), [one(verdict)])
    return told


def test_the_first_run_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    """And says so."""
    told = nights(tmp_path, F)
    assert told == Trend(earlier=0, nights=told.nights)
    assert [(one.run, one.verdicts) for one in told.nights] == [("night-0", {F: 1})]


def test_a_regression_is_named_with_when_it_was_still_well(tmp_path: Path) -> None:
    """The scenario, both verdicts, and the last run before."""
    told = nights(tmp_path, P, P, F)

    (change,) = told.changed
    assert (change.name, change.before, change.now) == ("更新できる", P, F)
    assert change.since == START + timedelta(days=1)
    assert told.unsteady == []


@pytest.mark.parametrize("verdicts", [(P, P), (F, F), (F, P, P), (P, F, F)])
def test_what_is_as_yesterday_is_not_named(tmp_path: Path, verdicts: tuple[Verdict, ...]) -> None:
    """Nor is an old change."""
    told = nights(tmp_path, *verdicts)
    assert (told.changed, told.unsteady) == ([], [])


@pytest.mark.parametrize("between", [B, E, Verdict.NOT_APPLICABLE])
def test_a_night_that_decided_nothing_is_looked_past(tmp_path: Path, between: Verdict) -> None:
    """No account left, or trouble of our own: the portal did not change."""
    assert nights(tmp_path / "same", P, between, P).changed == []
    assert nights(tmp_path / "now", P, between).changed == []

    (change,) = nights(tmp_path / "other", P, between, F).changed
    assert change.before is P


def test_each_night_is_told_with_its_verdicts(tmp_path: Path) -> None:
    """The newest thirty, the oldest first, for the report to draw."""
    told = nights(tmp_path, *[P, F] * 16)
    assert [one.run for one in told.nights] == [f"night-{number}" for number in range(2, 32)]
    assert [one.verdicts for one in told.nights[-2:]] == [{P: 1}, {F: 1}]


@pytest.mark.parametrize(
    ("seconds", "named"),
    [
        ((2, 2, 2, 6), True),
        ((2, 2, 2, 4.9), False),
        ((10, 10, 10, 19), False),
        ((2, 9, 2, 9), True),
        ((2, 2, 9), False),
    ],
)
def test_a_scenario_much_slower_than_its_median_is_named(
    tmp_path: Path, seconds: tuple[float, ...], *, named: bool
) -> None:
    """Twice as slow and three seconds more, beside three runs at least; one slow run among them is no measure."""
    for number, each in enumerate(seconds):
        slow = one(P).model_copy(update={"seconds": each})
        told = update(prepared(tmp_path), night(number), [slow])
    assert [(found.before, found.now) for found in told.slower] == ([(2, seconds[-1])] if named else [])


def test_the_report_draws_the_nights(tmp_path: Path) -> None:
    """As high as there were scenarios, the figures beside it for whoever cannot see them."""
    drawn = bars(nights(tmp_path, P, F, Verdict.WARNING).nights)
    assert [[(piece.verdict, piece.top, piece.height) for piece in bar.pieces] for bar in drawn] == [
        [(P, 0, HEIGHT)],
        [(F, 0, HEIGHT)],
        [(Verdict.WARNING, 0, HEIGHT)],
    ]
    assert bars([]) == []
    assert len(bars(nights(tmp_path / "many", P).nights * 10_000)) == DRAWN


def test_a_scenario_that_goes_back_and_forth_is_counted(tmp_path: Path) -> None:
    """Three of seven."""
    (found,) = nights(tmp_path, P, F, P, P, F, F, P).unsteady
    assert found.times == 7
    assert found.verdicts == {P: 4, F: 3}


def test_what_wavered_long_ago_is_forgotten(tmp_path: Path) -> None:
    """Only the last ten runs count."""
    assert nights(tmp_path, P, F, *[P] * 10).unsteady == []


def test_the_worst_of_several_repetitions_is_compared(tmp_path: Path) -> None:
    """A run with --repeat and one without are compared by the scenario."""
    update(tmp_path, night(0), [one(P)])
    (change,) = update(tmp_path, night(1), [one(P), one(F, attempt=2), one(P, attempt=3)]).changed
    assert (change.scenario, change.now) == ("更新できる", F)


def test_a_new_scenario_is_no_change(tmp_path: Path) -> None:
    """There is nothing to compare it with."""
    update(tmp_path, night(0), [one(P)])
    assert update(tmp_path, night(1), [one(P), one(F, "失効できる")]).changed == []


@pytest.mark.parametrize("other", [{"target": "別の環境"}, {"browser": "msedge 156.0"}, {"certs": "context"}])
def test_other_targets_browsers_and_modes_are_other_series(tmp_path: Path, other: dict[str, object]) -> None:
    """One folder may serve them all."""
    update(tmp_path, night(0, **other), [one(P)])
    told = update(tmp_path, night(1), [one(F)])
    assert (told.earlier, told.changed, [each.run for each in told.nights]) == (0, [], ["night-1"])


def test_a_new_version_of_the_browser_continues_the_series(tmp_path: Path) -> None:
    """To see what it changed is the point."""
    update(tmp_path, night(0, browser="Chromium 155.0"), [one(P)])
    assert len(update(tmp_path, night(1), [one(G)]).changed) == 1


def test_a_damaged_file_hides_no_other(tmp_path: Path) -> None:
    """A cache that was cut off: the file is named, and the others count."""
    nights(tmp_path, P, P)
    first, second = sorted(tmp_path.glob("run-*.jsonl"))
    second.write_bytes(second.read_bytes()[:-9])
    (tmp_path / "run-empty.jsonl").touch()
    (tmp_path / "run-latin.jsonl").write_bytes(b"\xff\xfe")

    told = update(tmp_path, night(2), [one(F)])

    assert told.unreadable == [second.name, "run-empty.jsonl", "run-latin.jsonl"]
    assert told.earlier == 1
    assert told.changed[0].since == START
    assert first.exists()


def test_the_folder_does_not_grow_for_ever(tmp_path: Path) -> None:
    """The oldest go first; what is not ours stays, also where it is called as ours are."""
    (tmp_path / "README").write_text("mine", encoding="utf-8")
    folder = tmp_path / "run-19990101T000000-0.jsonl"
    folder.mkdir()
    for number in range(KEPT + 3):
        update(tmp_path, night(number), [one(P)])

    folder.rmdir()
    kept = sorted(tmp_path.glob("run-*.jsonl"))
    assert len(kept) == KEPT
    assert "20261124" in kept[0].name
    assert (tmp_path / "README").exists()


def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    """Before the run, not after it."""
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ConfigurationProblemError, match=r"--history .*file"):
        prepared(file)


def test_a_run_tells_what_changed_and_keeps_it_for_its_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the screen and in trend.json."""
    monkeypatch.setenv("PATH", "")
    broken = failing()
    well = broken.model_copy(update={"verdict": P, "failure": None, "steps": []})
    for name, a_run, result in (("one", night(0), well), ("two", night(1), broken)):
        folder = save(tmp_path / name, a_run, [result])
        code = closing.close(folder, broken=False, history=prepared(tmp_path / "history"))

    assert code is Exit.NOT_CONFORMANT
    assert "変化 danshin 規則 / 有効期限の31日前は更新できない: 適合 → 不適合" in capsys.readouterr().out
    told = Trend.model_validate_json((tmp_path / "two" / "trend.json").read_bytes())
    assert told.changed[0].scenario == broken.id


# What Allure 2.46 and 3.18 were seen to do with their histories.
ALLURE_2 = """#!/bin/sh
[ "$1" = --version ] && { echo 2.46.1; exit; }
[ "$1 $3 $4" = "generate --clean -o" ] || exit 9
mkdir -p "$5/history"; cat "$2/history/history-trend.json" > "$5/history/history-trend.json" 2>/dev/null
echo run >> "$5/history/history-trend.json"
"""
ALLURE_3 = """#!/bin/sh
[ "$1" = --version ] && { echo 3.18.0; exit; }
[ "$1 $3 $5" = "generate -c --history-limit" ] || exit 9
echo run >> "$(sed -E 's/.*"historyPath": "([^"]*)".*/\\1/' "$4")"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("program", "kept"),
    [(ALLURE_2, "allure-history/history-trend.json"), (ALLURE_3, "allure-history.jsonl")],
    ids=["2", "3"],
)
def test_allures_own_history_goes_from_run_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, kept: str
) -> None:
    """Each report gets the trends of all runs before it."""
    install(tmp_path / "bin", program, monkeypatch)
    history = prepared(tmp_path / "history")
    for number in range(3):
        folder = save(tmp_path / f"{number}", night(number), [one(P)])
        (folder / "allure-results").mkdir()
        closing.close(folder, broken=False, history=history)

    assert (history / kept).read_text("utf-8").splitlines() == ["run"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_allure_that_fails_costs_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says why there is no such report."""
    install(tmp_path / "bin", "#!/bin/sh\necho no Java >&2; exit 1\n", monkeypatch)
    folder = save(tmp_path / "run", night(0), [one(P)])
    (folder / "allure-results").mkdir()

    assert closing.close(folder, broken=False, history=prepared(tmp_path / "history")) is Exit.CONFORMANT
    assert "no Java" in capsys.readouterr().err


@pytest.mark.parametrize(("verdict", "says"), [(Verdict.FAIL, "不適合"), (Verdict.PASS, "判定不能（中断）")])
def test_an_interruption_is_told_whatever_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verdict: Verdict, says: str
) -> None:
    """A deviation outweighs it, and does not hide that not all was carried out."""
    broken_off = night(0).model_copy(update={"finished": None})
    closing.close(save(tmp_path / "run", broken_off, [one(verdict)]), broken=False)
    shown = capsys.readouterr().out
    assert says in shown
    assert shown.count("実行が途中で終わりました") == 1


def install(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called allure before everything else on the PATH."""
    folder.mkdir()
    path = folder / "allure"
    path.write_text(program, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
