"""The portal's mails as a person reads them: which mail it is, and what stands in it."""

from __future__ import annotations

import re
from itertools import pairwise

from pages.dialect import Dialect, narrow, plain
from sekisho.mailbox import Mailbox
from sekisho.results import Mail
from sekisho.verdict import DeviationError

URL = re.compile(r"https?://[^\s<>「」（）、。＞】]+")
DATE = re.compile(r"\d{4}/\d{2}/\d{2}")


class Mails:
    """The mails to one recipient."""

    def __init__(self, mailbox: Mailbox, dialect: Dialect, recipient: str) -> None:
        """Read a mailbox in the words of a portal."""
        self._mailbox, self._dialect, self._recipient = mailbox, dialect, recipient

    def newest(self, kind: str) -> Mail:
        """The newest mail of a kind (guide, renewal, …). Raises DeviationError when none arrives in time."""
        (subject, *_) = self._dialect.words("mail", kind)
        mail = self._mailbox.wait_for(self._recipient, subject)
        if mail is None:
            others = "、".join(one.subject for one in self._mailbox.to(self._recipient)) or "なし"
            raise DeviationError(f"{self._recipient} に「{subject}」のメールが届かない（届いたもの: {others}）")
        return mail

    def count(self, kind: str, expected: int) -> int:
        """How many mails of a kind arrive, where so many should."""
        (subject, *_) = self._dialect.words("mail", kind)
        return self._mailbox.count(self._recipient, subject, expected)


def link(mail: Mail) -> str:
    """The first address in a mail. Raises DeviationError when there is none."""
    found = URL.search(mail.body)
    if found is None:
        raise DeviationError(f"「{mail.subject}」のメールにリンクが無い")
    return found[0]


def beside(mail: Mail, dialect: Dialect, label: str) -> str:
    """What stands after a label in a mail: on its line, or on the next one; empty when the label is missing."""
    labels = {plain(word) for word in dialect.words("mail", label)}
    lines = [*filter(str.strip, mail.body.splitlines()), ""]
    for line, following in pairwise(lines):
        before, _, after = line.replace("：", ":").partition(":")
        if plain(before) in labels:
            return narrow(after) or narrow(following)
    return ""
