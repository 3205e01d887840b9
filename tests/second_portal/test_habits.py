"""Each habit of portals, with the scenarios that meet it: nothing is held against a portal that keeps its manual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sekisho.titles import titled
from tests.second_portal.habits import Habits
from tests.second_portal.running import running
from tests.second_portal.test_all_danshin import run, scenarios

RENEWED = "更新案内のメールから団信ネットへのログインまで"
LOST = "申請の応答が失われても、一覧から鍵を取得して更新を終える"
CUT = "鍵のダウンロードが途中で切れても、一覧から取り直せる"
MISMATCH, EMPTY = "パスワードの不一致は拒まれる", "パスワードの未入力は拒まれる"
UNKNOWN = "存在しないリクエストIDでは鍵を取得できない"
WRONG, NOWHERE = "Q2 取得用パスワードを誤ると、はっきり拒まれる", "Q6 誤ったURLは、はっきりしたエラーになる"
OVER = "12時間操作しないとメニューを選んでもセッション無効の画面になる"


def tried(folder: Path, habits: Habits, *names: str) -> dict[str, dict[str, Any]]:
    """The results of some scenarios against a portal of some habits, by name."""
    with running(folder / "portal", habits=habits) as portal:
        ended = run(portal, folder / "run", *(word for name in names for word in ("--select", name)))
    found = {titled(one["name"], one["example"]): one for one in scenarios(folder / "run")}
    assert set(found) == set(names), ended.stdout
    return found


@pytest.mark.parametrize(
    ("habits", "names"),
    [
        (Habits(works_seconds=5, key_listed_late=True), (RENEWED, LOST, CUT)),
        (Habits(works_seconds=20, meta_refresh=True), (RENEWED,)),
        (Habits(cautions=True), (MISMATCH, EMPTY, UNKNOWN)),
    ],
    ids=["5 seconds, keys listed late", "20 seconds, meta refresh", "cautions like refusals"],
)
def test_a_portal_that_keeps_its_manual_passes(tmp_path: Path, habits: Habits, names: tuple[str, ...]) -> None:
    """However long it takes, and whatever else its pages say."""
    found = tried(tmp_path, habits, *names)
    assert {name: one["verdict"] for name, one in found.items()} == dict.fromkeys(names, "PASS"), [
        one["failure"] for one in found.values()
    ]


def test_words_of_its_own_are_warnings_that_name_the_key(tmp_path: Path) -> None:
    """Refusals, an address that is none, a menu's title, the end of a session."""
    keys = {
        MISMATCH: "[dialect.messages] mismatch",
        UNKNOWN: "[dialect.messages] request_id_unknown",
        WRONG: "[dialect.messages] login_refused",
        NOWHERE: "[dialect.messages] not_found",
        OVER: "[dialect.screens] session_invalid",
        RENEWED: "[dialect.services] service",
    }
    found = tried(tmp_path, Habits(own_words=True), *keys)
    assert {name: one["verdict"] for name, one in found.items()} == dict.fromkeys(keys, "WARNING"), [
        one["failure"] for one in found.values()
    ]
    for name, key in keys.items():
        assert any(key in step["reason"] for step in found[name]["steps"]), found[name]["steps"]
