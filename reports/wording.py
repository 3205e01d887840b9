"""The words of the report, in Japanese and English, and the names of verdicts in both."""

from __future__ import annotations

from markupsafe import Markup

from reports.conclusion import Conclusion
from sekisho.language import say
from sekisho.manual.folders import known
from sekisho.results import Called, Run
from sekisho.verdict import Verdict

VERDICTS = {
    Verdict.PASS: ("適合", "Pass", "✓"),
    Verdict.FAIL: ("不適合", "Fail", "✕"),
    Verdict.NOT_APPLICABLE: ("対象外", "Not applicable", "–"),
    Verdict.WARNING: ("適合（注意）", "Warning", "△"),
    Verdict.KNOWN_GAP: ("既知の不適合", "Known gap", "◇"),
    Verdict.UNEXPECTED_PASS: ("予期しない適合", "Unexpected pass", "‼"),
    Verdict.BLOCKED: ("実施不能", "Blocked", "⊘"),
    Verdict.WAITING: ("待機中", "Waiting", "◷"),
    Verdict.ERROR: ("判定不能（環境）", "Error (environment)", "!"),
    Verdict.NOT_REACHED: ("未到達", "Not reached", "○"),
}

CONCLUSIONS = {
    Conclusion.CONFORMANT: (
        "適合",
        "Conformant",
        "確かめた項目に、手順書と異なる動作は見つかりませんでした。",
        "Nothing that was examined deviates from the manual.",
    ),
    Conclusion.NOT_CONFORMANT: (
        "不適合",
        "Not conformant",
        "手順書と異なる動作があります。内容は「指摘事項」に示します。",
        "The portal deviates from its manual. See the findings.",
    ),
    Conclusion.OUTDATED: (
        "要見直し（予期しない適合）",
        "Outdated (unexpected pass)",
        "既知の不適合とした項目が適合しました。ターゲットファイルの gaps を見直してください。",
        "A known gap has closed. The target file's list of gaps is out of date.",
    ),
    Conclusion.ENVIRONMENT: (
        "判定不能（環境）",
        "Inconclusive (environment)",
        "試験する側の環境の問題で判定できなかったものがあります。ポータルの不適合ではありません。",
        "Trouble on the testing side left something undecided. This says nothing against the portal.",
    ),
    Conclusion.INCOMPLETE: (
        "判定不能（実施不能あり）",
        "Inconclusive (blocked)",
        "実施できないか、適合とも不適合とも言えなかったシナリオがあります（理由は各シナリオにあります）。",
        "Some scenarios could not be carried out, or could be neither passed nor failed: each says why.",
    ),
    Conclusion.WAITING: (
        "判定待ち（待機中あり）",
        "Not decided yet (waiting)",
        "時間をおいてから続けるシナリオがあります。続きは sekisho run --resume で実行します。",
        "Some scenarios go on after a time: sekisho run --resume.",
    ),
    Conclusion.INTERRUPTED: (
        "判定不能（中断）",
        "Inconclusive (interrupted)",
        "実行が途中で終わりました。終わっていたシナリオの結果だけを示します。",
        "The run ended early. Only the scenarios that had finished are shown.",
    ),
    Conclusion.EMPTY: (
        "判定不能（実績なし）",
        "Inconclusive (nothing examined)",
        "適合と判定できたシナリオが一つもありません。",
        "No scenario passed, so nothing can be claimed.",
    ),
}

