"""What a person is asked who begins a manual without a file of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.language import Pair, say
from sekisho.manual.draft.answers import TITLE, Mistake, table, understood
from sekisho.manual.draft.words import usual

Given = dict[str, Any]
YES, NO, NONE, ONE_KIND = Pair("はい", "yes"), Pair("いいえ", "no"), Pair("なし", "none"), Pair("1種類", "one kind")
EVERYTHING = ["link", "user_id", "request_id", "password"]
TWO_MAILS = Pair("メール2通", "two mails")
WAYS: Mapping[Pair, Given] = {
    Pair("メール1通", "one mail"): {"mails": {"guide": {"tells": EVERYTHING}}},
    TWO_MAILS: {},  # the second has the password: the family's own way
    Pair("メールと郵便", "mail and letter"): {
        "mails": {"guide": {"tells": EVERYTHING[:-1]}},
        "letter": {"tells": EVERYTHING[-1:]},
    },
    Pair("郵便", "letter"): {"letter": {"tells": EVERYTHING, "reissue": True}},
}
BUTTONS = {
    "login": Pair("ログインのボタン", "Button to log in"),
    "submit": Pair("鍵の取得を送信するボタン", "Button that submits key retrieval"),
    "apply": Pair("更新を申請するボタン", "Button that requests renewal"),
    "download": Pair("ダウンロードのボタン", "Button to download"),
    "download_key": Pair("一覧から鍵を取得するボタン", "Button that retrieves the key from the list"),
}
ALL_KINDS = "すべて"  # what scenarios call a user who has one of each
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
    yield _text(
        say(
            "手順書の名前（コマンドで使います。小文字の英数字と _）",
            "Name of the manual (for commands: lower-case letters, digits and _)",
        ),
        "id",
        _identifier(folder),
    )
    yield _text(say("ポータルの呼び名", "What the portal is called"), "name", folder)
    yield _text(say("手順書の題", "Title of the manual"), "title", TITLE.format(given["name"]))
    yield Question(
        say("サービスの名前（いくつもあれば「、」で区切る）", "Names of the services (several: separated by commas)"),
        ("sites",),
        given["name"],
        _services,
    )
    yield Question(
        say(
            "証明書の種類（いくつもあれば名前を「、」で区切り、サービスの順に）",
            "Kinds of certificates (several: their names, separated by commas, in the order of the services)",
        ),
        ("accounts",),
        str(ONE_KIND),
        _kinds,
    )
    if len(_kinds_of(given)) > 1:
        yield _choice(
            say("一人が何種類もの証明書を持てますか", "Can one person have several kinds of certificates"),
            "family.several_each",
            str(NO),
        )
    yield _text(
        say("発行者（認証局の Common Name）", "Issuer (Common Name of the CA)"),
        "family.issuer",
        f"{given['id']} Client CA",
    )
    yield _text(
        say("メールの差出人", "Sender of the mails"),
        "family.sender",
        f"support@{given['id'].replace('_', '-')}.example",
    )
    keys = ("family.mails", "family.letter")
    yield Question(
        say(
            f"取得案内の届き方（{'、'.join(map(str, WAYS))}）",
            f"How the enrolment notice arrives ({', '.join(map(str, WAYS))})",
        ),
        keys,
        str(TWO_MAILS),
        _sent,
        tuple(map(str, WAYS)),
    )
    yield from _figures(given)
    yield _choice(
        say(
            "鍵の取得の画面からは、その日のうちに終える決まりですか",
            "Must one finish on the day on which key retrieval began",
        ),
        "family.finish_today",
        str(YES),
    )
    yield _choice(
        say("電話などの窓口で再発行を受けられますか", "Can a reissue be had from a support desk, by telephone say"),
        "family.reissue",
        str(YES),
    )
    yield _choice(
        say("Edge と Chrome のほかのブラウザでも使えますか", "Do browsers other than Edge and Chrome work"),
        "family.any_browser",
        str(NO),
    )
    for name, text in BUTTONS.items():
        yield Question(str(text), (f"words.buttons.{name}",), usual()["buttons"][name][0], _word("buttons", name))


def _figures(given: Given) -> Iterator[Question]:
    yield _number(
        say("証明書の有効期間（月。3年なら 36）", "Validity period of certificates (months; 36 for 3 years)"),
        "family.months",
        "36",
    )
    yield _number(
        say("取得案内の有効期間（日）", "Validity period of the enrolment notice (days)"),
        "family.invitation_days",
        "30",
    )
    months = table(given, "family").get("months", 36)
    opens = min(30, months * 28 - 1) if isinstance(months, int) else 30
    yield _number(
        say("更新できるのは有効期限の何日前からか", "From how many days before expiry can one renew"),
        "family.renewal_days",
        str(opens),
    )
    opens = table(given, "family").get("renewal_days", opens)
    usual_days = say(f"{opens}、7", f"{opens}, 7") if isinstance(opens, int) and opens > 7 else f"{opens}"  # noqa: PLR2004 - a week
    text = say(
        f"更新案内のメールが届くのは有効期限の何日前か（「、」で区切る。来なければ {NONE}）",
        f"How many days before expiry renewal mails arrive (separated by commas; {NONE} if none come)",
    )
    yield Question(text, ("family.reminder_days",), usual_days, _days)
    text = say(
        f"操作しないと何分で自動的にログアウトするか（手順書に無ければ {NONE}）",
        f"After how many minutes without action one is logged out ({NONE} if the manual says nothing)",
    )
    yield Question(text, ("family.idle_minutes",), str(NONE), _idle)


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
        said = answer in YES
        _put(given, key, (["issue"] if said else []) if key.endswith("finish_today") else said)

    return Question(
        say(f"{text}（{YES}、{NO}）", f"{text} ({YES}, {NO})"), (key,), usual_answer, put, (str(YES), str(NO))
    )


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
    titles = [] if answer in ONE_KIND else BETWEEN.split(answer)
    names = [f"kind{number}" for number in range(1, len(titles) + 1)]
    given["accounts"] = {}
    given.setdefault("family", {}).pop("certificates", None)
    if not names:
        return
    services = [*given["sites"]]
    opened = {name: [services[place]] for place, name in enumerate(names) if place < len(services)}
    opened.get(names[-1], []).extend(services[len(names) :])
    called = {title: {"certificate": name} for title, name in zip(titles, names, strict=True)}
    called |= {ALL_KINDS: {"certificate": "both"}} if len(names) > 1 else {}
    given["accounts"] = {"certificates": names, "called": called}
    given["family"]["certificates"] = {name: {"services": its} for name, its in opened.items()}


def _kinds_of(given: Given) -> list[str]:
    return [*table(given, "accounts").get("certificates", ())]


def _sent(given: Given, answer: str) -> None:
    family = given.setdefault("family", {})
    for key in ("mails", "letter"):
        family.pop(key, None)
    family |= next(way for name, way in WAYS.items() if answer in name)


def _days(given: Given, answer: str) -> None:
    days = [] if answer in NONE else [number(one) for one in BETWEEN.split(answer)]
    _put(given, "family.reminder_days", days)


def _idle(given: Given, answer: str) -> None:
    if answer in NONE:
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
