"""Words of a dialect in a text: as a reader compares them, and no part of a longer number."""

from __future__ import annotations

import pytest

from pages.dialect import has_any


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("該当する申請は13件です", "3件", False),
        ("該当する申請は3件です", "3件", True),
        ("3件中13件", "3件", True),
        ("13件中3件", "3件", True),
        ("利用料は12,345円です", "345円", False),
        ("利用料は12,345円です", "12", False),
        ("Ver.1.23", "1.2", False),
        ("有効期限31日前のお知らせ", "1日前のお知らせ", False),
        ("有効期限 1日前 のお知らせ", "1日前のお知らせ", True),
        ("手順 1\n3件あります", "3件", True),
        ("１３件です", "3件", False),
        ("1\u200b3件です", "3件", False),
        ("エラーコード: E-1001", "E-100", False),
        ("エラーコード: E-1001", "E-1001", True),
        ("お問い合わせ番号 03-1234", "1234", True),
        ("利用者 ＩＤ は使えません", "利用者ID", True),
    ],
)
def test_words_with_a_number_are_no_part_of_a_longer_one(text: str, words: str, *, there: bool) -> None:
    """What a space or a hyphen parts is not one number."""
    assert has_any(text, ["ない言葉", words]) is there
