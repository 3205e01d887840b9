"""The mails and the printed letter of a table: to whom each goes and what it tells, with what defects take from it."""

from __future__ import annotations

from datetime import datetime

from mock_ca.family.table import REMINDER, Mail, Table
from mock_ca.managed_pki.letters import Letters, validity
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Request, Subscriber

SLUGS = {
    "guide": "guide-mail",
    "user_id_notice": "user-id-mail",
    "password_notice": "password-mail",
    "renewal": "renewal-mail",
}
SUBJECTS = {
    "guide": "クライアント証明書取得のご案内",
    "user_id_notice": "ユーザーIDのお知らせ",
    "password_notice": "ログインパスワードのお知らせ",
    "renewal": "クライアント証明書更新のご案内",
}
# How a fact is called in the names of defects; a label in a mail and a heading in a letter, where a dialect has none.
LACKING = {
    "link": "link",
    "service": "service",
    "request_id": "request-id",
    "user_id": "user-id",
    "password": "password",
    "validity": "expiry",
}
LABELS = {
    "service": "ご利用のURL",
    "request_id": "リクエストID",
    "user_id": "ユーザーID",
    "password": "パスワード",
    "validity": "有効期限",
}
HEADINGS = {
    "link": ("address", "URL"),
    "service": ("address", "URL"),
    "request_id": ("request_id", "リクエストID"),
    "user_id": ("user_id", "ユーザーID"),
    "password": ("first_password", "初期パスワード"),
}
STRANGER = "no-reply@stranger.example"


class FamilyLetters(Letters):
    """Writes what the table says, in the caller's transaction."""

    def __init__(self, office: Office, links: dict[str, str], table: Table) -> None:
        """Write in the words of the manual's dialect."""
        super().__init__(office, links)
        self._table = table

    def invitation(self, to: Subscriber, asked: Request, password: str) -> None:
        """Every mail and letter that reaches users of this kind of certificates."""
        for name, mail in self._table.reaching(asked.which):
            self._tell(name, mail, to, self._facts(to, asked, password), asked.asked_at)
        self._post(to, asked, password)

    def reissue(self, to: Subscriber, asked: Request, password: str) -> None:
        """Those of them that a reissue repeats."""
        for name, mail in self._table.reaching(asked.which):
            if mail.reissue:
                self._tell(name, mail, to, self._facts(to, asked, password), asked.asked_at)
        if self._table.letter and self._table.letter.reissue:
            self._post(to, asked, password)

    def kept(self, to: Subscriber, asked: Request, password: str, certificate: Certificate) -> None:  # noqa: ARG002
        """The letter."""
        self._post(to, asked, password)

    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder that a certificate is about to expire."""
        facts = {"link": self.links["renew"], "user_id": to.user_id, "validity": validity(certificate)}
        self._tell(REMINDER, self._table.reminder, to, facts, when)

    def _facts(self, to: Subscriber, asked: Request, password: str) -> dict[str, str]:
        return {
            "link": self.links["enrol"],
            "service": self.links[self._table.kinds[asked.which].services[0]],
            "request_id": asked.request_id,
            "user_id": to.user_id,
            "password": password,
        }

    def _tell(self, name: str, mail: Mail, to: Subscriber, facts: dict[str, str], when: datetime) -> None:
        slug, decide = SLUGS[name], self.mock.defects.decide
        if name not in ("guide", REMINDER) and self.mock.defects.broken(f"{slug}-missing"):
            return
        told = {fact: self._told(slug, fact, facts[fact]) for fact in mail.tells}
        if "password" in facts and "password" not in mail.tells:
            told["password"] = decide(f"password-in-{slug}", right="", wrong=facts["password"])
        link = told.pop("link", "")
        rows = [(self._table.word("mail", fact, LABELS[fact]), value) for fact, value in told.items() if value]
        body = self.pages.text(f"mail/{'renewal' if name == REMINDER else 'notice'}.txt", user=to, link=link, rows=rows)
        sender = decide(f"{slug}-from-another-sender", right=mail.sender or self._table.sender, wrong=STRANGER)
        self.send(self._address(slug, mail, to), self._subject(name, to), body, when, sender)

    def _told(self, slug: str, fact: str, value: str) -> str:
        if fact == "link":
            dead = value.replace("index.jsp", "guidance.jsp")
            return self.mock.defects.decide(f"{slug}-link-dead", right=value, wrong=dead)
        return self.mock.defects.decide(f"{slug}-without-{LACKING[fact]}", right=value, wrong="")

    def _address(self, slug: str, mail: Mail, to: Subscriber) -> str:
        if mail.to == "user":
            return to.mail
        right = to.admin_mail if mail.to == "admin" else to.password_mail
        return self.mock.defects.decide(f"{slug}-to-user", right=right, wrong=to.mail)

    def _subject(self, name: str, to: Subscriber) -> str:
        wanted = self._table.subject or f"【{self._table.name}】{{title}}"
        return wanted.format(title=self._table.word("mail", name, SUBJECTS[name]), user_id=to.user_id)

    def _post(self, to: Subscriber, asked: Request, password: str) -> None:
        letter = self._table.letter
        if letter is None or asked.which not in (letter.certificates or (asked.which,)):
            return
        facts, rows = self._facts(to, asked, password), []
        for fact in letter.tells:
            value = self.mock.defects.decide(f"letter-without-{LACKING[fact]}", right=facts[fact], wrong="")
            if fact == "password":
                value = self.mock.defects.decide("letter-with-another-password", right=value, wrong=value[::-1])
            rows.append((self._table.word("letter", *HEADINGS[fact]), value))
        document = self.pages.document("letter.html", user=to, when=asked.asked_at, rows=rows)
        self.mock.papers.put(to.user_id, asked.request_id, document)
