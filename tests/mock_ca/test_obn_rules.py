"""Both sides of every boundary in the obn manual's rules, over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from .obn_walks import (
    PIN,
    Obn,
    apply,
    downloaded,
    ids,
    key_form,
    keyed,
    linked,
    listed,
    packed,
    press,
    printed,
    renewed,
    resumed,
    revoked,
    statuses,
    twice,
)
from .visitor import identity

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(("days", "open_"), [(0, True), (179, True), (180, True), (181, False), (400, False)])
def test_a_certificate_can_be_downloaded_for_180_days(obn: Obn, days: int, open_: bool) -> None:  # noqa: FBT001
    """Day 180 after the issue is the last; the day after is refused at 次へ."""
    visitor = obn.visitor()
    page = press(visitor, visitor.get(obn.sites["enrol"]), **ids(obn.account("invited", days_ago=days)))
    assert ("証明書パスワード（確認用）" in page.words) == open_
    assert open_ or "180日間" in page.error


def test_the_printed_notice_says_what_is_issued(obn: Obn) -> None:
    """Both ids, the institution, the validity of the certificate however late it is downloaded, and the last day."""
    user = obn.account("invited", days_ago=100)
    table, certificate = printed(user), downloaded(obn, user).certificate
    first, last = (
        moment.astimezone(TOKYO) for moment in (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    )
    assert table["発行者"] == "Online Billing NW Common Root CA - G1"
    assert table["発行元"] == user["user_id"]
    assert table["電子証明書ダウンロードサイトリクエストID"] == user["request_id"]
    assert table["電子証明書ダウンロードサイトリファレンスID"] == user["reference_id"]
    assert table["電子証明書有効期限"] == f"{first:%Y/%m/%d} ～ {last:%Y/%m/%d}"
    assert table["電子証明書ダウンロードサイト有効期限"] == f"{first.date() + timedelta(days=180):%Y/%m/%d}"
    assert obn.mock.mails(user["mail"]) == []


@pytest.mark.parametrize("state", ["active", "renewable", "renewing", "revoked", "expired"])
def test_whoever_holds_a_certificate_still_has_its_notice(obn: Obn, state: str) -> None:
    """With the ids that revocation asks for."""
    user = obn.account(state)
    held = next(one for one in obn.mock.facts(user)["requests"] if one["kind"] == "issue")
    assert printed(user)["電子証明書ダウンロードサイトリクエストID"] == held["request_id"]
    assert printed(user)["電子証明書ダウンロードサイトリファレンスID"] == held["reference_id"]
    assert (user["request_id"] == held["request_id"]) == (state != "renewing")


def test_certificates_are_valid_for_three_years_and_three_months_to_the_second(obn: Obn) -> None:
    """Downloaded or renewed."""
    for made in (downloaded(obn, obn.account("invited")), renewed(obn, obn.account("renewable"))):
        begins = made.certificate.not_valid_before_utc.astimezone(TOKYO)
        ends = made.certificate.not_valid_after_utc.astimezone(TOKYO)
        months = (ends.year - begins.year) * 12 + ends.month - begins.month
        assert (months, ends.time()) == (39, begins.time())
        assert ends.day == begins.day or ends.day in {28, 29, 30}


WRONG_IDS = [
    ({"referenceId": "XXXXXXXXXX"}, "正しくありません"),
    ({"requestId": "202001010000000"}, "正しくありません"),
    ({"requestId": "<script>"}, "正しくありません"),
    ({"requestId": ""}, "入力してください"),
    ({"referenceId": "  "}, "入力してください"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_IDS)
def test_wrong_ids_are_refused_and_asked_for_again(obn: Obn, wrong: dict[str, str], sentence: str) -> None:
    """One sentence, whichever is wrong; nothing of the input becomes markup."""
    user, visitor = obn.account("invited"), obn.visitor()
    page = press(visitor, visitor.get(obn.sites["enrol"]), **{**ids(user), **wrong})
    assert sentence in page.error
    assert "<script>" not in page.text
    assert "証明書パスワード（確認用）" in press(visitor, page, **ids(user)).words


def test_refusals_do_not_tell_which_id_was_wrong(obn: Obn) -> None:
    """Also not for the reference id of someone else."""
    user, other, answers = obn.account("invited"), obn.account("invited"), set()
    for wrong in ({"requestId": "209901010000000"}, {"referenceId": "a" * 10}, {"referenceId": other["reference_id"]}):
        visitor = obn.visitor()
        answers.add(press(visitor, visitor.get(obn.sites["enrol"]), **{**ids(user), **wrong}).error)
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("given", "again", "sentence"),
    [
        ("x", "x", ""),
        ("y" * 64, "y" * 64, ""),
        ("with space ~!", "with space ~!", ""),
        ("", "", "入力してください"),
        ("z" * 65, "z" * 65, "64文字以内"),
        ("ひみつ", "ひみつ", "半角"),
        ("one", "two", "一致しません"),
    ],
)
def test_the_download_takes_any_printable_password(obn: Obn, given: str, again: str, sentence: str) -> None:
    """Of 1 to 64 characters; a refused one can be corrected."""
    user, visitor = obn.account("invited"), obn.visitor()
    page = press(visitor, visitor.get(obn.sites["enrol"]), **ids(user))
    page = press(visitor, page, password=given, passwordConfirm=again)
    assert sentence in page.error
    assert not sentence or "Download" in press(visitor, page, **twice("good")).text


def test_starting_again_gives_the_same_certificate(obn: Obn) -> None:
    """Under the new password."""
    user = obn.account("invited")
    assert downloaded(obn, user, "one").serial == downloaded(obn, user, "two").serial
    assert len(obn.mock.facts(user)["certificates"]) == 1


def test_the_file_is_named_after_the_request(obn: Obn) -> None:
    """リクエストID.p12, and it may be saved twice."""
    user, visitor = obn.account("invited"), obn.visitor()
    page = packed(visitor, obn, user)
    files = [press(visitor, page) for _ in range(2)]
    assert {file.headers["Content-Disposition"] for file in files} == {
        f'attachment; filename="{user["request_id"]}.p12"'
    }
    assert files[0].body == files[1].body


@pytest.mark.parametrize(("left", "open_"), [(91, False), (90, False), (89, True), (30, True), (0, True)])
def test_renewal_is_open_with_fewer_than_90_days_left(obn: Obn, left: int, open_: bool) -> None:  # noqa: FBT001
    """90 days exactly are too many, and then no request is recorded."""
    user = obn.account("active", days_left=left)
    page = apply(obn.at("renew", user)[0])
    assert ("送信完了" in page.words) == open_
    assert open_ or "90日未満" in page.error
    assert len(obn.mock.facts(user)["requests"]) == 1 + open_


def test_a_renewal_shows_its_three_statuses_in_order(obn: Obn) -> None:
    """And the way to the key comes after the last of them, with the request id filled in."""
    user = obn.account("renewable")
    visitor, _ = obn.at("renew", user)
    seen, page = statuses(visitor, apply(visitor))
    assert list(dict.fromkeys(seen)) == ["鍵生成中", "発行要求中", "発行済み"]
    assert page.field("requestId") == obn.mock.facts(user)["requests"][0]["request_id"]


PINS = [
    ("012", "足りません"),
    ("01234", "超えています"),
    ("", "入力してください"),
    ("abcd", "数字以外"),
    ("12a4", "数字以外"),
    ("-123", "数字以外"),
    ("０１２３", "全角"),
    ("012３", "全角"),
    ("0 23", "空白"),
    (" 0123", "空白"),
    ("０１２　", "空白"),
    ("१२३४", "全角"),
    ("1" * 100_000, "超えています"),
]


def test_a_renewed_key_takes_four_half_width_digits_and_nothing_else(obn: Obn) -> None:
    """Each refusal has its sentence, and the right one is taken afterwards."""
    visitor, page = key_form(obn, obn.account("renewable"))
    for pin, sentence in PINS:
        page = press(visitor, page, **keyed(page, pin))
        assert sentence in page.error, pin
        assert not pin or "半角数字4桁" in page.error
    page = press(visitor, page, requestId=page.field("requestId"), password=PIN, passwordConfirm="9999")
    assert "一致しません" in page.error
    assert 'value="Download"' in press(visitor, page, **keyed(page)).text


def test_a_lost_key_is_fetched_by_the_list_until_the_old_certificate_expires(obn: Obn) -> None:
    """With the new certificate's end in the list; on the last day it is there, a day later the door is shut."""
    user = obn.account("renewing", days_left=1)
    new = obn.mock.facts(user)["certificates"][-1]
    visitor, _ = obn.at("renew", user)
    page = listed(visitor)
    end = date.fromisoformat(new["not_after"][:10])
    assert f"{end.year}." in page.words
    assert "発行済み" in page.words
    obn.mock.pass_time(days=1)
    assert resumed(obn, user).serial == new["serial"]
    obn.mock.pass_time(days=1)
    page = obn.at("renew", user)[1]
    assert (page.status, "有効期限を過ぎて" in page.words) == (403, True)


