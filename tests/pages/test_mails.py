"""Mails are read as a person reads them, whatever wrote them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pages.dialect import Dialect
from pages.mails import beside, link
from sekisho.results import Mail
from sekisho.verdict import DeviationError

WORDS = Dialect("test", {"mail": {"request_id": ["Request ID", "リクエストID"]}})


def mail(body: str) -> Mail:
    """A mail with some words in it."""
    return Mail(sender="a@x.test", recipient="b@x.test", subject="ご案内", date=datetime.now(UTC), body=body)


@pytest.mark.parametrize(
    "body",
    [
        "Request ID: 202611210000001",
        "■リクエストＩＤ：２０２６１１２１００００００１",
        "【リクエストＩＤ】\n\n　　202611210000001\n以上",
        "・リクエスト ID ：\n  202611210000001",
    ],
)
def test_a_value_stands_after_its_label(body: str) -> None:
    """On the same line or the next, in full width or half."""
    assert beside(mail(f"ご担当者様\n{body}\n"), WORDS, "request_id") == "202611210000001"


@pytest.mark.parametrize("body", ["リクエストIDは別途お知らせします: 1", "Request: 1", ""])
def test_a_sentence_about_a_value_is_not_its_label(body: str) -> None:
    """Whatever follows it."""
    assert not beside(mail(body), WORDS, "request_id")


@pytest.mark.parametrize(
    "body",
    [
        "こちら→https://portal.test/x?a=1。",
        "＜https://portal.test/x?a=1＞",
        "【https://portal.test/x?a=1】",
        "<https://portal.test/x?a=1>",
    ],
)
def test_a_link_ends_where_its_brackets_do(body: str) -> None:
    """Japanese stops and brackets are no part of an address."""
    assert link(mail(body)) == "https://portal.test/x?a=1"


def test_a_mail_without_a_link_says_so() -> None:
    """It is the portal's deviation."""
    with pytest.raises(DeviationError, match="「ご案内」のメールにリンクが無い"):
        link(mail("ftp://portal.test/"))
