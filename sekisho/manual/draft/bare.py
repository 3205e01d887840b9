"""A bare manual to begin with: one site, one row, one scenario that looks at its first page."""

from __future__ import annotations

import re
from pathlib import Path

from sekisho.machine.toml_text import written
from sekisho.manual import folders
from sekisho.manual.draft.rendering import BINDING

ABOUT = "# What this manual is, and what its portal and its users have; docs/manual.md says what each key means.\n"
ROWS = "id,procedure,step,does,expects\n{prefix}-FIRST-01,はじめに,1,最初のページを開く,「ようこそ」と表示される\n"
DIALECT = """\
# The words of the portal's screens, as its manual prints them, all spellings of each.
# Put here what its first page says.
[shown]
welcome = ["ようこそ"]
"""
FEATURE = """\
# language: ja
機能: はじめに

  #= 0.5
  シナリオ: 最初のページが開く
    # {prefix}-FIRST-01
    もし 証明書を選ばずに「入口」を開く
    ならば 画面に「ようこそ」と表示される
"""


def files(folder: Path) -> dict[str, str]:
    """The text of each file, by its name; the manual is called as the folder is, as far as it can be."""
    words = re.findall(r"[a-z0-9]+", folder.resolve().name.lower())
    name = re.sub(r"^[0-9_]+", "", "_".join(words)) or "manual"
    prefix = "-".join(re.findall(r"[A-Z]+", name.upper())) or "MANUAL"
    site = {"title": "入口", "purpose": "最初のページ"}
    facts = {
        "id": name,
        "name": folder.resolve().name,
        "title": f"{folder.resolve().name} の手順書",
        "sites": {"top": site},
    }
    return {
        folders.ABOUT: ABOUT + written(facts),
        folders.ROWS: ROWS.format(prefix=prefix),
        folders.DIALECT: DIALECT,
        folders.BINDING: BINDING,
        "first.feature": FEATURE.format(prefix=prefix),
    }
