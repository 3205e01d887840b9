"""A portal that says things in words of its own: PASS, WARNING or a deviation.

Where the manual prints the sentence, the portal must say it. Where the manual only promises that something is refused,
what happens decides: the control that would go on is not there, and a sentence that is new on the screen reads like a
refusal and is not what the portal says of another mistake. The step is then a WARNING that repeats the sentence, so
that a person can judge and the target file can learn it. docs/target.md tells the portal's owner the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pages.dialect import has_any, plain
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.rows import cited
from sekisho.portal.view import REFUSED, Showing, Term
from sekisho.results import OwnWords

MESSAGES = "messages"
# What a refusal of an input or of a moment sounds like; an apology for a crash is none.
REFUSING = re.compile(
    "誤り|誤って|間違|正しく(な|あ)|一致し(な|ま)|異な(り|って)|違います|違って|相違|ません|できない|できず|認められ|(?<!処理)に失敗|無効|不正|不備|不可"
    "|入力されて|未(入力|記入|選択|設定|登録)|空欄|漏れ|もれて|不足|足りな|使えな|受け付けな|多すぎ|少なすぎ"
    "|(桁|文字|字)(以内|以上|まで)|(入力|確認|選択|指定|やり直|お問い?合わせ|連絡)して|確認(ください|下さい|願)|お確かめ|長すぎ|短すぎ|超え|過ぎ"
    "|期間外|範囲外|期限(外|[がはを]?(経過|満了|到来|終了))|対象外|済み|済です|(すで|既)に(ご?(発行|申請|使用|登録|取得|受け?付け?|承|お?申し?込|お手続|手続|ダウンロード|失効|完了|終了))|拒|禁止|取りやめ|エラー|切れ|(?<!正常に)(?<!無事に)終了しました|タイムアウト"
    # not a button that says so, nor a question whether to
    "|の中[止断]|による(中[止断]|キャンセル|取り?消)|(中[止断]|キャンセル|取り?消)(され|しまし|し(た|て(い|お)り?ま)(?!場合)|いたしまし|[とに]な|です)"
    "|forbidden|denied|refused|invalid|incorrect|expired|not found|error",
    re.IGNORECASE,
)
# What a page says of itself, and not of what was asked of it: お知らせはありません.
NOTHING_NEW = re.compile(
    "(お知らせ|新着|ニュース|メッセージ|ご連絡|通知|未処理|処理待ち|未読|未確認|未回答|(承認|確認)待ち|新しい|本日の)"
    "[^。]{0,16}(ありません|ございません)"
)
ACCEPTING = re.compile("受け?付け(いたし)?ました|承りました|完了(し|いたし)ました|ありがとうございま")
CRASHED = re.compile(
    "システム(エラー|障害)|サーバー?(エラー|障害|内部)|内部エラー|障害|しばらく(して|経って)|Internal|Exception"
    # a status, and no number of an error (E0501) or of things
    r"|(?<![0-9A-Za-z.-])50[0-9](?!\d|\s*(文字|桁|件|円|名|人|日|回|バイト|[KM]B))",
    re.IGNORECASE,
)
QUOTED = re.compile("「(.+?)」")
PLEASE = re.compile("ください$")
INSTRUCTION = re.compile(r"(ください|下さい|願います)\W*$")
UNEXPLAINED = re.compile(r"エラーが発生(し|いたし)ました。?")  # says nothing about what was wrong
SENTENCE = re.compile("[。?？]|(ます|です|した|ください|すか)$")
NEGATED = re.compile("ません$")  # a sentence or a title, お取扱いできません: the reason may stand below it
ONLY_THE_TITLE = re.compile(r"\W*\w{0,8}エラー(画面|ページ)?\W*")  # of a page that says further down what was wrong
SESSION = re.compile("セッション|タイムアウト|session|ログインし直", re.IGNORECASE)  # which is only lost
KEPT_OUT, NOT_FOUND = (401, 403), (404, 410)  # HTTP statuses
CRASH = 500  # HTTP status from which the server has failed


def refusal(screen: Showing, evidence: Recorder, name: str, *instead: Term, section: str = MESSAGES) -> Term:
    """Wait until the portal says something, or shows what would have come `instead`, and say which.

    Raises DeviationError where it does neither, unless it refuses in words of its own that the manual leaves open, and
    ConfigurationProblemError where nothing of what would have come has words: only a wrong portal would miss them.
    """
    wanted, sections = (section, name), screen.dialect.sections
    if instead and not any(one[1] in sections.get(one[0], {}) for one in instead):
        screen.dialect.words(*instead[0])
    return screen.look_for(wanted, *instead) or refuse(screen, evidence, wanted, *instead)


def refuse(screen: Showing, evidence: Recorder, wanted: Term, *instead: Term) -> Term:
    """Take what a screen at rest says for a refusal in the portal's own words. Raises DeviationError as `refusal`."""
    said = own_words(screen, evidence, wanted)
    if not said:
        raise screen.missing(wanted, *instead)
    remark(screen, evidence, wanted, said)
    return wanted


