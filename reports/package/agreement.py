"""Whether a package agrees with itself: what it says twice must be the same, whoever signed it.

The results are what counts. The signed statement, the list of sums, the reports and the statement on paper repeat them
for their readers, and are compared with what is made of the results here and now.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import reports
from reports import conformance
from reports.package import content, paper_text, statement
from reports.package.content import REPORTS
from reports.package.paper_statement import Signer
from reports.pictures import of
from reports.reading import ROWS_FILE, Results
from sekisho.language import Language, say, speaking

SHOWN = 10
SCENARIO = re.compile(rb'id="scenario-([^"]{1,2000})" data-verdict="([a-z-]{1,40})"')
OVERVIEW = re.compile(rb'<header id="overview" class="cover c-([a-z-]{1,40})"')
FIGURE = re.compile(rb"<li><b>(\d{1,9})</b>")
LARGER = 4
"""So many times as large as ours a report may be: another version may say more, but nobody has to read a bomb."""


class Findings:
    """What is wrong, and what a reader should know."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.problems: list[str] = []
        self.hints: list[str] = []


def compare(results: Results, files: Mapping[str, bytes], told: statement.Statement, signer: Signer) -> Findings:
    """Compare a package's parts with each other. The results lie, with their pictures, alone in their folder."""
    found = Findings()
    _statement(results, files, told, found)
    _names(results, files, found)
    _once(files, found)
    if files.get(content.SUMS) != content.sums(content.summed(files)):
        found.problems.append(
            say(
                f"{content.SUMS}: 一覧が、パッケージの中のファイルと一致しません。",
                f"{content.SUMS}: the list does not agree with the files in the package.",
            )
        )
    _reports(results.folder, files, told.certified.language, found)
    paper = paper_text.read(files.get(content.STATEMENT, b""))
    if paper is None:
        found.hints.append(
            say(
                f"{content.STATEMENT} の文字を取り出せないため、その数字は照合していません。",
                f"{content.STATEMENT}: its text cannot be extracted, so its figures have not been compared.",
            )
        )
    elif missing := paper_text.missing(paper, results, files, told.certified, signer):
        found.problems.append(
            say(
                f"{content.STATEMENT}: 結果と一致しません（書かれていないもの: {'、'.join(missing[:SHOWN])}）。",
                f"{content.STATEMENT}: does not agree with the results (not found in it: "
                f"{', '.join(missing[:SHOWN])}).",
            )
        )
    return found


def _statement(results: Results, files: Mapping[str, bytes], told: statement.Statement, found: Findings) -> None:
    """The predicate, key by key. One that this version does not know is no problem, but nobody has checked it."""
    others = {name: data for name, data in files.items() if name not in content.UNSIGNED}
    expected = statement.whole(results, others, told.certified)
    configuration = told.predicate.get("configuration")
    ours, theirs = _flat(expected), _flat(told.predicate)
    if not isinstance(configuration, list) or len(configuration) != len(expected["configuration"]):
        found.problems.append(
            say(
                "署名された内容の configuration が、certify の書く形と違います。",
                "The configuration in what was signed is not as certify writes it.",
            )
        )
    wrong = [name for name, value in ours.items() if theirs.get(name) != value]
    found.problems += [
        say(
            f"署名された {name} が、パッケージの中の結果と一致しません。",
            f"The signed {name} does not agree with the results in the package.",
        )
        for name in wrong[:SHOWN]
    ]
    unknown = [name for name in theirs if name not in ours]
    if unknown:
        found.hints.append(
            say(
                f"署名された内容のうち、この版の sekisho の知らない項目は照合していません: {unknown[:SHOWN]}",
                "What was signed has keys that this version of sekisho does not know; they were not compared: "
                f"{unknown[:SHOWN]}",
            )
        )


def _flat(predicate: Mapping[str, Any]) -> dict[str, Any]:
    """Every key of a predicate, and every annotation and digest of its configuration, by a name of its own."""
    found = {name: value for name, value in predicate.items() if name != "configuration"}
    for place, one in enumerate(predicate.get("configuration") or []):
        facts = one if isinstance(one, dict) else {"": one}
        for name, value in facts.items():
            inside = value if name == "annotations" and isinstance(value, dict) else {f"{place}.{name}": value}
            found |= {f"configuration.{key}": each for key, each in inside.items()}
    return found


