"""What a subscriber does on the sites, in a few words."""

from __future__ import annotations

import re
from typing import Any

from .running import Running, submit
from .visitor import Identity, Page, Visitor, identity, opened

PASSWORD = "Himitsu#1"


def key_page(mock: Running, account: dict[str, Any]) -> tuple[Visitor, Page]:
    """Log in at the enrolment site and open 鍵の取得."""
    visitor = mock.logged_in(account)
    return visitor, visitor.get("key.jsp")


def enrol(mock: Running, account: dict[str, Any], password: str = PASSWORD, **other: str) -> Page:
    """From the log-in to the answer to Submit."""
    visitor, page = key_page(mock, account)
    request_id = other.pop("request_id", account["request_id"])
    return submit(visitor, request_id, password, ticket=page.field("ticket"), **other)


def enrolled(mock: Running, account: dict[str, Any], password: str = PASSWORD) -> Identity:
    """From the log-in to the opened PKCS#12."""
    visitor, page = key_page(mock, account)
    submit(visitor, account["request_id"], password, ticket=page.field("ticket"))
    return opened(visitor.download().body, password)


def at_renewal(mock: Running, account: dict[str, Any]) -> Visitor:
    """Enter the renewal site with the account's certificate."""
    visitor = mock.visitor(identity(account))
    visitor.get(mock.sites["renew"])
    return visitor


def apply(visitor: Visitor) -> Page:
    """証明書更新申請 and Submit: the waiting page, or a refusal."""
    page = visitor.get("apply.jsp")
    return visitor.post("apply.jsp", ticket=page.field("ticket")) if page.field("ticket") else page


def advance(visitor: Visitor, page: Page) -> Page:
    """Let the waiting page reload itself until it leads on."""
    while again := re.search(r'location\.replace\("([^"]+)"', page.text):
        page = visitor.get(again[1].encode().decode("unicode_escape"))
    return page


def renewed(mock: Running, account: dict[str, Any]) -> Identity:
    """A whole renewal, to the opened PKCS#12."""
    visitor = at_renewal(mock, account)
    page = advance(visitor, apply(visitor))
    submit(visitor, page.field("requestId"), ticket=page.field("ticket"))
    return opened(visitor.download().body, PASSWORD)


def resumed(mock: Running, account: dict[str, Any]) -> Identity:
    """Fetch a lost key through the list's first Download key."""
    visitor = at_renewal(mock, account)
    link = re.search(r'href="([^"]*list=1)"', visitor.get("list.jsp").text)
    assert link
    page = visitor.get(link[1].replace("&amp;", "&"))
    submit(visitor, account["request_id"], ticket=page.field("ticket"), list="1")
    return opened(visitor.download().body, PASSWORD)


def opens(mock: Running, site: str, holder: Identity | None) -> bool:
    """Whether a certificate opens a service's door."""
    page = mock.visitor(holder).get(mock.sites[site])
    assert page.status in (200, 403)
    return page.status == 200 and "ログイン" in page.words


def enters(mock: Running, site: str, visitor: Visitor, account: dict[str, Any]) -> bool:
    """Whether a visitor comes to a service's menu with an account's login."""
    page = visitor.get(mock.sites[site])
    if page.status == 403:
        assert "forbidden" in page.words
        return False
    page = visitor.post("login", userId=account["user_id"], password=account["login_password"])
    return "メニュー" in page.words and f"ようこそ {account['user_id']}" in page.words


def listed(mock: Running, account: dict[str, Any]) -> list[str]:
    """The request ids of 更新申請情報の一覧."""
    return re.findall(r"<tr><td>(\d{15})", at_renewal(mock, account).get("list.jsp").text)
