"""`sekisho sentences`: what scenarios may say, by concept, with the values that it takes and an example."""

from __future__ import annotations

import inspect
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry
from rich.console import Console
from rich.markup import escape

from sekisho.cli.asked import LEFT_OUT, PLUGINS
from sekisho.cli.quiet import quiet
from sekisho.cli.session import ended_early
from sekisho.language import counted, say
from sekisho.layout import PYTEST_FILE, TOP
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.manual.selection import check_manuals
from sekisho.manual.sentences import Sentence, owner, resolve
from sekisho.verdict import ConfigurationProblemError

KINDS = {"given": "前提", "when": "もし", "then": "ならば"}
BDDS_OWN = "pytest_bdd.plugin"  # which has a sentence for looking at a scenario under way
ALL = "すべての手順書"
MOST_VALUES = 6  # of one place in a sentence that are worth showing


class Listener:
    """A plugin of a session that only collects."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.sentences: list[Sentence] = []
        self.problems: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why something could not be collected."""
        if report.failed:
            self.problems.append(str(report.longrepr))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """All modules with sentences have been imported by now."""
        known = [one for one in step_function_context_registry.values() if one.step_func.__module__ != BDDS_OWN]
        found = {(one.step_func.__code__, one.type, one.parser.name): one for one in known}
        self.sentences = sorted(map(_sentence, found.values()), key=lambda one: (one.manual, str(one.path), one.line))


def known(manual: Manual | None = None) -> list[Sentence]:
    """Every sentence that the scenarios of a manual may use, or of all. Raises ConfigurationProblemError if broken."""
    others = [one.folder for one in folders.known().values() if manual and one is not manual]
    elsewhere = [one.folder for one in folders.elsewhere()]
    listener = Listener()
    arguments = ["-c", str(PYTEST_FILE), *PLUGINS, *LEFT_OUT, "--collect-only", "-q"]
    arguments += [
        *map(str, [folders.FEATURES, *elsewhere]),
        *(f"--ignore={one}" for one in others),
        *(f"--manual-dir={one}" for one in elsewhere),
    ]
    with quiet() as (_, caught):
        try:
            code = pytest.main(arguments, plugins=[listener])
        except SystemExit as ended:  # what a conftest or a module calls while it is imported
            raise ConfigurationProblemError(ended_early(ended.code)) from ended
        text = caught()
    if code != pytest.ExitCode.OK:
        raise ConfigurationProblemError("\n".join(listener.problems) or text)
    return listener.sentences


def _sentence(context: StepFunctionContext) -> Sentence:
    """One definition, with the concept of its module, and those of the module's examples that are its."""
    code = inspect.unwrap(context.step_func).__code__
    path, parser = Path(code.co_filename), context.parser
    module = sys.modules.get(context.step_func.__module__)
    return Sentence(
        kind=context.type or "given",
        pattern=parser.name,
        concept=getattr(module, "CONCEPT", path.stem),
        manual=owner(path),
        path=path,
        line=code.co_firstlineno,
        matches=parser.is_matching,
        values=lambda said: parser.parse_arguments(said) or {},
        examples=tuple(one for one in getattr(module, "EXAMPLES", ()) if parser.is_matching(one.partition("\n")[0])),
    )


def show(words: list[str], manuals: list[str], *, as_json: bool, as_markdown: bool) -> None:
    """Print the sentences that hold all these words, of these manuals and of all."""
    check_manuals(manuals)
    listed = known()
    resolve(listed, [folders.named(one) for one in manuals] or folders.known().values())
    found = [one for one in listed if _asked(one, words, manuals)]
    if as_json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))  # noqa: T201 - its output
    elif as_markdown:
        print(page(found), end="")  # noqa: T201 - its output
    else:
        _print(Console(soft_wrap=True, highlight=False), found)


def _asked(one: Sentence, words: list[str], manuals: list[str]) -> bool:
    text = f"{KINDS[one.kind]} {one.text} {one.concept}"
    return all(word in text for word in words) and (not manuals or one.manual in {"", *manuals})


def _record(one: Sentence) -> dict[str, object]:
    return {
        "kind": KINDS[one.kind],
        "text": one.text,
        "concept": one.concept,
        "manual": one.manual,
        "place": f"{_place(one.path)}:{one.line}",
        "values": values(one),
        "used": [f"{_place(said.path)}:{said.line}" for said in one.said],
        "example": "\n".join(one.example),
    }


def values(one: Sentence) -> dict[str, list[str]]:
    """What scenarios have put into each place of a sentence so far, or its examples have."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in one.heard:
        for name, value in one.values(text).items():
            found[name][str(value)] = None
    return {name: list(seen) for name, seen in found.items()}


def _place(path: Path) -> str:
    """From the top of a checkout or of what is installed, or as it lies."""
    return path.relative_to(TOP).as_posix() if path.is_relative_to(TOP) else str(path)


def _by_concept(found: Iterable[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    for (manual, concept), group in groupby(found, key=lambda one: (one.manual, one.concept)):
        whose = manual or say(ALL, "all manuals")
        yield say(f"{concept}（{whose}）", f"{concept} ({whose})"), list(group)


def _print(console: Console, found: list[Sentence]) -> None:
    for heading, group in _by_concept(found):
        console.print(f"[bold]{escape(heading)}[/]")
        for one in group:
            used = say(f"{len(one.said)} か所", f"used {len(one.said)} x")
            console.print(f"  {KINDS[one.kind]} {escape(one.text)}  [dim]{used}[/]")
            for line in [*_seen(one), *_example(one)]:
                console.print(f"      [dim]{escape(line)}[/]")
    console.print(say(f"文 {len(found)} 件", counted(len(found), "sentence")))


def _seen(one: Sentence) -> Iterator[str]:
    for name, seen in values(one).items():
        more = say(" など", ", ...") if len(seen) > MOST_VALUES else ""
        yield f"{{{name}}}: {say('、', ', ').join(seen[:MOST_VALUES])}{more}"


def _example(one: Sentence) -> Iterator[str]:
    if one.example:
        place = f"{_place(one.said[0].path)}:{one.said[0].line}" if one.said else ""
        said, *table = one.example
        yield say("例 ", "such as ") + said + (say(f"（{place}）", f" ({place})") if place else "")
        yield from (f"    {row}" for row in table)


def page(found: list[Sentence]) -> str:
    """The list as docs/sentences.md; without lines, which change with every edit."""
    head = say(
        "# シナリオで使える文\n\n`bin/sekisho sentences` がその場で一覧し、言葉を付ければ絞り込みます。\n\n"
        "前提は用意するもの、もしは人がすること、ならばは確かめることです。{} には値が入ります。\n",
        "# Sentences of scenarios\n\n`bin/sekisho sentences` lists them on the spot; words narrow the list.\n\n"
        f"{KINDS['given']} is what is prepared, {KINDS['when']} what a person does, {KINDS['then']} what is examined. "
        "{} takes a value.\n",
    )
    columns = say("| | 文 | 値 | 例 |", "| | sentence | values | example |")
    parts = [head]
    for heading, group in _by_concept(found):
        parts.append(f"## {heading}\n\n{columns}\n|---|---|---|---|")
        parts += [_row(one) for one in group]
        parts.append("")
    return "\n".join(parts)


def _row(one: Sentence) -> str:
    seen = "<br>".join(_seen(one))
    example = "<br>".join(one.example) if "{" in one.text or len(one.example) > 1 else ""
    cells = (KINDS[one.kind], one.text, seen, example)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
