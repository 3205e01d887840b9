"""The portal's mails: opening their links, and what must and must not stand in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import timedelta

from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.mails import Mails, beside, looks_like_id, names
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.manual.facts import ADMIN_MAIL, PASSWORD_MAIL
from sekisho.network.hosts import Hosts
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import BlockedError, ConfigurationProblemError, require
from steps.times import says
from steps.wording import check

CONCEPT = "メール"

USER_AGENTS = {"Firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}

AT_ONE_TIME = timedelta(hours=1)  # between mails that belong together
DAYS = re.compile(r"(?<![月\d])(?<!月\s)(\d+)\s*日(?!本)")  # a number of days, not the day in a date
USER_ID, REQUEST_ID, TERM = "ユーザーID", "リクエストID", "現在の有効期限"  # that a mail may have


@when("取得案内メールの証明書取得用リンクを開く", target_fixture="mail")
def _(mails: Mails, browsing: Browsing, evidence: Recorder) -> Mail:
    mail = read(mails, evidence, "guide")
    browsing.open(mails.link(mail))
    return mail


@when(parsers.parse("取得案内メールの証明書取得用リンクを「{browser}」で開く"))
def _(mails: Mails, browsing: Browsing, browser: str) -> None:
    browsing.open(mails.link(mails.newest("guide")), user_agent=USER_AGENTS[browser])


@when("取得案内メールのリンクを打ち間違えて開く")
def _(mails: Mails, browsing: Browsing) -> None:
    browsing.open(mistyped(mails.link(mails.newest("guide"))))


@when("更新案内メールを読む", target_fixture="mail")
def _(mails: Mails, evidence: Recorder) -> Mail:
    return read(mails, evidence, "renewal")


@when("失効完了の通知を読む", target_fixture="mail")
def _(mails: Mails, evidence: Recorder) -> Mail:
    return read(mails, evidence, "revoked")


@then(parsers.parse("メールの差出人は「{sender}」である"))
def _(mail: Mail, sender: str) -> None:
    require_sender(mail, sender)


@then(parsers.parse("メールの件名は「{subject}」である"))
def _(mail: Mail, account: Account, evidence: Recorder, subject: str) -> None:
    wanted, did = (
        subject.replace("XXXXXX", account.user_id),
        say(f"件名が「{mail.subject}」である", f'The subject is "{mail.subject}"'),
    )
    require(wanted == subject or account.user_id in unicodedata.normalize("NFKC", mail.subject), did)
    check(evidence, wanted, [mail.subject], did)


@then(parsers.parse("メールに「{things}」がある"))
def _(mail: Mail, account: Account, dialect: Dialect, holdings: Holdings, evidence: Recorder, things: str) -> None:
    for thing in things.split("、"):
        if thing == TERM:
            check_term(mail, dialect, holdings, evidence)
        elif thing == USER_ID:
            require_own_id(mail, dialect, account)
        else:
            check_contents(mail, account, dialect, present=[thing], absent=[])


@then(parsers.parse("メールに「{things}」は無い"))
def _(mail: Mail, account: Account, dialect: Dialect, things: str) -> None:
    check_contents(mail, account, dialect, present=[], absent=things.split("、"))


@then(parsers.parse("メールに「{left:d}日」とある"))
def _(mail: Mail, evidence: Recorder, left: int) -> None:
    said = [int(number) for number in DAYS.findall(unicodedata.normalize("NFKC", mail.body))]
    did = say(f"「{mail.subject}」のメールに「{left}日」が無い", f'The mail "{mail.subject}" does not say "{left}日"')
    if left not in said:
        require(not said, did)
        evidence.warning(
            say(
                f"{did}（手順書は、残りの日数を書くことを定めていない）",
                f"{did} (the manual does not prescribe that the days left are written)",
            )
        )


@then(parsers.parse("失効完了の通知は「{address}」に届いていない"))
def _(mailbox: Mailbox, dialect: Dialect, account: Account, address: str) -> None:
    require(
        Mails(mailbox, dialect, address, account).count("revoked", 0) == 0,
        say(f"{address} に失効完了の通知が届いた", f"A notice of the finished revocation arrived for {address}"),
    )


@then("次のメールが届いている")
def _(
    datatable: list[list[str]],
    mailbox: Mailbox,
    dialect: Dialect,
    account: Account,
    hosts: Hosts,
    evidence: Recorder,
) -> None:
    found = []
    kinds = [dialect.named("mail", subject) for _, subject, *_ in datatable[1:]]
    addresses = recipients(account)
    boxes = {one: Mails(mailbox, dialect, one, account, hosts, evidence=evidence) for one in addresses.values()}
    for kind, (recipient, _, present, absent, *sender) in zip(kinds, datatable[1:], strict=True):
        found.append(boxes[addresses[recipient]].newest(kind))
        evidence.add(found[-1])
        for one in sender:
            require_sender(found[-1], one)
        check_contents(found[-1], account, dialect, present.split("、"), absent.split("、") if absent else [])
    mailbox.set_aside(*boxes, before=min(mail.date for mail in found) - AT_ONE_TIME)
    check_only(boxes, kinds)


def check_term(mail: Mail, dialect: Dialect, holdings: Holdings, evidence: Recorder) -> None:
    """Raise DeviationError unless a mail says when the certificate expires; not in known words, it is a WARNING."""
    term = beside(mail, dialect, "validity")
    key = "" if term else say(f"。{dialect.key(('mail', 'validity'))}", f". {dialect.key(('mail', 'validity'))}")
    if not term and says(mail.body, holdings.newest.not_after):
        evidence.warning(
            say(
                f"「{mail.subject}」のメールに証明書の有効期限はあるが、知っている見出しの横ではない{key}",
                f'The mail "{mail.subject}" has the expiry of the certificate, but not beside a known heading{key}',
            )
        )
        return
    require(
        says(term, holdings.newest.not_after),
        say(
            f"「{mail.subject}」のメールの有効期限が証明書と合わない（{term or '記載なし'}）{key}",
            f'The validity in the mail "{mail.subject}" is not that of the certificate ({term or "not there"}){key}',
        ),
    )


def require_own_id(mail: Mail, dialect: Dialect, account: Account) -> None:
    """Raise DeviationError unless a mail says the user's ID, after its label or, without one, anywhere."""
    value = beside(mail, dialect, "user_id")
    said = value == account.user_id or (not looks_like_id(value) and names(mail, account.user_id))
    key = (
        say(f"（「{value}」とある）", f' (it has "{value}")')
        if value
        else say(f"。{dialect.key(('mail', 'user_id'))}", f". {dialect.key(('mail', 'user_id'))}")
    )
    require(
        said,
        say(f"「{mail.subject}」のメールに{USER_ID}が無い{key}", f'The mail "{mail.subject}" lacks "{USER_ID}"{key}'),
    )


