"""A comparison as Markdown, short enough for a pull request's comment; what comes from a portal stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from reports.compare.model import Comparison, Kind, ProfileChange, ScreenChange, Turn, VerdictChange, WordingChange
from reports.compare.verdicts import told
from sekisho.visible import visible

MOST = 40  # lines of a section; GitHub takes 65,536 characters in a comment
LONGEST = 300

TURNS = {
    Turn.REGRESSION: "適合しなくなった",
    Turn.UNDECIDED: "判定できなくなった",
    Turn.IMPROVEMENT: "適合するようになった",
    Turn.CHANGED: "判定が変わった",
    Turn.REMOVED: "実施されなくなった",
    Turn.ADDED: "新たに実施された",
}
KINDS = {
    Kind.SCREEN: "画面",
    Kind.DIALOG: "ブラウザーの画面",
    Kind.MAIL: "メール",
    Kind.NOTE: "記録",
    Kind.REMARK: "注記",
}
SCREENS = {
    "added": "増えた画面",
    "removed": "なくなった画面",
    "renamed": "題名が変わった画面",
    "moved": "アドレスが変わった画面",
}
FACTS = {"key": "鍵", "signature": "署名", "validity": "有効期間", "subject": "発行先の名前の形", "issuer": "発行者"}


def verdict_line(comparison: Comparison) -> str:
    """The first line: what the comparison comes to."""
    if comparison.regressions:
        return f"後退があります（{comparison.regressions} 件）"
    if comparison.differences:
        return f"後退はありません。違いは {comparison.differences} 件です"
    return "違いはありません"


def markdown(comparison: Comparison) -> str:
    """The whole comparison, long sections cut with the number of what is left out."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"## {'❌' if comparison.regressions else '✅'} {verdict_line(comparison)}"
    yield ""
    yield "| | 前 | 後 |"
    yield "|---|---|---|"
    before, after = comparison.before, comparison.after
    for name, field in (
        ("実行", "id"),
        ("試験先", "target"),
        ("製品", "product"),
        ("ブラウザー", "browser"),
        ("開始", "started"),
        ("判定", "conclusion"),
    ):
        yield f"| {name} | {text(getattr(before, field))} | {text(getattr(after, field))} |"
    yield f"| シナリオ | {before.scenarios} | {after.scenarios} |"
    yield ""
    yield f"両方にあった {comparison.compared} シナリオを比べました。"
    yield from _section("注意", (f"- {text(one)}" for one in comparison.notes))
    yield from _section("判定の変化", map(_verdict, comparison.verdicts))
    yield from _section("証明書の変化", map(_profile, comparison.profiles))
    yield from _section("画面の増減", map(_screen, comparison.screens))
    yield from _section("文言の変化", map(_wording, comparison.wordings))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"### {title}（{len(found)}）", "", *islice(found, MOST))
    if len(found) > MOST:
        yield f"- …ほか {len(found) - MOST} 件"


def _verdict(one: VerdictChange) -> str:
    mark = "**" if one.turn in {Turn.REGRESSION, Turn.UNDECIDED} else ""
    ids = " ".join(one.ids)
    reason = f"<br>{text(one.reason)}" if one.reason else ""
    name = f"{text(one.procedure)} / {text(one.name)}"
    return f"- {mark}{TURNS[one.turn]}{mark}: {name}（{text(ids)}） {told(one)}{reason}"


def _profile(one: ProfileChange) -> str:
    mark = "**弱くなった** " if one.weaker else ""
    change = f"{text(one.before) or 'なし'} → {text(one.after) or 'なし'}"
    return f"- {mark}{text(one.certificate)} {text(FACTS.get(one.fact, one.fact))}: {change}"


def _screen(one: ScreenChange) -> str:
    shown = [f"{text(each.title) or '（題名なし）'} {text(each.url)}" for each in (one.before, one.after) if each]
    return f"- {SCREENS[one.change]}: {' → '.join(shown)}"


def _wording(one: WordingChange) -> str:
    gone = "".join(f"<br>− {text(line)}" for line in one.before[:5])
    new = "".join(f"<br>＋ {text(line)}" for line in one.after[:5])
    left = max(len(one.before) - 5, 0) + max(len(one.after) - 5, 0)
    return f"- {KINDS[one.kind]}「{text(one.place)}」{gone}{new}{f'<br>…ほか {left} 行' if left else ''}"


def text(words: str) -> str:
    """Words from a run as text of one line: no markup, no link, nobody notified, no table broken."""
    line = " ".join(visible(words).split())
    line = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(r"([\\`*_{}\[\]()#+!|~-])", r"\\\1", line)
    return line.replace("@", "@\u2060").replace("://", ":\u2060//")
