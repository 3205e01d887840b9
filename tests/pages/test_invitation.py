"""An invitation comes by mail or by post, as the manual's words say; its parts may come by two ways."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from pages.dialect import Dialect
from pages.invitation import Invitation
from pages.mails import Mails
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import DeviationError

GUIDE = Mail(
    sender="a@x.test",
    recipient="b@x.test",
    subject="ご案内",
    date=datetime(2026, 4, 1, tzinfo=UTC),
    body="リクエストID: 0123",
)
LETTER = {"address": ["URL"], "request_id": ["リクエストID"]}
HOSTS = Hosts(["https://portal.test/"])


class Guide:
    """A mailbox in which the guide is."""

    def newest(self, kind: str) -> Mail:
        """The guide."""
        assert kind == "guide"
        return GUIDE

    def link(self, mail: Mail) -> str:
        """Its link."""
        assert mail is GUIDE
        return "https://portal.test/mail"


def invitation(folder: Path, sections: dict[str, Any], address: str = "https://portal.test/post") -> Invitation:
    """One whose letter has both parts."""
    letter = folder / "letter.html"
    letter.write_text(f"<h1>通知</h1><table><tr><th>URL<td>{address}</tr><tr><th>リクエストID<td>4567</tr></table>")
    account = Account("invited", "u1", "secret", facts={"letter": str(letter)})
    return Invitation(cast("Mails", Guide()), Dialect("dialect.toml", sections), account, HOSTS)


def test_it_comes_by_post_where_the_manual_knows_no_guide_mail(tmp_path: Path) -> None:
    """And scenarios open it by another sentence."""
    one = invitation(tmp_path, {"letter": LETTER, "mail": {"request_id": ["リクエストID"]}})
    assert (one.opening, one.link(), one.request_id()) == ("書面のURLを開く", "https://portal.test/post", "4567")


def test_the_request_id_may_come_by_post_and_the_address_by_mail(tmp_path: Path) -> None:
    """A letter about something else takes nothing from the mail."""
    mail = {"guide": ["ご案内"], "request_id": ["リクエストID"]}
    both = invitation(tmp_path, {"mail": mail, "letter": LETTER})
    assert (both.link(), both.request_id()) == ("https://portal.test/mail", "4567")
    other = invitation(tmp_path, {"mail": mail, "letter": {"address": ["URL"]}})
    assert (other.opening, other.request_id()) == ("取得案内メールの証明書取得用リンクを開く", "0123")


def test_an_address_that_is_none_of_the_portals_is_not_opened(tmp_path: Path) -> None:
    """As one in a mail is not."""
    with pytest.raises(ElsewhereError, match="elsewhere"):
        invitation(tmp_path, {"letter": LETTER}, "https://elsewhere.test/").link()


def test_a_letter_without_a_part_is_a_deviation(tmp_path: Path) -> None:
    """Named by what it lacks."""
    with pytest.raises(DeviationError, match="リファレンス"):
        invitation(tmp_path, {"letter": LETTER | {"request_id": ["リファレンス"]}}).request_id()