def _names(results: Results, files: Mapping[str, bytes], found: Findings) -> None:
    """The results, what they name, and what is made of them; nothing else."""
    known = {"run.json", ROWS_FILE, content.STATEMENT, content.PUBLIC_KEY, content.SUMS, content.ATTESTATION, *REPORTS}
    known |= {f"scenarios/{one.id}.json" for one in results.scenarios}
    known |= {picture.path for scenario in results.scenarios for picture in of(scenario)}
    missing = sorted(known - set(files) - {conformance.FILE})  # which packages of earlier versions do not have
    more = sorted(set(files) - known - {content.CERTIFICATE, content.TIMESTAMP})
    found.problems += [
        say(f"{name}: 結果に挙げられていますが、ありません。", f"{name}: named in the results, but missing.")
        for name in missing[:SHOWN]
    ]
    found.problems += [
        say(f"{name}: 結果のどこにも挙げられていません。", f"{name}: named nowhere in the results.")
        for name in more[:SHOWN]
    ]


def _once(files: Mapping[str, bytes], found: Findings) -> None:
    """Of a key that stands twice in a result one reader takes the first and another the last."""
    for name in sorted(files):
        if name == "run.json" or name.startswith("scenarios/"):
            try:
                json.loads(files[name], object_pairs_hook=_distinct)
            except (ValueError, RecursionError) as error:
                found.problems.append(f"{name}: {error}")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(say("同じキーが二度あります。", "the same key stands there twice."))
    return made


def _reports(folder: Path, files: Mapping[str, bytes], spoken: Language, found: Findings) -> None:
    """The reports against those that are made of the results now: the same bytes, or at least the same figures."""
    with speaking(spoken):
        reports.write_all(folder)
    for name, figures in (("report.html", _of_html), ("junit.xml", _of_junit), (conformance.FILE, _of_table)):
        ours, theirs = (folder / name).read_bytes(), files.get(name, b"")
        if ours == theirs or (name == conformance.FILE and name not in files):
            continue
        if len(theirs) > LARGER * len(ours) or figures(theirs) != figures(ours):
            found.problems.append(
                say(
                    f"{name}: 判定が、パッケージの中の結果と一致しません。",
                    f"{name}: its verdicts do not agree with the results in the package.",
                )
            )
        else:
            found.hints.append(
                say(
                    f"{name} は、この sekisho が同じ結果から作るものと同じではありません（作った版が違えば、違うことが"
                    "あります）。判定は一致しています。",
                    f"{name} is not the same as what this sekisho makes of the same results (another version may "
                    "write it otherwise). Its verdicts agree.",
                )
            )


def _of_html(page: bytes) -> object:
    scenarios = Counter(
        (html.unescape(name.decode("utf-8", "replace")), verdict) for name, verdict in SCENARIO.findall(page)
    )
    return scenarios, OVERVIEW.findall(page), FIGURE.findall(page)


def _of_junit(document: bytes) -> object:
    """How many cases there are and how they ended, as they stand there and as the document counts them."""
    if b"<!" in document:  # a document type, with entities that may be anything: there is none in ours
        return None
    try:
        root = ET.fromstring(document)  # noqa: S314 - without entities, and no larger than it may be
    except ET.ParseError:
        return None
    ends = Counter(case.tag for one in root.iter("testcase") for case in one if case.tag != "system-out")
    kinds = Counter(case.get("type") for one in root.iter("testcase") for case in one if case.get("type"))
    counts = [
        [one.get(key) for key in ("tests", "failures", "errors", "skipped")]
        for one in root.iter()
        if "tests" in one.attrib
    ]
    return sum(1 for _ in root.iter("testcase")), ends, kinds, counts


def _of_table(table: bytes) -> object:
    """Which rows there are, and what each came to by which evidence."""
    try:
        lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return None
    return [(line[0], *line[-3:]) for line in lines if len(line) == len(conformance.COLUMNS)]