WORDS = {
    "report": ("適合性試験報告書", "Conformance test report"),
    "run_id": ("実行番号", "Run"),
    "target": ("試験先", "Target"),
    "product": ("製品", "Product"),
    "manual_version": ("手順書の版", "Edition of the manual"),
    "shard": (
        "全体を分けたうちの {part} だけの結果です。全体の判定は、sekisho merge でまとめた報告書にあります。",
        "This is part {part} of a run only. The verdict on the whole is in the report that sekisho merge makes.",
    ),
    "cells_left": (
        "ほかに {count} セルがあります。指定された数（--budget、--each）までとし、実行していません。",
        "There are {count} more cells, beyond the number that was asked for (--budget, --each): not carried out.",
    ),
    "stopped": ("打ち切り", "Given up"),
    "gaps": ("既知の不適合", "Known gaps"),
    "gaps_note": (
        "試験先の設定が届け出ている不適合です。期限と条件に合う間は、試験全体を不適合にしません。",
        "Deviations that the target file admits. They do not fail the run while their date and conditions hold.",
    ),
    "gap": ("既知の不適合", "Known gap"),
    "gap_closed": (
        "{requirement}（{reason}）として届け出られていますが、適合しました。gaps から外してください。",
        "Admitted as {requirement} ({reason}), but it passed. Remove it from the target file's list of gaps.",
    ),
    "reason": ("理由", "Reason"),
    "until": ("期限", "Until"),
    "condition": ("条件", "Condition"),
    "no_condition": ("なし", "None"),
    "excused": ("該当したシナリオ", "Scenarios excused"),
    "excused_none": ("この実行ではありません", "None in this run"),
    "unsteady": ("判定が一定しないシナリオ", "Scenarios that are not steady"),
    "unsteady_run": ("この実行のくり返しのうち", "Among the repetitions of this run"),
    "unsteady_history": ("最近の実行のうち", "Among the last runs"),
    "times": ("{count} 回のうち", "of {count}:"),
    "nights": ("実行ごとの判定", "Verdicts by run"),
    "nights_figures": ("数字で見る", "In figures"),
    "slower": ("前より遅いシナリオ（これまでの中央値 → 今回）", "Slower than before (median so far → now)"),
    "trend": ("前の実行からの変化", "Changes since earlier runs"),
    "manual": ("手順書", "Manual"),
    "browser": ("ブラウザー", "Browser"),
    "told_system": ("ポータルに名乗った OS:", "Told portals that it is on"),
    "certs": ("証明書の扱い", "Certificates"),
    "native": ("ブラウザー自身の証明書ストアと選択画面", "The browser's own store and dialog"),
    "context": ("接続ごとに指定（選択画面なし）", "Given per connection (no dialog)"),
    "machine": ("実行環境", "Machine"),
    "jobs": ("並列数", "Workers"),
    "started": ("開始", "Started"),
    "finished": ("終了", "Finished"),
    "interrupted": ("中断（終了の記録がありません）", "Interrupted (no end was recorded)"),
    "duration": ("所要時間", "Duration"),
    "version": ("試験器", "Harness"),
    "command": ("コマンド", "Command"),
    "exploration": ("途中の障害", "Faults on the way"),
    "exploration_note": (
        "印の一つひとつで、一つの通信に障害を一度起こし、手順書のとおりにやり直したあとを確かめました。印から画面と通信に移れます。障害の前の画面は、障害の無い手続きに写真があります。",
        (
            "Each sign: one exchange had one fault, and all was done over as the manual says. It leads to "
            "what was seen. What was seen before the fault is in the pictures of the procedure undisturbed."
        ),
    ),
    "cells_done": ("{total} セルのうち {done} セルを実行", "{done} of {total} cells carried out"),
    "cells": ("{count} セル", "Cells: {count}"),
    "same_cells": (
        "= の {count} セルは途中から別のセルと同じになり、その結果による",
        "= marks {count} that came to stand as another cell, whose result is theirs",
    ),
    "same_as": ("障害のあとは次のセルと同じ:", "Behind the fault it is the same as this cell:"),
    "deeper": ("2 つめの障害のあるセル {count}", "Cells with a second fault: {count}"),
    "cell_cause": ("操作と画面", "Action and screen"),
    "exchange": ("通信", "Exchange"),
    "not_carried_out": ("実行していない", "Not carried out"),
    "orders": ("二つのタブの順序", "Orders of two tabs"),
    "orders_note": (
        "二つのタブの操作を、結果の変わりうる順序で行いました。上の段がタブA、下の段がタブBで、左から右に進みます。",
        "The steps of two tabs, in orders that may matter: tab A above, tab B below, from left to right.",
    ),
    "no_orders": ("ほかの順序は実行していない", "no other order was carried out"),
    "orders_left_out": (
        "順序 {all} 通りのうち、通信の無い文の位置だけが違う {silent} 通りと、タブの名だけが違う {mirrored} 通りは略。",
        "{all} orders; left out: {silent} that move only what exchanges nothing, {mirrored} that only swap the tabs.",
    ),
    "boundaries": ("日と時刻の境目", "Boundaries of days and times"),
    "boundaries_note": (
        "手順書の数字のある規則を、境目の手前の最後の時と向こう側の最初の時に、その境目が暦の特別な日に来るようにして行いました。",
        "Each rule with a figure, at the last moment on one side and the first on the other, on days of the calendar.",
    ),
    "rule": ("規則", "Rule"),
    "moment": ("時", "Moment"),
    "walks": ("続ける順番", "One procedure after another"),
    "walks_note": (
        "手順書の手続きを、行える順にいろいろ続けました。失敗したものは、同じところで失敗する最も短い歩きを示します。",
        "The procedures, in any order that is possible; of what failed, the shortest walk that fails in the same way.",
    ),
    "walks_tried": ("{tried} 通りの歩き", "Walks tried: {tried}"),
    "walks_good": ("、適合した最長 {longest} 手", "; moves in the longest good one: {longest}"),
    "walks_unfinished": ("時間の上限で打ち切り", "stopped when the time was over"),
    "walks_shortest": ("{count} 手で失敗する最も短い歩き:", "The shortest walk that fails (moves: {count}):"),
    "walks_longest": ("適合した最長の歩き（{count} 手）", "The longest good walk (moves: {count})"),
    "walks_gherkin": ("貼り付けて実行できるシナリオ", "A scenario to be pasted and run"),
    "walks_other": ("ほかの失敗のしかた", "Another way to fail"),
    "copied": ("（複製）", "(copy) "),
    "tab_a": ("タブA", "Tab A"),
    "tab_b": ("タブB", "Tab B"),
    "left_out": ("障害を起こさなかった通信 {count} 件とその理由", "Exchanges without a fault: {count}, and why"),
    "overview": ("概要", "Overview"),
    "manuals": ("手順書ごとの判定", "Verdict by manual"),
    "procedures": ("手順ごとの判定", "Verdict by procedure"),
    "procedure": ("手順", "Procedure"),
    "verdict": ("判定", "Verdict"),
    "scenarios": ("シナリオ", "Scenarios"),
    "items": ("手順書の項目", "Items of the manual"),
    "examined": ("確かめた項目", "Items examined"),
    "steps": ("操作と確認", "Steps"),
    "screens": ("画面", "Screens"),
    "total": ("合計", "Total"),
    "time": ("時間", "Time"),
    "findings": ("指摘事項", "Findings"),
    "no_findings": ("不適合はありません。", "There are no deviations."),
    "warned": ("手順書に反しないが、知っておくべき動作", "Allowed by the manual, and worth knowing"),
    "at_warning": ("その箇所", "At"),
    "one_finding": ("{count} セルが同じ動作を示しました", "{count} cells show the same deviation"),
    "one_cause": (
        "{count} 件のシナリオが同じ理由で判定できませんでした",
        "{count} scenarios were left undecided by one cause",
    ),
    "undecided": ("判定できなかったシナリオ", "Scenarios left undecided"),
    "unreadable": ("読めなかった結果ファイル", "Result files that could not be read"),
    "requirement": ("要求事項", "Requirement"),
    "manual_says": ("手順書の記述", "Manual says"),
    "portal_did": ("ポータルの動作", "Portal did"),
    "happened": ("起きたこと", "What happened"),
    "at_step": ("止まった箇所", "Stopped at"),
    "repeat": ("再現コマンド", "Repeat"),
    "detail": ("技術的な詳細", "Technical detail"),
    "beyond": ("手順書の外", "Beyond the manual"),
    "coverage": ("手順書の項目と判定", "Coverage of the manual"),
    "coverage_note": (
        "手順書のすべての項目と、その項目を確かめたシナリオです。項目の判定は、引用するシナリオのうち最も重い判定です。",
        "Every item of the manual and the scenarios that examine it. An item has the worst verdict of those.",
    ),
    "uncited": ("この実行で確かめていない項目", "Items not examined in this run"),
    "unknown": ("手順書の一覧にない ID", "Ids without a row in the list of the manual's items"),
    "open": ("シナリオはあるが、この実行では判定しなかった項目", "Items with a scenario that this run did not decide"),
    "none_uncited": ("すべての項目を確かめました。", "Every item was examined."),
    "not_cited": ("未確認", "Not examined"),
    "says": ("手順書の内容", "What the manual says"),
    "expects": ("期待", "Expected"),
    "walk": ("手順書に沿った結果", "Along the manual"),
    "again": ("上の項目と同じ操作で確かめました。", "Examined by the same steps as the item above."),
    "by_scenario": ("シナリオ", "Scenarios"),
    "hosts": ("接続した先", "Hosts contacted"),
    "no_hosts": ("接続の記録はありません。", "No connection was recorded."),
    "dialog": ("証明書の選択画面", "Certificate dialog"),
    "prompt": ("ブラウザーの確認画面", "The browser's own question"),
    "dialog_empty": ("候補の証明書はありません", "No certificate is offered"),
    "chosen": ("選択", "Chosen"),
    "pressed": ("押したボタン", "Pressed"),
    "mail": ("メール", "Mail"),
    "from": ("差出人", "From"),
    "to": ("宛先", "To"),
    "subject": ("件名", "Subject"),
    "date": ("日時", "Date"),
    "certificate": ("証明書", "Certificate"),
    "issued_to": ("発行先", "Issued to"),
    "issued_by": ("発行者", "Issued by"),
    "serial": ("シリアル番号", "Serial number"),
    "valid": ("有効期間", "Valid"),
    "key": ("鍵", "Key"),
    "signature": ("署名", "Signature"),
    "fingerprint": ("拇印（SHA-256）", "Fingerprint (SHA-256)"),
    "more": ("識別名と拡張", "Names and extensions"),
    "note": ("記録", "Note"),
    "picture": ("画面", "Screen"),
    "before": ("前の画面", "The screen before"),
    "after": ("次の画面", "The next screen"),
    "linked": (
        "画像の総量が上限を超えるため、{count} 枚は報告書に含めず、結果フォルダーのファイルを参照しています。",
        "Pictures beyond the size limit of the report: {count}. They stay in the run's folder.",
    ),
    "search": ("検索", "Search"),
    "expand": ("すべて開く", "Expand all"),
    "collapse": ("すべて閉じる", "Collapse all"),
    "print": ("印刷", "Print"),
    "keys": ("キー操作", "Keys"),
    "hits": ("件のシナリオ", "scenarios"),
    "contents": ("目次", "Contents"),
    "no_match": ("条件に合うシナリオはありません。", "No scenario matches."),
    "no_scenarios": ("終わったシナリオはありません。", "No scenario has finished."),
    "no_script": (
        "JavaScript が無効のため、画像・検索・英語表示は使えず、適合したセルの中身は scenarios/ のファイルにあります。",
        "JavaScript is off: no pictures, search or English. What stands in cells that passed is in scenarios/.",
    ),
    "fold_unscripted": (
        "JavaScript が無効のため、ここでは開けません。結果フォルダーの次のファイルにあります:",
        "JavaScript is off. What stands here is in a file of the run's folder:",
    ),
    "not_unfolded": (
        "このブラウザーでは中身を開けません。結果フォルダーの次のファイルにあります:",
        "This browser cannot unfold what stands here. It is in a file of the run's folder:",
    ),
    "only": ("絞り込み", "Filter"),
    "example": ("例", "Example"),
    "skip": ("本文へ", "Skip to content"),
    "worker": ("ワーカー", "Worker"),
    "key_search": ("検索", "search"),
    "key_next": ("次／前のシナリオ", "next / previous scenario"),
    "key_fail": ("次／前の、適合でないシナリオ", "next / previous scenario that did not simply pass"),
    "key_all": ("すべて開く／閉じる", "expand / collapse all"),
    "key_esc": ("閉じる", "close"),
    "copy": ("コピー", "Copy"),
    "search_key": ("検索（/ キー）", "Search (/ key)"),
    "close": ("閉じる", "Close"),
    "of": ("中", "of"),
}