def read(mails: Mails, evidence: Recorder, kind: str, *, unopened: bool = False) -> Mail:
    """The newest mail of a kind, as evidence too. Raises DeviationError where none arrives."""
    mail = mails.newest(kind, unopened=unopened)
    evidence.add(mail)
    return mail


def mistyped(url: str) -> str:
    """The address with a letter too many in its path, as a person types it."""
    path, question, query = url.partition("?")
    return f"{path}x{question}{query}"


def recipients(account: Account) -> dict[str, str]:
    """Who is meant in a table of mails."""
    addresses = account.facts
    known = {"利用者": account.mail, "ID管理者": addresses.get(ADMIN_MAIL), "パスワード": addresses.get(PASSWORD_MAIL)}
    return {name: address for name, address in known.items() if address}


def check_contents(mail: Mail, account: Account, dialect: Dialect, present: list[str], absent: list[str]) -> None:
    """Raise DeviationError unless a mail's text holds each thing that must be in it, and nothing what must not."""
    text = held(mail.model_copy(update={"subject": ""}), account, dialect)
    whole = held(mail, account, dialect)
    if unknown := [name for name in (*present, *absent) if name not in whole]:
        known = say("、", ", ").join(whole)
        raise ConfigurationProblemError(
            say(
                f"メールにあるかを確かめられるのは {known} です（{'、'.join(unknown)}）",
                f"What a mail can be searched for: {known} (not: {', '.join(unknown)})",
            )
        )
    for name in present:
        key = (
            say(f"。{dialect.key(('mail', 'request_id'))}", f". {dialect.key(('mail', 'request_id'))}")
            if name == REQUEST_ID
            else ""
        )
        require(
            text[name](),
            say(f"「{mail.subject}」のメールに{name}が無い{key}", f'The mail "{mail.subject}" lacks "{name}"{key}'),
        )
    for name in absent:
        require(
            not whole[name](),
            say(f"「{mail.subject}」のメールに{name}が書かれている", f'The mail "{mail.subject}" contains "{name}"'),
        )


def held(mail: Mail, account: Account, dialect: Dialect) -> Mapping[str, Callable[[], bool]]:
    """What tells whether each thing that a mail may have is in it."""
    return {
        "証明書取得用リンク": lambda: "://" in mail.body,
        REQUEST_ID: lambda: looks_like_id(beside(mail, dialect, "request_id")),
        USER_ID: lambda: names(mail, account.user_id),
        "取得用パスワード": lambda: names(mail, _password(account)),
    }


def _password(account: Account) -> str:
    if not account.login_password:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} にはパスワードが無い（manual.toml の accounts.passwords）",
                f"user {account.user_id} has no password (accounts.passwords in manual.toml)",
            )
        )
    return account.login_password


def check_only(boxes: Mapping[str, Mails], kinds: list[str]) -> None:
    """Raise DeviationError when someone got a mail of another kind about the user."""
    for recipient, mails in boxes.items():
        for mail in mails.settled():
            require(
                any(mails.is_of(mail, kind) for kind in kinds),
                say(
                    f"{recipient} に「{mail.subject}」のメールも届いた",
                    f'A mail "{mail.subject}" arrived for {recipient} too',
                ),
            )


def require_sender(mail: Mail, sender: str) -> None:
    """Raises DeviationError for a mail from somebody else."""
    require(
        mail.sender.lower() == sender.lower(), say(f"差出人が {mail.sender} である", f"The sender is {mail.sender}")
    )
