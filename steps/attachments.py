"""Files that come with a mail, and the password that comes with another one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.downloads import Download, safe
from pages.mails import Mails, beside
from pages.screen import Screen
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.attachments import Attachment
from sekisho.mail.mailbox import Mailbox
from sekisho.results import Note
from sekisho.verdict import BlockedError, DeviationError, EnvironmentProblemError, require
from steps.mail import read

CONCEPT = "メールの添付ファイル"
EXAMPLES = (
    "「証明書の送付」のメールに添付されたファイルを受け取る",
    "「証明書の送付」のメールに添付された「証明書.p12」を受け取る",
    "「パスワードのお知らせ」のメールでパスワードを知る",
)


@pytest.fixture
def mailed_password() -> str:
    """The password that a mail has told."""
    raise BlockedError(
        say(
            "パスワードをメールで知る文（「…」のメールでパスワードを知る）が前に無い",
            'No earlier sentence learns the password from a mail (such as "…のメールでパスワードを知る")',
        )
    )


@when("証明書をZIPのメールで送ってもらう")
def _(screen: Screen) -> None:
    screen.press("mail_packed")


@when("証明書をそのままメールで送ってもらう")
def _(screen: Screen) -> None:
    screen.press("mail_bare")


@when(parsers.parse("「{subject}」のメールに添付されたファイルを受け取る"), target_fixture="download")
def _(mails: Mails, mailbox: Mailbox, dialect: Dialect, evidence: Recorder, downloads: Path, subject: str) -> Download:
    files = attached(mails, mailbox, dialect, evidence, subject)
    require(
        len(files) == 1,
        say(
            f"「{subject}」のメールに添付されたファイルが {len(files)} 個ある",
            f'The mail "{subject}" has {len(files)} attached files',
        ),
    )
    return saved(files[0], downloads)


@when(parsers.parse("「{subject}」のメールに添付された「{name}」を受け取る"), target_fixture="download")
def _(
    mails: Mails, mailbox: Mailbox, dialect: Dialect, evidence: Recorder, downloads: Path, subject: str, name: str
) -> Download:
    files = attached(mails, mailbox, dialect, evidence, subject)
    found = [one for one in files if one.name == name]
    there = say("、", ", ").join(one.name for one in files) or say("なし", "nothing")
    require(
        len(found) == 1,
        say(f"「{subject}」のメールに添付されているのは {there} である", f'Attached to the mail "{subject}": {there}'),
    )
    return saved(found[0], downloads)


@when(parsers.parse("「{subject}」のメールでパスワードを知る"), target_fixture="mailed_password")
def _(mails: Mails, dialect: Dialect, evidence: Recorder, masking: Masking, subject: str) -> str:
    mail = mails.newest(dialect.named("mail", subject))
    found = beside(mail, dialect, "file_password")
    require(
        found,
        say(
            f"「{mail.subject}」のメールにパスワードが無い。{dialect.key(('mail', 'file_password'))}",
            f'The mail "{mail.subject}" has no password. {dialect.key(("mail", "file_password"))}',
        ),
    )
    masking.add(found)
    evidence.add(mail)
    return found


@then(parsers.parse("受け取ったファイルの名前は「{name}」である"))
def _(download: Download, name: str) -> None:
    require(
        download.name == name,
        say(f"ファイルの名前が「{download.name}」である", f'The name of the file is "{download.name}"'),
    )


def attached(
    mails: Mails, mailbox: Mailbox, dialect: Dialect, evidence: Recorder, subject: str
) -> tuple[Attachment, ...]:
    """The files of the newest mail of a kind, as evidence too. Raises DeviationError where there are none."""
    mail = read(mails, evidence, dialect.named("mail", subject))
    message = mailbox.message(mail)
    evidence.add(
        Note(
            title=say("メールの添付ファイル", "Attached files of the mail"), lines=[_line(one) for one in message.files]
        )
    )
    if message.files and not message.whole:
        raise EnvironmentProblemError(
            say(
                f"「{mail.subject}」のメールは大きく、添付ファイルを終わりまで読んでいません。メールソフトで確かめてください",
                f'The mail "{mail.subject}" is large, and its attached files were not read to the end. Look '
                "at it with a mail program",
            )
        )
    require(
        message.files,
        say(
            f"「{mail.subject}」のメールにファイルが添付されていない",
            f'No file is attached to the mail "{mail.subject}"',
        ),
    )
    for pack in dict.fromkeys(one.pack for one in message.files if one.pack):
        evidence.warning(
            say(
                f"「{mail.subject}」のメールのファイルは {pack}（TNEF）にあり、Outlook のほかでは取り出せない",
                f'The files of the mail "{mail.subject}" are in {pack} (TNEF), and nothing but Outlook takes them out',
            )
        )
    return message.files


def saved(file: Attachment, folder: Path) -> Download:
    """A file of a mail, kept in a folder. Raises DeviationError for one that is too large for a certificate's."""
    if file.data is None:
        raise DeviationError(
            say(
                f"添付ファイル {file.name} は {file.size} バイトあり、証明書のファイルではない",
                f"The attached file {file.name} has {file.size} bytes and is no file of a certificate",
            )
        )
    path = folder / safe(file.name)
    path.write_bytes(file.data)
    return Download(path, path.name, data=file.data)


def _line(one: Attachment) -> str:
    told = (
        say(f"、SHA-256 {hashlib.sha256(one.data).hexdigest()}", f", SHA-256 {hashlib.sha256(one.data).hexdigest()}")
        if one.data is not None
        else ""
    )
    return say(f"{one.name}: {one.size} バイト{told}", f"{one.name}: {one.size} bytes{told}")
