"""What the users of a manual's portal have beside what every portal's have: declared in its manual.toml, read by name.

What sentences of ours speak of, because several manuals have it, has its words here; a manual has words for its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sekisho.language import Pair, say
from sekisho.machine.explaining import near
from sekisho.manual.model import About

ENV = "_env"  # how the keys of a target file end that name the environment variable with a secret


@dataclass(frozen=True)
class Fact:
    """One thing that a user has."""

    name: str
    title: Pair
    secret: bool = False
    file: bool = False
    example: str = ""
    """What a new target file has for it, `{user_id}` filled in."""

    @property
    def key(self) -> str:
        """What a target file calls it."""
        return f"{self.name}{ENV}" if self.secret else self.name


LETTER, ADMIN_MAIL, PASSWORD_MAIL = "letter", "admin_mail", "password_mail"
REQUEST_ID, REFERENCE_ID = "request_id", "reference_id"
COMMON = {
    one.name: one
    for one in (
        Fact(REQUEST_ID, Pair("リクエスト ID", "request ID"), example="{user_id}-request"),
        Fact(REFERENCE_ID, Pair("リファレンス ID", "reference ID"), secret=True),
        Fact(
            LETTER, Pair("郵送された通知書（HTML）", "notice sent by post (HTML)"), file=True, example="{user_id}.html"
        ),
        Fact(
            ADMIN_MAIL,
            Pair("ID 管理者のメールアドレス", "mail address of the ID administrator"),
            example="admin@example.test",
        ),
        Fact(
            PASSWORD_MAIL,
            Pair("パスワードの届くメールアドレス", "mail address at which passwords arrive"),
            example="password@example.test",
        ),
    )
}
EVERYBODYS = frozenset(
    {"state", "user_id", "login_password", "name", "mail", "traits", "identities", "scenarios", "reissued"}
)
"""What is said of every portal's users, and can be declared by none."""
SPOKEN = {"ユーザーID": "user_id", "ログインパスワード": "login_password", "氏名": "name", "メールアドレス": "mail"}
"""What every portal's users have, by what scenarios call it."""


def called(about: About) -> Mapping[str, Fact]:
    """What only this manual's users have, by its title."""
    return {one.title.japanese: one for one in facts(about).values()}


def unknown(about: About, title: str, path: object) -> str:
    """What is wrong with 利用者の「title」 in a scenario of the manual whose file `path` is; empty where nothing is."""
    known = (*SPOKEN, *called(about))
    if title in known:
        return ""
    hint = near(title, known)
    return say(
        f"{path}: [accounts.fields] に「{title}」がありません{hint}。使えるもの: {'、'.join(known)}",
        f'{path}: [accounts.fields] has no "{title}"{hint}. Allowed: {", ".join(known)}',
    )


def facts(about: About) -> Mapping[str, Fact]:
    """Everything that its users may have, by its name."""
    found = {**_of_family(about), **{name: _own(about, name) for name in about.accounts.fields}}
    by_key = {one.key: one for one in (*COMMON.values(), *found.values())}
    return found | {by_key[key].name: by_key[key] for key in about.accounts.gets if key in by_key}


def problems(about: About) -> Iterator[tuple[str, str]]:
    """The key of each mistake, and 'key: what is wrong and what is allowed'."""
    for name, given in about.accounts.fields.items():
        key = f"accounts.fields.{name}"
        if name in EVERYBODYS or name.endswith(ENV):
            yield (
                key,
                say(
                    f"{key}: この名前は使えません（{', '.join(sorted(EVERYBODYS))} と {ENV} で終わるもののほかに）",
                    f"{key}: this name is taken (as are {', '.join(sorted(EVERYBODYS))} and all that end with {ENV})",
                ),
            )
        elif not given.title and name not in COMMON:
            yield (
                key,
                say(
                    f"{key}: title に、それが何かを書いてください（title の要らないもの: {', '.join(COMMON)}）",
                    f"{key}: say in title what it is (no title is needed for {', '.join(COMMON)})",
                ),
            )
        if (fact := _own(about, name)).secret and fact.file:
            yield key, say(f"{key}: secret と file は、どちらか一つです", f"{key}: either secret or file, not both")
    known = [one.key for one in (*COMMON.values(), *facts(about).values())]
    for key in about.accounts.gets:
        if key not in known:
            name, hint = key.removesuffix(ENV), near(key, known)
            what = say(
                f"知らない項目です{hint}。[accounts.fields] に {name} を書いてください",
                f"unknown key{hint}. Write {name} in [accounts.fields]",
            )
            yield f"accounts.gets.{key}", f"accounts.gets.{key}: {what}"


def _of_family(about: About) -> Mapping[str, Fact]:
    """The numbers of a request, which every portal of the family gives."""
    if about.family is None:
        return {}
    numbers = (REQUEST_ID, REFERENCE_ID) if about.family.reference_ids else (REQUEST_ID,)
    return {name: COMMON[name] for name in numbers}


def _own(about: About, name: str) -> Fact:
    given = about.accounts.fields[name]
    usual = COMMON.get(name, Fact(name, Pair("", ""), example=f"{{user_id}}-{name}"))
    said = given.model_dump(include=given.model_fields_set)
    return replace(usual, **(said | {"title": Pair(given.title, given.title)} if "title" in said else said))
