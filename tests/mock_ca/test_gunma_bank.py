"""The bank's pages: who comes in, what is shown, who revokes whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .gunma_walks import at_door, inside, listed, log_in, state_of
from .running import Running
from .visitor import CHROME, Visitor, identity


@pytest.fixture
def bank(mock: Running) -> Running:
    """The mock, looked at from the bank's customers' side."""
    return mock.of("gunma")


@pytest.fixture
def master(bank: Running) -> dict[str, Any]:
    """A company's master user, with a certificate."""
    return bank.account("active", role="master")


def colleague(bank: Running, master: dict[str, Any], state: str = "active", **traits: object) -> dict[str, Any]:
    """Another user of the company."""
    return bank.account(state, **{"role": "general", "company": master["user_id"], **traits})


def test_the_certificate_must_be_alive_and_ones_own(bank: Running) -> None:
    """Nobody comes in without one, with a dead one, or with another's."""
    user, other = bank.account("active"), bank.account("active")
    assert "電子証明書を確認できません" in at_door(bank).get("/certificate-login").words
    for state, words in (("revoked", "失効しています"), ("expired", "有効期限が切れています")):
        dead = bank.account(state)
        visitor = at_door(bank, dead)
        assert words in visitor.get("/certificate-login").words
        assert words in log_in(visitor, dead).words
    assert "入力されたログインIDのものではありません" in log_in(at_door(bank, user), other).words
    assert "正しくありません" in log_in(at_door(bank, user), {**user, "login_password": "wrong"}).words
    assert "トップページ" in log_in(at_door(bank, user), user).words


@pytest.mark.parametrize("state", ["invited", "active", "expired", "revoked"])
def test_a_password_alone_opens_nothing(bank: Running, state: str) -> None:
    """Whatever became of the certificate; a wrong one is said to be wrong."""
    user, visitor = bank.account(state), at_door(bank)
    for password, words in ((user["login_password"], "だけではログインできません"), ("x", "正しくありません")):
        assert words in visitor.post("/login", loginId=user["user_id"], password=password).words
    assert "ログイン" in visitor.get("/home").words


def test_those_who_are_not_logged_in_are_sent_to_the_door(bank: Running) -> None:
    """From every page behind it."""
    visitor = at_door(bank, bank.account("active"))
    for path in ("/home", "/admin", "/users", "/users/revoke"):
        assert visitor.get(path).url.endswith("/")
    assert visitor.post("/users/revoke/execute", loginId="x").url.endswith("/")


@pytest.mark.parametrize(
    "agent",
    [CHROME.replace("Linux", "Macintosh") + " Macintosh", "Mozilla/5.0 Firefox/140.0", "curl/8", CHROME + " OPR/99"],
)
def test_other_browsers_are_refused(bank: Running, agent: str) -> None:
    """On every page."""
    visitor = bank.visitor(agent=agent)
    for path in ("/", "/certificate", "/setup.msi"):
        assert "Google Chrome でご利用ください" in visitor.get(f"{bank.sites['bank']}{path[1:]}").words


@pytest.mark.parametrize(("days", "shown"), [(41, False), (40, True), (1, True)])
def test_the_screen_tells_of_the_end(bank: Running, days: int, shown: bool) -> None:  # noqa: FBT001
    """From 40 days before it."""
    user = bank.account("active", days_left=days)
    assert ("有効期限が近づいています" in inside(bank, user).get("/home").words) is shown


def test_one_mail_40_days_before_the_end(bank: Running) -> None:
    """Not for those who have renewed, whose certificate was revoked, or who have none."""
    user, revoked = bank.account("active", days_left=42), bank.account("revoked", days_left=42)
    for days, count in ((1, 0), (1, 1), (1, 1), (38, 1)):
        bank.pass_time(days=days)
        assert len(bank.mails(user["mail"])) == count
    assert bank.mails(revoked["mail"]) == []


def test_the_list_shows_everyone_of_the_company(bank: Running, master: dict[str, Any]) -> None:
    """With state and expiry, and nobody of another company."""
    states = {"invited": "未発行", "renewable": "更新可", "expired": "有効期限切れ", "revoked": "失効済み"}
    others = {colleague(bank, master, state)["user_id"]: words for state, words in states.items()}
    bank.account("active", role="master")
    rows = listed(inside(bank, master))
    assert {row[0]: row[2] for row in rows} == {master["user_id"]: "発行済み", **others}
    assert [row[3] != "-" for row in rows] == [row[2] in {"発行済み", "更新可"} for row in rows]
    assert all(row[3].endswith("08時59分59秒") for row in rows if row[3] != "-")


@pytest.mark.parametrize("column", ["login_id", "name", "role", "state", "ends"])
def test_the_list_can_be_sorted(bank: Running, master: dict[str, Any], column: str) -> None:
    """By each column, up and down; an unknown one is as good as none."""
    for state in ("renewable", "invited", "active"):
        colleague(bank, master, state)
    visitor = inside(bank, master)
    up, down = (listed(visitor, f"?column={column}&order={order}") for order in ("asc", "desc"))
    assert up == down[::-1]
    assert len({tuple(row) for row in up}) == 4
    assert listed(visitor, "?column=password&order=sideways") == listed(visitor)


