"""Both sides of every boundary in the manual's rules, over HTTP."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from .running import Running, fetch, submit
from .visitor import identity, opened
from .walks import advance, apply, at_renewal, enrol, enrolled, enters, key_page, listed, opens, renewed

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(("days", "open_"), [(0, True), (29, True), (30, True), (31, False), (60, False)])
def test_an_invitation_is_open_for_thirty_days(mock: Running, days: int, open_: bool) -> None:  # noqa: FBT001
    """Day 30 after the issue of the certificate information is the last."""
    page = enrol(mock, mock.account("invited", days_ago=days))
    assert (page.name == "download.jsp") == open_
    assert open_ or "発行後30日間" in page.error


def test_an_invitation_ends_while_its_day_passes(mock: Running) -> None:
    """The same invitation is open before a midnight and closed after it."""
    user = mock.account("invited", days_ago=30)
    assert enrol(mock, user).name == "download.jsp"
    mock.pass_time(days=1)
    assert "発行後30日間" in enrol(mock, user).error


def test_a_key_page_opened_before_midnight_cannot_be_submitted_after_it(mock: Running) -> None:
    """A clear page says so; from the menu it works again."""
    mock.pass_time(to="23:55")
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    mock.pass_time(minutes=10)
    page = submit(visitor, user["request_id"], ticket=page.field("ticket"))
    assert "日付が変わった" in page.error
    assert mock.facts(user)["certificates"] == []
    assert opened(fetch(visitor, user["request_id"]), "Himitsu#1")


def test_a_download_page_opened_before_midnight_gives_no_file_after_it(mock: Running) -> None:
    """The certificate exists by then; starting over from the menu gives the same one."""
    mock.pass_time(to="23:55")
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    submit(visitor, user["request_id"], ticket=page.field("ticket"))
    mock.pass_time(minutes=10)
    assert "日付が変わった" in visitor.download().error
    fetched = opened(fetch(visitor, user["request_id"]), "Himitsu#1")
    assert [one["serial"] for one in mock.facts(user)["certificates"]] == [fetched.serial]


def test_a_certificate_is_valid_for_three_years_from_its_issue(mock: Running) -> None:
    """Until the end of the same calendar day in Tokyo, and never from a moment that has not come yet."""
    mock.pass_time(days=5)
    before = datetime.now(UTC).replace(microsecond=0)
    made = enrolled(mock, mock.account("invited")).certificate
    begins, ends = made.not_valid_before_utc.astimezone(TOKYO), made.not_valid_after_utc.astimezone(TOKYO)
    assert before <= made.not_valid_before_utc <= datetime.now(UTC)
    assert (ends.year - begins.year, f"{ends:%H:%M:%S}") == (3, "23:59:59")
    assert (ends.month, ends.day) in ((begins.month, begins.day), (2, 28))


def test_a_repeated_submit_gives_the_same_key_under_the_new_password(mock: Running) -> None:
    """Never a second certificate for one request."""
    user = mock.account("invited")
    first, second = enrolled(mock, user), enrolled(mock, user, "Betsu no 2")
    assert first.serial == second.serial
    assert len(mock.facts(user)["certificates"]) == 1


def test_two_submits_at_once_make_one_certificate(mock: Running) -> None:
    """Whichever comes first."""
    user = mock.account("invited")
    pairs = [key_page(mock, user) for _ in range(4)]
    threads = [
        threading.Thread(target=submit, args=(visitor, user["request_id"]), kwargs={"ticket": page.field("ticket")})
        for visitor, page in pairs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mock.facts(user)["certificates"]) == 1
    assert mock.facts(user)["requests"][0]["handed_out"] == 4


@pytest.mark.parametrize(("left", "open_"), [(31, False), (30, True), (29, True), (0, True)])
def test_renewal_is_open_from_thirty_days_before_expiry(mock: Running, left: int, open_: bool) -> None:  # noqa: FBT001
    """31 days before it is refused with a sentence, and no request is recorded."""
    user = mock.account("active", days_left=left)
    page = apply(at_renewal(mock, user))
    assert ("waiting.jsp" in page.url) == open_
    assert open_ or "30日前から" in page.error
    assert len(mock.renewals(user)) == int(open_)


def test_a_renewal_is_applied_for_once(mock: Running) -> None:
    """A second application with the same certificate is refused; its form sent twice leads to the same request."""
    user = mock.account("renewable")
    visitor = at_renewal(mock, user)
    ticket = visitor.get("apply.jsp").field("ticket")
    pages = [visitor.post("apply.jsp", ticket=ticket) for _ in range(2)]
    assert pages[0].field("requestId") in ("", pages[1].field("requestId"))
    assert "key.jsp" in advance(visitor, pages[1]).url
    assert "すでに受け付けています" in apply(at_renewal(mock, user)).error
    assert len(listed(mock, user)) == len(mock.facts(user)["certificates"]) - 1 == 1


def test_the_waiting_page_may_be_reloaded(mock: Running) -> None:
    """It shows or leads on, and applies for nothing."""
    user = mock.account("renewable")
    visitor = at_renewal(mock, user)
    page = apply(visitor)
    for _ in range(3):
        again = visitor.get(page.url)
    assert "key.jsp" in advance(visitor, again).url
    assert len(mock.renewals(user)) == 1


def test_reminders_come_at_thirty_and_seven_days_only(mock: Running) -> None:
    """Counted day by day from 31 days before expiry to its day."""
    user = mock.account("active", days_left=31)
    arrived: list[int] = []
    for left in range(31, -1, -1):
        arrived += [left] * (len(mock.mails(user["mail"])) - len(arrived))
        mock.pass_time(days=1)
    assert arrived == [30, 7]


def test_no_reminder_after_the_renewal(mock: Running) -> None:
    """The one of seven days is not sent once the new key was fetched; before that it is."""
    done, undone = mock.account("renewable", days_left=8), mock.account("renewing", days_left=8)
    renewed(mock, done)
    mock.pass_time(days=1)
    assert [len(mock.mails(user["mail"])) for user in (done, undone)] == [1, 2]


@pytest.mark.parametrize(("minutes", "alive"), [(14, True), (16, False)])
def test_a_session_ends_after_fifteen_idle_minutes(mock: Running, minutes: int, alive: bool) -> None:  # noqa: FBT001
    """Then every menu item says so, and the link leads to a fresh start."""
    user = mock.account("invited")
    visitor = mock.logged_in(user)
    mock.pass_time(minutes=minutes)
    assert ("セッションが無効です" in visitor.get("key.jsp").words) != alive
    assert alive or "セッションが無効です" in visitor.get("requests.jsp").words
    visitor.get(mock.sites["enrol"])
    assert visitor.post("login.jsp", userId=user["user_id"], password=user["login_password"]).url.endswith("top.jsp")


def test_activity_keeps_a_session_alive(mock: Running) -> None:
    """The time counts from the last click."""
    visitor = mock.logged_in(mock.account("invited"))
    for _ in range(3):
        mock.pass_time(minutes=10)
        assert "鍵の取得" in visitor.get("key.jsp").words


PASSWORDS = [
    ("a", "a", ""),
    ("x" * 64, "x" * 64, ""),
    ("with space ~!", "with space ~!", ""),
    ("", "", "入力してください"),
    ("", "x", "入力してください"),
    ("x" * 65, "x" * 65, "64文字以内"),
    ("x" * 100_000, "x" * 100_000, "64文字以内"),
    ("ひみつ", "ひみつ", "半角"),
    ("tab\there", "tab\there", "半角"),
    ("one", "two", "一致しません"),
]


@pytest.mark.parametrize(("password", "again", "sentence"), PASSWORDS)
def test_passwords_are_printable_ascii_of_1_to_64(mock: Running, password: str, again: str, sentence: str) -> None:
    """Anything else is refused with a sentence, and the form stays."""
    page = enrol(mock, mock.account("invited"), password, passwordConfirm=again)
    assert sentence in page.error
    assert page.name == ("key.jsp" if sentence else "download.jsp")
    assert not sentence or "パスワードの確認" in page.words


def test_request_ids_of_others_and_unknown_ones_are_refused_alike(mock: Running) -> None:
    """Nothing tells whether a request id exists."""
    user, other = mock.account("invited"), mock.account("invited")
    given = [other["request_id"], "202001010000000", "<script>", "9" * 5000]
    assert len({enrol(mock, user, request_id=one).error for one in given}) == 1
    assert enrol(mock, user, request_id="").error
    assert mock.facts(other)["certificates"] == []


def test_a_refused_login_does_not_say_which_part_was_wrong(mock: Running) -> None:
    """Nor does it lead anywhere."""
    user = mock.account("invited")
    visitor = mock.visitor()
    visitor.get(mock.sites["enrol"])
    tries = [(user["user_id"], "wrong"), ("emp99999", user["login_password"]), ("", ""), ("' OR 1=1 --", "x")]
    answers = {visitor.post("login.jsp", userId=name, password=password).error for name, password in tries}
    assert len(answers) == 1
    assert answers.pop()
    assert "セッションが無効です" in visitor.get("top.jsp").words


@pytest.mark.parametrize(
    ("held", "opened_"),
    [("shared", {"service", "web"}), ("nissay", {"nissay"})],
)
def test_each_certificate_opens_its_own_services(mock: Running, held: str, opened_: set[str]) -> None:
    """①opens 団信ネット(3社共用) and 団信Web, ② only 団信ネット(日本生命)."""
    holder = identity(mock.account("active", certificate=held))
    assert {site for site in ("service", "nissay", "web") if opens(mock, site, holder)} == opened_


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_dead_certificates_are_forbidden(mock: Running, state: str) -> None:
    """The portal's own page says so, at the services and at the renewal site."""
    user = mock.account(state)
    assert not opens(mock, "service", identity(user))
    assert mock.visitor(identity(user)).get(mock.sites["renew"]).status == 403


