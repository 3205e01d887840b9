"""What can be wrong with `[family]` beyond its shape: names that the manual does not have, and what nobody is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sekisho.language import Pair, say
from sekisho.machine.explaining import near
from sekisho.manual.family import Family, Letter, Mail
from sekisho.manual.model import About

ENROL, RENEW = "enrol", "renew"
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
SHORTEST_MONTH = 28
PLACEHOLDERS = {"title", "user_id"}
NEEDED: Mapping[str, Pair] = {
    "link": Pair("取得用のリンク", "the link to the certificate"),
    "request_id": Pair("リクエスト ID", "the request ID"),
    "user_id": Pair("ユーザーID", "the user ID"),
    "password": Pair("パスワード", "the password"),
}
TOLD = ("link", "service", "request_id", "user_id", "password")
AT_REISSUE = ("link", "request_id")  # the rest is known, or told on the telephone
REMINDED = ("link", "user_id", "validity")
GETS: Mapping[str, str] = {"admin": "admin_mail", "password": "password_mail"}
USUAL = {
    "guide": Mail(tells=("link", "request_id", "user_id")),
    "password_notice": Mail(tells=("password",)),
}


def problems(about: About) -> Iterator[tuple[str, str]]:
    """The key of each mistake, and 'key = value: what is wrong and what is allowed'."""
    family = about.family
    if family is None:
        return
    yield from (("sites", f"sites: {line}") for line in _sites(about))
    for look in (_figures, _kinds, _mails, _untold, _recipients):
        yield from ((f"family.{key}", f"family.{key}{line}") for key, line in look(about, family))


def kinds(about: About) -> Mapping[str, tuple[str, ...]]:
    """The services that each kind of certificates opens."""
    assert about.family
    services = tuple(name for name in about.sites if name not in (ENROL, RENEW))
    given = about.family.certificates
    return {name: given[name].services if name in given else services for name in about.accounts.certificates}


def sent(family: Family) -> Mapping[str, Mail]:
    """The mails that a new user gets."""
    given: dict[str, Mail] = {name: mail for name, mail in family.mails.items() if name != "renewal"}
    return given if given or family.letter else USUAL


def _sites(about: About) -> Iterator[str]:
    for name in (*about.sites, *about.accounts.certificates):
        if not NAME.fullmatch(name):
            yield say(
                f"{name!r}: サイトと証明書の名前は URL になるので、小文字で始まる英数字と _ で書いてください",
                f"{name!r}: names of sites and certificates become URLs: a lower-case letter, then lower-case "
                "letters, digits and _",
            )
    if missing := [name for name in (ENROL, RENEW) if name not in about.sites]:
        yield say(
            f"{'、'.join(f'[sites.{name}]' for name in missing)} が要ります（証明書の取得 enrol と更新 renew）",
            f"{', '.join(f'[sites.{name}]' for name in missing)} must be there (enrol to get certificates, renew to "
            "renew them)",
        )
    if not set(about.sites) - {ENROL, RENEW}:
        yield say(
            "証明書で開くサービスが要ります（[sites.service] など、enrol と renew のほかの名前）",
            "a service that a certificate opens must be there ([sites.service], say; any name but enrol and renew)",
        )


def _figures(about: About, family: Family) -> Iterator[tuple[str, str]]:
    assert about
    longest = family.months * SHORTEST_MONTH
    days = {"renewal_days": family.renewal_days}
    days |= {f"reminder_days[{place}]": one for place, one in enumerate(family.reminder_days or ())}
    for key, value in days.items():
        if value >= longest:
            yield (
                key,
                say(
                    f" = {value}: 有効期間（months = {family.months}）より短くしてください",
                    f" = {value}: must be less than the validity period (months = {family.months})",
                ),
            )
    if len(set(family.reminder_days or ())) < len(family.reminder_days or ()):
        yield (
            "reminder_days",
            say(
                f" = {list(family.reminder_days or ())}: 同じ日が 2 度あります",
                f" = {list(family.reminder_days or ())}: has the same day twice",
            ),
        )
    names = set(re.findall(r"\{(.*?)\}", family.subject))
    if family.subject and ("title" not in names or names - PLACEHOLDERS or not _fillable(family.subject)):
        yield (
            "subject",
            say(
                f" = {family.subject!r}: {{title}}（必須）と {{user_id}} を使って書いてください",
                f" = {family.subject!r}: must have {{title}}, and may have {{user_id}}",
            ),
        )
    if "reissue" in family.finish_today and not family.reissue and "finish_today" in family.model_fields_set:
        yield (
            "finish_today",
            say(
                ": reissue は、再発行が無い（reissue = false）ので書けません",
                ": reissue may not stand here, as there is none (reissue = false)",
            ),
        )


def _fillable(subject: str) -> bool:
    try:
        return bool(subject.format(title="", user_id="") or True)
    except (ValueError, LookupError, AttributeError):
        return False


def _kinds(about: About, family: Family) -> Iterator[tuple[str, str]]:
    known, services = about.accounts.certificates, [name for name in about.sites if name not in (ENROL, RENEW)]
    for name, kind in family.certificates.items():
        if name not in known:
            yield (
                f"certificates.{name}",
                say(
                    f": [accounts] certificates に無い名前です{near(name, known)}",
                    f": [accounts] certificates has no such name{near(name, known)}",
                ),
            )
        yield from _unknown(f"certificates.{name}.services", kind.services, services)
    if len(known) == 1 and family.several_each:
        yield (
            "several_each",
            say(
                " = true: 証明書は 1 種類です（[accounts] certificates に種類を書いてください）",
                " = true: there is one kind of certificate (write the kinds in [accounts] certificates)",
            ),
        )
    if len(known) > 1 and (missing := [name for name in known if name not in family.certificates]):
        yield (
            "certificates",
            say(
                f".{missing[0]}: 証明書が数種類あるので、services（開くサイト）を書いてください",
                f".{missing[0]}: as there are several kinds of certificates, write services (the sites that it opens)",
            ),
        )
        return
    opened = {one for opens in kinds(about).values() for one in opens}
    for name in services:
        if name not in opened:
            yield (
                "certificates",
                say(
                    f": どの証明書も {name} を開きません（services に加えてください）",
                    f": no certificate opens {name} (add it to services)",
                ),
            )


def _mails(about: About, family: Family) -> Iterator[tuple[str, str]]:
    for name, mail in family.mails.items():
        yield from _unknown(f"mails.{name}.certificates", mail.certificates, about.accounts.certificates)
        allowed = REMINDED if name == "renewal" else TOLD
        yield from _unknown(f"mails.{name}.tells", mail.tells, allowed)
        if name == "renewal" and (extra := mail.model_fields_set & {"reissue", "certificates"}):
            yield (
                f"mails.renewal.{min(extra)}",
                say(
                    ": 更新のご案内には書けません（to、tells、sender だけです）",
                    ": may not stand with the renewal notice (only to, tells and sender)",
                ),
            )
        if name != "renewal" and not mail.tells:
            yield (
                f"mails.{name}.tells",
                say(
                    f": メールに書くことを並べてください（使えるもの: {', '.join(allowed)}）",
                    f": write what the mail tells (allowed: {', '.join(allowed)})",
                ),
            )
    if "renewal" in family.mails and family.reminder_days == ():
        yield (
            "mails.renewal",
            say(
                ": 更新のご案内は送られません（reminder_days = []）", ": no renewal notice is sent (reminder_days = [])"
            ),
        )
    if letter := family.letter:
        yield from _unknown("letter.tells", letter.tells, TOLD)
        yield from _unknown("letter.certificates", letter.certificates, about.accounts.certificates)
        if {"link", "service"} <= set(letter.tells):
            yield (
                "letter.tells",
                say(
                    f" = {list(letter.tells)}: link と service は、どちらか一つです（見出しが同じです）",
                    f" = {list(letter.tells)}: either link or service, not both (they have the same heading)",
                ),
            )


def _unknown(key: str, given: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    for place, name in enumerate(given):
        if name not in (known := list(known)):
            yield (
                f"{key}[{place}]",
                say(
                    f" = {name!r}: 知らない名前です{near(name, known)}", f" = {name!r}: unknown name{near(name, known)}"
                ),
            )


def _untold(about: About, family: Family) -> Iterator[tuple[str, str]]:
    """What a user must know and no mail and no letter says."""
    for kind in about.accounts.certificates:
        of = (
            say(f"「{kind}」の利用者に", f'users of "{kind}"')
            if len(about.accounts.certificates) > 1
            else say("利用者に", "users")
        )
        for fact, name in NEEDED.items():
            if not _tells(family, kind, fact, again=False):
                yield (
                    "mails",
                    say(
                        f": {of}{name}を伝えるメールも書面もありません（tells に {fact} を加えてください）",
                        f": no mail and no letter tells {of} {name} (add {fact} to tells)",
                    ),
                )
            elif fact in AT_REISSUE and family.reissue and not _tells(family, kind, fact, again=True):
                remedy = say(
                    f"{fact} を伝えるものに reissue = true を書くか、再発行が無ければ [family] に reissue = false を",
                    f"write reissue = true where {fact} is told or, if there is no reissue, reissue = false in "
                    "[family]",
                )
                yield (
                    "mails",
                    say(
                        f": 再発行のとき、{of}{name}を伝えるメールも書面もありません（{remedy}書いてください）",
                        f": at a reissue no mail and no letter tells {of} {name} ({remedy})",
                    ),
                )


def _tells(family: Family, kind: str, fact: str, *, again: bool) -> bool:
    given: list[tuple[Mail | Letter, bool]] = [
        (mail, mail.reissue if mail.reissue is not None else name == "guide") for name, mail in sent(family).items()
    ]
    if family.letter:
        given.append((family.letter, family.letter.reissue))
    return any(
        fact in one.tells and kind in (one.certificates or (kind,)) and (repeated or not again)
        for one, repeated in given
    )


def _recipients(about: About, family: Family) -> Iterator[tuple[str, str]]:
    """What users need for a mail or a letter to reach them, and whoever writes a target file must then give."""
    for name, mail in family.mails.items():
        if (key := GETS.get(mail.to)) and key not in about.accounts.gets:
            yield (
                f"mails.{name}.to",
                say(
                    f" = {mail.to!r}: [accounts.gets] に {key} = {{}} を書いてください",
                    f" = {mail.to!r}: write {key} = {{}} in [accounts.gets]",
                ),
            )
    if family.letter and "letter" not in about.accounts.gets:
        yield (
            "letter",
            say(": [accounts.gets] に letter = {} を書いてください", ": write letter = {} in [accounts.gets]"),
        )
