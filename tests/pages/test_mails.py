"""Mails are read as a person reads them, whatever wrote them."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from pages.dialect import Dialect
from pages.mails import Mails, beside, further, link, names
from pages.subjects import is_kind
from sekisho.mail.mailbox import Maildir
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import DeviationError, EnvironmentProblemError
from steps.mail import check_contents

WORDS = Dialect(
    "test",
    {
        "mail": {
            "request_id": ["Request ID", "リクエストID"],
            "user_id": ["ユーザーID", "(ご参考)ユーザーID"],
            "guide": ["取得のご案内", "取得について"],
            "renewal": ["更新のご案内"],
            "password": ["パスワードのお知らせ"],
        }
    },
)
ADMIN, BETWEEN = "admin@x.test", "--b\n"
TARO = Account("invited", "emp0001", "himitsu-77", name="山田太郎", facts={"admin_mail": ADMIN})


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


@pytest.mark.parametrize("following", ["パスワード: 12345", "■パスワード：12345", "ユーザー名　：山田"])
def test_the_line_of_another_label_is_no_value(following: str) -> None:
    """A value that is left out is not made up for by the next one."""
    assert beside(mail(f"リクエストID:\n{following}\n"), WORDS, "request_id") == ""


@pytest.mark.parametrize(
    ("text", "mark", "there"),
    [
        ("12,000円", "2,000円", False),
        ("112名", "12名", False),
        ("12,000円です", "12,000円", True),
        ("第12", "第1", False),
        ("利用料は12,345円です", "345", False),
        ("利用料は１２，３４５円です", "12", False),
        ("利用料は12,345円です", "12,345", True),
        ("利用料は12,345円です", "12345円", True),
        ("利用料は12345円です", "１２，３４５円", True),
        ("利用料は112,345円です", "12345円", False),
        ("1,345名", "345名", False),
        ("00012345,345,山田", "345", True),
        ("一\u200b度だけ使えます", "一度だけ使えます", True),
    ],
)
def test_words_with_a_number_are_no_part_of_a_longer_one(text: str, mark: str, *, there: bool) -> None:
    """Nor do signs that nobody sees keep words apart."""
    assert names(mail(text), mark) is there


@pytest.mark.parametrize("hyphen", "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
def test_hyphens_of_all_kinds_are_the_same(hyphen: str) -> None:
    """To a reader: in a telephone number, an ID, a label's value; and none makes a part of a number a number."""
    assert names(mail(f"電話は03{hyphen}1234{hyphen}5678です"), "03-1234-5678")
    assert names(mail("番号はAB-1234です"), f"AB{hyphen}1234")
    assert not names(mail(f"電話は03{hyphen}1234"), "1234")
    assert beside(mail(f"ユーザーID：emp{hyphen}0001"), WORDS, "user_id") == "emp-0001"
    assert beside(mail(f"ユーザーID emp{hyphen}0001"), WORDS, "user_id") == "emp-0001"


@pytest.mark.parametrize("dash", "ー―ｰ—")
def test_a_long_vowel_is_a_hyphen_between_digits_only(dash: str) -> None:
    """サーバー1 is a name."""
    assert names(mail(f"０３{dash}１２３４"), "03-1234")
    assert names(mail("サーバー1"), "サーバー1")
    assert not names(mail("サーバー1"), "サーバ-1")


def test_what_must_stand_in_the_text_is_not_there_for_the_subject_alone() -> None:
    """And what must not be there must not be in the subject either."""
    told = mail(f"リクエストID: 1\nhttps://x.test/\n{TARO.login_password}\n").model_copy(update={"subject": "emp0001"})
    check_contents(told, TARO, WORDS, ["リクエストID", "証明書取得用リンク", "取得用パスワード"], [])
    with pytest.raises(DeviationError, match="ユーザーIDが無い"):
        check_contents(told, TARO, WORDS, ["ユーザーID"], [])
    with pytest.raises(DeviationError, match="ユーザーIDが書かれている"):
        check_contents(told, TARO, WORDS, [], ["ユーザーID"])


