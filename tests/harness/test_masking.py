"""A registered secret leaves no trace in what is written."""

from __future__ import annotations

import json

import pytest

from sekisho.evidence.masking import MASK, Masking


def test_a_secret_is_replaced_wherever_it_stands() -> None:
    """Once or often, in the middle of a word too."""
    masking = Masking()
    assert masking.add("hunter22") == "hunter22"
    assert masking.clean("a hunter22 and xhunter22x") == f"a {MASK} and x{MASK}x"


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_a_secret_that_json_has_escaped_is_replaced(ensure_ascii: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Quotes, backslashes and Japanese look different in a result file."""
    masking = Masking()
    masking.add('p"w\\秘密')
    assert "秘密" not in masking.clean(json.dumps({"k": 'p"w\\秘密'}, ensure_ascii=ensure_ascii))
    assert json.loads(masking.clean(json.dumps({"k": 'p"w\\秘密'}, ensure_ascii=ensure_ascii))) == {"k": MASK}


def test_of_two_secrets_the_longer_one_is_replaced_first() -> None:
    """Otherwise its tail would stay."""
    masking = Masking()
    masking.add("abcd")
    masking.add("abcd-efgh")
    assert masking.clean("abcd-efgh abcd") == f"{MASK} {MASK}"


def test_a_secret_too_short_to_mask_is_refused() -> None:
    """It would blot out innocent text, or slip through."""
    with pytest.raises(ValueError, match="fewer than 4"):
        Masking().add("1")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("PIN 2024.", f"PIN {MASK}."),
        ("PIN:2024", f"PIN:{MASK}"),
        ("No.2024", f"No.{MASK}"),
        ("暗証番号は2024です。", f"暗証番号は{MASK}です。"),
        ("暗証番号：2024", f"暗証番号：{MASK}"),
        ("暗証番号２０２４", f"暗証番号{MASK}"),
        ("１２０２４", "１２０２４"),
        ("the PIN is 2024", f"the PIN is {MASK}"),
        ("「2024」と入力", f"「{MASK}」と入力"),
        ('"2024-03-14T20:24:00Z"', '"2024-03-14T20:24:00Z"'),
        ("127.0.0.1:2024", "127.0.0.1:2024"),
        ("https://intra:2024/", "https://intra:2024/"),
        ("[::1]:2024", "[::1]:2024"),
        ("2024-03-14", "2024-03-14"),
        ("20:2024", "20:2024"),
        ("2024年", "2024年"),
        ("serial 1220246f", "serial 1220246f"),
        ('"seconds": 0.2024', '"seconds": 0.2024'),
    ],
)
def test_a_pin_is_replaced_where_it_stands_alone(text: str, cleaned: str) -> None:
    """Four digits are part of many an innocent number; a result file must stay one."""
    masking = Masking()
    masking.add("2024")
    assert masking.clean(text) == cleaned


@pytest.mark.parametrize("text", ["暗証番号：2024", "暗証番号は２０２４です", "PIN:2024"])
def test_a_pin_is_found_wherever_it_would_be_masked(text: str) -> None:
    """Or it would be seen in a picture."""
    masking = Masking()
    masking.add("2024")
    assert "2024" in masking.found(text)


def test_a_secret_in_full_width_is_replaced() -> None:
    """Some portals show all letters so."""
    masking = Masking()
    masking.add("hunter22")
    assert masking.clean("パスワード ｈｕｎｔｅｒ２２") == f"パスワード {MASK}"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("パスワード：hunter２２（控え）", f"パスワード：{MASK}（控え）"),
        ("ｈunter22、hunter22、ｈunter２２", f"{MASK}、{MASK}、{MASK}"),
        ("暗証番号２0２4", f"暗証番号{MASK}"),
        ("（localhost:2024）", "（localhost:2024）"),
        ("ｈunter２３", "ｈunter２３"),
    ],
)
def test_a_secret_in_both_widths_is_replaced(text: str, cleaned: str) -> None:
    """As who types Japanese writes it."""
    masking = Masking()
    masking.add("hunter22")
    masking.add("2024")
    assert masking.clean(text) == cleaned


def test_what_must_not_be_seen_is_no_secret() -> None:
    """A page may send it to whom it likes: nobody typed it there."""
    masking = Masking()
    masking.hide("受付番号 0012345")
    assert masking.clean("受付番号 0012345") == MASK
    assert not masking.given_away("受付番号 0012345", {"受付番号 0012345"})


def test_another_scenario_begins_without_the_secrets_of_the_last() -> None:
    """Masking would cost more with each scenario of a run."""
    masking = Masking()
    masking.add("hunter22")
    masking.forget()
    assert masking.clean("hunter22") == "hunter22"
