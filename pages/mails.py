"""The portal's mails as a person reads them: which mail it is, about whom, and what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from pages.amounts import ungrouped
from pages.dialect import Dialect, narrow, plain
from pages.subjects import Subjects
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.labels import ID, tidy, values
from sekisho.mail.mailbox import Mailbox
from sekisho.manual.facts import REQUEST_ID
from sekisho.network.hosts import EVERYWHERE, Hosts
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import DeviationError, EnvironmentProblemError
from sekisho.visible import LONG, has_letters, is_random, typed

# Without the punctuation and the bracket of the sentence around it, as mail programs make links; and without the words
# that follow an address directly, as Japanese has no spaces. An address may hold Japanese where a part of it begins.
# Stars are around what is meant to be bold, and bars around a table's cell.
END = r"(?<![.,;:!?'*|])"
PLAIN = r"[!#-'*-;=?-Z\\^-{}~]|\([^\s<>\"()]*\)|\[[^\s<>\"\[\]]*\]"
WORDS = re.compile(r"(?<=[^!-%'-.0-<>@-~])[^\x00-\x7F\s「」『』（）［］、。､｡＞】ぁ-ん]").pattern
URL = re.compile(
    rf"(?<![|])(?i:https?)://(?:{PLAIN}|[|]|{WORDS})+{END}|(?<=[|])(?i:https?)://(?:{PLAIN}|{WORDS})+{END}"
)
# In angle brackets an address goes on behind the end of a line (RFC 3986, appendix C).
BROKEN = re.compile(
    r"(?<=<)(?:URL:)?https?://[^\s<>\"]*(?:[ \t]*\n[ \t]*[^\s<>\"]+){1,20}[ \t]*\n?(?=>)", re.IGNORECASE
)
# An ID or a token in an address, and no date.
ONLY_FOR_ONE = re.compile(
    r"(?<![0-9A-Za-z_-])(?![A-Za-z_-]*20\d\d-?[01]\d-?[0-3]\d(?!\d))(?=[A-Za-z_-]*\d)[0-9A-Za-z_-]{8,}"
)
# What stands beside an address of which a person who wants a certificate keeps the hands.
LEADS_OUT = re.compile(r"配信[^。\n]{0,8}(停止|解除|中止)|退会|アンケート|unsubscribe|opt-?out", re.IGNORECASE)
AN_ADDRESS = re.compile(r"\S*://\S*")
NOT_BEFORE, NOT_BEHIND = r"(?<![0-9])(?<![0-9]\.)", r"(?!\.?[0-9])"
SHOWN = 10  # subjects of mails that came instead


class Mails:
    """The mails to one recipient about one user: an administrator's address gets those about several."""

    def __init__(
        self,
        mailbox: Mailbox,
        dialect: Dialect,
        recipient: str,
        account: Account,
        hosts: Hosts = EVERYWHERE,
        *,
        evidence: Recorder | None = None,
    ) -> None:
        """Read a mailbox in the words of a portal. `hosts` are its places, to which its mails lead.

        In a scenario with `evidence` it is learnt what the portal calls its mails, where the manual leaves that open.
        """
        self._mailbox, self._dialect, self._recipient, self._account = mailbox, dialect, recipient, account
        self._hosts = hosts
        self._subjects = Subjects(dialect, self._marks, evidence)
        self._counted: dict[str, list[Mail]] = {}
        self._opened: dict[str, int] = {}

    def link(self, mail: Mail, rank: Callable[[str], int] | None = None) -> str:
        """The first address in a mail that leads to the portal: a logo may lead elsewhere. `rank`: which of several.

        One that is made for this user comes before that of a site's door, and any before one that ends the mails.

        Raises DeviationError when there is none, ElsewhereError where all lead to others.
        """
        first, rank = link(mail), rank or self._is_personal
        inside = max(
            (one for one in addresses(mail) if self._hosts.has(one)),
            key=lambda one: (not leads_out(mail, one), rank(one)),
            default=None,
        )
        if inside is None:
            self._hosts.check(
                say(f"「{mail.subject}」のメールのリンクが開く", f'the link of the mail "{mail.subject}" opens'), first
            )
        return inside or first

    def newest(self, kind: str, *, unopened: bool = False) -> Mail:
        """The newest mail of a kind (guide, renewal, …) about the user; one that names nobody where none names him.

        `unopened`: one that came since this was last asked. Raises DeviationError when none arrives in time,
        EnvironmentProblemError for one that cannot be read.
        """
        before = self._opened.get(kind, 0) if unopened else 0
        found = self._mailbox.wait_for(self._recipient, lambda mail: self.is_of(mail, kind), after=before)
        self._opened[kind], found = len(found), found[before:]
        self._check_readable(kind, lacking=not found)
        if not found and self._learns(kind):
            return self.newest(kind, unopened=unopened)
        if not found:
            subject, key = self._dialect.words("mail", kind)[0], self._dialect.key(("mail", kind))
            raise DeviationError(
                say(
                    f"{self._recipient} に「{subject}」のメールが届かない（{self._instead()}）。{key}",
                    f'No mail "{subject}" arrives for {self._recipient} ({self._instead()}). {key}',
                )
            )
        return (list(filter(self._names_user, found)) or found)[-1]

    def there(self, kind: str) -> Mail | None:
        """The newest mail of a kind about the user among those that are there already, if there is one."""
        found = [mail for mail in self._mailbox.to(self._recipient) if self.is_of(mail, kind)]
        return next(reversed(list(filter(self._names_user, found)) or found), None)

    def _check_readable(self, kind: str, *, lacking: bool) -> None:
        """One that cannot be read may be the one that is looked for; a nameless one only where one is lacking."""
        unread = self._mailbox.unread(
            self._recipient, lambda mail: self.is_of(mail, kind) or (lacking and not mail.subject)
        )
        if unread:
            said = say(
                f"{self._recipient} に届いた、読めないメールがあります: {'、'.join(unread[-SHOWN:])}",
                f"{self._recipient} has got mail that cannot be read: {', '.join(unread[-SHOWN:])}",
            )
            raise EnvironmentProblemError(
                say(
                    f"{said}。メールソフトで確かめ、移すか消してください",
                    f"{said}. Look at it with a mail program, and move or delete it",
                )
            )

    def count(self, kind: str, expected: int) -> int:
        """How many mails of a kind about the user arrive, where so many should."""
        got = self._mailbox.count(self._recipient, lambda mail: self.is_of(mail, kind), expected)
        self._check_readable(kind, lacking=got < expected)
        if got < expected and self._learns(kind):
            return self.count(kind, expected)
        self._counted[kind] = list(self._mailbox.to(self._recipient))
        return got

    def settled(self) -> list[Mail]:
        """All mails that may be about the user, once one that must not come had its time."""
        return [mail for mail in self._mailbox.settled(self._recipient) if not self._is_about_another(mail)]

    def is_of(self, mail: Mail, kind: str) -> bool:
        """Whether a mail is of a kind, and may be about the user."""
        return self._subjects.is_kind(mail, kind) and not self._is_about_another(mail)

    def _learns(self, kind: str) -> bool:
        """Whether mails have come that can only be of this kind: they are about the user, or lead to the portal.

        What was there when they were last counted was none of them then, and is none now.
        """
        new = further(self._mailbox.to(self._recipient), self._counted.get(kind, ()))
        came = (mail for mail in new if not self._is_about_another(mail) and self._is_portals(mail))
        return self._subjects.learn(kind, came, self._is_to_user)

    def _is_portals(self, mail: Mail) -> bool:
        return self._names_user(mail) or any(map(self._hosts.has, addresses(mail)))

    def _is_to_user(self, mail: Mail) -> bool:
        """Whether a mail is about the user, or has an address at the portal that is nobody else's."""
        return self._names_user(mail) or any(map(self._is_personal, filter(self._hosts.has, addresses(mail))))

    def _is_personal(self, address: str) -> bool:
        """Whether an address has something in it that is made for one: what a system notice links to has not."""
        parts = urlsplit(address)
        whole = f"{parts.path}?{parts.query}"
        return ONLY_FOR_ONE.search(whole) is not None or any(map(is_random, LONG.findall(whole)))

    def _names_user(self, mail: Mail) -> bool:
        return any(mark and names(mail, mark) for mark in self._marks())

    def _marks(self) -> tuple[str, ...]:
        account = self._account
        return account.user_id, account.facts.get(REQUEST_ID, ""), account.login_password, account.name

    def _is_about_another(self, mail: Mail) -> bool:
        """Whether a mail says an ID, and nothing that is the user's."""
        known = {"user_id": self._account.user_id, REQUEST_ID: self._account.facts.get(REQUEST_ID, "")}
        labels = (label for label, value in known.items() if value and self._dialect.has("mail", label))
        return any(ids(mail, self._dialect, label) for label in labels) and not self._names_user(mail)

    def _remark(self, mail: Mail) -> str:
        return say("（別の利用者のもの）", " (of another subscriber)") if self._is_about_another(mail) else ""

    def _instead(self) -> str:
        came = [(one, self._remark(one)) for one in self._mailbox.to(self._recipient)]
        replies = [
            (one, say("（自動応答か配信の報告）", " (automatic reply or delivery report)"))
            for one in self._mailbox.to(self._recipient, "replies")
        ]
        told = [f"{one.subject}{remark}" for one, remark in (*came, *replies)][-SHOWN:]
        return say(f"届いたもの: {'、'.join(told) or 'なし'}", f"arrived: {', '.join(told) or 'none'}")


