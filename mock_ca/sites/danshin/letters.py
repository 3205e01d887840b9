"""The mails of the manual: three for a new user, one at a reissue, reminders before a certificate expires."""

from __future__ import annotations

from datetime import datetime

from mock_ca.clock import TOKYO
from mock_ca.mail import letter
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.web import Pages

SENDER = "danshinnet-sc@nissay-it.co.jp"
SERVICES = {"shared": "団信ネット（3社共用）", "nissay": "団信ネット（日本生命）"}


class Letters:
    """Writes mails into the outbox, in the caller's transaction. `enrol` and `renew` are the links they carry."""

    def __init__(self, mock: Mock, pages: Pages, enrol: str, renew: str) -> None:
        """Write with the templates of this system."""
        self._mock, self._pages, self._enrol, self._renew = mock, pages, enrol, renew

    def guide(self, to: Subscriber, asked: Request, password: str, when: datetime) -> None:
        """How to fetch a certificate: the link, the request id and the user id, never the password."""
        decide = self._mock.defects.decide
        service = SERVICES[asked.which]
        body = self._pages.text(
            "mail/guide.txt",
            service=service,
            link=self._enrol,
            user=to,
            request_id=decide("guide-mail-without-request-id", right=asked.request_id, wrong=""),
            password=decide("password-in-guide-mail", right="", wrong=password),
        )
        sender = decide("guide-mail-from-another-sender", right=SENDER, wrong="no-reply@nissay-it.co.jp")
        self._send(to.mail, f"【{service}】クライアント証明書取得のご案内", body, when, sender)

    def user_id(self, to: Subscriber, password: str, when: datetime) -> None:
        """The user id, to the ID administrator."""
        decide = self._mock.defects.decide
        shown = decide("password-in-id-mail", right="", wrong=password)
        recipient = decide("user-id-mail-to-user", right=to.admin_mail, wrong=to.mail)
        body = self._pages.text("mail/user_id.txt", user=to, password=shown)
        self._send(recipient, "【団信ネット】ユーザーIDのお知らせ", body, when)

    def password(self, to: Subscriber, password: str, when: datetime) -> None:
        """The password for fetching a certificate."""
        body = self._pages.text("mail/password.txt", user=to, password=password)
        self._send(to.password_mail, "【団信ネット】ログインパスワードのお知らせ", body, when)

    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder that a certificate is about to expire."""
        decide = self._mock.defects.decide
        service = SERVICES[certificate.which]
        dead = self._renew.replace("index.jsp", "renewal-guide.jsp")
        body = self._pages.text(
            "mail/renewal.txt",
            service=service,
            link=decide("renewal-mail-link-dead", right=self._renew, wrong=dead),
            user=to,
            validity=decide("renewal-mail-without-expiry", right=_validity(certificate), wrong=""),
        )
        self._send(to.mail, f"【{service}】クライアント証明書更新のご案内", body, when)

    def _send(self, recipient: str, subject: str, body: str, when: datetime, sender: str = SENDER) -> None:
        self._mock.outbox.put(letter(sender=sender, recipient=recipient, subject=subject, body=body, when=when))


def _validity(certificate: Certificate) -> str:
    first, last = (moment.astimezone(TOKYO) for moment in (certificate.not_before, certificate.not_after))
    return f"{first:%Y/%m/%d}~{last:%Y/%m/%d}"
