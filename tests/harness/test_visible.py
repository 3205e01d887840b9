"""Text from outside, as it is shown."""

from __future__ import annotations

from sekisho.visible import shortened


def test_a_text_that_was_cut_shows_that_it_goes_on() -> None:
    """The hint to a key of the target file ended in the middle of the key, as if it were one."""
    assert shortened("画面に\n  「鍵の取得」 が無い", 200) == "画面に 「鍵の取得」 が無い"
    assert shortened("あ" * 4, 4) == "ああああ"
    assert shortened("あ" * 5, 4) == "ああああ…"