def both(japanese: str, english: str) -> Markup:
    """The same words in both languages; the page's style shows one of them."""
    return Markup('<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>').format(japanese, english)


def attribute(name: str, key: str, **values: object) -> Markup:
    """An attribute in the language that is spoken; a switch finds both beside it."""
    japanese, english = (one.format(**values) for one in WORDS[key])
    return in_both(name, japanese, english)


def in_both(name: str, japanese: str, english: str) -> Markup:
    """An attribute, as `attribute` makes it, of words that are in no table here."""
    made = Markup('{0}="{1}" data-ja-{0}="{2}" data-en-{0}="{3}"')
    return made.format(name, say(japanese, english), japanese, english)


def words(key: str, **values: object) -> Markup:
    """The words for a key, in both languages, with values filled in."""
    japanese, english = WORDS[key]
    return both(japanese.format(**values), english.format(**values))


def manual_name(manual: str, run: Run | None = None) -> str:
    """What a manual's portal is called in a word or two: as the run says, or else as this machine knows it."""
    return called(manual, run).name


def manual_title(manual: str, run: Run | None = None) -> str:
    """The full title of a manual."""
    return called(manual, run).title


def called(manual: str, run: Run | None = None) -> Called:
    """What a manual is called; by its name alone where neither the run nor this machine knows more."""
    if run and manual in run.called:
        return run.called[manual]
    found = known().get(manual)
    return Called(name=found.about.name, title=found.about.title) if found else Called(name=manual, title=manual)