@pytest.mark.parametrize("body", ["リクエストIDは別途お知らせします: 1", "Request: 1", ""])
def test_a_sentence_about_a_value_is_not_its_label(body: str) -> None:
    """Whatever follows it."""
    assert not beside(mail(body), WORDS, "request_id")


@pytest.mark.parametrize(
    "body",
    [
        "こちら→https://portal.test/x?a=1。",
        "https://portal.test/x?a=1をクリックしてください",
        "https://portal.test/x?a=1クリックして",
        "＜https://portal.test/x?a=1＞",
        "【https://portal.test/x?a=1】",
        "<https://portal.test/x?a=1>",
        "手続き(https://portal.test/x?a=1)へ",
        "『https://portal.test/x?a=1』｡",
        "Please open https://portal.test/x?a=1.",
        "https://portal.test/x?a=1, then log in",
        "|https://portal.test/x?a=1|次|",
        "|https://portal.test/x?a=1|20260001|",
        "*https://portal.test/x?a=1*",
        "[https://portal.test/x?a=1]",
        "<https://portal.test/x?\na=1>",
        "<URL:https://portal.test/\n  x?a=\n1\n>",
        "<https://portal.test/x?a=1\n手続き>",
    ],
)
def test_a_link_ends_where_its_sentence_goes_on(body: str) -> None:
    """Stops and brackets are no part of an address."""
    assert link(mail(body)) == "https://portal.test/x?a=1"


@pytest.mark.parametrize(
    "whole",
    [
        "https://portal.test/x(1)/y",
        "HTTPS://Portal.Test./x",
        "https://[::1]:8443/x",
        "https://portal.test/a.b?c=d,e",
        "https://portal.test/x?a[]=1|2*3",
        "https://証明書.test/案内/取得.html?名=山田&b=2",
    ],
)
def test_of_a_link_nothing_is_cut_off(whole: str) -> None:
    """Brackets in pairs, capitals, and punctuation in the middle belong to it."""
    assert link(mail(f"手続き: {whole} から")) == whole


def test_the_portals_own_link_is_taken(box: Maildir) -> None:
    """A logo above it leads elsewhere; a portal whose addresses are not known leads where it says first."""
    letter = mail("https://www.x.test/ <https://x.test@portal.test.evil/> 手続き: https://Portal.test/x?a=1")
    assert (
        Mails(box, WORDS, ADMIN, TARO, Hosts(["https://portal.test/enrol/"])).link(letter)
        == "https://Portal.test/x?a=1"
    )
    assert mails(box).link(letter) == "https://www.x.test/"


def test_a_link_of_the_users_own_comes_before_a_sites_door(box: Maildir) -> None:
    """Mails greet with the portal's address."""
    letter = mail("みさきネット https://portal.test/\n次の URL から: https://portal.test/enrol/u?t=7f3a9c01d2")
    known = Hosts(["https://portal.test/enrol/"])
    assert Mails(box, WORDS, ADMIN, TARO, known).link(letter).endswith("?t=7f3a9c01d2")


@pytest.mark.parametrize(
    "body",
    [
        "配信停止 {out}\n取得 {own}",
        "このメールの配信を停止するには：\n{out}\n取得はこちら：\n{own}",
        "取得 {own}\n配信停止 {out}",
        "Unsubscribe <{out}>\n\n{own}",
        "配信停止 <{out}> 取得 <{own}>",
        "取得 <{own}> 配信停止 <{out}>",
        "{out} で配信を停止できます。\n{own} から取得してください。",
    ],
)
def test_a_link_that_ends_the_mails_is_not_the_one(box: Maildir, body: str) -> None:
    """Though it is the user's own too, and may come first."""
    out, own = "https://portal.test/out?t=99887766aabb", "https://portal.test/get?t=7f3a9c01d2"
    known = Hosts(["https://portal.test/enrol/"])
    assert Mails(box, WORDS, ADMIN, TARO, known).link(mail(body.format(out=out, own=own))) == own


