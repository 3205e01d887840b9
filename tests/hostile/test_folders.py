"""Folders of results that somebody else made: nothing outside is read or written, nothing waits, nothing crashes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from reports import write_all
from reports.reading import read
from sekisho.cli import merge
from sekisho.machine import files
from sekisho.results import Picture, Scenario, read_scenarios
from sekisho.verdict import ConfigurationProblemError
from tests.reports.samples import renewal, run, save, save_picture, scenario, step

OUT_OF_IT = ["../evil", "/etc/passwd", "a/../../evil", "a\\b", "..", ".", "", "a\x00b", "a\nb", "\x1b[31m", ".hidden"]
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes of Unix")


def passed(name: str) -> Scenario:
    """A scenario that passed."""
    return scenario(name, [step("見る")])


def shard(folder: Path, number: int, *scenarios: Scenario) -> Path:
    """A part of a run, as `merge` takes it."""
    return save(folder, run(shard=f"{number}/2"), list(scenarios))


def rename(folder: Path, file: str, new: str) -> None:
    """Give a scenario's file another id than its name says."""
    path = folder / "scenarios" / file
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"id": new}), encoding="utf-8")


@pytest.mark.parametrize("name", OUT_OF_IT)
def test_a_name_that_leads_elsewhere_is_no_name(name: str) -> None:
    """Neither a scenario's id nor a picture's path."""
    facts = scenario("x", [step("a")]).model_dump(mode="json")
    with pytest.raises(ValidationError, match="id"):
        Scenario.model_validate(facts | {"id": name})
    with pytest.raises(ValidationError, match="path"):
        Picture(path=f"pictures/{name}", url="", title="")


@pytest.mark.parametrize("new", ["../../evil", "other"])
def test_merge_writes_nothing_outside_of_its_folder(tmp_path: Path, new: str) -> None:
    """A scenario whose id is not the name of its file is named in the report, and not carried on."""
    first, second = shard(tmp_path / "1", 1, scenario("a", [step("x")])), shard(tmp_path / "2", 2, passed("b"))
    rename(first, "a.json", new)
    merge.merge([first, second], tmp_path / "deep" / "down" / "out")
    found = read(tmp_path / "deep" / "down" / "out")
    assert [one.name for one in found.scenarios] == ["b"]
    assert [one.file for one in found.unreadable] == ["scenarios/a.json"]
    assert sorted(one.name for one in (tmp_path / "deep" / "down").iterdir()) == ["out"]
    assert not list(tmp_path.rglob("*evil*"))


def test_merge_carries_no_linked_folder_and_no_linked_file(tmp_path: Path) -> None:
    """What lies elsewhere on this machine stays there."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.pem").write_text("secret", encoding="utf-8")
    first, second = shard(tmp_path / "1", 1, passed("a")), shard(tmp_path / "2", 2, passed("b"))
    (first / "pictures").symlink_to(secret, target_is_directory=True)
    (first / "allure-results").mkdir()
    (first / "allure-results" / "link.json").symlink_to(secret / "key.pem")
    (second / "allure-results").symlink_to(secret, target_is_directory=True)
    merge.merge([first, second], tmp_path / "out")
    assert "secret" not in "".join(path.read_text("utf-8", "ignore") for path in (tmp_path / "out").rglob("*.*"))


def test_a_report_replaces_a_link_and_leaves_alone_what_it_leads_to(tmp_path: Path) -> None:
    """report.html of a folder from elsewhere may be a link to one's own file."""
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    folder = save(tmp_path / "run", run(), [passed("a")])
    for name in ("report.html", "junit.xml", "conformance.csv"):
        (folder / name).symlink_to(mine)
    write_all(folder)
    assert mine.read_text("utf-8") == "mine"
    assert not (folder / "report.html").is_symlink()
    assert "<html" in (folder / "report.html").read_text("utf-8")


def pipe(path: Path) -> None:
    """A pipe that nobody writes to."""
    os.mkfifo(path)


def endless(path: Path) -> None:
    """A link to a device that never ends."""
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    """A folder by the name of a file."""
    path.mkdir()


def huge(path: Path) -> None:
    """A file of 10 GB that takes no room."""
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


def deep(path: Path) -> None:
    """A million lists in each other."""
    path.write_text("[" * 1_000_000, encoding="utf-8")


