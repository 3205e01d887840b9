"""Which scenario carries out or checks which row of a manual.

A tag on a feature, rule or scenario cites a row for the scenario as a whole: `@DAN-RULE-03`. A comment line that holds
ids, above a step, cites them for that step and the following ones, up to the next such comment: `# DAN-RENEW-05`.

What a careful tester asks beyond the manual says so in the same two ways: the tag `@手順書の外`, or the comment
`# 手順書の外` above the steps at the end of a scenario. It is never more than a WARNING.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple, cast

from gherkin.parser import Parser

from sekisho.language import say
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.manual.rows import ID, members
from sekisho.verdict import ConfigurationProblemError

Node = dict[str, Any]  # a part of the tree that the Gherkin parser makes

BEYOND = "手順書の外"
# How sentences of any form begin (steps/forms.py): where they stand says nothing of what another one is about.
OF_ANY_SCREEN = re.compile(
    "(チェック)?欄「|ボタン「|メール(「|に次の内容|に.+書かれて)|新しいメール「|次のとおり入力|画面(の「|に次の内容|に.+が出ている)"
    "|ファイルの名前は|「.+」と断られ|一覧(に次の行|の行は|は「)|「.+」の列のある一覧は|.+の行(の「.+」を|を選ぶ)"
)
Kind = Literal["given", "when", "then"]
KINDS: dict[str, Kind] = {"Context": "given", "Action": "when", "Outcome": "then"}


@dataclass(frozen=True)
class CitedStep:
    """One sentence of a scenario, as the feature file has it."""

    line: int
    text: str
    ids: tuple[str, ...]
    own: bool
    """Whether a comment between the steps says what it is about, and not one for the scenario as a whole."""
    kind: Kind
    beyond: bool
    """Whether what it asks for stands in no row of the manual."""
    table: tuple[tuple[str, ...], ...] = ()
    """The cells below it, its headings first."""

    @property
    def checks(self) -> bool:
        """Whether it says what must be seen (ならば), and not what is there (前提) or done (もし)."""
        return self.kind == "then"


def is_explored(feature: str) -> bool:
    """Whether a feature file, by its path below features/, holds procedures to explore."""
    return PurePosixPath(feature).parts[1:-1] == (folders.EXPLORE,)


@dataclass(frozen=True)
class CitedScenario:
    """One scenario or outline, with every single id it cites (ranges are resolved)."""

    manual: str
    procedure: str
    feature: str
    rule: str
    name: str
    ids: tuple[str, ...]
    scenario_ids: tuple[str, ...]
    tags: tuple[str, ...]
    values: tuple[dict[str, str], ...]
    """What each example of an outline puts in place of its <placeholders>; of a plain scenario, once nothing."""
    steps: tuple[CitedStep, ...] = ()
    background: tuple[CitedStep, ...] = ()
    """The sentences that come first in every scenario of its feature, or of its rule."""

    @property
    def beyond(self) -> bool:
        """Whether all of it goes beyond the manual."""
        return BEYOND in self.tags

    @property
    def explores(self) -> bool:
        """Whether it is a procedure to explore, and no scenario of a usual run."""
        return is_explored(self.feature)

    def step(self, line: int) -> CitedStep | None:
        """The step on a line of the feature file."""
        return next((one for one in (*self.background, *self.steps) if one.line == line), None)

    @property
    def examples(self) -> int:
        """How often it is carried out."""
        return len(self.values)

    @property
    def results(self) -> list[str]:
        """The ids under which its examples stand in a run."""
        return [scenario_id(self, values) for values in self.values]


class Comment(NamedTuple):
    """What a comment says of the steps below it."""

    ids: tuple[str, ...]
    beyond: bool


def scenarios() -> list[CitedScenario]:
    """Every scenario of every manual, in the order of the files and of their lines."""
    return [scenario for manual in folders.known().values() for scenario in of(manual)]


def of(manual: Manual) -> list[CitedScenario]:
    """The scenarios of one manual."""
    return [scenario for path in manual.features for scenario in in_file(path, manual)]


def procedures(manual: Manual) -> list[CitedScenario]:
    """The procedures of one manual that are explored."""
    return [scenario for path in manual.explored for scenario in in_file(path, manual)]


@cache
def in_file(path: Path, manual: Manual) -> tuple[CitedScenario, ...]:
    """The scenarios of one feature file. Raises ConfigurationProblemError naming the file and the place."""
    try:
        document = cast("Node", Parser().parse(folders.text_of(path)))
    except ConfigurationProblemError:
        raise
    except Exception as error:
        raise ConfigurationProblemError(
            say(f"{path}: Gherkin として読めません: {error}", f"{path}: not valid Gherkin: {error}")
        ) from error
    if "feature" not in document or document["feature"] is None:
        raise ConfigurationProblemError(
            say(
                f"{path}: 機能がありません。「機能:」の行から書いてください。",
                f'{path}: has no feature. Begin with the line "機能:".',
            )
        )
    _check_beginnings(path, document)
    cited, place = _comments(document["comments"]), _place(path, manual)
    return tuple(_cited(node, rule, place, document["feature"], cited) for node, rule in _nodes(document))


def _check_beginnings(path: Path, document: Node) -> None:
    """Raise ConfigurationProblemError for a part that begins as if it went on: pytest-bdd carries none such out."""
    backgrounds = [one["background"] for one in _children(document["feature"]) if "background" in one]
    for part in (*backgrounds, *(node for node, _ in _nodes(document))):
        first = next(iter(part["steps"]), None)
        if first and first["keywordType"] not in KINDS:
            place, said = f"{path}:{first['location']['line']}", f"{first['keyword'].strip()} {first['text']}"
            raise ConfigurationProblemError(
                say(
                    f"{place}: 「{said}」: 背景とシナリオの最初の文は、前提、もし、ならば のどれかで始めてください。",
                    f'{place}: "{said}": begin a scenario or a background with "前提", "もし" or "ならば".',
                )
            )


def _children(feature: Node) -> Iterator[Node]:
    for child in feature["children"]:
        yield from child["rule"]["children"] if "rule" in child else (child,)


def _place(path: Path, manual: Manual) -> PurePosixPath:
    """Where a feature stands in results; one of somebody's own, elsewhere, by its name."""
    own = path.relative_to(manual.folder) if path.is_relative_to(manual.folder) else Path(path.name)
    return PurePosixPath(manual.id, own.as_posix())