@pytest.mark.parametrize(
    "url",
    [
        "http://portal.test/x",
        "https://portal.test:8443/x",
        "https://portal.test.evil.test/x",
        "https://portal.test@evil.test/x",
        "https://pоrtal.test/x",
    ],
    ids=["http", "port", "suffix", "user", "look-alike"],
)
def test_a_mail_that_leads_elsewhere_is_a_finding(box: Maildir, url: str) -> None:
    """Without encryption, to another port, or to a host that only looks like the portal's."""
    known = Hosts(["https://portal.test/enrol/"])
    with pytest.raises(ElsewhereError, match=r"のメールのリンクが開くところ（http.*hosts = \["):
        Mails(box, WORDS, ADMIN, TARO, known).link(mail(f"手続き: {url}"))


def test_a_mail_without_a_link_says_so() -> None:
    """It is the portal's deviation."""
    with pytest.raises(DeviationError, match="「ご案内」のメールにリンクが無い"):
        link(mail("ftp://portal.test/"))


@pytest.fixture
def box(tmp_path: Path) -> Maildir:
    """An administrator's mailbox."""
    mailbox.Maildir(tmp_path / "m")
    return Maildir(tmp_path / "m", patience=0.1)


def deliver(box: Maildir, subject: str, body: str, *, minute: int) -> None:
    """One message to the administrator."""
    message = EmailMessage()
    message["To"], message["Subject"] = ADMIN, subject
    message["Date"] = format_datetime(datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=minute))
    message.set_content(body)
    mailbox.Maildir(box.folder).add(message)


def mails(box: Maildir, account: Account = TARO) -> Mails:
    """What the administrator gets about a user."""
    return Mails(box, WORDS, ADMIN, account)


def test_an_unopened_mail_is_none_that_was_read_before(box: Maildir) -> None:
    """A code that is asked for again is in the mail that comes then, though the first one still lies there."""
    found = mails(box)
    deliver(box, "更新のご案内", "ユーザーID: emp0001\n認証コード: 111111", minute=1)
    assert "111111" in found.newest("renewal", unopened=True).body
    with pytest.raises(DeviationError):
        found.newest("renewal", unopened=True)
    assert "111111" in found.newest("renewal").body
    deliver(box, "更新のご案内", "ユーザーID: emp0001\n認証コード: 222222", minute=2)
    assert "222222" in found.newest("renewal", unopened=True).body


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("ユーザーID: emp0001", "ユーザーID: emp00012"),
        ("ユーザーＩＤ：ｅｍｐ０００１", "ユーザーＩＤ：\n　ｅｍｐ０００１２"),
        ("■ユーザー ID\n EMP0001", "■ユーザー ID\n xemp0001"),
        ("取得用パスワード: himitsu-77", "取得用パスワード: himitsu-78"),
        ("山田　太郎 様", "山田花子 様"),
        ("Request ID: 77\n(ご参考)ユーザーID: emp0001", "Request ID: 78\n(ご参考)ユーザーID: emp-0001"),
        ("ユーザーID\temp0001", "ユーザーID\temp0002"),
    ],
)
def test_the_users_mail_is_taken_whoever_got_the_newest(box: Maildir, own: str, others: str) -> None:
    """Several users share an administrator's address."""
    deliver(box, "取得のご案内", own, minute=1)
    deliver(box, "取得のご案内", f"{own} (2)", minute=2)
    deliver(box, "取得のご案内", others, minute=3)
    assert mails(box).newest("guide").body.strip() == f"{own} (2)".strip()


def test_a_subject_may_name_the_user(box: Maildir) -> None:
    """And somebody else."""
    deliver(box, "取得のご案内（ユーザーID：emp0001）", "本文", minute=1)
    deliver(box, "取得のご案内（ユーザーID：emp0002）", "本文", minute=2)
    assert "emp0001" in mails(box).newest("guide").subject
    assert mails(box).count("guide", 1) == 1
    assert [mail.subject for mail in mails(box).settled()] == ["取得のご案内（ユーザーID：emp0001）"]


def test_a_mail_that_names_nobody_is_taken_only_where_none_names_the_user(box: Maildir) -> None:
    """That it should name him is for the scenario to say."""
    deliver(box, "取得のご案内", "ユーザーID: emp0002", minute=1)
    deliver(box, "取得のご案内", "ユーザーID: \nご担当者様", minute=2)
    assert "ご担当者様" in mails(box).newest("guide").body
    deliver(box, "取得のご案内", "ユーザーID: emp0001", minute=0)
    assert "emp0001" in mails(box).newest("guide").body


