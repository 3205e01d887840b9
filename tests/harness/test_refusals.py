"""A refusal in other words is a warning where the manual leaves the words open, and a deviation everywhere else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any, cast

import pytest

from pages.dialect import Dialect, load
from pages.refusing import closed
from sekisho.portal.view import Showing, Term
from sekisho.verdict import DeviationError
from steps.refusals import refusal
from tests.harness.noting import Noted

OFFERED: Term = ("buttons", "download")


class Shown:
    """A screen that says these lines anew, on which nothing that was waited for shows."""

    def __init__(self, *news: str, dialect: Dialect | None = None, status: int = 200) -> None:
        """As a browser would tell them."""
        self.news, self.dialect, self.status = list(news), dialect or load("danshin"), status
        self.stood = True

    def labels(self) -> list[str]:
        """A link, and a sentence that can be pressed."""
        return ["照会できない場合", "パスワードが違います"]

    def look_for(self, *_: Term) -> None:
        """Nothing of it comes."""

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What that means."""
        return DeviationError(f"{len((*terms, *instead))} terms do not show")


def refused(message: str, *lines: str, ids: tuple[str, ...] = ("DAN-ISSUE-04",), status: int = 200) -> list[str]:
    """The warnings about a screen that says some lines anew."""
    screen: Any = Shown(*lines, status=status)
    noted: Any = Noted(*ids)
    assert refusal(screen, noted, message, OFFERED) == ("messages", message)
    return list(noted.warnings)


@pytest.mark.parametrize(
    "line",
    [
        "確認用の値が異なります",
        "入力内容に誤りがあります。",
        "パスワードが間違っています",
        "ご案内のメールをご確認ください。",
        "【ご注意】パスワードに未記入の項目があります。",
        "使えない文字が含まれています",
        "空欄があります",
        "パスワードが違います。もう一度入力してください",
        "利用者により操作がキャンセルされたため、申請を中断しました",
        "照合に失敗しました",
        "インストールの中止",
        "申請は取消しました",
        "利用者によるキャンセル",
        "ただいま受付を中止しております",
        "確認用のものと異なっております。(E0102)",
        "64桁までで設定してください。",
        "更新のお申し込みは既に承っております。",
        "お使いの証明書ではご利用いただけません。(E0501)",
        "パスワードが違います",
        "パスワードをお忘れですか？パスワードが違います。",
        "パスワードが異なります。お忘れですか？",
    ],
)
def test_a_new_sentence_that_reads_like_a_refusal_is_a_warning_that_repeats_it(line: str) -> None:
    """With the key of the target file that would learn it."""
    (reason,) = refused("mismatch", line)
    assert f"「一致しません」の代わりに「{line}」" in reason
    assert f'[dialect.messages] mismatch = ["{line}"]' in reason


def test_a_number_of_things_is_no_status_of_a_server() -> None:
    """A status says that the server has failed, which refuses nothing."""
    assert len(refused("too_long", "500文字以内で入力してください。")) == 1
    with pytest.raises(DeviationError):
        refused("too_long", "エラー500。ただいまご利用になれません。")


def test_the_title_of_a_page_is_not_what_it_says() -> None:
    """Learnt from the title, every other page of errors would be the same refusal; without more, it has to do."""
    (reason,) = refused("mismatch", "入力エラー", "パスワードが同じではありません")
    assert 'mismatch = ["パスワードが同じではありません"]' in reason
    (reason,) = refused("mismatch", "入力エラー")
    assert 'mismatch = ["入力エラー"]' in reason


def test_what_the_target_file_would_learn_can_be_pasted_into_it() -> None:
    """Whatever quotation marks and backslashes the portal's sentence has."""
    line = r'"確認用" の値が C:\users と異なります'
    (reason,) = refused("mismatch", line)
    (pasted,) = re.findall(r"\[dialect\.messages\] (.*) と書く", reason)
    assert tomllib.loads(pasted) == {"mismatch": [line]}


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("ようこそ",),
        ("次の内容で取得します", "実行する中止する", "OKキャンセル", "中断", "取消"),
        ("申請をキャンセルする場合は「取消」を押します",),
        ("山田様、ようこそ。新しいお知らせはありません。",),
        ("未処理の注文書はありません。",),
        ("システムエラー: 処理できませんでした",),
        ("500: Internal Server Error", "正しく処理できません"),
        ("ユーザ ID またはパスワードに誤りがあります",),
        ("入力内容は正しくありませんか？",),
        ("この内容で申請しても問題ありませんか。",),
        ("パスワードを正しく入力できませんか",),
        ("照会できない場合",),
    ],
    ids=[
        "nothing new",
        "no refusal",
        "buttons",
        "an offer",
        "no news",
        "no orders",
        "a crash",
        "an error page",
        "another mistake",
        "a question",
        "one that ends as a sentence",
        "one without a sign",
        "a link",
    ],
)
def test_anything_else_is_a_deviation(lines: tuple[str, ...]) -> None:
    """Nothing explains what was wrong."""
    with pytest.raises(DeviationError):
        refused("mismatch", *lines)


