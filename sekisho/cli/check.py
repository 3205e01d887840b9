"""`sekisho check`: a target file and its portal, looked at before anything is carried out; and first in every run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page
from rich.console import Console

from pages import entrance
from pages.dialect import Dialect, load
from pages.eye import register
from sekisho.browser import driver
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.cli import demand
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.machine.remedies import command
from sekisho.manual.dialects import sections
from sekisho.manual.folders import named, options
from sekisho.preflight import Finding, Place, check, eyes, seen
from sekisho.preflight.sites import PROGRAMS
from sekisho.target_file import Target, examine
from sekisho.target_file.browser_choice import KEY, browser_named
from sekisho.verdict import ConfigurationProblemError, DeviationError, EnvironmentProblemError

Words = TypeVar("Words")


def show(path: Path, browser: str | None, *, explore: bool = False, as_json: bool) -> Exit:
    """Print what was found; USAGE when something must be put right before a run.

    With `explore`, also how many users a full exploration takes.
    """
    found = findings(path, browser)
    problems = [one for one in found if not one.hint]
    if as_json:
        shown: dict[str, object] = {
            "problems": [one.record() for one in problems],
            "hints": [one.record() for one in found if one.hint],
        }
        if explore:
            shown["explore"] = demand.record(path)
        print(json.dumps(shown, ensure_ascii=False, indent=1))  # noqa: T201 - the command's output
    else:
        _print(path, found)
        if explore:
            demand.show(path)
    return Exit.USAGE if problems else Exit.CONFORMANT


def before_run(path: Path, browser: str | None, scenarios: Collection[str], *, connect: bool) -> None:
    """Nothing when all is fine; raises ConfigurationProblemError with every problem."""
    problems = [one for one in findings(path, browser, scenarios, connect=connect) if not one.hint]
    if problems:
        lines = "\n".join(f"  {one}" for one in problems)
        number, only = len(problems), command("check", str(path), *options())
        raise ConfigurationProblemError(
            say(
                f"実行の前の点検で、直すところが {number} か所見つかりました（点検だけなら {only}）。\n{lines}",
                f"the check before the run found {number} to be put right (to check only: {only}).\n{lines}",
            )
        )


def findings(
    path: Path, browser: str | None, scenarios: Collection[str] | None = None, *, connect: bool = True
) -> list[Finding]:
    """Everything that can be found; the portal's own pages only where its sites are reached. Raises as `read` does."""
    examined = examine(path)
    target, place = examined.target, Place(path, examined)
    found = [place.mistaken(one) for one in examined.mistakes]
    if target is None:
        return found
    found += check(target, place, scenarios, connect=connect)
    if not connect or any(one.key == "trust_root" and not one.hint for one in found):
        return found
    try:
        choice = browser_named(browser, target.browser.use, path)
    except (ConfigurationProblemError, EnvironmentProblemError) as problem:
        return [*found, *_no_browser(problem, browser, target, place, found)]
    dialect = load(target.manual, _known(target.dialect, target.manual), _known(target.locators, target.manual))
    return _look(target, place, dialect, found, choice)


def _no_browser(
    problem: Exception, asked: str | None, target: Target, place: Place, found: list[Finding]
) -> Iterator[Finding]:
    """The file's own browser, which cannot be had. Raises a problem that is the option's, or the machine's alone."""
    wrong = {one.key for one in found if not one.hint}
    if asked is not None or not target.browser.use or (isinstance(problem, EnvironmentProblemError) and not wrong):
        raise problem
    if "browser.use" not in wrong:
        yield place.problem("browser.use", target.browser.use, str(problem).removeprefix(f"{place.file} {KEY}: "))


def _known(given: Mapping[str, Mapping[str, Words]], manual: str) -> dict[str, dict[str, Words]]:
    """Without the names that the manual's dialect does not have, which have been named."""
    own = sections(manual)
    return {
        section: {name: words for name, words in names.items() if name in own[section]}
        for section, names in given.items()
        if section in own
    }


def _look(
    target: Target, place: Place, dialect: Dialect, found: list[Finding], browser: BrowserChoice
) -> list[Finding]:
    """What was found so far, with what a real browser shows of the sites and of their first pages."""
    root = place.folder / target.trust_root if target.trust_root else None
    first = [name for name in entrance.sites(target.manual) if name in target.sites]
    with driver.running() as playwright, tempfolders.lent("check") as home:
        register(playwright)
        with eyes.opened(playwright, browser, home, root, named(target.manual).about.system) as looking:
            for name in dict.fromkeys([*first, *(one for one in target.sites if not _for_programs(one))]):
                found = _site(looking, target, place, found, name, dialect if name in first else None)
            asked = looking.local()
    return [*found, *(seen.local(f"sites.{name}", str(url), asked, place) for name, url in _asking(target, asked))]


