"""What a screen says that does not go on: whether its words sound like a refusal, or like something that went wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pages.dialect import plain
from sekisho.portal.view import REFUSED, Showing

# What is wrong, as a refusal of an input or of a moment says it; an apology for a crash is none.
REASON = re.compile(
    "誤り|誤って|間違|正しく(な|あ)|一致し(な|ま)|異な(り|って)|違います|違って|相違|ません|できない|できず|認められ|(?<!処理)に失敗|無効|不正|不備|不可"
    # said of one field, as libraries of components do, and not of those with a mark: ＊印は必須項目です
    "|(?<!印[はが])(?<!マーク[はが])(?<!欄は)(?<!印の項目は)(?<![きい]た項目は)(?<![^\\w\\s」』）)][はが])必須(の?入力)?(項目|フィールド)?(です|となって|になって)"
    "|入力されて|未(入力|記入|選択|設定|登録)|空欄|漏れ|もれて|不足|足りな|使えな|受け付けな|多すぎ|少なすぎ"
    "|長すぎ|短すぎ|超え|過ぎ|期間外|範囲外|期限(外|[がはを]?(経過|満了|到来|終了))|対象外|失効して(い|お)|済み|済です|(すで|既)に(ご?(発行|申請|使用|登録|取得|受け?付け?|承|お?申し?込|お手続|手続|ダウンロード|失効|完了|終了))|拒|禁止|取りやめ|エラー|切れ|(?<!正常に)(?<!無事に)終了しました|タイムアウト"
    # not a button that says so, nor a question whether to
    "|の中[止断]|による(中[止断]|キャンセル|取り?消)|(中[止断]|キャンセル|取り?消)(され|しまし|し(た|て(い|お)り?ま)(?!場合)|いたしまし|[とに]な|です)"
    "|forbidden|not (allowed|permitted|authori[sz]ed)|denied|refused|invalid|incorrect|expired|not found|error"
).pattern
# What it asks for instead, as an instruction does too.
ASKING = re.compile(
    "(もう一度|再度|改めて|最初から|はじめから)[^。]{0,16}((お?手続|ご?操作|アクセス|開き|お?申し?込)[^。]{0,4}(ください|下さい|願い))"
    "|(桁|文字|字)(以内|以上|まで)|(入力|確認|選択|指定|やり直|お問い?合わせ|連絡)して|確認(ください|下さい|願)|お確かめ"
).pattern
REFUSING, SAYS_WHY = re.compile(f"{REASON}|{ASKING}", re.IGNORECASE), re.compile(REASON, re.IGNORECASE)
# What a page says of itself, and not of what was asked of it: お知らせはありません.
NEWS = re.compile("(お知らせ|新着|ニュース|トピックス|メッセージ|ご?連絡(事項)?|通知)(情報)?").pattern
NOTHING_NEW = re.compile(
    f"((未処理|処理待ち|未読|未確認|未回答|(承認|確認)待ち)[^。、]{{0,12}}?|((新しい|新着の?|本日の)[^。、]{{0,4}})?{NEWS})"
    "(?<!で)[はがも](現在、?|ただいま、?)?(あり|ござい)ません"
)
ACCEPTING = re.compile("受け?付け(いたし)?ました|承りました|完了(し|いたし)ました|ありがとうございま")
CRASHED = re.compile(
    "システム(エラー|障害)|サーバー?(エラー|障害|内部)|内部エラー|障害|しばらく(して|経って)|Internal|Exception"
    # a status, and no number of an error (E0501) or of things
    r"|(?<![0-9A-Za-z.-])50[0-9](?!\d|\s*(文字|桁|件|円|名|人|日|回|バイト|[KM]B))",
    re.IGNORECASE,
)
BEFORE_ASKING = re.compile(r"[。、，,]\s*(?=[^。、，,\W])|ので|ため(?=[^。]+。?$)")
# How a part of a sentence ends that says what is so: not 切れる前に, 過ぎると, 間違えないよう, 再表示できない.
FACT = re.compile(
    r"(て(い|お)り?ます|ました|です|(?<!でき)ません|(?<!き)(一致し|正しく|見つから)ない|切れ|満了|経過|無効|不正|エラー)の?$"
)
INSTRUCTION = re.compile(r"(ください|下さい|願います)\W*$")
UNEXPLAINED = re.compile(r"エラーが発生(し|いたし)ました。?")  # says nothing about what was wrong
SENTENCE = re.compile("[。?？]|(ます|です|した|ください|すか)$")
NEGATED = re.compile("ません$")  # a sentence or a title, お取扱いできません: the reason may stand below it
ONLY_THE_TITLE = re.compile(r"\W*\w{0,8}エラー(画面|ページ)?\W*")  # of a page that says further down what was wrong
SESSION = re.compile("セッション|タイムアウト|session|ログインし直", re.IGNORECASE)  # which is only lost
KEPT_OUT, NOT_FOUND = (401, 403), (404, 410)  # HTTP statuses
# Asks whether something is wrong, and does not say so: 入力内容は正しくありませんか？
QUESTION = re.compile(r"[^。！!?？]*(?:[?？]|か(?:。|\s*$))")
# What says that nobody can get in now. What is announced for another time, holds for telephones, or is said of this
# user (お客様のご利用を停止しております) does not.
CLOSED = re.compile(
    "(混み?合っ|混雑し|集中し)て(い|お)り?ます|(メンテナンス|保守|点検|サービス休止|サービス停止)中|時間外(です|のため)"
    "|(メンテナンス|保守|点検|作業)(を(実施|行)[^。]{0,4}て(い|お)り?ます|の(ため|都合)[^。]*(停止|休止|中止|ません))"
    "|(サービス|システム|サイト|ご?利用|受け?付け?)[^。、]{0,8}(停止|休止|中止|中断)(中|(し|いたし|させていただい)て(い|お)り?ます)"
    "|under maintenance|too busy|try again later",
    re.IGNORECASE,
)
OF_ANOTHER = re.compile(
    "予定|お知らせ|毎|曜|年末|場合|電話|窓口|[月/][0-9０-９]|will be|証明書|お客様の|ユーザ|会員|アカウント",
    re.IGNORECASE,
)
FEW = 5  # lines
CRASH = 500  # HTTP status from which the server has failed


def refused(screen: Showing) -> str:
    """The new line by which the screen refuses to go on, by whatever it says; empty where it does not refuse."""
    new, status = _without_instructions(screen), screen.status or 0
    if status >= CRASH or any(CRASHED.search(line) for line in new):
        return ""
    accepts = any(ACCEPTING.search(line) for line in new)  # then 申請済み is a fact and no reproach
    reading = [line for line in new if _reads_like_refusal(line) and (SENTENCE.search(line) or not accepts)]
    reading = _without_labels(screen, reading)
    reading.sort(key=lambda line: (ONLY_THE_TITLE.fullmatch(line) is not None, not SENTENCE.search(line)))
    return _sentence(reading, new) or (next(iter(new), "") if status >= REFUSED else "")


def _without_instructions(screen: Showing) -> list[str]:
    """What is new, but for what a form that was just opened says on how to fill it in."""
    new, fields = screen.news, screen.dialect.sections.get("fields", {})
    if screen.stood or not any(screen.has("fields", one) for one in fields):
        return new
    return [line for line in new if not INSTRUCTION.search(line) or _says_why(line)]


def _says_why(line: str) -> bool:
    """Whether a line that asks for something also says what is wrong, as a fact, before what it asks for."""
    facts = (NOTHING_NEW.sub("", one) for one in BEFORE_ASKING.split(line)[:-1])
    return any(SAYS_WHY.search(one) and FACT.search(one) for one in facts)


def _reads_like_refusal(line: str) -> bool:
    return bool(REFUSING.search(QUESTION.sub("", NOTHING_NEW.sub("", line)))) and not UNEXPLAINED.fullmatch(line)


def _without_labels(screen: Showing, reading: Sequence[str]) -> list[str]:
    """Without what a button or a link is called, as 照会できない場合: what it says in a sentence may be meant."""
    called = {plain(one) for one in screen.labels()} if reading else set[str]()
    return [one for one in reading if plain(one) not in called or SENTENCE.search(one) or NEGATED.search(one)]


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


def closed(screen: Showing) -> str:
    """The sentence by which the screen says that it is busy, closed or being mended at this moment; else empty."""
    told = (one for line in screen.news for one in re.split("(?<=[。！!])", line))
    return next((one for one in told if CLOSED.search(one) and not OF_ANOTHER.search(one)), "")


def breaks_down(screen: Showing) -> bool:
    """Whether the screen says little else than, in a sentence, that something failed: others name such things too."""
    new = screen.news
    return len(new) <= FEW and any(CRASHED.search(line) and SENTENCE.search(line) for line in new)


def fails(screen: Showing) -> bool:
    """Whether the screen says that something went wrong, and not what."""
    said = any(CRASHED.search(line) or UNEXPLAINED.fullmatch(line) for line in screen.news)
    return said or (screen.status or 0) >= CRASH