def _nodes(document: Node) -> Iterator[tuple[Node, Node]]:
    for child in document["feature"]["children"]:
        for inner in child["rule"]["children"] if "rule" in child else (child,):
            if "scenario" in inner:
                yield inner["scenario"], child.get("rule", {})


def _background(feature: Node, rule: Node, comments: dict[int, Comment]) -> Iterator[CitedStep]:
    for child in (*feature["children"], *rule.get("children", ())):
        if "background" in child:
            yield from _steps(child["background"], comments, beyond=False)


def _cited(node: Node, rule: Node, path: PurePosixPath, feature: Node, cited: dict[int, Comment]) -> CitedScenario:
    tags = [tag["name"].lstrip("@") for part in (feature, rule, node) for tag in part.get("tags", ())]
    scenario_ids = tuple(one for tag in tags if ID.fullmatch(tag) for one in members(tag))
    steps = tuple(_steps(node, cited, beyond=BEYOND in tags))
    background = tuple(_background(feature, rule, cited))
    return CitedScenario(
        manual=path.parts[0],
        procedure=feature["name"],
        feature=path.as_posix(),
        rule=rule.get("name", ""),
        name=node["name"],
        ids=tuple(dict.fromkeys([*scenario_ids, *(one for step in (*background, *steps) for one in step.ids)])),
        scenario_ids=scenario_ids,
        tags=tuple(tag for tag in tags if not ID.fullmatch(tag)),
        values=tuple(_values(node)) if node["examples"] else ({},),
        steps=steps,
        background=background,
    )


def _values(node: Node) -> Iterator[dict[str, str]]:
    for table in node["examples"]:
        names = [cell["value"] for cell in table["tableHeader"]["cells"]]
        for row in table["tableBody"]:
            yield dict(zip(names, (cell["value"] for cell in row["cells"]), strict=True))


def scenario_id(cited: CitedScenario, example: dict[str, str]) -> str:
    """A name for a scenario or one example of an outline that stays the same from run to run."""
    exact = "\n".join([cited.feature, cited.rule, cited.name, *(f"{key}={value}" for key, value in example.items())])
    stem = f"{folders.EXPLORE}-" * cited.explores + PurePosixPath(cited.feature).stem
    return f"{cited.manual}-{stem}-{hashlib.sha256(exact.encode()).hexdigest()[:8]}"


def _steps(node: Node, comments: dict[int, Comment], *, beyond: bool) -> Iterator[CitedStep]:
    """The steps, each with what the nearest comment above it in the same scenario says."""
    first, kind = node["steps"][0]["location"]["line"] if node["steps"] else 0, "Context"
    for step in node["steps"]:
        line = step["location"]["line"]
        kind = step["keywordType"] if step["keywordType"] in KINDS else kind  # かつ and * go on as before
        above = max((number for number in comments if node["location"]["line"] < number < line), default=0)
        said = comments.get(above, Comment((), beyond=False))
        outside, table = beyond or said.beyond, tuple(_table(step))
        yield CitedStep(line, step["text"], said.ids, above > first, KINDS[kind], outside, table)


def _table(step: Node) -> Iterator[tuple[str, ...]]:
    for row in step.get("dataTable", {}).get("rows", []):
        yield tuple(cell["value"] for cell in row["cells"])


def _comments(comments: list[Node]) -> dict[int, Comment]:
    found = {}
    for comment in comments:
        ids = tuple(one for match in ID.finditer(comment["text"]) for one in members(match[0]))
        beyond = BEYOND in comment["text"].strip("# ").split()
        if ids or beyond:
            found[comment["location"]["line"]] = Comment(ids, beyond)
    return found


@cache
def homes(manual: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows that each action of a manual is about: those under which a scenario carries it out step by step.

    Where several scenarios do, those come first that say it most closely: with the fewest actions under the comment.
    """
    return _under_comments(manual, checks=False)


@cache
def sights(manual: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The same of what must be seen, such as that a screen goes on by itself."""
    return _under_comments(manual, checks=True)


def _under_comments(manual: str, *, checks: bool) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, dict[tuple[str, ...], int]] = {}
    for scenario in of(folders.named(manual)):
        own = (step for step in scenario.steps if step.own and step.ids and step.checks is checks)
        sentences = [step for step in own if not OF_ANY_SCREEN.match(step.text)]
        for step in sentences:
            company = sum(other.ids == step.ids for other in sentences)
            known = found.setdefault(step.text, {})
            known[step.ids] = min(known.get(step.ids, company), company)
    return {text: tuple(sorted(known, key=known.__getitem__)) for text, known in found.items()}