@pytest.mark.parametrize("make", [pipe, endless, folder, huge, deep], ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", ["scenarios/z.json", "manual_steps.csv", "trend.json", "pictures/p.jpg"])
def test_what_is_no_file_is_named_and_the_rest_is_reported(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    """In a moment, whatever it is."""
    screens = [save_picture(tmp_path, f"{one}.jpg") for one in range(8)]
    run_folder = save(tmp_path, run(), [renewal("a", [*screens, "pictures/p.jpg"])])
    (run_folder / name).unlink(missing_ok=True)
    make(run_folder / name)
    write_all(run_folder)
    found = read(run_folder)
    assert [one.name for one in found.scenarios] == ["a"]
    page = (run_folder / "report.html").read_text("utf-8")
    linked = name.startswith("scenarios") and make is endless  # a link is no result at all
    assert linked or name.rpartition("/")[2] in page


@pytest.mark.parametrize("make", [pipe, endless, folder, huge, deep], ids=lambda one: one.__name__)
def test_a_run_file_that_is_none_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """With its name."""
    run_folder = save(tmp_path, run(), [passed("a")])
    (run_folder / "run.json").unlink()
    make(run_folder / "run.json")
    with pytest.raises(ConfigurationProblemError, match=r"run\.json"):
        read(run_folder)


WRONG = {
    "no zone": ('"started":"2026-11-21T09:00:00"', "started"),
    "no number": ('"seconds":NaN', "seconds"),
    "endless": ('"seconds":1e999', "seconds"),
    "a long number": ('"seconds":' + "9" * 5000, ""),
    "a year that is none": ('"started":"99999-01-01T00:00:00Z"', "started"),
    "half a character": (r'"name":"\ud800"', ""),
    "deep": ('"table":' + "[" * 100_000, ""),
    "a long name": (f'"id":"{"a" * 5000}"', "id"),
}


@pytest.mark.parametrize(("wrong", "named"), WRONG.values(), ids=WRONG.keys())
def test_a_result_that_is_none_is_named_and_the_rest_is_reported(tmp_path: Path, wrong: str, named: str) -> None:
    """What JSON can say and no result says."""
    run_folder = save(tmp_path, run(), [passed("a"), passed("b")])
    path = run_folder / "scenarios" / "b.json"
    path.write_text("{" + wrong + "," + path.read_text("utf-8").strip()[1:], encoding="utf-8")
    if named:  # of a key that stands there twice the last counts: ours is to be that one
        path.write_text(path.read_text("utf-8").rstrip()[:-1] + "," + wrong + "}", encoding="utf-8")
    write_all(run_folder)
    found = read(run_folder)
    assert [one.name for one in found.scenarios] == ["a"]
    assert [named in one.problem for one in found.unreadable] == [True]


@pytest.mark.parametrize(
    "cells",
    ["x" * 200_000, "DAN-X-1", "DAN-X-1,danshin,a,1,b,c,d", f"DAN-X-{'1' * 5000},danshin,a,1,b,c", '"'],
    ids=["huge", "few", "many", "a long number", "open"],
)
def test_a_step_list_that_is_none_is_named(tmp_path: Path, cells: str) -> None:
    """A huge cell, cells too few and too many."""
    run_folder = save(tmp_path, run(), [passed("a")])
    rows = run_folder / "manual_steps.csv"
    rows.write_text(f"{rows.read_text('utf-8-sig').splitlines()[0]}\n{cells}\n", encoding="utf-8")
    write_all(run_folder)
    assert [one.file for one in read(run_folder).unreadable] == ["manual_steps.csv"]


def test_a_step_list_without_end_is_named(tmp_path: Path) -> None:
    """Each of its lines stands for a thousand rows."""
    run_folder = save(tmp_path, run(), [passed("a")])
    rows = run_folder / "manual_steps.csv"
    lines = "".join(f"DAN-X{'A' * (one % 9)}-1..999,danshin,a,1,b,c\n" for one in range(30))
    rows.write_text(f"{rows.read_text('utf-8-sig').splitlines()[0]}\n{lines}", encoding="utf-8")
    (problem,) = read(run_folder).unreadable
    assert "20000 を超えて" in problem.problem


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """What cannot be written leaves what was there, and no draft."""
    path = files.write(tmp_path / "a.json", "old")
    with pytest.raises(UnicodeEncodeError):
        files.write(path, "\ud800")
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
    assert path.read_text("utf-8") == "old"


def test_a_range_of_ids_without_end_is_refused(tmp_path: Path) -> None:
    """A step list from elsewhere may say DAN-X-1..999999999999."""
    run_folder = save(tmp_path, run(), [passed("a")])
    rows = run_folder / "manual_steps.csv"
    head = rows.read_text("utf-8-sig").splitlines()[0]
    rows.write_text(f"{head}\nDAN-X-1..999999999999,danshin,a,1,b,c\n", encoding="utf-8")
    (problem,) = read(run_folder).unreadable
    assert problem.file == "manual_steps.csv"


def test_results_of_a_run_under_way_are_read_without_their_drafts(tmp_path: Path) -> None:
    """A draft is no result."""
    run_folder = save(tmp_path, run(), [passed("a")])
    (run_folder / "scenarios" / ".a.json-0123.part").write_text("{", encoding="utf-8")
    assert [one.name for one in read_scenarios(run_folder)] == ["a"]
