"""What any mail of any portal says: values beside their labels, and words anywhere in it.

Words in a scenario are the manual's own; dialect.toml has subjects under [mail], labels under [values] or [secrets].
"""

from __future__ import annotations

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect
from pages.mails import Mails, beside, names
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.results import Mail
from sekisho.verdict import BlockedError, require
from steps.entries import Entry
from steps.expected import Expected, check_headings
from steps.mail import read

CONCEPT = "どのメールにもあること"
EXAMPLES = (
    "メール「認証コードのお知らせ」を読む",
    "新しいメール「認証コードのお知らせ」を読む",
    "メールに次の内容がある\n| 項目 | 内容 |\n| 受付番号 | 控えた「受付番号」 |",
    "メールに利用者の「氏名」が書かれている",
    "メールに「一度だけ使えます」が書かれている",
    "メールに控えた「証明書パスワード」は書かれていない",
)


@pytest.fixture
def mail() -> Mail:
    """The mail that was read last."""
    raise BlockedError(
        say(
            "メールを読む文（メール「…」を読む、など）が前に無い",
            'No earlier sentence reads a mail (such as "メール「…」を読む")',
        )
    )


@when(parsers.parse("メール「{subject}」を読む"), target_fixture="mail")
def _(mails: Mails, dialect: Dialect, evidence: Recorder, subject: str) -> Mail:
    return read(mails, evidence, dialect.named("mail", subject))


@when(parsers.parse("新しいメール「{subject}」を読む"), target_fixture="mail")
def _(mails: Mails, dialect: Dialect, evidence: Recorder, subject: str) -> Mail:
    return read(mails, evidence, dialect.named("mail", subject), unopened=True)


@then("メールに次の内容がある")
def _(datatable: list[list[str]], mail: Mail, dialect: Dialect, entry: Entry, expected: Expected) -> None:
    check_headings(datatable, "項目", "内容")
    for heading, content in datatable[1:]:
        section, name = dialect.term(heading, "values", "secrets", "mail")
        value = entry.hide(heading, beside(mail, dialect, name, section))
        key = dialect.key((section, name))
        require(
            value,
            say(
                f"「{mail.subject}」のメールに「{heading}」が無い。{key}",
                f'The mail "{mail.subject}" has no "{heading}". {key}',
            ),
        )
        expected.check(heading, [value], content)


@then(parsers.parse("メールに{text}が書かれている"))
def _(mail: Mail, entry: Entry, text: str) -> None:
    require(
        names(mail, entry.phrase(text)),
        say(f"「{mail.subject}」のメールに{text}が無い", f'The mail "{mail.subject}" does not have {text}'),
    )


@then(parsers.parse("メールに{text}は書かれていない"))
def _(mail: Mail, entry: Entry, text: str) -> None:
    require(
        not names(mail, entry.phrase(text)),
        say(f"「{mail.subject}」のメールに{text}が書かれている", f'The mail "{mail.subject}" has {text}'),
    )