def test_a_sentence_that_the_manual_prints_must_be_said() -> None:
    """The manual of danshin says that 「forbidden」 is shown, and the scenario cites that row."""
    screen: Any = Shown("ご利用になれません", dialect=load("danshin"))
    noted: Any = Noted("DAN-FAQ-05")
    with pytest.raises(DeviationError):
        refusal(screen, noted, "forbidden")
    noted.ids = ("DAN-FAQ-06",)
    assert refusal(screen, noted, "forbidden") == ("messages", "forbidden")


@pytest.mark.parametrize(
    ("manual", "row", "name"), [("obn", "OBN-RULE-01", "not_renewable"), ("danshin", "DAN-RULE-01", "not_today")]
)
def test_a_rule_is_no_sentence_that_the_portal_must_say(manual: str, row: str, name: str) -> None:
    """90日未満 and 当日中 stand in the rows, and the portal may say so in its own words."""
    screen: Any = Shown("日付が変わったため、お手続きを続けられません", dialect=load(manual))
    noted: Any = Noted(row)
    assert refusal(screen, noted, name) == ("messages", name)
    assert name in "".join(noted.warnings)


def test_a_status_that_refuses_needs_no_words_that_do() -> None:
    """Whatever the portal says with it; a blank page and a failing server say nothing."""
    assert len(refused("not_found", "またのお越しをお待ちしております", status=404)) == 1
    for lines, status in (((), 404), (("使用できません",), 500)):
        with pytest.raises(DeviationError):
            refused("not_found", *lines, status=status)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("ids_unknown", "リファレンス ID を入力してください。"),
        ("ids_unknown", "リクエストIDとリファレンスIDを両方とも入力してください"),
    ],
)
def test_asking_for_the_field_in_question_is_no_word_about_another_mistake(message: str, line: str) -> None:
    """What a portal says of an empty field, it says of this one."""
    screen: Any = Shown(line, dialect=load("obn"))
    noted: Any = Noted("OBN-DOWNLOAD-02")
    assert refusal(screen, noted, message, OFFERED) == ("messages", message)
    assert line in noted.warnings[0]


def test_asking_for_another_field_is_a_word_about_another_mistake() -> None:
    """The wrong number is passed over."""
    screen: Any = Shown("パスワードを入力してください", dialect=load("obn"))
    noted: Any = Noted("OBN-DOWNLOAD-02")
    with pytest.raises(DeviationError):
        refusal(screen, noted, "ids_unknown", OFFERED)


@pytest.mark.parametrize(
    "line", ["有効期限\t2028/11/28", "有効期限：２０２８年１１月２８日", "インストールが正常に終了しました。"]
)
def test_a_fact_or_a_success_is_no_refusal(line: str) -> None:
    """The end of a certificate stands on screens on which all is well."""
    with pytest.raises(DeviationError):
        refused("mismatch", line)


def test_what_is_accepted_is_no_refusal_for_a_label_beside_it() -> None:
    """It says what has been done, and not why nothing will be."""
    with pytest.raises(DeviationError):
        refused("mismatch", "申請済み", "更新の申請を受け付けました。")
    assert refused("mismatch", "申請済み")


def test_what_is_closed_to_this_user_alone_is_not_closed() -> None:
    """It is a refusal; what is closed to everybody is none."""
    user, everybody = (
        Shown(one) for one in ("お客様のご利用を停止しております。", "ただいまの時間はサービスを停止しております。")
    )
    assert closed(cast("Showing", user)) == ""
    assert closed(cast("Showing", everybody))