def test_a_download_page_does_not_outlive_the_old_certificate(obn: Obn) -> None:
    """Although the page was open before."""
    obn.mock.pass_time(to="23:55")
    user = obn.account("renewing", days_left=0)
    visitor, _ = obn.at("renew", user)
    page = visitor.get(linked(listed(visitor)))
    page = press(visitor, page, **keyed(page))
    obn.mock.pass_time(minutes=10)
    assert press(visitor, page).status == 403


def test_a_renewal_is_applied_for_once(obn: Obn) -> None:
    """The second time the list is pointed at."""
    user = obn.account("renewing")
    assert "すでに受け付けています" in apply(obn.at("renew", user)[0]).error


NOTICE_DAYS = [75, 60, 45, 30, 15, 7, 6, 5, 4, 3, 2, 1, 0]


def test_reminders_come_on_their_days_only(obn: Obn) -> None:
    """Day by day from 91 to 0; each says how many days are left."""
    user = obn.account("active", days_left=91)
    arrived: list[int] = []
    for left in range(91, -3, -1):
        mails = obn.mock.mails(user["mail"])
        arrived += [left] * (len(mails) - len(arrived))
        obn.mock.pass_time(days=1)
    assert arrived == NOTICE_DAYS
    bodies = [str(mail.get_content()) for mail in obn.mock.mails(user["mail"])]
    assert [f"有効期限までの日数: {left}日" in body for left, body in zip(NOTICE_DAYS, bodies, strict=True)] == [
        True
    ] * 13
    end = identity(user).certificate.not_valid_after_utc.astimezone(TOKYO)
    assert all(f"有効期限: {end:%Y/%m/%d}" in body and obn.sites["renew"] in body.splitlines() for body in bodies)
    assert {(mail["From"], mail["Subject"]) for mail in obn.mock.mails(user["mail"])} == {
        ("no-reply@ssk.or.jp", "電子証明書の更新のお知らせ")
    }


