"""The trial of the hidden defects tells what was found from what was missed, and both from what was not tried."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sekisho.cli.exit import Exit
from sekisho.results import FaultCell, Scenario
from tests.explore import hidden
from tests.explore.hidden import HIDDEN, NotTriedError, explored, good
from tests.reports.samples import failing

DEFECT = HIDDEN["twice-fetched-key-shows-another-id"]


def red(address: str, fault: str, *rows: str) -> Scenario:
    """A cell that failed."""
    found = failing()
    assert found.failure
    failure = found.failure.model_copy(update={"requirement": list(rows)})
    cell = FaultCell(procedure="p", press=1, method="POST", address=f"renew /{address}", fault=fault)
    return found.model_copy(update={"cell": cell, "failure": failure})


FIRST, NEXT = (red(one, "reply-lost", "KIHO-RENEW-05", "KIHO-RENEW-06") for one in ("key.jsp", "file.p12"))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([FIRST], True),
        ([FIRST, NEXT], True),
        ([NEXT, FIRST], False),
        ([failing(), FIRST], False),
        ([red("key.jsp", "late", "KIHO-RENEW-06")], False),
        ([red("key.jsp", "reply-lost", "KIHO-RULE-01")], False),
        ([], False),
    ],
    ids=["its cell", "and others", "another first", "undisturbed", "another fault", "another row", "nothing"],
)
def test_a_defect_is_found_where_its_cell_shows_it_first_against_its_row(
    found: list[Scenario],
    expected: bool,  # noqa: FBT001 - a value of the table
) -> None:
    """Whatever else shows it breaks the same row."""
    assert good(DEFECT, found) is expected


def test_what_was_interrupted_or_did_not_run_is_neither_found_nor_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was found before stays told."""
    names = [*HIDDEN][:4]

    def tried(name: str, folder: Path) -> tuple[str, list[Scenario]]:
        if name == names[1]:
            raise NotTriedError("exit code 3")
        if name == names[2]:
            raise KeyboardInterrupt
        return "found", [FIRST.model_copy(update={"name": folder.name})]

    monkeypatch.setattr(hidden, "tried", tried)
    assert hidden.main(names) == Exit.INTERRUPTED
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"found {names[0]}: POST key.jsp reply-lost: FAIL KIHO-RENEW-05 KIHO-RENEW-06 ")
    assert second == f"NOT TRIED (exit code 3) {names[1]}: nothing"
    assert third == f"not tried: {names[2]}, {names[3]}"
    assert hidden.main(names[:2]) == Exit.ENVIRONMENT


def test_a_command_that_ends_otherwise_than_with_a_verdict_has_tried_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Here one that does not even start."""
    monkeypatch.setattr(sys, "executable", "sh")
    with pytest.raises(NotTriedError, match="exit code"):
        explored(next(iter(HIDDEN)), tmp_path)


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the names that there are."""
    assert hidden.main(["leap-day"]) == Exit.USAGE
    assert "leap-day-not-counted" in capsys.readouterr().err
