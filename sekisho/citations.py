"""Which scenario carries out or checks which row of a manual.

A tag on a feature, rule or scenario cites a row for the scenario as a whole: `@DAN-RULE-03`. A comment line that holds
ids, above a step, cites them for that step and the following ones, up to the next such comment: `# DAN-RENEW-05`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast

from gherkin.parser import Parser

from sekisho.manual import FEATURES, ID, members
from sekisho.verdict import ConfigurationProblemError

Node = dict[str, Any]  # a part of the tree that the Gherkin parser makes


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
    step_ids: dict[int, tuple[str, ...]]
    tags: tuple[str, ...]
    values: tuple[dict[str, str], ...]
    """What each example of an outline puts in place of its <placeholders>; of a plain scenario, once nothing."""

    @property
    def examples(self) -> int:
        """How often it is carried out."""
        return len(self.values)

    @property
    def results(self) -> list[str]:
        """The ids under which its examples stand in a run."""
        return [scenario_id(self, values) for values in self.values]


def scenarios(features: Path = FEATURES) -> list[CitedScenario]:
    """Every scenario below a folder, in the order of the files and of their lines."""
    return [scenario for path in sorted(features.rglob("*.feature")) for scenario in in_file(path, features)]


@cache
def in_file(path: Path, features: Path = FEATURES) -> tuple[CitedScenario, ...]:
    """The scenarios of one feature file. Raises ConfigurationProblemError naming the file and the place."""
    try:
        document = cast("Node", Parser().parse(path.read_text(encoding="utf-8")))
    except Exception as error:
        raise ConfigurationProblemError(f"{path}: Gherkin として読めません: {error}") from error
    cited = _comments(document["comments"])
    return tuple(
        _cited(node, rule, path.relative_to(features), document["feature"], cited) for node, rule in _nodes(document)
    )


def _nodes(document: Node) -> Iterator[tuple[Node, Node]]:
    for child in document["feature"]["children"]:
        for inner in child["rule"]["children"] if "rule" in child else (child,):
            if "scenario" in inner:
                yield inner["scenario"], child.get("rule", {})


def _cited(node: Node, rule: Node, path: Path, feature: Node, cited: dict[int, tuple[str, ...]]) -> CitedScenario:
    tags = [tag["name"].lstrip("@") for part in (feature, rule, node) for tag in part.get("tags", ())]
    scenario_ids = tuple(one for tag in tags if ID.fullmatch(tag) for one in members(tag))
    step_ids = _sections(node, cited)
    return CitedScenario(
        manual=path.parts[0],
        procedure=feature["name"],
        feature=path.as_posix(),
        rule=rule.get("name", ""),
        name=node["name"],
        ids=tuple(dict.fromkeys([*scenario_ids, *(one for ids in step_ids.values() for one in ids)])),
        scenario_ids=scenario_ids,
        step_ids=step_ids,
        tags=tuple(tag for tag in tags if not ID.fullmatch(tag)),
        values=tuple(_values(node)) if node["examples"] else ({},),
    )


def _values(node: Node) -> Iterator[dict[str, str]]:
    for table in node["examples"]:
        names = [cell["value"] for cell in table["tableHeader"]["cells"]]
        for row in table["tableBody"]:
            yield dict(zip(names, (cell["value"] for cell in row["cells"]), strict=True))


def scenario_id(cited: CitedScenario, example: dict[str, str]) -> str:
    """A name for a scenario or one example of an outline that stays the same from run to run."""
    exact = "\n".join([cited.feature, cited.rule, cited.name, *(f"{key}={value}" for key, value in example.items())])
    return f"{cited.manual}-{PurePosixPath(cited.feature).stem}-{hashlib.sha256(exact.encode()).hexdigest()[:8]}"


def titled(name: str, example: Mapping[str, str], attempt: int = 1) -> str:
    """An outline's name with the values of one example in place of its <placeholders>, and which repetition it is."""
    for key, value in example.items():
        name = name.replace(f"<{key}>", value)
    return f"{name}（{attempt}回目）" if attempt > 1 else name


def _sections(node: Node, cited: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """The ids of each step, by the step's line: those of the nearest comment above it in the same scenario."""
    found: dict[int, tuple[str, ...]] = {}
    for step in node["steps"]:
        line = step["location"]["line"]
        above = [number for number in cited if node["location"]["line"] < number < line]
        found[line] = cited[max(above)] if above else ()
    return found


def _comments(comments: list[Node]) -> dict[int, tuple[str, ...]]:
    found = {}
    for comment in comments:
        ids = [one for match in ID.finditer(comment["text"]) for one in members(match[0])]
        if ids:
            found[comment["location"]["line"]] = tuple(ids)
    return found
