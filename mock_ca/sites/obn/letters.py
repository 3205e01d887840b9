"""What is printed and mailed: the notice of issue by post, reminders, and the end of a revocation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.letters import Letters
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.sites.obn.figures import FIGURES, ISSUER
from mock_ca.sites.obn.issuing import printed_at

SENDER = "no-reply@ssk.or.jp"
OTHER_SENDER = "info@ssk.or.jp"
RENEWAL = "電子証明書の更新のお知らせ"
REVOKED = "【クライアント証明書 失効完了の通知】"


class ObnLetters(Letters):
    """Writes them. No mail tells anyone how to fetch a certificate: the printed notice does."""

    sender = SENDER

    def invitation(self, to: Subscriber, asked: Request, password: str) -> None:  # noqa: ARG002 - none is told
        """電子証明書発行通知書 for a certificate that waits to be downloaded."""
        begins = printed_at(self.mock, asked)
        self._print(to, asked, begins, FIGURES.life.ends(begins))

    def reissue(self, to: Subscriber, asked: Request, password: str) -> None:
        """As for a new certificate."""
        self.invitation(to, asked, password)

    def kept(self, to: Subscriber, asked: Request, password: str, certificate: Certificate) -> None:  # noqa: ARG002
        """The one that came when a certificate was issued."""
        self._print(to, asked, certificate.not_before, certificate.not_after)

    def _print(self, to: Subscriber, asked: Request, begins: datetime, ends: datetime) -> None:
        decide, printed = self.mock.defects.decide, asked.asked_at.astimezone(TOKYO)
        first, last = begins.astimezone(TOKYO), ends.astimezone(TOKYO)
        last = decide("letter-with-another-validity", right=last, wrong=last - timedelta(days=91))
        days = decide("letter-with-another-download-limit", right=FIGURES.invitation_days, wrong=90)
        html = self.pages.page(
            "letter.html",
            user=to,
            printed=f"{printed:%Y年%m月%d日}",
            issuer=decide("letter-names-another-issuer", right=ISSUER, wrong="Online Billing CA"),
            terminal="請求用端末１",
            request_id=decide("letter-without-request-id", right=asked.request_id, wrong=""),
            reference_id=decide("letter-without-reference-id", right=asked.reference_id, wrong=""),
            validity=f"{_day(first)} ～ {_day(last)}",
            until=_day(printed.date() + timedelta(days=days)),
            address=self.links["enrol"],
        )
        self.mock.papers.put(to.user_id, asked.request_id, str(html.text))

    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder: until when the certificate is valid, and how many days that is."""
        decide = self.mock.defects.decide
        left = certificate.days_left(when.astimezone(TOKYO).date())
        body = self.pages.text(
            "mail/renewal.txt",
            user=to,
            validity=decide("renewal-mail-without-expiry", right=_day(certificate.last_day), wrong=""),
            left=decide("renewal-mail-with-wrong-days", right=left, wrong=left + 1),
            link=self.links["renew"],
        )
        sender = decide("renewal-mail-from-another-sender", right=SENDER, wrong=OTHER_SENDER)
        self.send(to.mail, RENEWAL, body, when, sender)

    def revoked(self, certificate: Certificate, recipient: str, when: datetime) -> None:
        """A revocation was carried out: to the address that was confirmed when it was applied for."""
        decide, to = self.mock.defects.decide, self.mock.subscribers.get(certificate.user_id)
        body = self.pages.text(
            "mail/revoked.txt", user=to, request_id=certificate.request_id, serial=certificate.serial
        )
        recipient = decide("completion-mail-to-another-address", right=recipient, wrong=f"office.{recipient}")
        sender = decide("completion-mail-from-another-sender", right=SENDER, wrong=OTHER_SENDER)
        subject = decide("completion-mail-under-another-subject", right=REVOKED, wrong="失効のお知らせ")
        self.send(recipient, subject, body, when, sender)


def _day(moment: date) -> str:
    return f"{moment:%Y/%m/%d}"
