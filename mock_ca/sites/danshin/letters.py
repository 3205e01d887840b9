"""The mails of the manual: three for a new user, one at a reissue, reminders before a certificate expires."""

from __future__ import annotations

from datetime import datetime

from mock_ca.managed_pki.letters import Letters, validity
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.sites.danshin.figures import NISSAY, SHARED

SERVICES = {SHARED: "団信ネット（3社共用）", NISSAY: "団信ネット（日本生命）"}


class DanshinLetters(Letters):
    """Writes mails into the outbox, in the caller's transaction."""

    sender = "danshinnet-sc@nissay-it.co.jp"

    def invitation(self, to: Subscriber, asked: Request, password: str) -> None:
        """The guide to the user, his id to the ID administrator, the password by itself."""
        self._guide(to, asked, password)
        self._user_id(to, password, asked.asked_at)
        self._password(to, password, asked.asked_at)

    def reissue(self, to: Subscriber, asked: Request, password: str) -> None:
        """The guide only; the password was told by telephone."""
        self._guide(to, asked, password)
        if self.mock.defects.broken("reissue-mails-password"):
            self._password(to, password, asked.asked_at)

    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder that a certificate is about to expire."""
        decide = self.mock.defects.decide
        service, link = SERVICES[certificate.which], self.links["renew"]
        dead = link.replace("index.jsp", "renewal-guide.jsp")
        body = self.pages.text(
            "mail/renewal.txt",
            service=service,
            link=decide("renewal-mail-link-dead", right=link, wrong=dead),
            user=to,
            validity=decide("renewal-mail-without-expiry", right=validity(certificate), wrong=""),
        )
        self.send(to.mail, f"【{service}】クライアント証明書更新のご案内", body, when)

    def _guide(self, to: Subscriber, asked: Request, password: str) -> None:
        """How to fetch a certificate: the link, the request id and the user id, never the password."""
        decide = self.mock.defects.decide
        service = SERVICES[asked.which]
        body = self.pages.text(
            "mail/guide.txt",
            service=service,
            link=self.links["enrol"],
            user=to,
            request_id=decide("guide-mail-without-request-id", right=asked.request_id, wrong=""),
            password=decide("password-in-guide-mail", right="", wrong=password),
        )
        sender = decide("guide-mail-from-another-sender", right=self.sender, wrong="no-reply@nissay-it.co.jp")
        self.send(to.mail, f"【{service}】クライアント証明書取得のご案内", body, asked.asked_at, sender)

    def _user_id(self, to: Subscriber, password: str, when: datetime) -> None:
        """The user id, to the ID administrator."""
        decide = self.mock.defects.decide
        shown = decide("password-in-id-mail", right="", wrong=password)
        recipient = decide("user-id-mail-to-user", right=to.admin_mail, wrong=to.mail)
        body = self.pages.text("mail/user_id.txt", user=to, password=shown)
        self.send(recipient, "【団信ネット】ユーザーIDのお知らせ", body, when)

    def _password(self, to: Subscriber, password: str, when: datetime) -> None:
        """The password for fetching a certificate."""
        body = self.pages.text("mail/password.txt", user=to, password=password)
        self.send(to.password_mail, "【団信ネット】ログインパスワードのお知らせ", body, when)
