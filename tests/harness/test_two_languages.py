"""What a person reads is there in both languages: Japanese in the code has its English beside it, or is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]")
QUOTED = re.compile(r'"[^"]*"')
PAIRED = frozenset({"say", "both", "Pair", "Described"})  # what takes Japanese first and English behind it
SENTENCES = frozenset(
    {"given", "when", "then", "doing", "arrive", "check_headings"}
)  # what takes the words of scenarios
READING = frozenset(
    {"compile", "findall", "fullmatch", "replace", "search", "split"}
)  # what takes what is looked for in a text
SPOKEN = frozenset({"CONCEPT", "EXAMPLES"})  # of a file of sentences: where docs/sentences.md has them

# folders and files whose messages a person reads
SPEAKING = [
    "features",
    "fixtures",
    "mock_ca/family/defects.py",
    "mock_ca/managed_pki/defects.py",
    *(f"mock_ca/sites/{one}/defects.py" for one in ("danshin", "gunma", "kihonet", "nec", "obn")),
    "mock_ca/sites/obn/client_defects.py",
    "pages",
    "reports",
    "steps",
    "sekisho/language.py",
    "sekisho/cli",
    "sekisho/run",
    "sekisho/doctor",
    "sekisho/canary",
    "sekisho/verdict.py",
    "sekisho/japan.py",
    "sekisho/layout.py",
    "sekisho/visible.py",
    "sekisho/results.py",
    "sekisho/explore",
    "sekisho/machine",
    "sekisho/mail",
    "sekisho/manual",
    "sekisho/person",
    "sekisho/preflight",
    "sekisho/target_file",
    "sekisho/browser",
    "sekisho/network",
    "sekisho/pki",
    "sekisho/certstore",
    "sekisho/certenroll",
    "sekisho/native_ui",
    "sekisho/portal",
    "sekisho/program",
    "sekisho/evidence",
]

# Japanese that is no message: a file, or "file::name" of a function, class or constant at its top, and why
DATA = {
    "sekisho/native_ui/language.py": "names of the browsers' own controls",
    "sekisho/explore/boundary_cells.py::SIDE": "columns of examples in scenarios",
    "sekisho/explore/calendar.py::PLACES": "days in sentences of scenarios",
    "sekisho/explore/fault_cells.py::CAUSE": "names of a cell's values, from which its id is made",
    "sekisho/explore/fault_cells.py::AGAIN": "as above",
    "sekisho/explore/faults.py::FAULTS": "values of cells, from which their ids are made",
    "sekisho/explore/gherkin.py": "keywords of scenarios",
    "sekisho/explore/interleavings.py::LETTERS": "values of cells, from which their ids are made",
    "sekisho/explore/moves.py::BEGINNING": "a tag of scenarios",
    "sekisho/explore/moves.py::NEEDS": "tags of scenarios",
    "sekisho/explore/phases.py::BROKEN_OFF": "a sentence of scenarios",
    "sekisho/explore/tab_cells.py::ORDER": "a cell's values, from which its id is made",
    "sekisho/explore/walk_cells.py::WALK": "a cell's values, from which its id is made",
    "sekisho/mail/jis.py": "characters of Japan in the repertoire of Windows",
    "sekisho/manual/citations.py::BEYOND": "a tag of scenarios",
    "sekisho/manual/draft/answers.py::TITLE": "what a new manual is called",
    "sekisho/manual/draft/answers.py::RENEW_CALLED": "what scenarios call a site",
    "sekisho/manual/draft/answers.py::SITES": "what a new manual says of its sites",
    "sekisho/manual/draft/answers.py::ENDING": "what no name in a scenario has",
    "sekisho/manual/draft/asks.py": "sentences of scenarios",
    "sekisho/manual/draft/bare.py": "rows, words and scenarios of a new manual",
    "sekisho/manual/draft/draft.py": "sentences of scenarios",
    "sekisho/manual/draft/figures.py": "values in sentences of scenarios",
    "sekisho/manual/draft/kinds.py": "sentences of scenarios",
    "sekisho/manual/draft/questions.py::ALL_KINDS": "what scenarios call a kind of user",
    "sekisho/manual/draft/questions.py::BETWEEN": "what stands between names in an answer",
    "sekisho/manual/draft/questions.py::NOT_YET": "a name in a file",
    "sekisho/manual/draft/rendering.py::_dialect": "words of a new manual's screens",
    "sekisho/manual/draft/sent.py": "sentences of scenarios",
    "sekisho/manual/lanes.py::LANE": "how a sentence begins",
    "sekisho/manual/lanes.py::BEGINNING": "as above",
    "sekisho/manual/titles.py": "titles of scenarios",
    "sekisho/person/browsing.py::COPY": "what scenarios call the copy of a tab",
    "sekisho/person/documents.py::ENCODINGS": "what scenarios call encodings",
    "sekisho/person/holdings.py::BOXES": "what the import wizard of Windows calls its boxes",
    "sekisho/target_file/hand_over.py::BETWEEN": "what is cut from an answer",
    "fixtures/repetition.py::pytest_generate_tests": "names of tests",
    "fixtures/tab_user.py::LETTERS": "sentences of scenarios",
    "fixtures/tab_user.py::TWICE": "how a sentence ends",
    "fixtures/tab_user.py::IN_TAB": "sentences of scenarios, and what they call a tab",
    "fixtures/tab_user.py::KEYWORDS": "keywords of scenarios",
    "pages/invitation.py::OPENED": "sentences of scenarios",
    "pages/renewal.py::APPLIED": "sentences of scenarios",
    "pages/renewal.py::SWITCHED": "sentences of scenarios",
    "steps/keys.py::IMPORTED": "sentences of scenarios",
    "steps/login.py::SESSION_OVER": "what scenarios call a screen",
    "steps/mail.py::USER_ID": "what scenarios look for in mails",
    "steps/notice.py::AS_WRITTEN": "what stands in tables of scenarios",
    "steps/own_keys.py::WATCH": "a sentence of scenarios",
    "steps/parcels.py::PKCS12": "what scenarios call kinds of files",
    "steps/entries.py::NOTED": "what stands in sentences",
    "steps/entries.py::MAILED": "what stands in sentences",
    "steps/entries.py::ANYTHING": "what stands in sentences",
    "steps/expected.py::TODAY": "what stands in tables of scenarios",
    "steps/expected.py::SUCH": "what stands in sentences",
    "steps/certificates.py::END": "what stands in sentences",
    "steps/renewal.py::AS_ISSUED": "what stands in tables of scenarios",
    "steps/renewal_list.py::WHO": "what stands in tables of scenarios",
    "steps/tabs.py::TAB": "what scenarios call tabs",
    "steps/tabs.py::WHO": "what scenarios call users",
    "steps/words.py::MOMENT": "what stands in tables of scenarios",
    "features/gunma/issuing.py::FOLDER": "a folder that the manual shows",
    "features/gunma/user_list.py::REVOKED": "what stands in tables of scenarios",
    "features/gunma/user_list.py::END": "a column of a portal's list",
    "features/nec/certenroll.py::NAMES": "titles of Windows' own dialogs",
    "sekisho/certenroll/prompts.py::ROOT_LACKING": "what scenarios call a dialog",
    "features/obn/client.py::AS_ISSUED": "what stands in tables of scenarios",
    "features/obn/client.py::YES": "what scenarios answer",
    "features/obn/client_setup.py::NONE": "what stands in tables of scenarios",
    "sekisho/canary/trials.py::ENDS": "what a sentence may end with",
    "sekisho/cli/sentences.py::KINDS": "the keywords of scenarios",
    "sekisho/cli/sentences.py::ALL": "as docs/sentences.md has it; said with its English",
    "sekisho/results.py::Step": "the keywords of scenarios, in the description of a field",
    "sekisho/results.py::BoundaryCell": "values of scenarios, in the description of fields",
    "sekisho/native_ui/settings_menu.py::ROUTE": "names of the browsers' own controls, as manuals call them",
    "sekisho/native_ui/certificate_manager.py::IMPORTED": "a link of the browser's",
    "sekisho/native_ui/certificate_viewer.py::JAPANESE": "a time as the browser writes it",
    "sekisho/native_ui/surface.py::Surface": "in both languages",
    "sekisho/native_ui/ways.py::By": "in both languages",
    "sekisho/browser/guard.py::SCRIPT_DIALOG": "the title of the browser's dialog",
    "sekisho/pki/certificate_path.py::PathStatus": "sentences of Windows",
    "sekisho/pki/certificate_requests.py::KEY": "a line of a scenario's table",
    "sekisho/pki/certificate_requests.py::SIGNATURE": "a line of a scenario's table",
    "sekisho/pki/certificate_requests.py::FORM": "a line of a scenario's table",
    "sekisho/certenroll/computer.py::Protection": "words of Windows",
    "sekisho/certenroll/errors.py": "sentences of Windows",
    "sekisho/certenroll/prompts.py": "dialogs of Windows and Internet Explorer",
    "sekisho/certenroll/wizard.py::ROOTS": "a store of Windows",
    "sekisho/certenroll/wizard.py::PERSONAL": "a store of Windows",
    "sekisho/certenroll/wizard.py::NO_CERTIFICATE": "a sentence of Windows",
    "sekisho/evidence/masking.py::ALONE": "a sign that may stand beside a secret",
    "reports/explored.py::PLACES": "days in sentences of scenarios, each with its English",
    "reports/wording.py": "tables of Japanese and English side by side",
    "reports/compare/noise.py": "what portals and mails write",
    "reports/compare/pairs.py::GIVEN": "keywords of scenarios",
    "reports/requirements.py::AND": "a keyword of scenarios",
    "reports/requirements.py::THEN": "a keyword of scenarios",
    "reports/boundaries.py::MOMENT": "a column of a scenario's examples",
    "reports/boundaries.py::PLACED": "how a scenario's name ends",
    "reports/conformance.py::FORMULA": "signs that a spreadsheet reads as a formula",
}


def unpaired(path: Path) -> Iterator[tuple[int, str]]:
    """Each Japanese text of a file that has no English beside it: its line and itself."""
    name = path.relative_to(TOP).as_posix()
    for top in ast.parse(path.read_text(encoding="utf-8")).body:
        if not _is_docstring(top) and not any(f"{name}::{known}" in DATA or known in SPOKEN for known in _names(top)):
            yield from _texts(top)


def _names(top: ast.stmt) -> list[str]:
    if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [top.name]
    targets = top.targets if isinstance(top, ast.Assign) else [top.target] if isinstance(top, ast.AnnAssign) else []
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and JAPANESE.search(node.value):
        yield node.lineno, node.value
    called = _called(node) if isinstance(node, ast.Call) else ""
    reads = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called in READING
    if called in SENTENCES or reads:
        return
    if isinstance(node, ast.Call) and called in PAIRED:
        yield from (text for english in node.args[1:] for text in _not_english(english))
        return
    for child in ast.iter_child_nodes(node):
        if not _is_docstring(child) and child not in _looked_up(node):
            yield from _texts(child)


def _looked_up(node: ast.AST) -> Sequence[ast.AST | None]:
    """The parts of something that are looked up or compared, and so are no message."""
    if isinstance(node, ast.Dict):
        return node.keys
    if isinstance(node, ast.Subscript):
        return [node.slice]
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []


def _not_english(node: ast.expr) -> Iterator[tuple[int, str]]:
    """What is said in English, if it has Japanese outside of the quotation marks in which it may quote a scenario."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str))
    if JAPANESE.search(QUOTED.sub("", text)):
        yield node.lineno, text
    yield from (found for one in parts if not isinstance(one, ast.Constant) for found in _texts(one))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _files(place: str) -> list[Path]:
    found = TOP / place
    return [found] if found.is_file() else sorted(found.rglob("*.py"))


