"""What the templates of a manual's files say: answers, turned into names and the sentences that fit them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sekisho.manual.draft import kinds
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.figures import Figures
from sekisho.manual.draft.kinds import Kind
from sekisho.manual.draft.sent import Sent
from sekisho.manual.draft.words import Words, first
from sekisho.manual.family import Family
from sekisho.manual.family_checks import ENROL, RENEW


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
        return first(self.words, section, name)

    @cached_property
    def figures(self) -> Figures:
        """How long things last, and on which days they happen."""
        return Figures(self.family)

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of certificates, the usual one first."""
        return kinds.kinds(self.answers)

    @cached_property
    def sent(self) -> Sent:
        """What the portal sends."""
        return Sent(self.answers, self.words, self.kinds, self.figures)

    @cached_property
    def services(self) -> list[str]:
        """What scenarios call each service."""
        return [site.title for name, site in self.answers.sites.items() if name not in (ENROL, RENEW)]

    @property
    def service(self) -> str:
        """The service that the usual user has a certificate for."""
        return self.kinds[0].opens[0]

    @property
    def all_of_them(self) -> str:
        """What scenarios call a user who has certificates of all kinds."""
        called = self.answers.accounts.called.items()
        return next(name for name, traits in called if traits.get("certificate") == "both")

    # how an invitation and the renewal site are opened

    @property
    def invited_by(self) -> str:
        """By what the invitation comes."""
        return "取得案内のメール" if self.sent.guide else "取得案内の書面"

    @property
    def open_invitation(self) -> str:
        """Opening its address."""
        return "取得案内メールの証明書取得用リンクを開く" if self.sent.guide else "書面のURLを開く"

    @property
    def mistype(self) -> str:
        """Opening it with a slip of the pen."""
        return "取得案内メールのリンクを打ち間違えて開く" if self.sent.guide else "書面のURLを打ち間違えて開く"

    def open_in(self, browser: str) -> str:
        """Opening it with another browser."""
        by_mail = f"取得案内メールの証明書取得用リンクを「{browser}」で開く"
        return by_mail if self.sent.guide else f"書面のURLを「{browser}」で開く"

    @property
    def renewed_by(self) -> str:
        """By what a renewal begins."""
        return "更新案内のメール" if self.sent.reminded else "更新サイト"

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
        return "更新案内のリンク" if self.sent.reminded and "link" in self.sent.reminder.tells else "更新サイト"

    # tables

    @property
    def facts(self) -> list[list[str]]:
        """What stands in the certificate's subject beside the user's ID, as far as somebody said."""
        units = self.family.units
        given = [["OU", units[0]]] if len(units) == 1 else []
        given += [["O", self.family.organization]] if "organization" in self.family.model_fields_set else []
        return [*given, ["C", "JP"]]

    @property
    def receipt(self) -> list[list[str]]:
        """What the page shows that asks to wait."""
        numbers = [[self.word("values", "request_id"), "15桁の数字"]]
        if self.family.reference_ids:
            numbers.append([self.word("values", "reference_id"), "英数字"])
        return [*numbers, [self.word("values", "certificate_status"), self.word("statuses", "accepted")]]

    @property
    def confirmed(self) -> list[list[str]]:
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
    def listed(self) -> list[list[str]]:
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
    def opened(self) -> list[list[str]]:
        """Each kind of certificates with each service that it opens."""
        return [[kind.called, service] for kind in self.kinds for service in kind.opens]

    @property
    def closed(self) -> list[list[str]]:
        """Each with each that it does not open."""
        return [[kind.called, one] for kind in self.kinds for one in self.services if one not in kind.opens]
