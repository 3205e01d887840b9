"""A portal that refuses in words of its own: PASS, WARNING or a deviation.

Where the manual prints the sentence, the portal must say it. Where the manual only promises that something is refused,
a sentence that the dialect does not know will do, if it reads like a refusal, is new on the screen and is not what the
portal says of another mistake: the step is a WARNING that repeats it, so that a person can judge and the target file
can learn it. docs/target.md tells the portal's owner the same.
"""

from __future__ import annotations

import re

from pages.dialect import plain
from pages.screen import Screen, Sight
from sekisho import screentext
from sekisho.evidence import Recorder
from sekisho.manual import rows
from sekisho.verdict import DeviationError

MESSAGES = "messages"
# What a refusal of an input or of a moment sounds like; an apology for a crash is none.
REFUSING = re.compile(
    "誤り|誤って|間違|正しく(な|あ)|一致し(な|ま)|異なり|違います|違って|できません|認められ|無効|不正|不備"
    "|入力されて|未入力|入力して|長すぎ|短すぎ|超え|過ぎ|期間外|期限|対象外|済み|受け付けられ|使え(な|ま)|使用でき"
)
CRASHED = re.compile("システム|サーバ|内部|障害|しばらく(して|経って)|[45]0[0-9]|Internal|Exception", re.IGNORECASE)


def refusal(screen: Screen, evidence: Recorder, message: str, *instead: Sight) -> Sight:
    """Wait until the portal says a message, or shows what would have come `instead`, and say which.

    Raises DeviationError where it does neither, unless it refuses in words of its own that the manual leaves open.
    """
    try:
        return screen.wait_for((MESSAGES, message), *instead)
    except DeviationError:
        said = own_words(screen, evidence, message)
        if not said:
            raise
    wanted = "／".join(screen.dialect.words(MESSAGES, message))
    evidence.warning(
        f"「{wanted}」の代わりに「{said}」と表示された（手順書は文言を定めていない）。"
        f"同じ意味なら、ターゲットファイルの dialect.{MESSAGES}.{message} に書き足す"
    )
    return (MESSAGES, message)


def own_words(screen: Screen, evidence: Recorder, message: str) -> str:
    """The line by which the portal refuses in its own words; empty where it does not, or where they are not its own."""
    if printed(screen, evidence.ids, message):
        return ""
    before = evidence.earlier_words  # the step before this one may have been pictured with the answer already
    new = [*screen.said, *(line for line in screentext.read(screen.page) if line not in before)]
    if any(CRASHED.search(line) for line in new) or _another(screen, new, message):
        return ""
    return next((line for line in new if REFUSING.search(line)), "")


def printed(screen: Screen, ids: tuple[str, ...], message: str) -> bool:
    """Whether one of these rows of the manual prints the message."""
    cited = plain("".join(f"{row.does}\n{row.expects}\n" for row in rows() if set(row.members) & set(ids)))
    return any(plain(word) in cited for word in screen.dialect.words(MESSAGES, message))


def _another(screen: Screen, lines: list[str], message: str) -> bool:
    """Whether the portal says what it says of another mistake."""
    said = plain("\n".join(lines))
    known = screen.dialect.sections[MESSAGES]
    return any(plain(word) in said for name, words in known.items() if name != message for word in words)
