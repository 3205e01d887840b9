"""企保ネット: two mails to a new user. N-ナビ: one, and a letter by post. Reminders to both."""

from __future__ import annotations

from datetime import datetime

from mock_ca.managed_pki.letters import Letters, validity
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.sites.kihonet.figures import KIHONET, NAVI

SERIES = "【日本生命（企保ネット・N-ナビ）】"
STRANGER = "no-reply@nissay.co.jp"


class KihonetLetters(Letters):
    """Writes mails into the outbox, and letters to N-ナビ's users, in the caller's transaction."""

    sender = "kihonet-support@nissay.co.jp"

    def invitation(self, to: Subscriber, asked: Request, password: str) -> None:
        """What a new user is told depends on the service that he was registered for."""
        broken = self.mock.defects.broken
        if asked.which == KIHONET and not broken("user-id-mail-missing"):
            self._user_id(to, password, asked.asked_at)
        if asked.which == NAVI:
            self._paper(to, asked, password)
            if broken("user-id-mail-to-navi-user"):
                self._user_id(to, password, asked.asked_at)
        self._guide(to, asked, password)

    def reissue(self, to: Subscriber, asked: Request, password: str) -> None:
        """The guide, with a new password."""
        self._guide(to, asked, password)

    def kept(self, to: Subscriber, asked: Request, password: str, certificate: Certificate) -> None:  # noqa: ARG002
        """The letter to a user of N-ナビ."""
        if asked.which == NAVI:
            self._paper(to, asked, password)

    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder that a certificate is about to expire."""
        decide, link = self.mock.defects.decide, self.links["renew"]
        dead = link.replace("index.jsp", "renewal-guide.jsp")
        link = decide("renewal-mail-link-dead", right=link, wrong=dead)
        body = self.pages.text("mail/renewal.txt", link=link, user=to, validity=validity(certificate))
        title = "クライアント証明書更新のご案内"
        subject = decide("renewal-subject-without-user-id", right=_about(title, to), wrong=SERIES + title)
        sender = decide("renewal-mail-from-another-sender", right=self.sender, wrong=STRANGER)
        self.send(to.mail, subject, body, when, sender)

    def _guide(self, to: Subscriber, asked: Request, password: str) -> None:
        """How to fetch a certificate: the link, user id, password and request id."""
        decide, link = self.mock.defects.decide, self.links["enrol"]
        body = self.pages.text(
            "mail/guide.txt",
            link=decide("guide-mail-link-dead", right=link, wrong=link.replace("index.jsp", "guide.jsp")),
            user=to,
            user_id=decide("guide-mail-without-user-id", right=to.user_id, wrong=""),
            password=decide("guide-mail-without-password", right=password, wrong=""),
            request_id=decide("guide-mail-without-request-id", right=asked.request_id, wrong=""),
        )
        title = "クライアント証明書取得のご案内"
        subject = decide("guide-subject-without-user-id", right=_about(title, to), wrong=SERIES + title)
        sender = decide("guide-mail-from-another-sender", right=self.sender, wrong=STRANGER)
        self.send(to.mail, subject, body, asked.asked_at, sender)

    def _user_id(self, to: Subscriber, password: str, when: datetime) -> None:
        """The user id, and nothing to use it with."""
        shown = self.mock.defects.decide("password-in-id-mail", right="", wrong=password)
        body = self.pages.text("mail/user_id.txt", user=to, password=shown)
        self.send(to.mail, "【日本生命（企保ネット）】ユーザーIDのお知らせ", body, when)

    def _paper(self, to: Subscriber, asked: Request, password: str) -> None:
        """Where N-ナビ is, and the first password."""
        decide = self.mock.defects.decide
        shown = decide("letter-without-password", right=password, wrong="")
        letter = self.pages.document(
            "letter.html",
            user=to,
            when=asked.asked_at,
            url=decide("letter-without-url", right=self.links["navi"], wrong=""),
            password=decide("letter-with-another-password", right=shown, wrong=shown[::-1]),
        )
        self.mock.papers.put(to.user_id, asked.request_id, letter)


def _about(title: str, user: Subscriber) -> str:
    return f"{SERIES}{title}（ユーザーID：{user.user_id}）"
