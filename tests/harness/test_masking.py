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


@pytest.mark.parametrize(
    "written",
    [
        "Ab12\tCd34",
        "Ab12\nCd34",
        "Ab12-Cd34",
        "Ab12\u2010Cd34",
        "A b 1 2 C d 3 4",
        "Ａｂ１２－Ｃｄ３４",
        "Ab12%43d34",
        "%41%62%31%32%43%64%33%34",
        "%EF%BC%A1b12Cd34",
        "&#65;b12Cd34",
        "&#x41;b12&#67;d34",
        "\\u0041b12Cd34",
        "QWIxMkNkMzQ",
        "dXNlcjpBYjEyQ2QzNA==",
        "eDpBYjEyQ2QzNA==",
    ],
)
def test_a_secret_is_known_however_it_is_written(written: str) -> None:
    """In groups, over two cells, in an address, a page's source, JSON or base64; what stands around it stays."""
    masking = Masking()
    masking.add("Ab12Cd34")
    cleaned = masking.clean(f"値：{written}。")
    assert MASK in cleaned
    assert all(one not in cleaned for one in ("12", "１２", "3", "３", "MkNkM", "yQ2Q"))
    assert (cleaned[:2], cleaned[-1]) == ("値：", "。")
    assert masking.given_away(f"値：{written}。", set())


@pytest.mark.parametrize(
    ("secret", "written"),
    [
        ("Ａｂ１２Ｃｄ３４", "Ab12Cd34"),
        ("Ab12-Cd34", "Ab12Cd34"),
        ('ガ"ギ&Ab1', "ｶﾞ&quot;ｷﾞ&amp;Ab1"),
        ('ガ"ギ&Ab1', "%E3%82%AC%22ギ%26Ab1"),
        ("12345678", "1234 5678"),
    ],
)
def test_a_secret_in_full_width_or_in_groups_is_known_without(secret: str, written: str) -> None:
    """As a portal takes it, too."""
    masking = Masking()
    masking.add(secret)
    assert masking.clean(f"「{written}」") == f"「{MASK}」"
    if "&" not in secret:
        assert masking.found(f"「{written}」")


def test_the_days_of_a_result_file_stay() -> None:
    """Or it could not be read again."""
    masking = Masking()
    masking.add("20261129")
    assert masking.clean("2026-11-29T01:02:03Z") == "2026-11-29T01:02:03Z"
    assert masking.clean("20261129、2026 1129") == f"{MASK}、{MASK}"


@pytest.mark.parametrize("text", ["100%25", "a &amp; b", "20-24", "2 0 2 4", "him it su", "C:\\users"])
def test_what_is_no_secret_stays_as_it_is_written(text: str) -> None:
    """A short secret in groups may be anything."""
    masking = Masking()
    masking.add("2024")
    masking.add("himitsu")
    masking.add("Ab12Cd34")
    assert masking.clean(text) == text


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
