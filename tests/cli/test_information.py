"""The commands that only tell: help, version, list, coverage, doctor."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable

import pytest

from sekisho.cli import coverage
from sekisho.cli.exit import Exit
from sekisho.manual.folders import named
from sekisho.manual.rows import own

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_help_answers_at_once(sekisho: Command) -> None:
    """Nothing heavy is imported for --help: 0.3 s of processor time, which a busy machine does not change much."""
    before = os.times()
    assert sekisho("--help").returncode == 0
    after = os.times()

    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 0.3


@pytest.mark.parametrize("command", ["run", "serve", "list", "coverage", "doctor", "report"])
def test_every_command_explains_itself(sekisho: Command, command: str) -> None:
    """Each command has help."""
    result = sekisho(command, "--help")
    assert result.returncode == 0
    assert command in result.stdout


def test_a_command_that_does_not_exist_is_wrong_usage(sekisho: Command) -> None:
    """Exit code 2."""
    assert sekisho("rnu").returncode == 2


def test_the_version_is_printed(sekisho: Command) -> None:
    """`sekisho --version` is one line."""
    assert sekisho("--version").stdout.startswith("sekisho ")


def test_list_gives_every_scenario_with_its_ids(sekisho: Command) -> None:
    """The JSON of `list` has manual, procedure, name and ids of each scenario."""
    found = json.loads(sekisho("list", "--manual", "danshin", "--json").stdout)

    assert "DAN-RENEW-03" in {cited for one in found for cited in one["ids"]}
    assert all(one["ids"] and one["scenario"] for one in found)


def test_coverage_of_danshin_is_complete(sekisho: Command) -> None:
    """Every row of the danshin manual has a scenario, and coverage says so with exit code 0."""
    result = sekisho("coverage", "--manual", "danshin", "--json")

    rows = [row.id for row in own(named("danshin"))]
    assert [row["id"] for row in json.loads(result.stdout)["rows"]] == rows
    assert json.loads(result.stdout)["uncited"] == []
    assert result.returncode == 0


def test_coverage_names_rows_without_a_scenario_and_says_so_in_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A manual whose scenarios are not written yet is not covered."""
    monkeypatch.setattr(coverage, "scenarios", list)
    monkeypatch.setenv("COLUMNS", "200")

    assert coverage.show(["nec"], None, as_json=False) is Exit.NOT_CONFORMANT
    rows = [row.id for row in own(named("nec"))]
    shown = capsys.readouterr().out
    assert all(row.partition("..")[0] in shown for row in rows)


def test_coverage_and_list_count_by_manual(sekisho: Command) -> None:
    """A line for each of several manuals, and only of those asked for."""
    asked = ("--manual", "danshin", "--manual", "kihonet")
    covered, listed = sekisho("coverage", *asked).stdout, sekisho("list", *asked).stdout

    assert "danshin: 手順書の 68 項目のうち 68 項目にシナリオがあります。" in covered
    assert "kihonet: 手順書の 37 項目のうち 37 項目にシナリオがあります。" in covered
    assert re.search(r"シナリオ danshin \d+ 件、kihonet \d+ 件、計 \d+ 件", listed)
    assert "obn" not in covered + listed


def test_doctor_shows_what_is_here_and_how_to_get_the_rest(sekisho: Command) -> None:
    """On a machine that can run, the exit code is 0."""
    result = sekisho("doctor")

    assert result.returncode == 0, result.stdout
    assert "実行できます" in result.stdout


def test_the_defects_that_the_mock_can_be_given_are_listed_by_manual(sekisho: Command) -> None:
    """Name, what is then wrong, and the rows that it breaks."""
    found = json.loads(sekisho("list", "--defects", "--manual", "gunma", "--json").stdout)

    assert found
    assert all(one["name"] and one["breaks"] and one["ids"] for one in found)
    assert {row.partition("-")[0] for one in found for row in one["ids"]} == {"GUN"}
    assert "renewal-opens-on-day-31" in sekisho("list", "--defects").stdout
