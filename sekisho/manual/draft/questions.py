"""What a person is asked who begins a manual without a file of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.manual.draft.answers import Mistake, table, understood
from sekisho.manual.draft.words import usual

Given = dict[str, Any]
YES, NO, NONE, ONE_KIND = "はい", "いいえ", "なし", "1種類"
EVERYTHING = ["link", "user_id", "request_id", "password"]
WAYS: Mapping[str, Given] = {
    "メール1通": {"mails": {"guide": {"tells": EVERYTHING}}},
    "メール2通": {},  # the second has the password: the family's own way
    "メールと郵便": {
        "mails": {"guide": {"tells": EVERYTHING[:-1]}},
        "letter": {"tells": EVERYTHING[-1:]},
    },
    "郵便": {"letter": {"tells": EVERYTHING, "reissue": True}},
}
BUTTONS = {
    "login": "ログインのボタン",
    "submit": "鍵の取得を送信するボタン",
    "apply": "更新を申請するボタン",
    "download": "ダウンロードのボタン",
    "download_key": "一覧から鍵を取得するボタン",
}
BETWEEN = re.compile(r"\s*[、,，]\s*")
# What stands for what has not been asked yet, so that the rest can be checked at once.
NOT_YET: Mapping[str, str] = {"id": "portal", "name": "ポータル"}
NOT_YET_OF_FAMILY: Mapping[str, str] = {"issuer": "Example Client CA", "sender": "support@portal.example"}


@dataclass(frozen=True)
class Question:
    """One: what is asked, the keys that it answers, the usual answer, and how an answer is put into the file."""

    text: str
    keys: tuple[str, ...]
    usual: str
    put: Callable[[Given, str], None]
    choices: tuple[str, ...] = ()
    """The only answers that there are; empty where there are others."""


def questions(given: Given, folder: str) -> Iterator[Question]:
    """Each in its turn; what an answer changed in `given` decides on the next. `folder` is the name of the folder."""
    yield _text("手順書の名前（コマンドで使います。小文字の英数字と _）", "id", _identifier(folder))
    yield _text("ポータルの呼び名", "name", folder)
    yield _text("手順書の題", "title", f"{given['name']} クライアント証明書 取得・更新マニュアル")
    yield Question("サービスの名前（いくつもあれば「、」で区切る）", ("sites",), given["name"], _services)
    yield Question(
        "証明書の種類（いくつもあれば名前を「、」で区切り、サービスの順に）", ("accounts",), ONE_KIND, _kinds
    )
    if len(_kinds_of(given)) > 1:
        yield _choice("一人が何種類もの証明書を持てますか", "family.several_each", NO)
    yield _text("発行者（認証局の Common Name）", "family.issuer", f"{given['id']} Client CA")
    yield _text("メールの差出人", "family.sender", f"support@{given['id'].replace('_', '-')}.example")
    keys = ("family.mails", "family.letter")
    yield Question(f"取得案内の届き方（{'、'.join(WAYS)}）", keys, "メール2通", _sent, tuple(WAYS))
    yield from _figures(given)
    yield _choice("鍵の取得の画面からは、その日のうちに終える決まりですか", "family.finish_today", YES)
    yield _choice("電話などの窓口で再発行を受けられますか", "family.reissue", YES)
    yield _choice("Edge と Chrome のほかのブラウザでも使えますか", "family.any_browser", NO)
    for name, text in BUTTONS.items():
        yield Question(text, (f"words.buttons.{name}",), usual()["buttons"][name][0], _word("buttons", name))


def _figures(given: Given) -> Iterator[Question]:
    yield _number("証明書の有効期間（月。3年なら 36）", "family.months", "36")
    yield _number("取得案内の有効期間（日）", "family.invitation_days", "30")
    months = table(given, "family").get("months", 36)
    opens = min(30, months * 28 - 1) if isinstance(months, int) else 30
    yield _number("更新できるのは有効期限の何日前からか", "family.renewal_days", str(opens))
    opens = table(given, "family").get("renewal_days", opens)
    usual_days = f"{opens}、7" if isinstance(opens, int) and opens > 7 else f"{opens}"  # noqa: PLR2004 - a week
    text = f"更新案内のメールが届くのは有効期限の何日前か（「、」で区切る。来なければ {NONE}）"
    yield Question(text, ("family.reminder_days",), usual_days, _days)
    text = f"操作しないと何分で自動的にログアウトするか（手順書に無ければ {NONE}）"
    yield Question(text, ("family.idle_minutes",), NONE, _idle)


def wrong(given: Given, keys: list[str]) -> list[Mistake]:
    """What is wrong with the answers so far: what concerns one of the keys that have been asked."""
    whole = {**NOT_YET, **given, "family": {**NOT_YET_OF_FAMILY, **table(given, "family")}}
    found = understood(whole).mistakes
    return [one for one in found if any(one[0].startswith(key) for key in keys)]


def _text(text: str, key: str, usual_answer: str) -> Question:
    return Question(text, (key,), usual_answer, lambda given, answer: _put(given, key, answer))


def _number(text: str, key: str, usual_answer: str) -> Question:
    return Question(text, (key,), usual_answer, lambda given, answer: _put(given, key, number(answer)))


def _choice(text: str, key: str, usual_answer: str) -> Question:
    def put(given: Given, answer: str) -> None:
        said = answer == YES
        _put(given, key, (["issue"] if said else []) if key.endswith("finish_today") else said)

    return Question(f"{text}（{YES}、{NO}）", (key,), usual_answer, put, (YES, NO))


def _word(section: str, name: str) -> Callable[[Given, str], None]:
    def put(given: Given, answer: str) -> None:
        if answer != usual()[section][name][0]:
            _put(given, f"words.{section}.{name}", [answer])

    return put


def _services(given: Given, answer: str) -> None:
    names = ["service", *(f"service{number}" for number in range(2, 100))]
    given["sites"] = {name: {"title": title} for name, title in zip(names, BETWEEN.split(answer), strict=False)}


def _kinds(given: Given, answer: str) -> None:
    """Each kind opens the service of its place, the last one the rest too."""
    titles = [] if answer == ONE_KIND else BETWEEN.split(answer)
    names = [f"kind{number}" for number in range(1, len(titles) + 1)]
    given["accounts"] = {}
    given.setdefault("family", {}).pop("certificates", None)
    if not names:
        return
    services = [*given["sites"]]
    opened = {name: [services[place]] for place, name in enumerate(names) if place < len(services)}
    opened.get(names[-1], []).extend(services[len(names) :])
    called = {title: {"certificate": name} for title, name in zip(titles, names, strict=True)}
    called |= {"すべて": {"certificate": "both"}} if len(names) > 1 else {}
    given["accounts"] = {"certificates": names, "called": called}
    given["family"]["certificates"] = {name: {"services": its} for name, its in opened.items()}


def _kinds_of(given: Given) -> list[str]:
    return [*table(given, "accounts").get("certificates", ())]


def _sent(given: Given, answer: str) -> None:
    family = given.setdefault("family", {})
    for key in ("mails", "letter"):
        family.pop(key, None)
    family |= WAYS[answer]


def _days(given: Given, answer: str) -> None:
    days = [] if answer == NONE else [number(one) for one in BETWEEN.split(answer)]
    _put(given, "family.reminder_days", days)


def _idle(given: Given, answer: str) -> None:
    if answer == NONE:
        given["family"].pop("idle_minutes", None)
    else:
        _put(given, "family.idle_minutes", number(answer))


def number(answer: str) -> int | str:
    """The number that an answer is, in full width too; what is none, the check refuses."""
    return int(answer) if re.fullmatch(r"\d{1,9}", answer) else answer


def _put(given: Given, key: str, value: object) -> None:
    *tables, name = key.split(".")
    for one in tables:
        given = given.setdefault(one, {})
    given[name] = value


def _identifier(folder: str) -> str:
    return re.sub(r"^[0-9_]+", "", "_".join(re.findall(r"[a-z0-9]+", folder.lower()))) or "portal"
