"""`sekisho manual check` reads procedures to explore too: file, line, remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sekisho.cli import manual_check
from sekisho.explore.phases import BROKEN_OFF
from sekisho.manual import folders

WHOLE = f"""# language: ja
機能: 途中の障害

  シナリオ: 入口の途中の障害
    前提 証明書の無い利用者がいる
    # KIHO-ISSUE-01
    もし 取得案内メールの証明書取得用リンクを開く
    もし {BROKEN_OFF}
    ならば 鍵をダウンロードできる画面になる
"""
STEP = "    もし 取得案内メールの証明書取得用リンクを開く\n"
BAD = {
    "no turn": (f"    もし {BROKEN_OFF}\n", "", 8, f"「もし {BROKEN_OFF}」が 0 行あります"),
    "nothing done": (STEP, "", 5, "障害を起こす手順がありません"),
    "nothing checked": ("    ならば 鍵をダウンロードできる画面になる\n", "", 8, "確かめることがありません"),
    "no such row": ("KIHO-ISSUE-01", "KIHO-ISSUE-99", 7, "の引用する KIHO-ISSUE-99 は rows.csv にありません"),
}


@pytest.mark.parametrize(("old", "new", "line", "said"), BAD.values(), ids=list(BAD))
def test_a_procedure_that_cannot_be_explored_is_named(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    """Before anything is carried out."""
    folder = tmp_path / "mine"
    shutil.copytree(folders.named("kihonet").folder, folder)
    assert old in WHOLE
    (folder / "explore" / "mine.feature").write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    found = list(manual_check._explored(folders.read(folder)))
    assert len(found) == 1
    assert found[0].startswith(f"{folder / 'explore' / 'mine.feature'}:{line}: ")
    assert said in found[0]