def test_no_reminder_after_the_renewal(obn: Obn) -> None:
    """None once the new key was fetched; before that they go on."""
    done, undone = obn.account("renewable", days_left=8), obn.account("renewing", days_left=8)
    before = len(obn.mock.mails(done["mail"]))
    renewed(obn, done)
    obn.mock.pass_time(days=3)
    assert [len(obn.mock.mails(user["mail"])) - before for user in (done, undone)] == [0, 3]


@pytest.mark.parametrize("site", ["enrol", "renew", "revoke"])
@pytest.mark.parametrize(("minutes", "alive"), [(14, True), (16, False)])
def test_a_session_ends_after_fifteen_idle_minutes(obn: Obn, site: str, minutes: int, alive: bool) -> None:  # noqa: FBT001
    """Then the page says so, and a fresh start works."""
    user = obn.account("active", days_left=30)
    visitor, page = obn.at(site, user)
    page = visitor.get("/p/ru/apply") if site == "renew" else page
    obn.mock.pass_time(minutes=minutes)
    page = press(visitor, page, **ids(user))
    assert ("セッションが無効です" in page.words) != alive
    assert "セッションが無効です" not in visitor.get(obn.sites[site]).words
    assert "セッションが無効です" not in obn.at(site, user)[1].words


def test_a_new_scenario_leaves_earlier_subscribers_alone(obn: Obn) -> None:
    """Its mornings remind nobody else and revoke nothing else, or they would grow with everything tried before."""
    reminded, applied = obn.account("active", days_left=8), obn.account("active")
    before = len(obn.mock.mails(reminded["mail"]))
    revoked(obn, applied)
    obn.mock.told("POST", "/scenario", {})
    obn.mock.pass_time(days=5)
    assert len(obn.mock.mails(reminded["mail"])) == before
    assert obn.opens(identity(applied))
