"""The faults that an exploration lays into an exchange: the columns of its matrix."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.language import Pair, say


@dataclass(frozen=True)
class Fault:
    """One of them."""

    name: str
    """In results and on the command line."""
    title: str
    """What happens, for a person."""
    short: str
    """The same, at the head of a column."""
    english: str
    """The title in English; cells have their Japanese title in their ids."""
    english_short: str
    """The head of a column in English."""
    least_size: int = 0
    """Bytes that an answer's body must have for it."""
    of_program: str = ""
    """What happens where a program asked, and no browser, if that is something else."""
    english_of_program: str = ""
    """The same in English."""

    def told(self, *, program: bool) -> str:
        """What happens, for a person, to a browser or to a program."""
        return self.of_program if program and self.of_program else self.title

    def told_in_english(self, *, program: bool) -> str:
        """The same in English."""
        return self.english_of_program if program and self.of_program else self.english

    def why_not(self, size: int, status: int | None) -> str:
        """Why it cannot be laid in an answer with so many bytes of body and this status; empty where it can."""
        if size < self.least_size:
            return say(f"本文が {size} バイトで、途中が無い", f"the body has {size} bytes and no middle")
        return str(UNREAD) if self.least_size and status in REDIRECTS else ""


# A browser follows an answer that sends it elsewhere as soon as it has the headers (RFC 9110, 15.4).
REDIRECTS = frozenset({301, 302, 303, 307, 308})
UNREAD = Pair("転送の応答で、その本文をブラウザーは読まない", "a redirect, whose body the browser does not read")

# The most telling first: where the portal has done what was asked and the user does not know it.
FAULTS = (
    Fault(
        "reply-lost",
        "ポータルが処理したあと、応答が届かない",
        "応答が失われる",
        "The portal has done it, but its reply does not arrive",
        "reply lost",
    ),
    Fault(
        "killed",
        "ポータルが処理したとき、ブラウザーが強制終了する",
        "強制終了",
        "The browser is killed when the portal has done it",
        "killed",
        of_program="ポータルが処理したとき、プログラムが強制終了する",
        english_of_program="The program is killed when the portal has done it",
    ),
    Fault(
        "cut-middle",
        "応答の本文が半分で途切れる",
        "半分で切断",
        "The body of the reply breaks off in the middle",
        "cut mid",
        least_size=3,
    ),
    Fault(
        "refused",
        "要求がパソコンを出る前に、接続が拒まれる",
        "届かない",
        "The connection is refused before the request leaves the PC",
        "not sent",
    ),
    Fault(
        "asleep",
        "応答の前にパソコンが眠り、30分後に目を覚ます",
        "30分の不通",
        "The PC falls asleep before the reply, and wakes 30 minutes later",
        "asleep",
    ),
    Fault(
        "late",
        "応答が、利用者が待つのをやめたあとで届く",
        "遅い応答",
        "The reply comes after the user has stopped waiting",
        "late",
        of_program="応答が、利用者がプログラムを終えたあとで届く",
        english_of_program="The reply comes after the user has ended the program",
    ),
    Fault(
        "reset",
        "応答のヘッダーの途中で、接続がリセットされる",
        "ヘッダーで切断",
        "The connection is reset within the header of the reply",
        "reset",
    ),
    Fault(
        "unavailable",
        "ポータルに届かずに、503 が返る",
        "503",
        "It does not reach the portal, and 503 comes back",
        "503",
    ),
    Fault(
        "cut-last",
        "応答の本文が最後の1バイトの前で途切れる",
        "末尾で切断",
        "The body of the reply breaks off before its last byte",
        "cut at end",
        least_size=2,
    ),
    Fault(
        "cut-first",
        "応答の本文が最初の1バイトで途切れる",
        "先頭で切断",
        "The body of the reply breaks off after its first byte",
        "cut at start",
        least_size=2,
    ),
)
_BY_NAME = {one.name: one for one in FAULTS}


def fault(name: str) -> Fault:
    """The fault of a name."""
    return _BY_NAME[name]
