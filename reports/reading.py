"""A run's folder, read once for every report: the run, its scenarios, the manual's rows, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sekisho.language import say
from sekisho.machine import files
from sekisho.manual.rows import Row, parsed
from sekisho.results import Run, Scenario, read_run, read_scenario, scenario_names
from sekisho.verdict import ConfigurationProblemError

ROWS_FILE = "manual_steps.csv"


@dataclass(frozen=True)
class Unreadable:
    """A result file that could not be read, named relative to the folder, and what is wrong with it."""

    file: str
    problem: str


@dataclass(frozen=True)
class Results:
    """Everything a report says comes from here."""

    folder: Path
    run: Run
    scenarios: list[Scenario]
    rows: list[Row]
    unreadable: list[Unreadable]


def read(folder: Path) -> Results:
    """The results in a folder.

    Raises ConfigurationProblemError when there is no readable run.json. A scenario or a step list that cannot be read
    does not hide the others: it is listed as unreadable.
    """
    run = _run(folder)
    scenarios, unreadable = _scenarios(folder)
    found, problems = _rows(folder, run)
    return Results(folder, run, scenarios, found, unreadable + problems)


def _run(folder: Path) -> Run:
    try:
        return read_run(folder)
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"{folder / 'run.json'}: 実行結果がありません（{error.strerror}）。結果フォルダーを指定してください",
                f"{folder / 'run.json'}: no results of a run ({error.strerror}). Give the folder of a run's results",
            )
        ) from error
    except ValueError as error:
        raise ConfigurationProblemError(f"{folder / 'run.json'}: {_sentence(error)}") from error


def _scenarios(folder: Path) -> tuple[list[Scenario], list[Unreadable]]:
    found, unreadable = [], []
    for name in scenario_names(folder):
        try:
            found.append(read_scenario(folder, name))
        except (OSError, ValueError) as error:
            unreadable.append(Unreadable(name, _sentence(error)))
    return sorted(found, key=lambda scenario: (scenario.feature, scenario.started)), unreadable


def _rows(folder: Path, run: Run) -> tuple[list[Row], list[Unreadable]]:
    try:
        found = parsed(files.read(folder / ROWS_FILE).decode("utf-8-sig"), folder / ROWS_FILE)
        return [row for row in found if row.manual in run.manuals], []
    except FileNotFoundError:
        return [], [
            Unreadable(
                ROWS_FILE,
                say(
                    "ファイルがありません。手順書の項目は ID だけを示します",
                    "no such file; the manual's items are shown by their ids only",
                ),
            )
        ]
    except OSError as error:
        return [], [Unreadable(ROWS_FILE, error.strerror or str(error))]
    except (ConfigurationProblemError, UnicodeDecodeError) as error:
        return [], [Unreadable(ROWS_FILE, str(error))]


def _sentence(error: OSError | ValueError) -> str:
    """Why a file cannot be read; of what is wrong in it, the first three mistakes as 'key: what is wrong'."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if not isinstance(error, ValidationError):
        return str(error)
    problems = error.errors(include_url=False, include_input=False)
    shown = [f"{'.'.join(map(str, one['loc'])) or 'JSON'}: {one['msg']}" for one in problems[:3]]
    more = (
        say(f"（ほか {len(problems) - 3} 件）", f" (and {len(problems) - 3} more)")
        if len(problems) > len(shown)
        else ""
    )
    return "; ".join(shown) + more
