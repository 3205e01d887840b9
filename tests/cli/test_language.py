"""`--lang`, the variable and the locale: one of them says in which language sekisho speaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho import language
from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.run.options import Options
from sekisho.run.repeating import repeating

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (language.VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "")


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        (["--lang", "en", "run"], ["run"]),
        (["run", "--lang", "en", "--jobs", "2"], ["run", "--jobs", "2"]),
        (["run", "--lang=en"], ["run"]),
    ],
)
def test_the_option_counts_wherever_it_stands(words: list[str], rest: list[str]) -> None:
    """Before the command or behind it, as people type it."""
    assert language.choose(words) == rest
    assert say("はい", "yes") == "yes"


def test_words_behind_two_dashes_are_no_options() -> None:
    """They are what somebody looks for."""
    assert language.choose(["sentences", "--", "--lang", "en"]) == ["sentences", "--", "--lang", "en"]
    assert say("はい", "yes") == "はい"


def test_the_option_outweighs_the_variable_and_that_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearer to the person who types."""
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv(language.VARIABLE, "en")
    assert say("はい", "yes") == "yes"

    language.choose(["--lang", "ja"])
    assert say("はい", "yes") == "はい"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("ja_JP.UTF-8", "ja"),
        ("en_US.UTF-8", "en"),
        ("de_DE", "en"),
        ("C.UTF-8", "ja"),
        ("C.utf8", "ja"),
        ("C", "ja"),
        ("jam_JM", "en"),
        ("", "ja"),
    ],
)
def test_the_locale_decides_where_nothing_was_chosen(monkeypatch: pytest.MonkeyPatch, name: str, spoken: str) -> None:
    """C and POSIX name no language: Japanese, as ever."""
    monkeypatch.setenv("LANG", name)

    assert language.language() == spoken


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "--lang", "fr"], "--lang fr: 使えるのは ja | en です / --lang fr: must be one of ja | en."),
        (["list", "--lang"], "--lang には値（ja | en）が要ります / --lang needs a value (ja | en)."),
        (["--lang="], "--lang には値（ja | en）が要ります / --lang needs a value (ja | en)."),
        (["run", "--lang", "--select", "X"], "--lang には値（ja | en）が要ります / --lang needs a value (ja | en)."),
    ],
)
def test_a_language_that_there_is_none_of_is_refused_in_both(words: list[str], told: str) -> None:
    """With what there is: which of them is read, nobody knows yet."""
    with pytest.raises(language.UnknownLanguageError) as refused:
        language.choose(words)

    assert str(refused.value) == told


def test_a_variable_that_names_no_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than passed over."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv(language.VARIABLE, "xx")

    with pytest.raises(language.UnknownLanguageError, match=r"SEKISHO_LANG xx: must be one of ja \| en"):
        language.choose(["list"])


def test_pytest_alone_refuses_it_too() -> None:
    """Scenarios can be started without the command."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "features/nec", "--collect-only", "-q"],
        cwd=ROOT,
        env={**os.environ, language.VARIABLE: "xx"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "must be one of ja | en" in done.stderr


def test_a_command_to_repeat_names_the_language_where_the_locale_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who pastes it reads what the report is in."""
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert repeating(Options(), ["a-b-1"], "run") == command("run", "--select", "a-b-1")

    with language.speaking("en"):
        assert repeating(Options(), ["a-b-1"], "run") == command("run", "--select", "a-b-1", "--lang", "en")
    with language.speaking("ja"):
        assert repeating(Options(), ["a-b-1"], "run") == command("run", "--select", "a-b-1")


def test_a_command_to_repeat_names_where_a_person_is_asked() -> None:
    """Else what only a person can do would be BLOCKED."""
    assert "--hand-over /over" in repeating(Options(hand_over=Path("/over")), ["a-b-1"], "run")


def test_one_of_something_is_said_in_the_singular() -> None:
    """In English, where it makes a difference."""
    assert [language.counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