def test_a_master_revokes_another(bank: Running, master: dict[str, Any]) -> None:
    """With the confirmation password; nobody else's certificate is touched."""
    user, left = colleague(bank, master), colleague(bank, master)
    visitor = inside(bank, master)
    assert "証明書失効確認" in visitor.post("/users/revoke", loginId=user["user_id"]).words
    wrong = visitor.post("/users/revoke/execute", loginId=user["user_id"], confirmation="wrong")
    assert "確認用パスワードが正しくありません" in wrong.words
    assert state_of(visitor, user) == "発行済み"
    done = visitor.post("/users/revoke/execute", loginId=user["user_id"], confirmation=master["confirmation_password"])
    assert "証明書失効結果" in done.words
    assert (state_of(visitor, user), state_of(visitor, left)) == ("失効済み", "発行済み")


def refused(visitor: Visitor, master: dict[str, Any], login_id: str) -> str:
    """What is said to choosing a user, and to going on without having been let."""
    said = visitor.post("/users/revoke", loginId=login_id).error
    confirmation = master["confirmation_password"]
    assert visitor.post("/users/revoke/execute", loginId=login_id, confirmation=confirmation).error == said
    return said


def test_what_cannot_be_revoked_on_the_screen(bank: Running, master: dict[str, Any]) -> None:
    """One's own certificate, none at all, a dead one, and those of another company's users."""
    visitor = inside(bank, master)
    assert "機能申込書" in refused(visitor, master, master["user_id"])
    for state in ("invited", "expired", "revoked"):
        assert "失効できる電子証明書がありません" in refused(visitor, master, colleague(bank, master, state)["user_id"])
    stranger = bank.account("active")
    for login_id in ("", "nobody", stranger["user_id"]):
        assert refused(visitor, master, login_id) == "利用者を選択してください。"
    assert [one["status"] for one in bank.facts(stranger)["certificates"]] == ["issued"]


@pytest.mark.parametrize("role", ["manager", "general"])
def test_only_a_master_revokes(bank: Running, master: dict[str, Any], role: str) -> None:
    """Nor by going straight to the address."""
    visitor = inside(bank, colleague(bank, master, role=role))
    assert "証明書失効" not in visitor.get("/users").words
    assert "作業内容選択" in visitor.get("/users/revoke").words
    confirmation = {"loginId": master["user_id"], "confirmation": master["confirmation_password"]}
    assert "作業内容選択" in visitor.post("/users/revoke/execute", **confirmation).words
    assert [one["status"] for one in bank.facts(master)["certificates"]] == ["issued"]


@pytest.mark.parametrize(
    ("state", "traits", "named"),
    [
        ("renewing", {}, "renewing"),
        ("active", {"role": "king"}, "role"),
        ("active", {"company": "nobody"}, "company"),
        ("active", {"days_left": 0}, "days_left"),
        ("active", {"days_left": 366}, "days_left"),
        ("active", {"days_left": True}, "days_left"),
        ("expired", {"days_ago": 0}, "days_ago"),
        ("active", {"pkcs12": "zip"}, "pkcs12"),
        ("active", {"history": 3}, "history"),
    ],
)
def test_traits_that_cannot_be_are_named(bank: Running, state: str, traits: dict[str, object], named: str) -> None:
    """With what is known."""
    status, answer = bank.ask("POST", "/subscribers", {"system": "gunma", "state": state, **traits})
    assert status == 400
    assert named in answer["error"]


def test_a_branch_revokes_a_master_user_on_paper(bank: Running, master: dict[str, Any]) -> None:
    """Afterwards the certificate opens nothing; without one there is nothing to revoke."""
    bank.told("POST", f"/subscribers/{master['user_id']}/reissue", {})
    assert "失効しています" in at_door(bank, master).get("/certificate-login").words
    user = bank.account("invited")
    assert bank.ask("POST", f"/subscribers/{user['user_id']}/reissue", {})[0] == 400


def test_users_can_be_made_by_hand(bank: Running) -> None:
    """With PKCS#12 for old systems too."""
    for suite in ("3des", "aes256"):
        assert identity(bank.account("active", pkcs12=suite)).serial


def test_the_console_shows_what_a_user_needs(tmp_path: Path) -> None:
    """The token's seed and the confirmation password, for whoever explores the bank by hand."""
    running = Running(tmp_path, "--console")
    try:
        person = running.visitor()
        person.get(running.ready["console"])
        for role in ("master", "general"):
            page = person.post("/console/people", system="gunma", state="active", role=role, pkcs12="3des")
            assert "ワンタイムパスワードの種" in page.words
            assert "確認用パスワード" in page.words
            assert "電子証明書 の PKCS#12" in page.words
    finally:
        running.close()