def refused(screen: Showing) -> str:
    """The new line by which the screen refuses to go on, by whatever it says; empty where it does not refuse."""
    new, status = _without_instructions(screen), screen.status or 0
    if status >= CRASH or any(CRASHED.search(line) for line in new):
        return ""
    accepts = any(ACCEPTING.search(line) for line in new)  # then 申請済み is a fact and no reproach
    reading = [line for line in new if _reads_like_refusal(line) and (SENTENCE.search(line) or not accepts)]
    reading.sort(key=lambda line: (ONLY_THE_TITLE.fullmatch(line) is not None, not SENTENCE.search(line)))
    return _sentence(reading, new) or (next(iter(new), "") if status >= REFUSED else "")


def _without_instructions(screen: Showing) -> list[str]:
    """What is new, but for what a form that was just opened says on how to fill it in."""
    new, fields = screen.news, screen.dialect.sections.get("fields", {})
    if screen.stood or not any(screen.has("fields", one) for one in fields):
        return new
    return [line for line in new if not INSTRUCTION.search(line) or _says_why(line)]


def _says_why(line: str) -> bool:
    """Whether a line that asks for something also says what is wrong."""
    others = [one for one in line.split("。") if one and not INSTRUCTION.search(one)]
    return any(map(_reads_like_refusal, others))


def _reads_like_refusal(line: str) -> bool:
    return bool(REFUSING.search(NOTHING_NEW.sub("", line))) and not UNEXPLAINED.fullmatch(line)


def _sentence(reading: Sequence[str], new: Sequence[str]) -> str:
    """The first line that reads like a refusal; below a title that does, the sentence that says why."""
    title = next(iter(reading), "")
    told = [line for line in new[new.index(title) :] if SENTENCE.search(line)] if title else []
    return title if SENTENCE.search(title) else next(iter(told), title)


def keeps_out(screen: Showing) -> bool:
    """Whether a page that came in place of a site's own keeps this user out, by what it says, or by its status."""
    said, status = refused(screen), screen.status or 0
    says = (SENTENCE.search(said) or NEGATED.search(said)) and not SESSION.search(said)
    return status in KEPT_OUT or (bool(says) and status not in NOT_FOUND)


def turned_away(screen: Showing, evidence: Recorder, name: str, form: Term) -> bool:
    """Whether the portal took the user away from a form and says something that no list of words knows: a WARNING.

    Whoever is still before the form was not told what is wrong, and a page that was just opened led away from none. A
    crash is no refusal, nor is a word about another mistake, nor any other sentence than the one that a row prints.
    """
    wanted, new = (MESSAGES, name), screen.news
    if not new or not screen.stood or fails(screen) or screen.has(*form):
        return False
    if _quoted(screen, evidence.ids, wanted) or _another(screen, wanted):
        return False
    remark(screen, evidence, wanted, next((line for line in new if not ONLY_THE_TITLE.fullmatch(line)), new[0]))
    return True


def fails(screen: Showing) -> bool:
    """Whether the screen says that something went wrong, and not what."""
    said = any(CRASHED.search(line) or UNEXPLAINED.fullmatch(line) for line in screen.news)
    return said or (screen.status or 0) >= CRASH


def own_words(screen: Showing, evidence: Recorder, wanted: Term) -> str:
    """The line by which the portal refuses in its own words; empty where it does not, or where they are not its own."""
    if _quoted(screen, evidence.ids, wanted) or _another(screen, wanted):
        return ""
    return refused(screen)


def printed(screen: Showing, ids: tuple[str, ...], term: Term) -> bool:
    """Whether one of these rows of the manual prints the words."""
    return has_any(cited(ids), screen.dialect.words(*term))


def _quoted(screen: Showing, ids: tuple[str, ...], term: Term) -> bool:
    """Whether one of these rows says that the portal says so: a rule that has the words too is not what is shown."""
    sentences = [plain(one) for one in QUOTED.findall(cited(ids))]
    return any(plain(word) in one for word in screen.dialect.words(*term) for one in sentences)


def remark(screen: Showing, evidence: Recorder, term: Term, said: str) -> None:
    """Let the current step be a WARNING: the portal says something in its own words, and means the same."""
    known, (section, name) = screen.dialect.words(*term), term
    wanted = say("／", " / ").join(known)
    lesson = screen.dialect.lesson(section, name, said)
    evidence.own_words(
        OwnWords(section=section, name=name, instead_of=known, said=said),
        say(
            f"「{wanted}」の代わりに「{said}」と表示された（手順書は文言を定めていない）。{lesson}",
            f'Instead of "{wanted}" it said "{said}" (the manual prescribes no wording). {lesson}',
        ),
    )


def _another(screen: Showing, wanted: Term) -> bool:
    """Whether the portal says what it says of another mistake."""
    mine = {plain(word) for word in screen.dialect.words(*wanted)}
    subjects = [one for one in _fields(screen) if any(one in word for word in mine)]
    known = {plain(word) for words in screen.dialect.sections[MESSAGES].values() for word in words} - mine
    lines = map(plain, screen.news)
    return any(word in line and not _goes_beyond(line, word, subjects) for line in lines for word in known)


def _fields(screen: Showing) -> list[str]:
    """What the fields of the manual's screens are called."""
    return [plain(word) for words in screen.dialect.sections.get("fields", {}).values() for word in words]


def _goes_beyond(line: str, word: str, subjects: Sequence[str]) -> bool:
    """Whether a line asks for something, as refusals of all kinds do, and says besides what is wrong, or with what."""
    rest = line.replace(word, "")
    says_more = REFUSING.search(rest) is not None or any(one in rest for one in subjects)
    return PLEASE.search(word) is not None and says_more
