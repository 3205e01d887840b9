"""From what two runs saw to the differences: words, screens, and the same screen beside itself."""

from __future__ import annotations

from reports.compare import noise
from reports.compare.model import Kind, Picture, ScreenChange, SideBySide, WordingChange
from reports.compare.pairs import StepPair
from reports.compare.sights import Both, Line, Sight, Sights, matched
from sekisho import results
from sekisho.language import say
from sekisho.manual.titles import titled
from sekisho.results import Scenario


def wordings(seen: Both, pairs: list[StepPair], *, alike: bool = True) -> list[WordingChange]:
    """Words that changed: on what both runs show, in what has another name now, and in remarks on the same verdict.

    Of runs that are not `alike` in language, only what the portal and the browser say is compared.
    """
    same = [(seen.before.get(key), seen.after.get(key)) for key in seen.all_before if key in seen.all_after]
    found = [_wording(seen, before, after) for before, after in same if before or after]
    gone, new = seen.gone(), seen.new()
    together = matched(gone, new)
    found += [_wording(seen, before, after) for before, after in together if _worth(before, after)]
    taken = {one.key for pair in together for one in pair}
    found += [_wording(seen, one, None) for one in gone if one.key not in taken and one.key[0] is not Kind.SCREEN]
    found += [_wording(seen, None, one) for one in new if one.key not in taken and one.key[0] is not Kind.SCREEN]
    told = found + _remarks(pairs) if alike else [one for one in found if one.kind is not Kind.NOTE]
    return [one for one in told if one.before or one.after]


def _worth(before: Sight, after: Sight) -> bool:
    """Whether two matched things have words to compare: a run without words of screens says nothing about them."""
    return before.key[0] is not Kind.SCREEN or bool(before.lines and after.lines)


def _wording(seen: Both, before: Sight | None, after: Sight | None) -> WordingChange:
    """The lines that only one run shows, as they were seen; a changed title is a line of its own."""
    shown = after or before
    assert shown
    gone, new = _only(before, seen.all_after, after), _only(after, seen.all_before, before)
    screen = shown.key[0] is Kind.SCREEN  # its new title is a change of the screen, not of its words
    renamed = not screen and (before is None or after is None or before.key[2] != after.key[2])
    saw = dict.fromkeys(scenario for line in [*gone, *new] for scenario in line.scenarios)
    return WordingChange(
        kind=shown.key[0],
        manual=shown.key[1],
        place=f"{shown.title} {shown.key[3]}" if screen else shown.title,
        before=_headed(before if renamed else None, gone),
        after=_headed(after if renamed else None, new),
        scenarios=list(saw) or shown.scenarios,
        pictures=(_where(before, gone), _where(after, new)),
    )


def _headed(sight: Sight | None, lines: list[Line]) -> list[str]:
    return [*([say(f"『{sight.title}』", f'"{sight.title}"')] if sight else []), *(line.shown for line in lines)]


def _where(sight: Sight | None, lines: list[Line]) -> Picture | None:
    """The screen on which the first of these lines stands."""
    return _picture(lines[0].picture if lines else sight.picture if sight else None)


def _only(sight: Sight | None, others: Sights, counterpart: Sight | None) -> list[Line]:
    """The lines of a sight that its counterpart in the other run never shows."""
    if sight is None:
        return []
    other = others.get(sight.key) or counterpart
    if sight.key[0] is Kind.SCREEN and other is not None and not (sight.lines and other.lines):
        return []
    return [line for words, line in sight.lines.items() if other is None or words not in other.lines]


def _remarks(pairs: list[StepPair]) -> list[WordingChange]:
    """What was said of a step whose verdict is the same: its reason, and at the stop what the portal did."""
    found = []
    for pair in pairs:
        said = [step.reason for step in (pair.before, pair.after)]
        people = noise.people(pair.scenario)
        if pair.before.verdict is pair.after.verdict and len({noise.plain(one, people) for one in said}) > 1:
            found.append(_remark(pair.scenario, *([one] if one else [] for one in said)))
    return found


def _remark(scenario: Scenario, before: list[str], after: list[str]) -> WordingChange:
    return WordingChange(
        kind=Kind.REMARK,
        manual=scenario.manual,
        place=titled(scenario.name, scenario.example),
        before=before,
        after=after,
        scenarios=[scenario.base_id],
    )


def screens(seen: Both) -> list[ScreenChange]:
    """Screens that only one run shows, and those that have another title or address."""
    gone, new = ([one for one in found if one.key[0] is Kind.SCREEN] for found in (seen.gone(), seen.new()))
    together = matched(gone, new)
    taken = {one.key for pair in together for one in pair}
    found = [_screen("renamed" if a.key[2] != b.key[2] else "moved", a, b) for a, b in together]
    found += [_screen("removed", one, None) for one in gone if one.key not in taken]
    return found + [_screen("added", None, one) for one in new if one.key not in taken]


def _screen(change: str, before: Sight | None, after: Sight | None) -> ScreenChange:
    shown = after or before
    assert shown
    return ScreenChange(
        change=change,
        manual=shown.key[1],
        before=_shot(before),
        after=_shot(after),
        scenarios=shown.scenarios,
    )


def side_by_side(seen: Both) -> list[SideBySide]:
    """Each screen that both runs show, once."""
    found = []
    for key, before in seen.all_before.items():
        pictures = _shot(before), _shot(seen.all_after.get(key))
        if pictures[0] and pictures[1]:
            found.append(SideBySide(manual=key[1], title=before.title, before=pictures[0], after=pictures[1]))
    return found


def _shot(sight: Sight | None) -> Picture | None:
    return _picture(sight.picture) if sight else None


def _picture(shown: results.Picture | None) -> Picture | None:
    return Picture(path=shown.path, url=shown.url, title=shown.title) if shown else None