def word(key: str, **values: object) -> str:
    """The words for a key in the language that is spoken, with values filled in."""
    return say(*WORDS[key]).format(**values)


def verdict_name(verdict: Verdict) -> str:
    """The verdict's name in the language that is spoken."""
    japanese, english, _ = VERDICTS[verdict]
    return say(japanese, english)


def conclusion_name(conclusion: Conclusion) -> str:
    """What a conclusion is called, as `verdict_name`."""
    return say(*CONCLUSIONS[conclusion][:2])


def conclusion_says(conclusion: Conclusion) -> str:
    """What a conclusion means, in a sentence, as `verdict_name`."""
    return say(*CONCLUSIONS[conclusion][2:])


def verdict_class(verdict: Verdict | None) -> str:
    """The verdict as the report's style and its filter name it."""
    return "none" if verdict is None else verdict.value.lower().replace(" ", "-")


def badge(verdict: Verdict | None) -> Markup:
    """A verdict as sign, colour and words: the words and the sign alone suffice."""
    japanese, english, sign = VERDICTS[verdict] if verdict else ("未確認", "Not examined", "·")
    return Markup('<span class="badge {}"><i aria-hidden="true">{}</i>{}</span>').format(
        f"v-{verdict_class(verdict)}", sign, both(japanese, english)
    )