@pytest.mark.parametrize("place", SPEAKING)
def test_every_japanese_message_has_its_english(place: str) -> None:
    """Each with file and line."""
    lacking = [
        f"{path.relative_to(TOP)}:{line}: {text}"
        for path in _files(place)
        if path.relative_to(TOP).as_posix() not in DATA
        for line, text in unpaired(path)
    ]

    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("place", SPEAKING)
def test_the_english_tells_the_values_that_the_japanese_tells(place: str) -> None:
    """By the names of which both are made."""
    lacking = [
        f"{path.relative_to(TOP)}:{line}: {', '.join(names)}"
        for path in _files(place)
        for line, names in untold(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert not lacking, "\n".join(lacking)


def untold(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Each pair in whose English a value of the Japanese is missing: its line and the names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in PAIRED and any(map(_is_made, node.args[:1])):
            japanese, english = map(_names_in, node.args[:2])
            if missing := japanese - english - {"japanese"}:
                yield node.lineno, sorted(missing)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _is_made(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr)


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def test_a_value_that_the_english_does_not_tell_would_be_found() -> None:
    """Another in its place is none either."""
    tree = ast.parse('say(f"{a} の {b}", f"{b} of {a}")\nsay(f"{a} の {b}", f"{c} of {a}")\n')

    assert list(untold(tree)) == [(2, ["b"])]


def test_a_message_without_english_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is put behind a pair, for one."""
    monkeypatch.setattr(f"{__name__}.TOP", tmp_path)
    file = tmp_path / "one.py"
    file.write_text(
        'A = say("はい", "yes")\n\n\ndef f(x):\n    """説明"""\n    return say(f"{x} 件", f"{x}") + "いいえ"\n', "utf-8"
    )

    assert list(unpaired(file)) == [(6, "いいえ")]
