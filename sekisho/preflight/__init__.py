"""Looks at a target file and its portal before anything is carried out: most errors are errors of configuration."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from sekisho.japan import in_tokyo
from sekisho.language import say
from sekisho.mail.labels import WITHIN
from sekisho.mail.mailbox import Mailbox
from sekisho.manual import dialects
from sekisho.preflight import accounts, sites
from sekisho.preflight.finding import Finding, Place
from sekisho.target_file.mail import mailbox
from sekisho.target_file.model import Target
from sekisho.target_file.secrets import secret, value
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError
from sekisho.visible import shortened, visible

SHOWN = 5  # messages that cannot be read, or subjects
LONGEST = 80  # characters of a subject
__all__ = ["Finding", "Place", "check"]


def check(
    target: Target, place: Place, scenarios: Collection[str] | None = None, *, connect: bool = True
) -> list[Finding]:
    """Everything that can be found without a browser. Without `connect` the portal's sites are left alone.

    `scenarios` are the ids of those that a run would carry out; None for all.
    """
    found = [*_unencrypted(target, place), *_over(target, place), *_mail(target, place), *_operator(target, place)]
    found += accounts.check(target, place, scenarios)
    return [*(sites.check(target, place) if connect else ()), *found]


def _unencrypted(target: Target, place: Place) -> Iterator[Finding]:
    for name, url in target.sites.items():
        if url.scheme == "http":
            what = say(
                "暗号化されていません（http://）。パスワードがそのまま流れ、クライアント証明書も使えません",
                "not encrypted (http://): passwords are sent in clear, and client certificates cannot be used",
            )
            yield place.hint(
                f"sites.{name}",
                url,
                what,
                say("https:// の URL があれば、それを書いてください", "If there is an https:// URL, write that"),
            )


def _over(target: Target, place: Place) -> Iterator[Finding]:
    """Known gaps whose last day has passed."""
    today = in_tokyo(datetime.now(UTC)).date()
    for number, gap in enumerate(target.gaps):
        if gap.until < today:
            what = say(
                f"期限が過ぎています。{gap.requirement} を満たさないシナリオは不適合になります",
                f"its last day has passed: scenarios that find {gap.requirement} missed will be FAIL",
            )
            yield place.hint(
                f"gaps[{number}].until",
                gap.until,
                what,
                say("直っていれば、この項目を消してください", "If the portal has been mended, remove this entry"),
            )


def _mail(target: Target, place: Place) -> Iterator[Finding]:
    imap = target.mail.imap
    for key in ("password_env", "token_env") if imap else ():
        variable = getattr(imap, key)
        if variable and (unset := list(accounts.set_secret(f"mail.imap.{key}", variable, place))):
            yield from unset
            return
    for variable in imap.environment if imap else ():
        if unset := list(accounts.set_secret("mail.imap.environment", variable, place, value)):
            yield from unset
            return
    box = mailbox(target.mail, place.folder, lambda variable: secret(variable, place.folder))
    try:
        unread = box.check()
    except (EnvironmentProblemError, ConfigurationProblemError) as problem:
        yield place.problem("mail.imap" if imap else "mail", "", str(problem))
    else:
        yield from _unread(unread, place)
        yield from _called_otherwise(target, box, place)
    finally:
        box.close()


def _unread(unread: list[str], place: Place) -> Iterator[Finding]:
    """One hint for all messages that cannot be read: a scenario about another one does without them."""
    if unread:
        more = [say(f"ほか {len(unread) - SHOWN} 通", f"{len(unread) - SHOWN} more")] if len(unread) > SHOWN else []
        what = say("\n・", "\n- ").join(
            [
                say(f"{len(unread)} 通のメールを読めません:", f"unreadable messages ({len(unread)}):"),
                *unread[:SHOWN],
                *more,
            ]
        )
        yield place.hint(
            "mail",
            "",
            what,
            say(
                "試験に使うメールなら、そのシナリオは ERROR になります",
                "If the test needs one of them, its scenario will be ERROR",
            ),
        )


def _called_otherwise(target: Target, box: Mailbox, place: Place) -> Iterator[Finding]:
    """One hint where the users have got mail, and none of it is called what the manual's mails are called."""
    words = {**dialects.sections(target.manual).get("mail", {}), **target.dialect.get("mail", {})}
    words = {name: spellings for name, spellings in words.items() if name not in WITHIN}
    known = [_plain(one) for spellings in words.values() for one in spellings]
    users = {one.mail for one in target.accounts if one.mail}
    subjects = [one.subject for user in sorted(users) for one in box.to(user)]
    if subjects and known and not any(word in _plain(subject) for subject in subjects for word in known):
        shown = [shortened(visible(one), LONGEST) for one in list(dict.fromkeys(subjects))[:SHOWN]]
        yield place.hint(
            "mail",
            "",
            say(
                f"利用者に届いているメールに、手順書の言葉の件名のものがありません（あるもの: {'、'.join(shown)}）",
                f"none of the mails that the users have got is called what the manual's are (they are: "
                f"{', '.join(shown)})",
            ),
            say(
                f"件名の言葉を [dialect.mail] に書いてください（{'、'.join(words)}）",
                f"Write the words of their subjects as [dialect.mail] ({', '.join(words)})",
            ),
        )


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).lower()


def _operator(target: Target, place: Place) -> Iterator[Finding]:
    command = target.operator.command
    for variable in target.operator.environment:
        yield from accounts.set_secret("operator.environment", variable, place, value)
    if command and not (shutil.which(command[0]) or (place.folder / command[0]).is_file()):
        yield place.problem(
            "operator.command",
            command[0],
            say("プログラムがありません", "there is no such program"),
            say("パスを確かめてください", "Check the path"),
        )