def further(mails: Iterable[Mail], before: Iterable[Mail]) -> list[Mail]:
    """The mails that came beside others, where one that says the very same as an earlier one has come all the same."""
    return list((Counter(mails) - Counter(before)).elements())


def names(mail: Mail, mark: str) -> bool:
    """Whether a mail says an ID or a name, as `mentions`."""
    return mentions(f"{mail.subject}\n{mail.body}", mark)


def mentions(text: str, mark: str) -> bool:
    """Whether a text says an ID or a name, in full width or half, and not as a part of a longer one."""
    parts = _spelt(mark).split()
    signs, wanted = "".join(parts), r"\s+".join(map(re.escape, parts))
    if signs.isascii():
        wanted = rf"(?<![0-9A-Za-z_])(?<![0-9A-Za-z_][-.]){wanted}(?![-.]?[0-9A-Za-z_])"
    else:  # a person's name, which is written with a space in it or without
        wanted = r"\s*".join(map(re.escape, signs))
        wanted = (NOT_BEFORE if signs[0].isdecimal() else "") + wanted + (NOT_BEHIND if signs[-1].isdecimal() else "")
    return re.search(wanted, _spelt(text), re.IGNORECASE) is not None


def _spelt(text: str) -> str:
    """A text in half width, with every hyphen in an ID as it is typed, without what nobody sees, or groups digits."""
    return ungrouped(typed(unicodedata.normalize("NFKC", text)))