def test_of_mails_of_one_second_the_last_is_the_newest(box: Maildir) -> None:
    """A date has no smaller parts."""
    for number in range(5):
        raw = f"To: {ADMIN}\nSubject: 取得のご案内\nDate: Fri, 20 Nov 2026 10:00:00 +0900\n\nemp0001 {number}"
        (box.folder / "new" / str(number)).write_bytes(raw.encode())
    assert mails(box).newest("guide").body == "emp0001 4"


@pytest.mark.parametrize(
    "names",
    [
        ("1732000000.M9512P77Q1.host", "1732000000.M10511P77Q2.host"),
        ("1732000000.V1I2M99P9.host:2,S", "1732000000.V1I2M100P9.host:2,S"),
        ("9.eml", "10.eml"),
    ],
)
def test_the_numbers_in_the_names_of_files_are_numbers(box: Maildir, names: tuple[str, str]) -> None:
    """A Maildir's microseconds have no zeros before them."""
    for name in reversed(names):
        raw = f"To: {ADMIN}\nSubject: 取得のご案内\nDate: Fri, 20 Nov 2026 10:00:00 +0900\n\nemp0001 {name}"
        (box.folder / "new" / name).write_bytes(raw.encode())
    assert mails(box).newest("guide").body == f"emp0001 {names[1]}"


def test_mails_about_others_are_said_to_be_so(box: Maildir) -> None:
    """The user's own has not come."""
    deliver(box, "取得のご案内", "ユーザーID: emp0002", minute=1)
    deliver(box, "更新のご案内", "ユーザーID: emp0001", minute=1)
    with pytest.raises(DeviationError, match="取得のご案内（別の利用者のもの）、更新のご案内）"):
        mails(box).newest("guide")


@pytest.mark.parametrize("subject", ["【団信】取得について", "証明書 取得の ご案内", "取得のご案内（再送）"])
def test_every_spelling_of_a_subject_is_known(box: Maildir, subject: str) -> None:
    """Not the first only, and spaces do not matter."""
    deliver(box, subject, "emp0001", minute=1)
    assert mails(box).newest("guide").subject == subject
    assert mails(box).count("guide", 1) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("IDはemp0001です", 1),
        ("https://x.test/?id=emp0001&a=1", 1),
        ("emp0001.", 1),
        ("emp0001\n2", 1),
        ("emp00012", 0),
        ("temp0001", 0),
        ("emp0001-2", 0),
        ("emp0001.sato@x.test", 0),
        ("emp0001_2", 0),
    ],
)
def test_an_id_is_no_part_of_another(body: str, expected: int) -> None:
    """Japanese words may touch it."""
    assert names(mail(body), "emp0001") == expected


def test_one_bad_mail_stops_no_scenario_about_another(box: Maildir) -> None:
    """It is named where it may be the one that is looked for."""
    bad = f"To: {ADMIN}\nSubject: 取得のご案内\nContent-Type: multipart/mixed; boundary=b\n\n{BETWEEN * 4000}"
    (box.folder / "new" / "bad").write_bytes(bad.encode())
    (box.folder / "new" / "folder").mkdir()
    deliver(box, "更新のご案内", "emp0001", minute=1)
    assert mails(box).newest("renewal").body.strip() == "emp0001"
    assert mails(box).count("renewal", 1) == 1
    with pytest.raises(EnvironmentProblemError, match=r"bad: 部分（multipart）が多すぎます"):
        mails(box).newest("guide")
    with pytest.raises(EnvironmentProblemError, match=r"folder: ファイルを開けません（Is a directory）"):
        mails(box).newest("password")
    box.set_aside(ADMIN)
    with pytest.raises(DeviationError, match="届かない"):
        mails(box).newest("password")


