"""What somebody answers who begins a manual: what its portal is called, and in what it differs from its family.

The answers are a `manual.toml` in which little must stand: what is missing gets its usual value. Beside it they have
`[words.*]`, the words of the screens that are others than usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from sekisho.language import say
from sekisho.machine.explaining import explain, near
from sekisho.machine.toml_lines import Lines
from sekisho.manual import facts, family_checks, folders
from sekisho.manual.draft.words import known as known_words
from sekisho.manual.family import Family
from sekisho.manual.family_checks import ENROL, RENEW
from sekisho.manual.model import About
from sekisho.verdict import ConfigurationProblemError

KIND = "managed-pki"
TITLE = "{} クライアント証明書 取得・更新マニュアル"
RENEW_CALLED = "更新サイト"
SITES = {
    ENROL: {
        "title": "証明書の取得",
        "purpose": "証明書を取得する（取得案内にある URL）",
        "shows": ["fields.user_id", "fields.login_password", "buttons.login"],
    },
    RENEW: {"title": "証明書の更新", "called": [RENEW_CALLED], "purpose": "証明書を更新する"},
}
TABLES = ("family", "sites", "accounts")
# What would end a name in a scenario, a table of it or a line.
ENDING = re.compile(r"[「」<>|\\\x00-\x1f\x7f\u2028\u2029]")
LEAST_IDLE = 2  # minutes: less than that, a scenario cannot stay logged in
Mistake = tuple[str, str]  # a key, and 'key = value: what is wrong and what is allowed'


class Answers(About):
    """The whole file."""

    family: Family
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    """The words of the screens that are others than usual, as in a dialect."""


@dataclass(frozen=True)
class Read:
    """What was made of some answers: the whole of them, or what is wrong with them."""

    answers: Answers | None
    mistakes: tuple[Mistake, ...]


def read(path: Path) -> Answers:
    """The answers in a file.

    Raises ConfigurationProblemError with each mistake: file, line, key, value, what is allowed.
    """
    text, given = folders.table_of(path)
    found = understood(given)
    if found.answers is None:
        lines = Lines(text)
        raise ConfigurationProblemError("\n".join(f"{path}{lines.behind(key)}: {what}" for key, what in found.mistakes))
    return found.answers


def understood(given: Mapping[str, Any]) -> Read:
    """What some answers come to."""
    try:
        answers = Answers.model_validate(completed(given))
    except ValidationError as error:
        return Read(None, tuple(explain(error, Answers)))
    mistakes = (*facts.problems(answers), *family_checks.problems(answers), *_beyond_us(answers))
    return Read(None if mistakes else answers, mistakes)


def completed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers with their usual values where nothing is said."""
    family, accounts = {"kind": KIND, **table(given, "family")}, table(given, "accounts")
    whole = {
        "title": TITLE.format(given.get("name")),
        **given,
        "family": family,
        "sites": {name: _site(name, site) for name, site in _sites(given).items()},
        "accounts": {**accounts, "gets": {**_gets(family, accounts), **table(accounts, "gets")}},
    }
    return whole | {key: given[key] for key in TABLES if not isinstance(given.get(key, {}), dict)}


def _sites(given: Mapping[str, Any]) -> dict[str, Any]:
    """The sites of the family, and what lies behind them: something of the portal's name where nobody says what."""
    sites, name = table(given, "sites"), given.get("name")
    if set(sites) - {ENROL, RENEW} or not isinstance(name, str):
        return {**SITES, **sites}
    return {**SITES, **sites, "service": {"title": name, "purpose": name}}


