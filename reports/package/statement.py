"""What is signed: an in-toto Statement v1 with the test-result predicate, over every file of the package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.conclusion import Conclusion, conclude
from reports.reading import ROWS_FILE, Results
from reports.spoken import EARLIER
from sekisho.language import LANGUAGES, Language, say
from sekisho.results import Product, Scenario
from sekisho.verdict import Verdict

TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1"

PASSED = frozenset({Verdict.PASS})
WARNED = frozenset({Verdict.WARNING, Verdict.KNOWN_GAP, Verdict.UNEXPECTED_PASS})
FAILED = frozenset({Verdict.FAIL})
LEFT_OUT = {"notApplicable": Verdict.NOT_APPLICABLE, "blocked": Verdict.BLOCKED}


class StatementError(Exception):
    """What was signed is no statement of this kind; the text says what is wrong."""


@dataclass(frozen=True)
class Certified:
    """Who certified, and when."""

    tester: str
    when: datetime
    language: Language = EARLIER
    """In which the reports and the paper are written."""


@dataclass(frozen=True)
class Statement:
    """A statement as it was read: the digests of its subjects by name, its predicate, and who certified when."""

    subjects: dict[str, str]
    predicate: dict[str, Any]
    certified: Certified


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def build(results: Results, files: Mapping[str, bytes], certified: Certified) -> bytes:
    """The statement over these files, which hold these results."""
    content = {
        "_type": TYPE,
        "subject": [{"name": name, "digest": {"sha256": digest(files[name])}} for name in sorted(files)],
        "predicateType": PREDICATE_TYPE,
        "predicate": whole(results, files, certified),
    }
    return _written(content)


def _written(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def whole(results: Results, files: Mapping[str, bytes], certified: Certified) -> dict[str, Any]:
    """The predicate with what was examined, and how."""
    return predicate(results) | {"configuration": _configuration(results, files, certified)}


def predicate(results: Results) -> dict[str, Any]:
    """What the results come to, in the words of the predicate; what was not decided is in none of its lists."""
    scenarios = results.scenarios
    return {
        "result": _result(results),
        "passedTests": _names(scenarios, PASSED),
        "warnedTests": _names(scenarios, WARNED),
        "failedTests": _names(scenarios, FAILED),
    }


def _result(results: Results) -> str:
    if conclude(results) in {Conclusion.NOT_CONFORMANT, Conclusion.OUTDATED}:
        return "FAILED"
    return "WARNED" if _names(results.scenarios, WARNED) else "PASSED"


def _names(scenarios: list[Scenario], verdicts: frozenset[Verdict]) -> list[str]:
    return [one.id for one in scenarios if one.verdict in verdicts]


def _configuration(results: Results, files: Mapping[str, bytes], certified: Certified) -> list[dict[str, Any]]:
    """The run and the list of the manual's items, with what a reader asks first."""
    run, scenarios = results.run, results.scenarios
    told = {
        "target": run.target,
        "manuals": run.manuals,
        "browser": run.browser,
        "certs": run.certs,
        "sekisho": run.version,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else "",
        "conclusion": conclude(results).value,
        "product": (run.product or Product(name="")).model_dump(),
        "knownGaps": [gap.model_dump(mode="json") for gap in run.gaps],
        **{key: _names(scenarios, frozenset({verdict})) for key, verdict in LEFT_OUT.items()},
        "tester": certified.tester,
        "certified": certified.when.isoformat(),
        **({} if certified.language == EARLIER else {"language": certified.language}),
    }
    return [
        {"name": "run.json", "digest": {"sha256": digest(files["run.json"])}, "annotations": told},
        {"name": ROWS_FILE, "digest": {"sha256": digest(files[ROWS_FILE])}},
    ]


def _certified(told: dict[str, Any]) -> Certified:
    spoken = next(one for one in LANGUAGES if one == told.get("language", EARLIER))
    return Certified(str(told["tester"]), datetime.fromisoformat(told["certified"]), spoken)


def read(payload: bytes) -> Statement:
    """The statement in a payload, which is written as `build` writes it: nothing twice, and nothing in two ways.

    Raises StatementError.
    """
    try:
        content = json.loads(payload)
        kinds = content["_type"], content["predicateType"]
        told = content["predicate"]["configuration"][0]["annotations"]
        found = Statement(
            subjects={one["name"]: one["digest"]["sha256"] for one in content["subject"]},
            predicate=dict(content["predicate"]),
            certified=_certified(told),
        )
        alike = _written(content) == payload and set(content) == {"_type", "subject", "predicateType", "predicate"}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, StopIteration) as error:
        raise StatementError(
            say(
                "署名された内容が、試験結果の証明（in-toto test-result）になっていません。",
                "What was signed is no statement of test results (in-toto test-result).",
            )
        ) from error
    if kinds != (TYPE, PREDICATE_TYPE) or found.certified.when.tzinfo is None:
        raise StatementError(
            say(
                "署名された内容の種類が違うか、証明した日時に時差がありません。",
                "What was signed is of another kind, or its date of certification has no time zone.",
            )
        )
    if len(found.subjects) != len(content["subject"]):
        raise StatementError(
            say("署名された内容に、同じ名前のファイルが二度あります。", "What was signed has the same file name twice.")
        )
    if not alike:
        raise StatementError(
            say("署名された内容が、certify の書く形と違います。", "What was signed is not as certify writes it.")
        )
    return found
