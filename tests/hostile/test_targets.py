"""Target files that nobody wrote: understood, or refused with file, line and sentence; and patterns of --select."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sekisho.manual.selection import chosen
from sekisho.target_file import reading
from sekisho.target_file.template import template
from tests.hostile.trees import WORDS, changed, toml
from tests.hostile.tries import refusal, tried
from tests.target_file.least import LEAST

LONGEST = 20_000  # characters of all that is said about an input
MANUALS = ("danshin", "kihonet", "obn", "nec", "gunma")
# Every optional line of the template is one too.
TEXTS = [re.sub(r"(?m)^#(?=[\w\[\"])", "", template(manual, full=False)) for manual in MANUALS]
PIECES = [
    '"',
    "'",
    '"""',
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    "#",
    "\n",
    "\\",
    ",",
    "nan",
    "1e9999",
    "\ufeff",
    "\x00",
    "あ",
]
PIECES += [
    "[a.b]\n",
    "a = 1\n",
    '[["',
    "2026-11-21",
    "2026-11-21T09:00:00",
    "[" * 3000,
    "a." * 3000,
    "9" * 5000,
    "x=[" * 900,
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the target file lies."""
    return tmp_path_factory.mktemp("target") / "portal.toml"


def looked_at(file: Path, text: str) -> None:
    """Read it as every command does."""
    file.write_text(text, encoding="utf-8", newline="")
    said = refusal(lambda: reading.read(file))
    assert said is None or (said.startswith(str(file)) and len(said) < LONGEST)


@tried(400)
@given(changed([tomllib.loads(text) for text in TEXTS]))
@example({"manual": "danshin", "x]": 1})
@example({"manual": "danshin", "[[": {"a.b[0": 1}})
def test_a_target_file_of_other_values_is_understood_or_refused(file: Path, tree: object) -> None:
    """Each of its keys may have any value."""
    looked_at(file, toml(tree if isinstance(tree, dict) else {"manual": tree}))


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A target file as somebody's editor left it."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 3))):
        place, length = draw(st.integers(0, len(text))), draw(st.integers(0, 30))
        text = (
            text[:place]
            + draw(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4))
            + text[place + length :]
        )
    return text


@tried(300)
@given(edited())
@example("")
@example("[" * 100_000)
@example("a." * 100_000 + "a = 1")
@example("a = " + "9" * 5000)
def test_a_target_file_of_other_letters_is_understood_or_refused(file: Path, text: str) -> None:
    """Most are no TOML any more."""
    looked_at(file, text)


PARTS = [
    *WORDS,
    "DAN-",
    "RULE",
    "-03",
    "..",
    "[",
    "]",
    "[z-a]",
    "[!",
    "*",
    "?",
    "\\",
    "更新",
    "(",
    "**" * 200,
    "[a" * 400,
]


@tried(150)
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=6).map("".join))
@example("DAN-RULE-" + "9" * 100_000)
@example("*a" * 5000)
@example("あ" * 100_000)
@example("[z-a]")
def test_a_pattern_of_select_means_something_or_is_refused(pattern: str) -> None:
    """Quickly, however long it is."""
    said = refusal(lambda: chosen([], [pattern]))
    assert said is None or (said.startswith("--select") and len(said) < LONGEST)


@pytest.mark.parametrize("user", ["u", "u" * 190], ids=["short", "cut"])
def test_a_password_in_an_address_is_not_shown_with_what_is_wrong(file: Path, user: str) -> None:
    """Also where only the beginning of the address is."""
    address = f"ftp://{user}:geheim-42@{'host.' * 100}test/"
    file.write_text(LEAST.replace("https://enrol.example.test/", address), encoding="utf-8")
    said = refusal(lambda: reading.read(file))
    assert said
    assert "sites.enrol" in said
    assert "geheim" not in said
