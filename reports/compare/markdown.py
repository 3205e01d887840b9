"""A comparison as Markdown, short enough for a pull request's comment; what comes from a portal stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from reports.compare.model import Comparison, Kind, ProfileChange, ScreenChange, Turn, VerdictChange, WordingChange
from reports.compare.verdicts import told
from sekisho.language import Pair, say
from sekisho.visible import visible

MOST = 40  # lines of a section; GitHub takes 65,536 characters in a comment
LONGEST = 300

TURNS = {
    Turn.REGRESSION: Pair("適合しなくなった", "no longer conforms"),
    Turn.UNDECIDED: Pair("判定できなくなった", "no longer decided"),
    Turn.IMPROVEMENT: Pair("適合するようになった", "conforms now"),
    Turn.CHANGED: Pair("判定が変わった", "verdict changed"),
    Turn.REMOVED: Pair("実施されなくなった", "no longer carried out"),
    Turn.ADDED: Pair("新たに実施された", "newly carried out"),
}
KINDS = {
    Kind.SCREEN: Pair("画面", "Screen"),
    Kind.DIALOG: Pair("ブラウザーの画面", "Browser's dialog"),
    Kind.MAIL: Pair("メール", "Mail"),
    Kind.NOTE: Pair("記録", "Note"),
    Kind.REMARK: Pair("注記", "Remark"),
}
SCREENS = {
    "added": Pair("増えた画面", "new screen"),
    "removed": Pair("なくなった画面", "lost screen"),
    "renamed": Pair("題名が変わった画面", "screen with another title"),
    "moved": Pair("アドレスが変わった画面", "screen with another address"),
}
FACTS = {
    "key": Pair("鍵", "key"),
    "signature": Pair("署名", "signature"),
    "validity": Pair("有効期間", "validity"),
    "subject": Pair("発行先の名前の形", "form of the subject's name"),
    "issuer": Pair("発行者", "issuer"),
}


def verdict_line(comparison: Comparison) -> str:
    """The first line: what the comparison comes to."""
    if comparison.regressions:
        return say(
            f"後退があります（{comparison.regressions} 件）", f"There are regressions ({comparison.regressions})"
        )
    if comparison.differences:
        return say(
            f"後退はありません。違いは {comparison.differences} 件です",
            f"No regressions. Differences: {comparison.differences}",
        )
    return say("違いはありません", "No differences")


def markdown(comparison: Comparison) -> str:
    """The whole comparison, long sections cut with the number of what is left out."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"## {'❌' if comparison.regressions else '✅'} {verdict_line(comparison)}"
    yield ""
    yield say("| | 前 | 後 |", "| | earlier | later |")
    yield "|---|---|---|"
    before, after = comparison.before, comparison.after
    for name, field in (
        (say("実行", "Run"), "id"),
        (say("試験先", "Target"), "target"),
        (say("製品", "Product"), "product"),
        (say("ブラウザー", "Browser"), "browser"),
        (say("開始", "Started"), "started"),
        (say("判定", "Conclusion"), "conclusion"),
    ):
        yield f"| {name} | {text(getattr(before, field))} | {text(getattr(after, field))} |"
    yield say(
        f"| シナリオ | {before.scenarios} | {after.scenarios} |",
        f"| Scenarios | {before.scenarios} | {after.scenarios} |",
    )
    yield ""
    yield say(
        f"両方にあった {comparison.compared} シナリオを比べました。",
        f"Scenarios compared, which both runs have: {comparison.compared}.",
    )
    yield from _section(say("注意", "Caution"), (f"- {text(one)}" for one in comparison.notes))
    yield from _section(say("判定の変化", "Changed verdicts"), map(_verdict, comparison.verdicts))
    yield from _section(say("証明書の変化", "Changed certificates"), map(_profile, comparison.profiles))
    yield from _section(say("画面の増減", "New and lost screens"), map(_screen, comparison.screens))
    yield from _section(say("文言の変化", "Changed words"), map(_wording, comparison.wordings))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", say(f"### {title}（{len(found)}）", f"### {title} ({len(found)})"), "", *islice(found, MOST))
    if len(found) > MOST:
        yield say(f"- …ほか {len(found) - MOST} 件", f"- … and {len(found) - MOST} more")


def _verdict(one: VerdictChange) -> str:
    mark = "**" if one.turn in {Turn.REGRESSION, Turn.UNDECIDED} else ""
    ids = " ".join(one.ids)
    reason = f"<br>{text(one.reason)}" if one.reason else ""
    name = f"{text(one.procedure)} / {text(one.name)}"
    return say(
        f"- {mark}{TURNS[one.turn]}{mark}: {name}（{text(ids)}） {told(one)}{reason}",
        f"- {mark}{TURNS[one.turn]}{mark}: {name} ({text(ids)}) {told(one)}{reason}",
    )


def _profile(one: ProfileChange) -> str:
    mark = say("**弱くなった** ", "**weaker** ") if one.weaker else ""
    change = say(
        f"{text(one.before) or 'なし'} → {text(one.after) or 'なし'}",
        f"{text(one.before) or 'none'} → {text(one.after) or 'none'}",
    )
    return f"- {mark}{text(one.certificate)} {text(str(FACTS.get(one.fact, one.fact)))}: {change}"


def _screen(one: ScreenChange) -> str:
    shown = [
        say(
            f"{text(each.title) or '（題名なし）'} {text(each.url)}",
            f"{text(each.title) or '(no title)'} {text(each.url)}",
        )
        for each in (one.before, one.after)
        if each
    ]
    return f"- {SCREENS[one.change]}: {' → '.join(shown)}"


def _wording(one: WordingChange) -> str:
    gone = "".join(f"<br>− {text(line)}" for line in one.before[:5])
    new = "".join(say(f"<br>＋ {text(line)}", f"<br>+ {text(line)}") for line in one.after[:5])
    left = max(len(one.before) - 5, 0) + max(len(one.after) - 5, 0)
    return say(
        f"- {KINDS[one.kind]}「{text(one.place)}」{gone}{new}{f'<br>…ほか {left} 行' if left else ''}",
        f'- {KINDS[one.kind]} "{text(one.place)}"{gone}{new}{f"<br>… and {left} more lines" if left else ""}',
    )


def text(words: str) -> str:
    """Words from a run as text of one line: no markup, no link, nobody notified, no table broken."""
    line = " ".join(visible(words).split())
    line = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(r"([\\`*_{}\[\]()#+!|~-])", r"\\\1", line)
    return line.replace("@", "@\u2060").replace("://", ":\u2060//")
