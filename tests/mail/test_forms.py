"""What a mail says does not depend on the form that a portal's mail program gives it."""

from __future__ import annotations

import pytest

from pages.dialect import load
from pages.mails import beside, link, names
from pages.subjects import is_kind
from sekisho.mail.message import parse
from tests.second_portal.forms import FORMS, Form

DANSHIN = load("danshin")
SUBJECT = "【団信ネット（3社共用）】クライアント証明書取得のご案内"
TEXT = """ご担当者様

＜https://enrol.example/entry/index.cgi?a=1&b=2＞

【証明書情報】
■リクエストＩＤ：
　２０２６１１２１００００００１
■ユーザーＩＤ：emp00001
・有効期限　：2026/01/01〜2026/12/31
取得用パスワード：a<b>&c
"""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_mail_says_the_same_in_every_form(form: Form) -> None:
    """Its kind, its link, what stands beside its labels."""
    mail = parse(b"To: a@example.jp\n" + form(SUBJECT, TEXT)).mail
    assert is_kind(mail, DANSHIN, "guide")
    assert mail.subject == SUBJECT
    assert link(mail) == "https://enrol.example/entry/index.cgi?a=1&b=2"
    assert beside(mail, DANSHIN, "request_id") == "202611210000001"
    assert beside(mail, DANSHIN, "user_id") == "emp00001"
    assert beside(mail, DANSHIN, "validity").startswith("2026/01/01")
    assert names(mail, "emp00001")
    assert names(mail, "a<b>&c")
