"""How a row, a scenario, a word, a page and a sentence of one's own are added: done here as docs/manual.md shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

from sekisho.layout import part

Command = Callable[..., subprocess.CompletedProcess[str]]

SHIRO = Path(__file__).with_name("shiro")
FILES = {
    "A row": "rows.csv",
    "A scenario": "own.feature",
    "A word": "dialect.toml",
    "A page": "foot.py",
    "A sentence": "asking.py",
    "`conftest.py`": "conftest.py",
}
LINE = re.compile("shiro-own-[0-9a-f]{8},申請情報一覧の下に問い合わせ先がある,invited,,yes")


def shown(label: str) -> str:
    """The text that the page shows behind a bold word, for the manual shiro."""
    page = part("docs", "manual.md").read_text("utf-8")
    found = re.search(rf"\*\*{label}\*\*(?:(?!\n    ).)*\n((?:    [^\n]*\n|\n)+)", page, re.DOTALL)
    assert found, label
    return dedent(found[1]).strip("\n").replace("KURA", "SHIRO") + "\n"


def added(path: Path, text: str) -> None:
    """Words stand under their section; everything else at the end."""
    before = path.read_text("utf-8") if path.exists() else ""
    head, section, rest = before.partition("[messages]\n")
    path.write_text(f"{head}{section}{text}{rest}" if section else before + text, encoding="utf-8")


def test_what_the_page_shows_is_a_manual_without_a_fault(sekisho: Command, tmp_path: Path) -> None:
    """Once the line of the scenario's user is added, which `sekisho manual check` prints."""
    folder = shutil.copytree(SHIRO, tmp_path / "shi ro", ignore=shutil.ignore_patterns("__pycache__"))
    for label, name in FILES.items():
        added(folder / name, shown(label))
    first = sekisho("manual", "check", str(folder))
    line = LINE.search(first.stdout)
    assert (first.returncode, len(first.stdout.splitlines())) == (2, 2), first.stdout + first.stderr
    assert line, first.stdout
    added(folder / "accounts.csv", f"{line[0]}\n")
    done = sekisho("manual", "check", str(folder))
    assert (done.returncode, done.stdout) == (0, "shiro: 問題はありません（11 項目、シナリオ 5 件）。\n")
