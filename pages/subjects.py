"""Mails by their subjects: in the words that the target file or the manual has, or in the portal's own.

Where no row that a scenario is about prints the subject, the manual does not prescribe it. A mail that can be no other
is then taken for the one that is waited for, and the step is a WARNING with what the target file can learn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from pages.dialect import Dialect, has_any, plain
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.labels import WITHIN
from sekisho.manual.rows import cited
from sekisho.results import Mail, OwnWords
from sekisho.verdict import BlockedError
from sekisho.visible import has_letters

MAIL = "mail"
# What mail programs and servers put before the subject of a mail to which theirs belongs.
ABOUT_ANOTHER = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)?(Re|Fwd?|返信|転送|自動応答|自動返信|不在|配信不能|配信不可|開封済み|Automatic reply|"
    r"Out of Office|Undeliver(?:able|ed)[^:]*|Delivery Status[^:]*|Read)\s*:",
    re.IGNORECASE,
)


class Subjects:
    """What the mails of one user are called. `marks` gives what a subject may say of the user, such as an ID."""

    def __init__(self, dialect: Dialect, marks: Callable[[], Sequence[str]], evidence: Recorder | None = None) -> None:
        """Know the dialect's words; without `evidence` of a scenario nothing else is learnt."""
        self._dialect, self._marks, self._evidence = dialect, marks, evidence
        self._own: dict[str, str] = {}

    def is_kind(self, mail: Mail, kind: str) -> bool:
        """Whether a mail is of a kind by its subject, be it one that was learnt."""
        learnt = self._own.get(kind)
        return is_kind(mail, self._dialect, kind) or (learnt is not None and learnt == self._alike(mail.subject))

    def learn(self, kind: str, mails: Iterable[Mail]) -> bool:
        """Take mails of no known kind for those of this kind, if they are all called the same; whether there are any.

        Raises BlockedError where they are not, and only a person can tell which of them it is.
        """
        if self._evidence is None or self._printed(kind, self._evidence.ids):
            return False
        unknown = {self._alike(one.subject): one.subject for one in mails if not self._known(one)}
        if len(unknown) > 1:
            raise BlockedError(self._undecided(kind, list(unknown.values())))
        for alike, subject in unknown.items():
            self._own[kind] = alike
            self._remark(self._evidence, kind, subject)
        return bool(unknown)

    def _printed(self, kind: str, ids: Sequence[str]) -> bool:
        return has_any(cited(ids), self._dialect.all_words(MAIL, kind))

    def _known(self, mail: Mail) -> bool:
        kinds = self._dialect.sections[MAIL].keys() - set(WITHIN)
        return (
            not has_letters(mail.subject)
            or bool(about_another(mail))
            or any(self.is_kind(mail, kind) for kind in kinds)
        )

    @property
    def _varying(self) -> re.Pattern[str]:
        return re.compile("|".join((*map(re.escape, filter(None, self._marks())), r"\d+")), re.IGNORECASE)

    def _alike(self, subject: str) -> str:
        """A subject without what differs from user to user and from day to day."""
        return plain(self._varying.sub("", unicodedata.normalize("NFKC", subject)))

    def _remark(self, evidence: Recorder, kind: str, subject: str) -> None:
        known = self._dialect.words(MAIL, kind)
        wanted, said = say("／", " / ").join(known), max(self._varying.split(subject), key=len).strip()
        lesson = self._dialect.lesson(MAIL, kind, said)
        evidence.own_words(
            OwnWords(section=MAIL, name=kind, instead_of=known, said=said),
            say(
                f"「{wanted}」のメールの代わりに、件名が「{subject}」のメールが届いた"
                f"（手順書は件名を定めていない）。{lesson}",
                f'Instead of a mail "{wanted}" one with the subject "{subject}" arrived '
                f"(the manual prescribes no subject). {lesson}",
            ),
        )

    def _undecided(self, kind: str, subjects: Sequence[str]) -> str:
        wanted, key = self._dialect.words(MAIL, kind)[0], self._dialect.key((MAIL, kind))
        return say(
            f"「{wanted}」のメールがどれか分からない（届いたもの: {'、'.join(subjects)}。"
            f"手順書は件名を定めていない）。{key}",
            f'It is not known which mail is "{wanted}" (arrived: {", ".join(subjects)}; the manual prescribes no '
            f"subject). {key}",
        )


def is_kind(mail: Mail, dialect: Dialect, kind: str) -> bool:
    """Whether a mail's subject has one of the spellings of a kind's, and it is no answer, report or copy of one."""
    spellings = dialect.words(MAIL, kind)
    if (about := about_another(mail)) and not any(words.startswith(about) for words in spellings):
        return False
    return has_any(mail.subject, spellings)


def about_another(mail: Mail) -> str:
    """By which word a mail is an answer to another one, a report on it or a copy; empty where it is none."""
    found = ABOUT_ANOTHER.match(unicodedata.normalize("NFKC", mail.subject))
    return found[1] if found else ""
