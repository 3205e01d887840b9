"""Mails by their subjects: in the words that the target file or the manual has, or in the portal's own.

Where no row of the manual prints the subject, it does not prescribe it. A mail that can be no other is then taken for
the one that is waited for, and the step is a WARNING with what the target file can learn. Where a row prints it that
the scenario is not about, or where it is not sure whose mail it is, the scenario is BLOCKED.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from pages.dialect import Dialect, has_any, plain
from pages.printed import row_with
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.labels import WITHIN
from sekisho.manual.rows import cited
from sekisho.results import Mail, OwnWords
from sekisho.verdict import BlockedError
from sekisho.visible import has_letters, shortened

MAIL = "mail"
# What mail programs and servers put before the subject of a mail to which theirs belongs.
ABOUT_ANOTHER = re.compile(
    r"\s*(?:[\[【][^\]】]*[\]】]\s*)*"
    r"(?:(Re|Fwd?|SV|AW|WG|返信|転送|自動応答|自動返信|不在|配信不能|配信不可|開封済み|Automatic reply"
    r"|Out of Office|Undeliver(?:able|ed)[^:]*|Delivery Status[^:]*|Read)\s*:"
    r"|(Returned mail|Failure notice|Mail delivery|Delivery (?:failure|has failed|incomplete)|Undeliver(?:able|ed)"
    r"|Out of Office|(?:メール(?:が|の)?)?(?:送信|配信|配送)(?:エラー|失敗|不能|不可|でき)))",
    re.IGNORECASE,
)
SAYS_DONE = re.compile("完了|失効|停止|受付|ありがとう|変更し")  # of a mail beside those that are known for a kind
# What is told to all users at once.
TO_ALL = re.compile("^(?!.*証明書).*(メンテナンス|計画停止|年末年始|休業|臨時休|アンケート|キャンペーン)")
HONORIFIC = 2  # letters: 御中, which is left of a subject that is a name
CODE = r"(?<![0-9A-Za-z])(?=[A-Za-z]*\d)[0-9A-Za-z]{4,}(?![0-9A-Za-z])"
COUNT = re.compile(r"\d+(?=\s*(?:年|月|日|通|件|回|時|分))").pattern


class Subjects:
    """What the mails of one user are called. `marks` gives what a subject may say of the user, such as an ID."""

    def __init__(self, dialect: Dialect, marks: Callable[[], Sequence[str]], evidence: Recorder | None = None) -> None:
        """Know the dialect's words; without `evidence` of a scenario nothing else is learnt."""
        self._dialect, self._marks, self._evidence = dialect, marks, evidence
        self._own: dict[str, set[str]] = {}

    def is_kind(self, mail: Mail, kind: str) -> bool:
        """Whether a mail is of a kind by its subject, be it one that was learnt."""
        return is_kind(mail, self._dialect, kind) or self._alike(mail.subject) in self._own.get(kind, ())

    def learn(self, kind: str, mails: Iterable[Mail], is_sure: Callable[[Mail], bool]) -> bool:
        """Take mails of no known kind for those of this kind, if they are all called the same; whether there are any.

        Raises BlockedError where they are not, or where it is not sure of one that it is the portal's to this user, and
        only a person can tell; or where a row of the manual prints another subject that the scenario is not about.
        """
        if self._evidence is None or has_any(cited(self._evidence.ids), self._dialect.all_words(MAIL, kind)):
            return False
        unknown = {self._alike(one.subject): one for one in mails if not self._known(one)}
        if unknown and (elsewhere := row_with(self._evidence.manual, self._dialect.all_words(MAIL, kind))):
            raise BlockedError(self._undecided(kind, unknown.values(), elsewhere))
        another = self._own.get(kind) and any(SAYS_DONE.search(one.subject) for one in unknown.values())
        if len(unknown) > 1 or another or not all(map(is_sure, unknown.values())):
            raise BlockedError(self._undecided(kind, unknown.values()))
        for alike, mail in unknown.items():
            self._own.setdefault(kind, set()).add(alike)
            self._remark(self._evidence, kind, mail.subject)
        return bool(unknown)

    def _known(self, mail: Mail) -> bool:
        kinds = self._dialect.sections[MAIL].keys()
        return (
            not has_letters(mail.subject)
            or bool(about_another(mail))
            or TO_ALL.search(mail.subject) is not None
            or any(self.is_kind(mail, kind) for kind in kinds - set(WITHIN))
            # what names a value in mails is a kind of mail to some manuals: パスワードのお知らせ
            or any(plain(mail.subject) in map(plain, self._dialect.words(MAIL, kind)) for kind in kinds & set(WITHIN))
        )

    @property
    def _varying(self) -> re.Pattern[str]:
        """What differs from user to user and from day to day: names, however spaced, dates, counts and codes."""
        named = (r"\s*".join(map(re.escape, "".join(one.split()))) for one in self._marks() if one.strip())
        return re.compile("|".join((*named, CODE, COUNT)), re.IGNORECASE)

    def _alike(self, subject: str) -> str:
        """A subject without what differs from user to user and from day to day."""
        return plain(self._varying.sub("", unicodedata.normalize("NFKC", subject)))

    def _remark(self, evidence: Recorder, kind: str, subject: str) -> None:
        known = self._dialect.words(MAIL, kind)
        wanted, said = say("／", " / ").join(known), max(self._varying.split(subject), key=len).strip()
        lasting = len(plain(said)) > HONORIFIC and has_letters(said) and not self._says_another(said, kind)
        lesson = self._dialect.lesson(MAIL, kind, said) if lasting else self._dialect.key((MAIL, kind))
        reason = say(
            f"「{wanted}」のメールの代わりに、件名が「{subject}」のメールが届いた（手順書は件名を定めていない）。{lesson}",
            f'Instead of a mail "{wanted}" one with the subject "{subject}" arrived (the manual prescribes no '
            f"subject). {lesson}",
        )
        if lasting:
            evidence.own_words(OwnWords(section=MAIL, name=kind, instead_of=known, said=said), reason)
        else:
            evidence.warning(reason)

    def _says_another(self, said: str, kind: str) -> bool:
        """Whether words are part of what another kind of mail is called: they would tell it from none of them."""
        others = (words for name, words in self._dialect.sections[MAIL].items() if name != kind)
        return any(plain(said) in plain(word) for words in others for word in words)

    def _undecided(self, kind: str, mails: Iterable[Mail], elsewhere: str = "") -> str:
        wanted, key = self._dialect.words(MAIL, kind)[0], self._dialect.key((MAIL, kind))
        subjects = [shortened(one.subject) for one in mails]
        why = (
            say(f"件名を定めているのは {elsewhere}", f"{elsewhere} prescribes the subject")
            if elsewhere
            else say("手順書は件名を定めていない", "the manual prescribes no subject")
        )
        return say(
            f"「{wanted}」のメールがどれか分からない（届いたもの: {'、'.join(subjects)}。{why}）。{key}",
            f'It is not known which mail is "{wanted}" (arrived: {", ".join(subjects)}; {why}). {key}',
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
    return (found[1] or found[2]) if found else ""