def test_a_certificate_dies_with_its_last_day(mock: Running) -> None:
    """By the business clock."""
    holder = identity(mock.account("active", days_left=0))
    assert opens(mock, "service", holder)
    mock.pass_time(days=1)
    assert not opens(mock, "service", holder)


def test_anyone_registered_may_log_in_with_the_pcs_certificate(mock: Running) -> None:
    """A certificate belongs to the PC's user account, not to the person (FAQ 8); passwords are still checked."""
    holder, other = mock.account("active"), mock.account("active")
    assert enters(mock, "service", mock.visitor(identity(holder)), other)
    assert not enters(mock, "service", mock.visitor(identity(holder)), {**other, "login_password": "wrong"})


@pytest.mark.parametrize("agent", ["Mozilla/5.0 Gecko/20100101 Firefox/133.0", "curl/8.0", "Chrome/99 OPR/85", ""])
def test_only_edge_and_chrome_may_enrol(mock: Running, agent: str) -> None:
    """Any other browser is told which ones are supported."""
    page = mock.visitor(agent=agent).get(mock.sites["enrol"])
    assert "Microsoft Edge" in page.words
    assert "ユーザ ID" not in page.words


def test_an_unknown_address_is_not_found(mock: Running) -> None:
    """On every site that can be reached, with the portal's own page."""
    holder = identity(mock.account("active"))
    for site in ("enrol", "renew", "service", "nissay", "web"):
        held = identity(mock.account("active", certificate="nissay")) if site == "nissay" else holder
        visitor = mock.visitor(held)
        page = visitor.get(mock.sites[site].split("/", 3)[0] + "//" + mock.sites[site].split("/")[2] + "/no<b>where")
        assert page.status == 404
        assert "ページが見つかりません" in page.words
        assert "<b>" not in page.text


def test_older_renewals_fill_pages_of_twenty(mock: Running) -> None:
    """Newest first; a page beyond the end shows the last row rather than nothing."""
    user = mock.account("renewing", history=40)
    visitor = at_renewal(mock, user)
    assert "41 件中 1 - 20 件目" in visitor.get("list.jsp").words
    assert "41 件中 21 - 40 件目" in visitor.get("list.jsp?start=20").words
    assert "41 件中 41 - 41 件目" in visitor.get("list.jsp?start=40").words
    assert visitor.get("list.jsp?start=-5").status == visitor.get("list.jsp?start=99999999").status == 200
