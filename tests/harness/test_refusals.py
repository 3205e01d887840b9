"""A refusal in other words is a warning where the manual leaves the words open, and a deviation everywhere else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pages.dialect import Dialect, load
from pages.screen import Sight
from sekisho.verdict import DeviationError
from steps.refusals import refusal

FORM = ["鍵の取得", "パスワード", "パスワードの確認", "パスワードの再発行はできません"]
OFFERED: Sight = ("buttons", "download")


class Shown:
    """A screen with these lines, on which nothing that was waited for shows."""

    said = ()

    def __init__(self, *lines: str, dialect: Dialect | None = None) -> None:
        """As a browser would tell them."""
        frame = SimpleNamespace(evaluate=lambda *_: list(lines))
        self.page, self.dialect = SimpleNamespace(frames=[frame]), dialect or load("danshin")

    def wait_for(self, *sights: Sight) -> Sight:
        """Nothing of it comes."""
        raise DeviationError(f"{len(sights)} sights do not show")


class Noted:
    """The record of a scenario that cites some rows, and whose earlier pictures were of the form."""

    def __init__(self, *ids: str) -> None:
        """Without a warning so far."""
        self.ids, self.earlier_words, self.warnings = ids, set(FORM), list[str]()

    def warning(self, reason: str) -> None:
        """Note one."""
        self.warnings.append(reason)


def refused(message: str, *lines: str, ids: tuple[str, ...] = ("DAN-ISSUE-04",)) -> list[str]:
    """The warnings about a screen that shows the form and some lines more."""
    screen: Any = Shown(*FORM, *lines)
    noted: Any = Noted(*ids)
    assert refusal(screen, noted, message, OFFERED) == ("messages", message)
    return list(noted.warnings)


@pytest.mark.parametrize("line", ["確認用の値が異なります", "入力内容に誤りがあります。", "パスワードが間違っています"])
def test_a_new_sentence_that_reads_like_a_refusal_is_a_warning_that_repeats_it(line: str) -> None:
    """With the key of the target file that would learn it."""
    (reason,) = refused("mismatch", line)
    assert f"「一致しません」の代わりに「{line}」" in reason
    assert "dialect.messages.mismatch" in reason


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("ようこそ",),
        ("システムエラー: 処理できませんでした",),
        ("500: Internal Server Error", "正しく処理できません"),
        ("ユーザ ID またはパスワードに誤りがあります",),
    ],
    ids=["nothing new", "no refusal", "a crash", "an error page", "another mistake"],
)
def test_anything_else_is_a_deviation(lines: tuple[str, ...]) -> None:
    """Also a caution that stood on the form before: nothing explains what was wrong."""
    with pytest.raises(DeviationError):
        refused("mismatch", *lines)


def test_a_sentence_that_the_manual_prints_must_be_said() -> None:
    """The manual of obn says 90日未満, and the scenario cites that row."""
    screen: Any = Shown("まだ更新できません", dialect=load("obn"))
    noted: Any = Noted("OBN-RULE-01")
    with pytest.raises(DeviationError):
        refusal(screen, noted, "not_renewable")
    noted.ids = ("OBN-RULE-09",)
    assert refusal(screen, noted, "not_renewable") == ("messages", "not_renewable")