def ids(mail: Mail, dialect: Dialect, label: str) -> list[str]:
    """Every ID after a label, in a mail's lines or within its subject."""
    spellings = "|".join(re.escape(unicodedata.normalize("NFKC", word)) for word in dialect.words("mail", label))
    in_subject = re.findall(rf"(?:{spellings})\s*:\s*({ID.pattern})", unicodedata.normalize("NFKC", mail.subject))
    in_lines = (ID.match(value) for value in _values(mail, dialect, label))
    return [*in_subject, *(found[0] for found in in_lines if found)]


def looks_like_id(value: str) -> bool:
    """Whether a value is an ID: one word with a digit in it. How long it is and of what letters, portals differ."""
    return ID.fullmatch(value) is not None and any(map(str.isdigit, value))


def link(mail: Mail) -> str:
    """The first address in a mail. Raises DeviationError when there is none."""
    found = next(addresses(mail), None)
    if found is None:
        raise DeviationError(say(f"「{mail.subject}」のメールにリンクが無い", f'The mail "{mail.subject}" has no link'))
    return found


def leads_out(mail: Mail, address: str) -> bool:
    """Whether the words before an address say that it ends the mails; else those behind it, or on the line above."""
    lines = [one for one in mail.body.splitlines() if one.strip()]
    at = next((place for place, one in enumerate(lines) if address in one), 0)
    before, _, behind = "".join(lines[at : at + 1]).partition(address)
    own, above = AN_ADDRESS.split(before)[-1], lines[max(at - 1, 0)] if lines else ""
    words = own if has_letters(own) else AN_ADDRESS.split(behind)[0] + ("" if "://" in above else above)
    return LEADS_OUT.search(words) is not None


def addresses(mail: Mail) -> Iterator[str]:
    """Every address in a mail, whole."""
    whole = BROKEN.sub(lambda one: re.sub(r"\s+", "", one[0]), mail.body)
    return (one[0] for one in URL.finditer(whole))


def beside(mail: Mail, dialect: Dialect, label: str, section: str = "mail") -> str:
    """What stands after a label in a mail: on its line, or on the next one; empty when the label is missing."""
    return next(_values(mail, dialect, label, section), "")


def _values(mail: Mail, dialect: Dialect, label: str, section: str = "mail") -> Iterator[str]:
    """What stands after a label, as often as it stands there."""
    wanted = {plain(word) for word in dialect.words(section, label)}
    return (tidy(narrow(value)) for value in values(mail.body, lambda words: plain(words) in wanted))