def table(given: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A table of the answers; none of anything else, about which the check of the whole complains."""
    found = given.get(key)
    return dict(found) if isinstance(found, dict) else {}


def _site(name: str, given: Any) -> Any:  # noqa: ANN401 - what somebody wrote
    if not isinstance(given, dict):
        return given
    site = {**SITES.get(name, {}), **given}
    if name == RENEW and isinstance(site.get("called"), list):
        site["called"] = list(dict.fromkeys([*site["called"], RENEW_CALLED]))  # as our scenarios call it
    return {"purpose": site["title"], **site} if isinstance(site.get("title"), str) else site


def _gets(family: Mapping[str, Any], accounts: Mapping[str, Any]) -> dict[str, Any]:
    """Which users have which addresses and letters, by what is sent to them."""
    gets: dict[str, Any] = {}
    for mail in table(family, "mails").values():
        if isinstance(mail, dict) and (key := family_checks.GETS.get(str(mail.get("to")))):
            gets[key] = {}
    if letter := table(family, "letter"):
        only = letter.get("certificates")
        some = isinstance(only, list) and len(only) == 1 and len(accounts.get("certificates", ())) > 1
        gets["letter"] = {"certificate": only[0]} if some and isinstance(only, list) else {}
    return gets


def _beyond_us(answers: Answers) -> Iterator[Mistake]:
    """What the family has, and the scenarios that we write cannot say."""
    yield from _names(answers)
    yield from _kinds(answers)
    yield from _sent(answers)
    yield from _words(answers)
    if answers.id in folders.known():
        yield (
            "id",
            say(
                f"id = {answers.id!r}: 同じ名前の手順書がもうあります。別の名前にしてください",
                f"id = {answers.id!r}: there is a manual of that name already. Choose another",
            ),
        )
    if answers.program:
        yield (
            "program",
            say(
                f"program = {answers.program!r}: この手順書にはプログラムがありません。消してください",
                f"program = {answers.program!r}: this manual has no program. Remove it",
            ),
        )
    if "idle_minutes" in answers.family.model_fields_set and answers.family.idle_minutes < LEAST_IDLE:
        key = "family.idle_minutes"
        yield (
            key,
            say(
                f"{key} = {answers.family.idle_minutes}: {LEAST_IDLE} 以上の数を書いてください",
                f"{key} = {answers.family.idle_minutes}: must be at least {LEAST_IDLE}",
            ),
        )


def _names(answers: Answers) -> Iterator[Mistake]:
    """Names that a sentence could not hold, or that are two things' at once."""
    said = {"name": answers.name, "title": answers.title, "family.issuer": answers.family.issuer}
    said |= {f"sites.{name}.title": site.title for name, site in answers.sites.items()}
    said |= {f"accounts.called.{name}": name for name in answers.accounts.called}
    said |= {
        f"family.certificates.{name}.issuer": kind.issuer or "" for name, kind in answers.family.certificates.items()
    }
    for key, value in said.items():
        if ENDING.search(value) or value != value.strip():
            yield (
                key,
                say(
                    f"{key} = {value!r}: 「」<>|\\ と改行、前後の空白は使えません",
                    f'{key} = {value!r}: may not have any of "「」<>|\\" or line breaks, nor spaces at its ends',
                ),
            )
    called: dict[str, str] = {}
    for name, site in answers.sites.items():
        for one in (site.title, *site.called):
            if called.setdefault(one, name) != name:
                yield (
                    f"sites.{name}",
                    say(
                        f"sites.{name}: 「{one}」は sites.{called[one]} の名前でもあります",
                        f'sites.{name}: "{one}" is a name of sites.{called[one]} too',
                    ),
                )


def _kinds(answers: Answers) -> Iterator[Mistake]:
    """Several kinds of certificates need names of which scenarios speak."""
    kinds = answers.accounts.certificates
    if len(kinds) == 1:
        return
    named = {traits.get("certificate"): name for name, traits in answers.accounts.called.items()}
    wanted = (*kinds, *(("both",) if answers.family.several_each else ()))
    for one in wanted:
        if one not in named:
            yield (
                "accounts.called",
                say(
                    f'accounts.called: "シナリオでの名前" = {{ certificate = "{one}" }} を書いてください',
                    f'accounts.called: write "name in scenarios" = {{ certificate = "{one}" }}',
                ),
            )


def _sent(answers: Answers) -> Iterator[Mistake]:
    """Mails and letters on which our scenarios rely in one way only."""
    mails, letter, kinds = answers.family.mails, answers.family.letter, answers.accounts.certificates
    for name in ("guide", "renewal"):
        if (mail := mails.get(name)) and mail.to != "user":
            yield (
                f"family.mails.{name}.to",
                say(
                    f"family.mails.{name}.to = {mail.to!r}: user だけを書けます",
                    f"family.mails.{name}.to = {mail.to!r}: must be user",
                ),
            )
    if (guide := mails.get("guide")) and (guide.certificates or "link" not in guide.tells):
        key = "family.mails.guide"
        yield (
            key,
            say(
                f"{key}: 全員に届き、link を伝える案内だけを書けます（tells に link を。certificates は書かずに）",
                f"{key}: must reach everybody and tell the link (link in tells, and no certificates)",
            ),
        )
    for name, one in mails.items():
        if set(one.tells) == {"service"}:
            yield (
                f"family.mails.{name}.tells",
                say(
                    f"family.mails.{name}.tells = ['service']: 確かめられることを加えてください",
                    f"family.mails.{name}.tells = ['service']: add something that can be checked",
                ),
            )
    if letter and 1 < len(letter.certificates) < len(kinds):
        yield (
            "family.letter.certificates",
            say(
                "family.letter.certificates: 1 種類か、全員（書かない）にしてください",
                "family.letter.certificates: must be one kind, or everybody (leave it out)",
            ),
        )
    invites = letter and ({"link", "request_id"} & set(letter.tells)) and letter.certificates
    if invites and len(kinds) > 1:
        key = "family.letter.certificates"
        yield (
            key,
            say(
                f"{key}: link か request_id を伝える書面は、全員に届けてください（certificates を消してください）",
                f"{key}: a letter that tells link or request_id must reach everybody (remove certificates)",
            ),
        )


def _words(answers: Answers) -> Iterator[Mistake]:
    """Words of things that no screen has, and none for one that is there."""
    usual = known_words()
    for section, names in answers.words.items():
        if section not in usual and section != "services":
            yield (
                f"words.{section}",
                say(
                    f"words.{section}: 知らない項目です{near(section, usual)}",
                    f"words.{section}: unknown key{near(section, usual)}",
                ),
            )
            continue
        known = [*usual.get(section, answers.sites)]
        for name, words in names.items():
            key = f"words.{section}.{name}"
            if name not in known:
                yield key, say(f"{key}: 知らない項目です{near(name, known)}", f"{key}: unknown key{near(name, known)}")
            elif not words or any(not one.strip() or re.search(r"[\x00-\x1f\x7f]", one) for one in words):
                yield (
                    key,
                    say(
                        f'{key} = {list(words)}: ["言葉", "別の言葉"] と書いてください',
                        f'{key} = {list(words)}: must be written as ["word", "another word"]',
                    ),
                )
