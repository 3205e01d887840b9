"""What the templates of a manual's files say: answers, turned into names, figures and the sentences that fit them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sekisho.manual import family_checks
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.words import Words
from sekisho.manual.family import Fact, Family, Letter, Mail
from sekisho.manual.family_checks import ENROL, REMINDED, RENEW

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
INVITED = "証明書の無い利用者がいる"
A_WHILE = "12時間"  # by then every portal has logged a user out, where its manual gives no number
A_WEEK_OR_TWO = 13  # days before the last reminder on which somebody renews
HOUR = 60  # minutes
LATE = 10  # minutes by which somebody is late after midnight

Row = list[str]


@dataclass(frozen=True)
class Kind:
    """One kind of certificates."""

    name: str
    called: str
    issuer: str
    opens: tuple[str, ...]
    """What scenarios call the services that it opens."""
    whose: str
    """Whose certificate it is, as the beginning of a scenario's name; empty where there is one kind."""
    invited: str
    """The premise that somebody was invited to fetch one."""


@dataclass(frozen=True)
class Draft:
    """What templates call `d`; `f` is its family's table."""

    answers: Answers
    words: Words

    @property
    def family(self) -> Family:
        """What the portal differs in from its sisters."""
        return self.answers.family

    def word(self, section: str, name: str) -> str:
        """The words for something, as scenarios and rows say them."""
        return self.words[section][name][0]

    @cached_property
    def services(self) -> list[str]:
        """What scenarios call each service."""
        return [site.title for name, site in self.answers.sites.items() if name not in (ENROL, RENEW)]

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of certificates, the usual one first."""
        opens, accounts, sites = family_checks.kinds(self.answers), self.answers.accounts, self.answers.sites
        called = {traits.get("certificate", ""): name for name, traits in accounts.called.items()}
        found = list[Kind]()
        for name in accounts.certificates:
            given, many = self.family.certificates.get(name), len(opens) > 1
            found.append(
                Kind(
                    name=name,
                    called=called.get(name, name),
                    issuer=(given.issuer if given else None) or self.family.issuer,
                    opens=tuple(sites[one].title for one in opens[name]),
                    whose=f"「{called[name]}」の" if many else "",
                    invited=f"「{called[name]}」の{INVITED}" if found else INVITED,
                )
            )
        return found

    @property
    def all_of_them(self) -> str:
        """What scenarios call a user who has certificates of all kinds."""
        called = self.answers.accounts.called.items()
        return next(name for name, traits in called if traits.get("certificate") == "both")

    @property
    def service(self) -> str:
        """The service that the usual user has a certificate for."""
        return self.kinds[0].opens[0]

    # what is sent

    @cached_property
    def mails(self) -> Mapping[str, Mail]:
        """The mails to a new user."""
        return family_checks.sent(self.family)

    @property
    def guide(self) -> Mail | None:
        """The mail that invites, if it is one."""
        return self.mails.get("guide")

    @property
    def letter(self) -> Letter | None:
        """What comes by post."""
        return self.family.letter

    @property
    def reminder(self) -> Mail:
        """The mail that asks to renew."""
        given = self.family.mails.get("renewal") or Mail()
        return given if given.tells else given.model_copy(update={"tells": REMINDED})

    @property
    def reminded(self) -> bool:
        """Whether one comes at all."""
        return bool(self.reminder_days)

    def sender(self, mail: Mail) -> str:
        """From whom a mail comes."""
        return mail.sender or self.family.sender

    @property
    def senders(self) -> list[str]:
        """From whom the mails to a new user come."""
        return list(dict.fromkeys(map(self.sender, self.mails.values())))

    def subject(self, name: str) -> str:
        """A mail's subject, with XXXXXX for the user's ID."""
        form = self.family.subject or f"【{self.answers.name}】{{title}}"
        return form.format(title=self.word("mail", name), user_id="XXXXXX")

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

    def mail_table(self, kind: Kind, *, again: bool = False) -> list[Row]:
        """The same, as a table of a scenario."""
        lines = [
            [
                RECIPIENTS[mail.to],
                self.word("mail", name),
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
        return list(dict.fromkeys(self.word("letter", HEADINGS.get(one, one)) for one in tells))

    @property
    def told_by_telephone(self) -> bool:
        """Whether the support desk must say the new password of a reissue."""
        usual = self.kinds[0]
        written = [mail.tells for mail in self.mails_to(usual, again=True).values()]
        if self.letter and self.letter_to(usual, again=True):
            written.append(self.letter.tells)
        return not any("password" in tells for tells in written)

    # how an invitation and the renewal site are opened

    @property
    def invited_by(self) -> str:
        """By what the invitation comes."""
        return "取得案内のメール" if self.guide else "取得案内の書面"

    @property
    def open_invitation(self) -> str:
        """Opening its address."""
        return "取得案内メールの証明書取得用リンクを開く" if self.guide else "書面のURLを開く"

    @property
    def mistype(self) -> str:
        """Opening it with a slip of the pen."""
        return "取得案内メールのリンクを打ち間違えて開く" if self.guide else "書面のURLを打ち間違えて開く"

    def open_in(self, browser: str) -> str:
        """Opening it with another browser."""
        by_mail = f"取得案内メールの証明書取得用リンクを「{browser}」で開く"
        return by_mail if self.guide else f"書面のURLを「{browser}」で開く"

    @property
    def renewed_by(self) -> str:
        """By what a renewal begins."""
        return "更新案内のメール" if self.reminded else "更新サイト"

    @property
    def open_renewal(self) -> str:
        """Opening the renewal site."""
        return f"{self._renewal_site}を開き更新対象の証明書を選ぶ"

    @property
    def open_renewal_again(self) -> str:
        """Opening it once more, after something went wrong."""
        return f"{self._renewal_site}をもう一度開き更新対象の証明書を選ぶ"

    @property
    def _renewal_site(self) -> str:
        return "更新案内のリンク" if self.reminded and "link" in self.reminder.tells else "更新サイト"

    # figures

    @property
    def life(self) -> str:
        """How long certificates are valid."""
        years, months = divmod(self.family.months, 12)
        return f"{self.family.months}か月" if months else f"{years}年"

    @property
    def some_days_left(self) -> int:
        """How many days a certificate has left that is neither new nor near its end."""
        return min(200, self.family.months * family_checks.SHORTEST_MONTH // 2)

    @property
    def waited(self) -> int:
        """For how many days an invitation has lain about that is still open."""
        return min(10, self.family.invitation_days)

    @property
    def invited_still(self) -> list[Row]:
        """The last days of an invitation."""
        last = self.family.invitation_days
        return [[str(day)] for day in (last - 1, last) if day > 0]

    @property
    def renewable_still(self) -> list[Row]:
        """Days left on which renewal is open, its first and its last among them."""
        first = self.family.renewal_days
        return [[str(day)] for day in sorted({first, first - 1, 1, 0}, reverse=True)]

    @cached_property
    def reminder_days(self) -> list[int]:
        """The days left on which reminders come, the first of them first."""
        opens = self.family.renewal_days
        given = self.family.reminder_days
        return sorted({opens, min(7, opens)} if given is None else given, reverse=True)

    @property
    def reminders(self) -> list[Row]:
        """How many have come by which day, at the days where that changes."""
        days = {one + by for one in self.reminder_days for by in (1, 0, -1)} | {1, 0}
        shown = sorted((day for day in days if day >= 0), reverse=True)
        return [[str(day), str(sum(one >= day for one in self.reminder_days))] for day in shown]

    @property
    def renewed_with(self) -> int | None:
        """With how many days left somebody renews before the last reminder; None where there is no such day."""
        last, opens = self.reminder_days[-1], self.family.renewal_days
        return min(opens, last + A_WEEK_OR_TWO) if last < opens else None

    @property
    def finish_today(self) -> tuple[str, ...]:
        """Which keys must be fetched on the day their page was opened."""
        return tuple(one for one in self.family.finish_today if one != "reissue" or self.family.reissue)

    @property
    def late(self) -> int:
        """By how many minutes a page is carried over midnight: fewer than log somebody out."""
        return min(LATE, self.family.idle_minutes - 1)

    @property
    def before_midnight(self) -> str:
        """The time of day at which that begins."""
        return f"23時{HOUR - math.ceil(self.late / 2)}分"

    @property
    def _idle_known(self) -> bool:
        return "idle_minutes" in self.family.model_fields_set

    @property
    def idle_rule(self) -> str:
        """After what time without action a session ends, as the manual says it."""
        return _time(self.family.idle_minutes).replace("分", "分間") if self._idle_known else "一定時間"

    @property
    def idle(self) -> str:
        """A time after which it has ended."""
        return _time(self.family.idle_minutes) if self._idle_known else A_WHILE

    @property
    def awake(self) -> str:
        """A time after which it has not."""
        return f"{self.family.idle_minutes - 1}分" if self._idle_known else "1分"

    # tables

    @property
    def facts(self) -> list[Row]:
        """What stands in the certificate's subject beside the user's ID, as far as somebody said."""
        units = self.family.units
        given = [["OU", units[0]]] if len(units) == 1 else []
        given += [["O", self.family.organization]] if "organization" in self.family.model_fields_set else []
        return [*given, ["C", "JP"]]

    @property
    def receipt(self) -> list[Row]:
        """What the page shows that asks to wait."""
        numbers = [[self.word("values", "request_id"), "15桁の数字"]]
        if self.family.reference_ids:
            numbers.append([self.word("values", "reference_id"), "英数字"])
        return [*numbers, [self.word("values", "certificate_status"), self.word("statuses", "accepted")]]

    @property
    def confirmed(self) -> list[Row]:
        """What the page shows on which a renewal is applied for."""
        shown = {
            "common_name": "ユーザーID",
            "organizational_unit": "証明書の記載どおり",
            "organization": "証明書の記載どおり",
            "country": "JP",
            "subscriber_id": "ユーザーID",
            "notify_mail": "登録のメールアドレス",
        }
        return [[self.word("values", name), what] for name, what in shown.items() if name in self.words["values"]]

    @property
    def listed(self) -> list[Row]:
        """The list of renewals that were applied for, with one."""
        shown = {
            "request_id": "15桁の数字",
            "common_name": "ユーザーID",
            "applied": "日時",
            "limit": "日時",
            "status": self.word("statuses", "issued"),
            "fetch": self.word("buttons", "download_key"),
        }
        return [[self.word("columns", name) for name in shown], [*shown.values()]]

    @property
    def opened(self) -> list[Row]:
        """Each kind of certificates with each service that it opens."""
        return [[kind.called, service] for kind in self.kinds for service in kind.opens]

    @property
    def closed(self) -> list[Row]:
        """Each with each that it does not open."""
        return [[kind.called, one] for kind in self.kinds for one in self.services if one not in kind.opens]


def _repeated(name: str, mail: Mail) -> bool:
    return name == "guide" if mail.reissue is None else mail.reissue


def _time(minutes: int) -> str:
    return f"{minutes // HOUR}時間" if minutes % HOUR == 0 else f"{minutes}分"
