"""`--lang`, the variable and the locale: one of them says in which language sekisho speaks."""

from __future__ import annotations

import pytest

from sekisho import language
from sekisho.language import say


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
    [("ja_JP.UTF-8", "ja"), ("en_US.UTF-8", "en"), ("de_DE", "en"), ("C.UTF-8", "ja"), ("C", "ja"), ("", "ja")],
)
def test_the_locale_decides_where_nothing_was_chosen(monkeypatch: pytest.MonkeyPatch, name: str, spoken: str) -> None:
    """C and POSIX name no language: Japanese, as ever."""
    monkeypatch.setenv("LANG", name)

    assert language.language() == spoken


@pytest.mark.parametrize("words", [["list", "--lang", "fr"], ["list", "--lang"], ["--lang="]])
def test_a_language_that_there_is_none_of_is_refused(words: list[str]) -> None:
    """With what there is."""
    with pytest.raises(language.UnknownLanguageError, match=r"--lang .*: 使えるのは ja \| en です"):
        language.choose(words)


def test_a_variable_that_names_no_language_is_refused_in_that_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than passed over."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv(language.VARIABLE, "xx")

    with pytest.raises(language.UnknownLanguageError, match=r"SEKISHO_LANG xx: must be one of ja \| en"):
        language.choose(["list"])
