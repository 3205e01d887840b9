"""The procedures of the manual, from the mail to the service."""

from __future__ import annotations

import re

from .running import Running, fetch
from .visitor import identity, opened
from .walks import PASSWORD, apply, at_renewal, enters, renewed, resumed


def test_an_invited_user_gets_a_certificate_that_opens_the_service(mock: Running) -> None:
    """Log in, 鍵の取得, Submit, Download; the file opens under the chosen password; the service lets its holder in."""
    user = mock.account("invited")
    assert not enters(mock, "service", mock.visitor(), user)
    holder = opened(fetch(mock.logged_in(user), user["request_id"]), PASSWORD)
    assert enters(mock, "service", mock.visitor(holder), user)
    assert enters(mock, "web", mock.visitor(holder), user)
    assert not enters(mock, "nissay", mock.visitor(holder), user)


def test_a_renewal_leads_to_a_second_certificate_and_the_first_stays_valid(mock: Running) -> None:
    """Apply, wait, fetch; both certificates open the service until the old one expires."""
    user = mock.account("renewable")
    old, new = identity(user), renewed(mock, user)
    assert new.serial != old.serial
    assert enters(mock, "service", mock.visitor(new), user)
    assert enters(mock, "service", mock.visitor(old), user)


def test_a_lost_renewal_is_listed_and_gives_the_same_certificate(mock: Running) -> None:
    """更新後証明書の取得 lists the request; Download key leads to the key page with its id filled in."""
    user = mock.account("renewing")
    visitor = at_renewal(mock, user)
    page = visitor.get("list.jsp")
    assert "1 件中 1 - 1 件目を表示しています。" in page.words
    link = re.search(r'href="([^"]+)">Download key', page.text)
    assert link
    assert visitor.get(link[1].replace("&amp;", "&")).field("requestId") == user["request_id"]
    assert resumed(mock, user).serial == mock.facts(user)["certificates"][-1]["serial"]
    assert "すでに受け付けています" in apply(visitor).error


def test_a_reissue_revokes_at_once_and_invites_again(mock: Running) -> None:
    """The old certificate is refused from that moment; the new invitation comes by one mail only."""
    user = mock.account("active")
    old = identity(user)
    assert enters(mock, "service", mock.visitor(old), user)
    told = mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    assert not enters(mock, "service", mock.visitor(old), user)
    assert mock.mails(user["admin_mail"]) == mock.mails(user["password_mail"]) == []
    (mail,) = mock.mails(user["mail"])
    request_id = re.search(r"Request ID: (\d{15})", mail.get_content())
    assert request_id
    assert told["login_password"] not in mail.get_content()
    new = opened(fetch(mock.logged_in(user | told), request_id[1]), PASSWORD)
    assert enters(mock, "service", mock.visitor(new), user | told)