def _asking(target: Target, asked: dict[str, list[str]]) -> list[tuple[str, object]]:
    """The sites whose pages asked the user's own network for something."""
    return [(name, url) for name, url in target.sites.items() if asked.get(str(url))]


def _for_programs(site: str) -> bool:
    """Whether there need not be a page."""
    return f"sites.{site}".startswith(PROGRAMS)


def _site(  # noqa: PLR0917 - what is known, and what is asked
    looking: eyes.Eyes, target: Target, place: Place, found: list[Finding], site: str, dialect: Dialect | None
) -> list[Finding]:
    """One site: each complaint weighed against what the browser shows, and what only the browser shows."""
    key, url = f"sites.{site}", str(target.sites[site])
    visit = looking.look(url)
    if looking.judges:
        found = [seen.weighed(one, visit, looking.name) if one.key == key and one.doubt else one for one in found]
    if all(one.key != key or one.hint for one in found):
        found = [*found, *seen.remarks(key, url, visit, looking.name, place)]
        found = [*found, *seen.led_away(key, url, visit, target.places, place)]
    handed_out = visit.file and entrance.may_be_a_file(target.manual, site)
    if dialect and visit.opens and not handed_out and all(one.key != key or one.hint for one in found):
        found = [*found, *_first_page(looking.pc, visit.page, target, place, dialect, site)]
    return found


def _first_page(  # noqa: PLR0917 - as above
    pc: Pc, page: Page, target: Target, place: Place, dialect: Dialect, site: str
) -> Iterator[Finding]:
    key, url = f"sites.{site}", str(target.sites[site])
    try:
        with pc.guard.judging():
            first = entrance.look(page, target.manual, site, dialect)
    except (BrowserError, DeviationError, EnvironmentProblemError) as problem:
        remedy = say("ポータルの稼働を確かめてください", "See whether the portal is up")
        yield place.problem(key, url, str(problem).splitlines()[0], remedy)
        return
    if other := first.resembles:
        what = say(f"{url} は {other} の画面のようです", f"{url} looks like a screen of {other}")
        remedy = say(
            f"manual = {other!r} ではないか、URL がこのポータルのものかを確かめてください",
            f"See whether it has to be manual = {other!r}, and whether the URL is this portal's",
        )
        yield place.problem("manual", target.manual, what, remedy)
        return
    for section, name in first.missing:
        yield _missing(place, dialect, (section, name), url, first.shown)


def _missing(place: Place, dialect: Dialect, term: tuple[str, str], url: str, shown: str) -> Finding:
    section, name = term
    words, anyway = say("／", " / ").join(dialect.words(section, name)), command("run", "--skip-check")
    shown = shown or say("白紙", "nothing")
    what = say(
        f"最初の画面 {url} に見つかりません（表示: {shown}）",
        f"not found on the first screen, {url} (it shows: {shown})",
    )
    remedy = say(
        f"画面の言葉を [dialect.{section}] の {name} に書いてください。"
        f"ポータルの不具合で言葉が出ないのなら、{anyway} で試験できます",
        f"Write the screen's words as {name} in [dialect.{section}]. "
        f"If they are missing by a fault of the portal, test it with {anyway}",
    )
    return place.problem(f"dialect.{section}.{name}", words, what, remedy)


def _print(path: Path, found: list[Finding]) -> None:
    console = Console()
    for one in sorted(found, key=lambda one: one.hint):
        mark = f"[yellow]{say('注意', 'Note')}[/]" if one.hint else f"[red]{say('問題', 'Problem')}[/]"
        console.print(f"{mark} {plainly(one.place)}: [bold]{plainly(one.about)}[/]", soft_wrap=True, highlight=False)
        for line in one.what.splitlines():
            console.print(f"     {plainly(line)}", soft_wrap=True, highlight=False)
        if one.remedy:
            console.print(f"     → {plainly(one.remedy)}", soft_wrap=True, highlight=False)
    problems = sum(not one.hint for one in found)
    wrong = say(f"直すところが {problems} か所あります。", f"to be put right: {problems}.")
    ended = wrong if problems else say("実行できます。", "a run is possible.")
    console.print(f"{plainly(str(path))}: {ended}", soft_wrap=True, highlight=False)
