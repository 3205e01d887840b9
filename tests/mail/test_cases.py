"""Mails of the kinds that people report trouble with in public, each with its right value."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.mail.message import parse
from sekisho.results import Mail

CASES = sorted((Path(__file__).parent / "cases").glob("*.eml"))
ALSO = {
    "shift_jis_with_nec_characters": "㈱髙橋商事①",
    "empty_text_beside_html": "https://enrol.example.jp/",
}
OTHERS = {"two_recipients": {"admin@example.jp"}}
SENDERS = {"sender_address_utf8": "受付@例え.jp"}


def test_all_cases_are_here() -> None:
    """Ten."""
    assert len(CASES) == 10


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mail_as_it_is_in_the_world_is_read_rightly(path: Path) -> None:
    """And can be written into a result file."""
    message = parse(path.read_bytes())
    mail = message.mail
    assert message.to == {"a@example.jp"} | OTHERS.get(path.stem, set())
    assert mail.subject == "証明書発行のお知らせ"
    assert mail.sender == SENDERS.get(path.stem, "ca@example.jp")
    assert "参照ID：12345" in mail.body
    assert "https://enrol.example.jp/" in mail.body
    assert ALSO.get(path.stem, "") in mail.body
    assert not message.problem
    assert Mail.model_validate_json(mail.model_dump_json()) == mail
