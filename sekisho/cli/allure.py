"""Allure's own report with its history, where the program `allure` is installed (2.x or 3.x)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sekisho.language import say
from sekisho.run.history import KEPT

SECONDS = 300


def report(folder: Path, history: Path) -> None:
    """Write RUN/allure-report, which continues the trends kept in `history`. A failure is one line, and no verdict."""
    program = shutil.which("allure")
    if program is None or not (folder / "allure-results").is_dir():
        return
    try:
        if _major(program) == 2:  # noqa: PLR2004 - the version with another way of keeping history
            _second(program, folder, history)
        else:
            _third(program, folder, history)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        why = said.strip()[-500:]
        sys.stderr.write(
            say(
                f"Allure の報告書を作れませんでした（{program}）: {why}\n",
                f"the Allure report could not be made ({program}): {why}\n",
            )
        )


def _major(program: str) -> int:
    found = re.search(r"\d+", _run([program, "--version"]))
    return int(found[0]) if found else 2


def _second(program: str, folder: Path, history: Path) -> None:
    """Allure 2 reads `history/` among the results, and writes the next one into its report."""
    kept, results, made = history / "allure-history", folder / "allure-results", folder / "allure-report"
    if kept.is_dir():
        shutil.copytree(kept, results / "history", dirs_exist_ok=True)
    _run([program, "generate", str(results), "--clean", "-o", str(made)])
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(made / "history", kept)


def _third(program: str, folder: Path, history: Path) -> None:
    """Allure 3 keeps its history in one file, named by its configuration."""
    with tempfile.TemporaryDirectory() as place:
        settings = Path(place) / "allurerc.json"
        wanted = {"output": str(folder / "allure-report"), "historyPath": str(history / "allure-history.jsonl")}
        settings.write_text(json.dumps(wanted), encoding="utf-8")
        limit = ["--history-limit", str(KEPT)]
        _run([program, "generate", str(folder / "allure-results"), "-c", str(settings), *limit])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=True)
    return done.stdout
