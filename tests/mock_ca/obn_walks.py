"""What a medical institution does on the obn sites, in a few words."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, cast

from .running import Running
from .visitor import Identity, Page, Visitor, identity, opened

PASSWORD = "Himitsu#1"
PIN = "0123"
MAIL = "done@clinic.example"


class Obn:
    """The running mock, as those see it who use the obn sites."""

    def __init__(self, mock: Running) -> None:
        """Know the sites and the root of their certificates."""
        self.mock = mock
        self.sites: dict[str, str] = mock.ready["systems"]["obn"]
        self.root = Path(mock.ready["server_roots"]["obn"])

    def account(self, state: str, **traits: object) -> dict[str, Any]:
        """A new institution."""
        return cast(
            "dict[str, Any]", self.mock.told("POST", "/subscribers", {"system": "obn", "state": state, **traits})
        )

    def visitor(self, holder: Identity | None = None) -> Visitor:
        """A browser profile that trusts the root."""
        return Visitor(self.root, holder)

    def holder(self, account: dict[str, Any]) -> Visitor:
        """A browser profile with an account's certificate."""
        return self.visitor(identity(account))

    def at(self, site: str, account: dict[str, Any]) -> tuple[Visitor, Page]:
        """A holder on a site's first page."""
        visitor = self.holder(account)
        return visitor, visitor.get(self.sites[site])

    def opens(self, holder: Identity | None) -> bool:
        """Whether a certificate opens オンライン請求システム."""
        page = self.visitor(holder).get(self.sites["service"])
        assert page.status in (200, 403)
        return page.status == 200 and "ログイン" in page.words


def press(visitor: Visitor, page: Page, **form: str) -> Page:
    """Fill in the one form of a page and send it with its hidden fields."""
    action = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    assert action, page.words
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return visitor.post(unescape(action[1]), **{**hidden, **form})


def ids(account: dict[str, Any]) -> dict[str, str]:
    """The two ids of an account, as form fields."""
    return {"requestId": account["request_id"], "referenceId": account["reference_id"]}


def twice(password: str) -> dict[str, str]:
    """A password and its confirmation, as form fields."""
    return {"password": password, "passwordConfirm": password}


def chosen(visitor: Visitor, obn: Obn, account: dict[str, Any]) -> Page:
    """In a browser: /p/rcd up to the page where the password is set."""
    return press(visitor, visitor.get(obn.sites["enrol"]), **ids(account))


def packed(visitor: Visitor, obn: Obn, account: dict[str, Any], password: str = PASSWORD) -> Page:
    """In a browser: /p/rcd up to the page with Download."""
    return press(visitor, chosen(visitor, obn, account), **twice(password))


def downloaded(obn: Obn, account: dict[str, Any], password: str = PASSWORD) -> Identity:
    """The whole of /p/rcd."""
    visitor = obn.visitor()
    return opened(press(visitor, packed(visitor, obn, account, password)).body, password)


def apply(visitor: Visitor) -> Page:
    """証明書更新申請 and Submit: the first status, or a refusal."""
    page = visitor.get("/p/ru/apply")
    return page if page.error else press(visitor, page)


def statuses(visitor: Visitor, page: Page) -> tuple[list[str], Page]:
    """The statuses that 送信完了 shows, and the page it leads to."""
    seen = []
    while again := re.search(r'location\.replace\("([^"]+)"', page.text):
        seen += re.findall(r"証明書ステータス</td><td>(.*?)</td>", page.text)
        page = visitor.get(again[1].encode().decode("unicode_escape"))
    return seen, page


def key_form(obn: Obn, account: dict[str, Any]) -> tuple[Visitor, Page]:
    """A renewal up to 鍵の取得."""
    visitor, _ = obn.at("renew", account)
    return visitor, statuses(visitor, apply(visitor))[1]


def keyed(page: Page, password: str = PIN) -> dict[str, str]:
    """The fields of 鍵の取得, with the request id that stands there."""
    return {"requestId": page.field("requestId"), **twice(password)}


def renewed(obn: Obn, account: dict[str, Any]) -> Identity:
    """A whole renewal."""
    visitor, page = key_form(obn, account)
    page = press(visitor, page, **keyed(page))
    return opened(press(visitor, page).body, PIN)


def listed(visitor: Visitor) -> Page:
    """更新後証明書の取得."""
    return visitor.get("/p/ru/list")


def linked(page: Page) -> str:
    """The first Download Key of the list; empty without one."""
    found = re.search(r'href="([^"]+)">Download Key', page.text)
    return unescape(found[1]) if found else ""


def resumed(obn: Obn, account: dict[str, Any]) -> Identity:
    """Fetch a lost key by the list."""
    visitor, _ = obn.at("renew", account)
    page = visitor.get(linked(listed(visitor)))
    return opened(press(visitor, press(visitor, page, **keyed(page))).body, PIN)


def named(visitor: Visitor, obn: Obn, account: dict[str, Any]) -> Page:
    """In a browser: /p/rx up to the page that asks for the address."""
    return press(visitor, visitor.get(obn.sites["revoke"]), **ids(account))


def addressed(visitor: Visitor, obn: Obn, account: dict[str, Any], mail: str = MAIL) -> Page:
    """In a browser: /p/rx up to the confirmation."""
    return press(visitor, named(visitor, obn, account), mail=mail, mailConfirm=mail)


def revoked(obn: Obn, account: dict[str, Any], mail: str = MAIL) -> Page:
    """The whole of /p/rx."""
    visitor = obn.holder(account)
    return press(visitor, addressed(visitor, obn, account, mail), apply="申請")


def printed(account: dict[str, Any]) -> dict[str, str]:
    """The table of the printed notice."""
    rows = re.findall(r"<th>(.*?)</th><td[^>]*>(.*?)</td>", Path(account["letter"]).read_text(encoding="utf-8"))
    return dict(rows)
