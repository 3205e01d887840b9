"""What a portal sends its users: mails, letter and reminders, and what each tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sekisho.manual import family_checks
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.figures import Figures
from sekisho.manual.draft.kinds import Kind
from sekisho.manual.draft.words import Words, first
from sekisho.manual.family import Fact, Letter, Mail
from sekisho.manual.family_checks import REMINDED

FACTS: Mapping[Fact, str] = {
    "link": "証明書取得用リンク",
    "request_id": "リクエストID",
    "user_id": "ユーザーID",
    "password": "取得用パスワード",
    "validity": "現在の有効期限",
}
"""What mails tell, as our sentences call it."""
SECRET: tuple[Fact, ...] = ("request_id", "password")
"""What a mail that does not tell it must not tell."""
HEADINGS: Mapping[Fact, str] = {"link": "address", "service": "address", "password": "first_password"}
RECIPIENTS = {"user": "利用者", "admin": "ID管理者", "password": "パスワード"}


@dataclass(frozen=True)
class Sent:
    """What templates call `d.sent`; `kinds` are those of the certificates, the usual one first."""

    answers: Answers
    words: Words
    kinds: Sequence[Kind]
    figures: Figures

    @cached_property
    def mails(self) -> Mapping[str, Mail]:
        """The mails to a new user."""
        return family_checks.sent(self.answers.family)

    @property
    def guide(self) -> Mail | None:
        """The mail that invites, if it is one."""
        return self.mails.get("guide")

    @property
    def letter(self) -> Letter | None:
        """What comes by post."""
        return self.answers.family.letter

    @property
    def reminder(self) -> Mail:
        """The mail that asks to renew."""
        given = self.answers.family.mails.get("renewal") or Mail()
        return given if given.tells else given.model_copy(update={"tells": REMINDED})

    @property
    def reminded(self) -> bool:
        """Whether one comes at all."""
        return bool(self.figures.reminder_days)

    def sender(self, mail: Mail) -> str:
        """From whom a mail comes."""
        return mail.sender or self.answers.family.sender

    @property
    def senders(self) -> list[str]:
        """From whom the mails to a new user come."""
        return list(dict.fromkeys(map(self.sender, self.mails.values())))

    def subject(self, name: str) -> str:
        """A mail's subject, with XXXXXX for the user's ID."""
        form = self.answers.family.subject or f"【{self.answers.name}】{{title}}"
        return form.format(title=first(self.words, "mail", name), user_id="XXXXXX")

    def told(self, mail: Mail) -> str:
        """What a mail tells, beside a link that is opened anyway."""
        return "、".join(FACTS[one] for one in mail.tells if one in FACTS and one != "link") or FACTS["link"]

    def kept_back(self, mail: Mail) -> str:
        """What a mail must not tell."""
        return "、".join(FACTS[one] for one in SECRET if one not in mail.tells)

    def mails_to(self, kind: Kind, *, again: bool = False) -> dict[str, Mail]:
        """The mails that a user gets: a new one, or at a reissue."""
        return {
            name: mail
            for name, mail in self.mails.items()
            if kind.name in (mail.certificates or (kind.name,)) and (not again or _repeated(name, mail))
        }

    def mail_table(self, kind: Kind, *, again: bool = False) -> list[list[str]]:
        """The same, as a table of a scenario."""
        lines = [
            [
                RECIPIENTS[mail.to],
                first(self.words, "mail", name),
                "、".join(FACTS[one] for one in mail.tells if one in FACTS),
                self.kept_back(mail),
                self.sender(mail),
            ]
            for name, mail in self.mails_to(kind, again=again).items()
        ]
        return [["宛先", "件名", "ある情報", "無い情報", "差出人"], *lines]

    def letter_to(self, kind: Kind, *, again: bool = False) -> bool:
        """Whether a user gets a letter."""
        letter = self.letter
        if letter is None or (again and not letter.reissue):
            return False
        return kind.name in (letter.certificates or (kind.name,))

    @property
    def headings(self) -> list[str]:
        """The headings of the letter."""
        tells = self.letter.tells if self.letter else ()
        return list(dict.fromkeys(first(self.words, "letter", HEADINGS.get(one, one)) for one in tells))

    @property
    def told_by_telephone(self) -> bool:
        """Whether the support desk must say the new password of a reissue."""
        usual = self.kinds[0]
        written = [mail.tells for mail in self.mails_to(usual, again=True).values()]
        if self.letter and self.letter_to(usual, again=True):
            written.append(self.letter.tells)
        return not any("password" in tells for tells in written)


def _repeated(name: str, mail: Mail) -> bool:
    return name == "guide" if mail.reissue is None else mail.reissue
