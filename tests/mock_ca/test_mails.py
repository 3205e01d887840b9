"""The mails: who gets what, and what stands in them."""

from __future__ import annotations

import re
from pathlib import Path

from .running import Running

SENDER = "danshinnet-sc@nissay-it.co.jp"


def test_a_new_user_gets_three_mails_at_three_addresses(mock: Running) -> None:
    """Guide with request id and user id; user id to the administrator; the password by itself."""
    user = mock.account("invited")
    (guide,), (user_id,), (password,) = (mock.mails(user[key]) for key in ("mail", "admin_mail", "password_mail"))
    assert guide["Subject"] == "【団信ネット（3社共用）】クライアント証明書取得のご案内"
    assert user_id["Subject"] == "【団信ネット】ユーザーIDのお知らせ"
    assert password["Subject"] == "【団信ネット】ログインパスワードのお知らせ"
    assert {mail["From"] for mail in (guide, user_id, password)} == {SENDER}
    assert mock.sites["enrol"] in guide.get_content().splitlines()
    assert f"Request ID: {user['request_id']}" in guide.get_content()
    assert f"(ご参考)ユーザーID: {user['user_id']}" in guide.get_content()
    shown = [user["login_password"] in mail.get_content() for mail in (guide, user_id, password)]
    assert shown == [False, False, True]
    assert [user["user_id"] in mail.get_content() for mail in (guide, user_id, password)] == [True, True, False]


def test_the_renewal_mail_carries_link_user_id_and_validity(mock: Running) -> None:
    """For either certificate, under its own service's name."""
    for held, service in (("shared", "団信ネット（3社共用）"), ("nissay", "団信ネット（日本生命）")):
        user = mock.account("renewable", certificate=held)
        (mail,) = mock.mails(user["mail"])
        assert mail["Subject"] == f"【{service}】クライアント証明書更新のご案内"
        assert mail["From"] == SENDER
        assert mock.sites["renew"] in mail.get_content().splitlines()
        assert f"ユーザーID: {user['user_id']}" in mail.get_content()
        assert re.search(r"^有効期限: \d{4}/\d\d/\d\d~\d{4}/\d\d/\d\d$", mail.get_content(), re.MULTILINE)


def test_messages_are_proper_internet_messages(mock: Running) -> None:
    """CRLF lines, a Message-ID, a date with a zone, headers in ASCII."""
    user = mock.account("invited")
    raw = [path.read_bytes() for path in Path(mock.ready["maildir"], "new").iterdir()]
    (mine,) = [message for message in raw if f"To: {user['mail']}".encode() in message]
    head, body = mine.split(b"\r\n\r\n", 1)
    assert head.isascii()
    assert body.isascii()
    assert b"\n" not in mine.replace(b"\r\n", b"")
    assert re.search(rb"^Message-ID: <[^<>@ ]+@[^<>@ ]+>\r$", head, re.MULTILINE)
    assert re.search(rb"^Date: .* \+0900\r$", head, re.MULTILINE)
