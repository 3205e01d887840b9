"""What stands after a label is found however a portal's writer has set the two apart."""

from __future__ import annotations

import time

import pytest

from sekisho.mail.labels import tidy, values

ID = "20260001"


def said(body: str, *labels: str) -> list[str]:
    """The values of a label."""
    wanted = labels or ("リクエストID",)
    return [tidy(value) for value in values(body, lambda words: words.strip("■【】 　") in wanted)]


@pytest.mark.parametrize(
    "line",
    [
        "リクエストID　　20260001",
        "リクエストID 20260001",
        "リクエストID = 20260001",
        "リクエストID;20260001",
        "リクエストID∶20260001",
        "リクエストID︓20260001",
        "リクエストID → 20260001",
        "リクエストID・・・20260001",
        "リクエストID……：20260001",
        "リクエストID ----- 20260001",
        "リクエストID「20260001」",
        "リクエストID：【20260001】",
        "【リクエストID】20260001",
        "リクエストID（20260001）",
        "リクエストIDは 20260001 です。",
        "リクエストIDは「20260001」となります。",
        "リクエストIDは、20260001 です。",
        "１．リクエストID：20260001",
        "(1) リクエストID：20260001",
        "①リクエストID 20260001",
        "リクエストID（半角数字）：20260001",
        "リクエストID（例：123）：20260001",
        "リクエストID：20260001 （8桁）",
        "リクエストID：20260001　※大切に保管",
        "\ufeffリクエストID：\u200b20260001",
        "│リクエストID│20260001│",
        "| リクエストID | 20260001 |",
        "リクエストID\t：\t20260001",
        "ユーザーID：emp001　リクエストID：20260001",
        "ユーザーID\temp001\tリクエストID\t20260001",
        "リクエストID：20260001　ユーザーID：emp001",
        "リクエストID：20260001、ユーザーID：emp001",
        "ユーザーID\tリクエストID\nemp001\t20260001",
        "|ユーザーID|リクエストID|\n|---|---|\n|emp001|20260001|",
        "リクエストID\n------\n　20260001",
        "リクエストIDは以下のとおりです。\n\n　20260001",
        "リクエストID：［20260001］",
        "お客様のリクエストIDは「20260001」です。",
        "リクエストID　20260001 で承りました。",
        "ご申請のリクエストID：２０２６０００１ を受け付けました。",
        "今回のリクエストIDは、20260001となります。",
        "取消済みのリクエストIDは 20250009、新しいリクエストIDは 20260001",
        "お送りしたリクエストIDは 20260001 です。",
        "以前のリクエストID 20250009 は無効です。新しいリクエストIDは 20260001 です。",
    ],
)
def test_a_value_stands_after_its_label(line: str) -> None:
    """Behind signs, leaders and gaps, in brackets, in sentences, in tables both ways."""
    assert said(f"お客様\n{line}\nよろしく\n") == [ID]


@pytest.mark.parametrize(
    "line",
    [
        "リクエストIDは別途お知らせします: 1",
        "リクエストIDは8桁です",
        "リクエストID 再発行について",
        "リクエストID　PDF形式でお送りします",
        "【リクエストID】について",
        "【リクエストID】の取り扱い",
        "旧 リクエストID：20260001",
        "旧リクエストID：20260001",
        "リクエストID：\nユーザーID：emp001",
        "リクエストID：\tユーザーID：\temp001",
    ],
)
def test_a_sentence_about_a_value_and_the_value_of_another_label_are_none(line: str) -> None:
    """Looser ways of writing are known by what follows."""
    assert not any(said(f"{line}\n"))


@pytest.mark.parametrize(
    "lines",
    [
        "【氏名】山田 太郎",
        "【氏名】　山田 太郎",
        "氏名　　　山田 太郎",
        "氏名    山田 太郎",
        "受付番号\t氏名\t状態\nK-1\t山田 太郎\t承認",
        "受付番号\t氏名\nK-1\t山田 太郎",
        "氏名\t山田 太郎\n受付番号\tK-1",
        "氏名\t山田 太郎\t状態\t承認\n受付番号\tK-1\t申請日\t2026/11/28",
    ],
)
def test_what_stands_apart_from_its_label_may_be_any_words(lines: str) -> None:
    """Behind brackets or a wide gap, or below it in a table."""
    assert said(f"お客様\n{lines}\n", "氏名") == ["山田 太郎"]


@pytest.mark.parametrize("value", ["a@b.test", "12,000円", "¥12,000"])
def test_an_address_and_a_sum_may_stand_behind_a_gap(value: str) -> None:
    """They are no words that go on as a sentence."""
    assert said(f"内容　{value}\n", "内容") == [value]


@pytest.mark.parametrize("value", ["Ab12(3)", "[x1]", "a|b=c", ":x1", "p/q:r", "--x", "x1.", "a,b:c", "'x1'"])
def test_of_a_password_nothing_is_taken_off(value: str) -> None:
    """Its signs are its own."""
    assert said(f"パスワード：{value}\n", "パスワード") == [value]


@pytest.mark.parametrize(
    "value",
    [
        "2026/01/01〜2026/12/31",
        "2026年12月31日 23:59",
        "2026/12/31　23:59",
        "2026/12/31（木）",
        "令和8年12月31日（23時59分59秒）まで",
        "R8.12.31まで",
    ],
)
def test_a_date_is_read_with_its_time(value: str) -> None:
    """No label begins within it, and it may stand behind a gap."""
    assert said(f"有効期限：{value}\n", "有効期限") == said(f"有効期限　{value}\n", "有効期限") == [value]


@pytest.mark.parametrize(
    "line", [" " * 200_000, "あ" * 200_000, ": " * 100_000, "リクエストID " * 20_000, "（" * 200_000]
)
def test_long_lines_take_no_long_time(line: str) -> None:
    """A stranger wrote them."""
    begun = time.process_time()
    said(f"リクエストID：\n{line}\n{line}\n")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "line",
    [
        "旧リクエストID 20250009",
        "お客様の旧リクエストIDは 20250009 です。",
        "リクエストIDの有効期限は 2027年1月28日 までです。",
        "リクエストIDは、03-1234-5678 までお問い合わせください。",
        "リクエストIDはメールの 12-3 をご覧ください。",
        "お客様のリクエストID\n20260001",
        "リクエストIDは3営業日以内にお送りします。",
        "リクエストIDは1通目のメールにあります。",
        "リクエストIDは、A4用紙に印刷してください。",
        "リクエストIDは https://a.test/x1 でご確認ください。",
        "リクエストIDは、0120-111-222 までお尋ねください。",
        "お客様のリクエストIDは2026年12月1日にお送りします。",
    ],
)
def test_what_a_sentence_says_of_something_else_is_no_value(line: str) -> None:
    """An earlier one, another thing's, whom to ask."""
    assert said(line) == []


def test_a_sentence_counts_where_nothing_stands_beside_the_label() -> None:
    """A value that is left out is left out."""
    assert said("リクエストID：20260001\n今回のリクエストIDは 20260002 です。") == ["20260001"]
    assert said("リクエストID：\nユーザーID：x\n今回のリクエストIDは 20260002 です。") == [""]