def test_a_mail_that_says_the_very_same_as_one_before_has_come_too() -> None:
    """As where a portal sends a mail twice: nothing in the second is new, not even its date."""
    first, second = mail("emp0001"), mail("emp0002")
    assert further([first, second, first], [first, second]) == [first]
    assert further([first, second], [first]) == [second]
    assert further([first], [first, second]) == []


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("取得のご案内", True),
        ("[SPAM] 取得のご案内", True),
        ("【重要】取得のご案内", True),
        ("Re: 取得のご案内", False),
        ("ＲＥ：取得のご案内", False),
        ("Fwd: 取得のご案内", False),
        ("自動応答: 取得のご案内", False),
        ("Undelivered Mail Returned to Sender: 取得のご案内", False),
        ("[SPAM] 配信不能: 取得のご案内", False),
    ],
)
def test_answers_reports_and_copies_are_no_mails_of_the_portal(subject: str, *, own: bool) -> None:
    """They have its subject, and something before it."""
    assert is_kind(replace_subject(subject), WORDS, "guide") is own


def test_a_portal_may_begin_its_own_subject_so() -> None:
    """Where the words for it do."""
    words = Dialect("test", {"mail": {"guide": ["Re:取得のご案内"]}})
    assert is_kind(replace_subject("Re:取得のご案内"), words, "guide")


def put(box: Maildir, *raws: str) -> None:
    """Messages as they stand, each to the administrator."""
    for raw in raws:
        name = f"{len(list((box.folder / 'new').iterdir()))}"
        text = f"To: {ADMIN}\nDate: Fri, 20 Nov 2026 10:00:00 +0900\n{raw}"
        (box.folder / "new" / name).write_bytes(text.encode())


GUIDE, REPORT = "Subject: 取得のご案内\n", "Content-Type: multipart/report; boundary=b\n"


@pytest.mark.parametrize(
    ("raws", "expected"),
    [
        ([f"Message-ID: <1@p>\n{GUIDE}Received: by {one}; x\n\nemp0001" for one in "ab"], 1),
        ([f"Message-ID: <{one}@p>\n{GUIDE}\nemp0001" for one in "12"], 2),
        ([f"{GUIDE}\nemp0001"] * 2, 2),
        ([f"Message-ID: <1@p>\n{GUIDE}\nemp0001 {one}" for one in "12"], 2),
    ],
    ids=["an alias", "sent twice", "without numbers", "one number for all"],
)
def test_a_mail_that_comes_by_two_ways_is_one(box: Maildir, raws: list[str], expected: int) -> None:
    """One that is sent twice is two, and so are two that say different things under one number."""
    put(box, *raws)
    assert mails(box).count("guide", expected) == expected


def test_a_late_copy_of_a_mail_of_before_is_nothing_new(box: Maildir) -> None:
    """It is set aside with it."""
    put(box, f"Message-ID: <1@p>\n{GUIDE}\nemp0001")
    box.set_aside(ADMIN)
    put(box, f"Message-ID: <1@p>\nReceived: by b; x\n{GUIDE}\nemp0001")
    assert mails(box).count("guide", 0) == 0


@pytest.mark.parametrize(
    ("head", "own"),
    [
        ("Auto-Submitted: auto-generated\n", True),
        ("Auto-Submitted: no\n", True),
        ("Return-Path: <>\n", True),
        ("Auto-Submitted: auto-replied; owner=x\n", False),
        (REPORT, False),
        ("Content-Type: message/delivery-status\n", False),
        ("Return-Path: <>\nContent-Type: multipart/mixed; boundary=b\n", False),
    ],
)
def test_what_a_machine_answers_is_no_mail_of_the_portal(box: Maildir, head: str, *, own: bool) -> None:
    """A notice that only says that a machine sent it is, as RFC 3834 asks of notices."""
    put(box, f"{GUIDE}{head}\n--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n\nemp0001\n--b--\n")
    assert mails(box).count("guide", int(own)) == own
    if not own:
        with pytest.raises(DeviationError, match="届いたもの: 取得のご案内（自動応答か配信の報告）"):
            mails(box).newest("guide")


def replace_subject(subject: str) -> Mail:
    """A mail with a subject."""
    return mail("").model_copy(update={"subject": subject})
