"""What a new user was sent: a guide mail, or a letter by post where the manual knows no such mail."""

from __future__ import annotations

from pages import letters
from pages.dialect import Dialect
from pages.mails import Mails, beside
from sekisho.language import say
from sekisho.mail.letters import Letter, read
from sekisho.manual.facts import LETTER, REQUEST_ID
from sekisho.network.hosts import Hosts
from sekisho.portal import Account
from sekisho.verdict import doing, require

OPENED = ("取得案内メールの証明書取得用リンクを開く", "書面のURLを開く")


class Invitation:
    """One user's; its parts may come by two ways: the address by mail and the request ID by post, say."""

    def __init__(self, mails: Mails, dialect: Dialect, account: Account, hosts: Hosts) -> None:
        """Look for them where the manual's words say that they are. `hosts` are the portal's places."""
        self._mails, self._dialect, self._account, self._hosts = mails, dialect, account, hosts

    @property
    def opening(self) -> str:
        """The sentence by which scenarios open its address."""
        return OPENED[0 if self._dialect.has("mail", "guide") else 1]

    def link(self) -> str:
        """The address of the enrolment site.

        Raises DeviationError where there is none, ElsewhereError where it is none of the portal's.
        """
        with doing(self.opening):
            if self._dialect.has("mail", "guide"):
                return self._mails.link(self._mails.newest("guide"))
            address = letters.beside(self._letter, self._dialect, "address")
            self._hosts.check(
                say(f"「{self._letter.title}」のURLが開く", f'the URL of "{self._letter.title}" opens'), address
            )
            return address

    def request_id(self) -> str:
        """The request ID. Raises DeviationError where it is missing."""
        with doing(self.opening):
            if self._dialect.has("letter", REQUEST_ID):
                return letters.beside(self._letter, self._dialect, REQUEST_ID)
            found = beside(self._mails.newest("guide"), self._dialect, REQUEST_ID)
            require(
                found,
                say(
                    f"取得案内メールにリクエストIDが無い。{self._dialect.key(('mail', REQUEST_ID))}",
                    f"The invitation mail has no request ID. {self._dialect.key(('mail', REQUEST_ID))}",
                ),
            )
            return found

    @property
    def _letter(self) -> Letter:
        return read(self._account.fact(LETTER))
