"""What `[family]` may say, and what is said to whoever writes something else into it: key, value, what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from sekisho.layout import part
from sekisho.machine.explaining import explain
from sekisho.manual import family_checks
from sekisho.manual.family import Family
from sekisho.manual.model import About

LEAST = """
id = "shiro"
name = "城"
title = "城の手引き"
[sites.enrol]
title = "取得"
purpose = ""
[sites.renew]
title = "更新"
purpose = ""
[sites.service]
title = "城"
purpose = ""
[accounts]
%s
[family]
kind = "managed-pki"
issuer = "Shiro CA"
sender = "shiro@shiro.example"
"""
TWO = 'certificates = ["east", "west"]'
KINDS = '[family.certificates.east]\nservices = ["service"]\n[family.certificates.west]\nservices = ["service"]'
GUIDE = '[family.mails.guide]\ntells = ["link", "request_id", "user_id", "password"]'
LETTER = '[family.letter]\ntells = ["link", "request_id", "user_id", "password"]'
GETS = "gets = { letter = {}, admin_mail = {} }"

GOOD: Mapping[str, tuple[str, str]] = {
    "the least": ("", ""),
    "everything in one mail": ("", GUIDE),
    "a letter alone": (GETS, f"{LETTER}\nreissue = true"),
    "two kinds": (TWO, f"several_each = true\n{KINDS}"),
    "no reminder": ("", "reminder_days = []"),
    "a letter alone, once": (GETS, f"reissue = false\n{LETTER}"),
    "the user's ID in subjects": ("", 'subject = "【城】{title}（{user_id}）"'),
    "a mail to the administrator": (
        GETS,
        f'{GUIDE}\n[family.mails.user_id_notice]\nto = "admin"\ntells = ["user_id"]',
    ),
}
BAD: Mapping[str, tuple[str, str, str]] = {
    "an unknown key": ("", "monthes = 1", "family.monthes = 1: 知らない項目です（months のことですか）"),
    "an unknown key of a mail": (
        "",
        f'{GUIDE}\ntell = ["link"]',
        "family.mails.guide.tell: 知らない項目です（tells のことですか）",
    ),
    "no month": ("", "months = 0", "family.months = 0: 1 以上の数を書いてください"),
    "too many months": ("", "months = 121", "family.months = 121: 120 以下の数を書いてください"),
    "half a month": ("", "months = 1.5", "family.months = 1.5: 整数を書いてください"),
    "a month as a word": ("", 'months = "x"', "family.months = 'x': 整数を書いてください"),
    "days of an invitation": ("", "invitation_days = 0", "family.invitation_days = 0: 1 以上"),
    "days of a renewal": ("", "renewal_days = 366", "family.renewal_days = 366: 365 以下"),
    "days of fetching": ("", "fetch_days = 0", "family.fetch_days = 0: 1 以上"),
    "minutes": ("", "idle_minutes = 0", "family.idle_minutes = 0: 1 以上"),
    "a password's length": ("", "password_limit = 7", "family.password_limit: 8 以上"),
    "a day of a reminder": ("", "reminder_days = [30, -1]", "family.reminder_days[1] = -1: 0 以上"),
    "a reminder twice": ("", "reminder_days = [7, 7]", "family.reminder_days = [7, 7]: 同じ日が 2 度あります"),
    "a renewal before the beginning": (
        "",
        "months = 1",
        "family.renewal_days = 30: 有効期間（months = 1）より短くしてください",
    ),
    "a reminder before the beginning": ("", "months = 2\nreminder_days = [60]", "family.reminder_days[0] = 60: 有効期"),
    "what is finished the same day": (
        "",
        'finish_today = ["renew"]',
        "family.finish_today[0] = 'renew': 'issue'、'reissue'、'renewal' のどれかを書いてください",
    ),
    "a reissue that there is not": (
        "",
        'reissue = false\nfinish_today = ["reissue"]',
        "family.finish_today: reissue は、再発行が無い",
    ),
    "a number in quotes": ("", 'months = "36"', "family.months = '36': 整数を書いてください"),
    "a truth": ("", "reissue = 1", "family.reissue = 1: true か false"),
    "a subject without the title": (
        "",
        'subject = "城"',
        "family.subject = '城': {title}（必須）と {user_id} を使って",
    ),
    "a subject with another": ("", 'subject = "{title}{name}"', "family.subject = '{title}{name}': {title}（必須）と"),
    "a subject with a brace": ("", 'subject = "{title}{"', "family.subject = '{title}{': {title}（必須）と"),
    "a long organization": ("", f'organization = "{"x" * 65}"', "64 文字までで書いてください"),
    "too many units": ("", f"units = {['x'] * 6}", "family.units: 5 個までで書いてください"),
    "a prefix": ("", 'prefix = "shiro"', "family.prefix = 'shiro': 正規表現"),
    "a row that is none": (
        "",
        '[family.breaks]\nwrong-issuer = ["x"]',
        "family.breaks.wrong-issuer[0] = 'x': 正規表現",
    ),
    "a mail that there is not": ("", GUIDE.replace("guide", "guid"), "family.mails.guid"),
    "a recipient": ("", f'{GUIDE}\nto = "me"', "family.mails.guide.to = 'me': 'user'、'admin'、'password' のどれか"),
    "a recipient whom nobody has": ("", f'{GUIDE}\nto = "admin"', "to = 'admin': [accounts.gets] に admin_mail = {}"),
    "a mail that says nothing": ("", "[family.mails.guide]", "family.mails.guide.tells: メールに書くことを"),
    "a fact": ("", f'{GUIDE[:-1]}, "links"]', "family.mails.guide.tells[4] = 'links'"),
    "a term in the guide": (
        "",
        f'{GUIDE[:-1]}, "validity"]',
        "family.mails.guide.tells[4] = 'validity': 知らない名前です（使えるもの: link, service, request_id",
    ),
    "a password in the reminder": (
        "",
        '[family.mails.renewal]\ntells = ["password"]',
        "family.mails.renewal.tells[0] = 'password': 知らない名前です（使えるもの: link, user_id, validity）",
    ),
    "a reminder at a reissue": ("", "[family.mails.renewal]\nreissue = true", "family.mails.renewal.reissue: 更新の"),
    "a reminder on no day": ("", "reminder_days = []\n[family.mails.renewal]", "family.mails.renewal: 更新のご案内は"),
    "a password that nobody is told": (
        "",
        GUIDE.replace(', "password"', ""),
        "family.mails: 利用者にパスワードを伝えるメールも書面もありません（tells に password を加えて",
    ),
    "a link that one kind is not told": (
        TWO,
        f'{KINDS}\n{GUIDE}\ncertificates = ["east"]',
        "family.mails: 「west」の利用者に取得用のリンクを伝えるメールも",
    ),
    "nothing at a reissue": ("", f"{GUIDE}\nreissue = false", "family.mails: 再発行のとき、利用者に取得用のリンクを"),
    "a letter that nobody has": ("", f"{LETTER}\nreissue = true", "family.letter: [accounts.gets] に letter = {} を"),
    "two addresses in a letter": (
        GETS,
        f'{LETTER[:-1]}, "service"]\nreissue = true',
        "family.letter.tells = ['link', 'request_id', 'user_id', 'password', 'service']: link と service は",
    ),
    "a letter for another kind": (
        GETS,
        f'{LETTER}\nreissue = true\ncertificates = ["west"]',
        "family.letter.certificates[0] = 'west': 知らない名前です（使えるもの: shared）",
    ),
    "a kind that nobody has": (
        "",
        KINDS,
        "family.certificates.east: [accounts] certificates に無い名前です（使えるもの: shared）",
    ),
    "a kind without services": (
        TWO,
        KINDS.partition("[family.certificates.west]")[0],
        "family.certificates.west: 証明書が数種類あるので、services",
    ),
    "a service that there is not": (
        TWO,
        KINDS.replace('["service"]', '["servise"]'),
        "family.certificates.east.services[0] = 'servise': 知らない名前です（service のことですか）",
    ),
    "several of one kind": ("", "several_each = true", "family.several_each = true: 証明書は 1 種類です"),
    "a kind's name": ('certificates = ["②"]', "", "sites: '②': サイトと証明書の名前は URL になる"),
}


@pytest.mark.parametrize(("accounts", "family"), GOOD.values(), ids=GOOD)
def test_a_table_may_say_so(accounts: str, family: str) -> None:
    """From three lines to several kinds of certificates."""
    assert told(LEAST % accounts + family) == ""


@pytest.mark.parametrize(("accounts", "family", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_told_with_its_key(accounts: str, family: str, said: str) -> None:
    """And its value and what is allowed."""
    assert said in told(LEAST % accounts + family)


@pytest.mark.parametrize("key", ["kind", "issuer", "sender"])
def test_what_must_be_said(key: str) -> None:
    """Which family, and what no portal has like another."""
    lines = [line for line in LEAST.splitlines() if not line.startswith(f"{key} =")]
    assert told("\n".join(lines) % "") == f"family.{key}: この項目は必須です"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"managed-pki"', '"manged-pki"', "family.kind = 'manged-pki': 'managed-pki' のどれかを書いてください"),
        ('"Shiro CA"', '""', "family.issuer = '': 空にはできません"),
        ("shiro@shiro.example", "shiro", "family.sender = 'shiro': 正規表現"),
        ("[sites.renew]", "[sites.renewal]", "sites: [sites.renew] が要ります"),
        ('[sites.service]\ntitle = "城"\npurpose = ""\n', "", "sites: 証明書で開くサービスが要ります"),
    ],
)
def test_what_it_must_be(old: str, new: str, said: str) -> None:
    """The family, a name, an address, and the sites of the family."""
    assert old in LEAST
    assert said in told(LEAST.replace(old, new) % "")


def test_every_key_is_explained() -> None:
    """In docs/manual.md, with its default."""
    section = part("docs", "manual.md").read_text("utf-8").partition("## A portal of a family")[2].partition("\n## ")[0]
    missing = [key for key in Family.model_fields if f"`{key}" not in section and f"    {key} = " not in section]
    assert not missing
    usual = {name: field.default for name, field in Family.model_fields.items() if type(field.default) in (int, bool)}
    rows = {
        line.split("|")[1].strip().strip("`"): line.split("|")[2].strip()
        for line in section.splitlines()
        if "|" in line
    }
    assert {name: rows[name] for name in usual} == {name: str(value).lower() for name, value in usual.items()}


def told(text: str) -> str:
    """All that is wrong with a manual's file."""
    facts: dict[str, Any] = tomllib.loads(text)
    try:
        return "\n".join(line for _, line in family_checks.problems(About.model_validate(facts)))
    except ValidationError as error:
        return "\n".join(line for _, line in explain(error, About))
