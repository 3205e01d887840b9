"""What screens, sentences and a run's own parts tell in English, with the same values as in Japanese."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fixtures.waiting import _told
from pages import dialect
from sekisho.manual.mocks import catalogue
from sekisho.verdict import ConfigurationProblemError
from steps.client_authentication import NOT_ASKED
from steps.words import MISTAKES, one_of


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """English is chosen."""
    monkeypatch.setenv("SEKISHO_LANG", "en")


def test_a_word_that_a_portal_lacks_is_named_with_its_key() -> None:
    """File, section and name as they stand in the files."""
    words = dialect.load("danshin")
    with pytest.raises(ConfigurationProblemError, match=r"dialect\.toml: \[menu\] has no nothing \(it has: .*key"):
        words.words("menu", "nothing")

    assert words.key(("menu", "key"), ("menu", "renewal")) == (
        'If the portal does not use these words, write [dialect.menu] key = ["…"], [dialect.menu] renewal = ["…"] '
        "into the target file"
    )


def test_a_name_that_no_scenario_may_say_is_quoted_with_those_that_it_may() -> None:
    """The words of scenarios stay what they are."""
    with pytest.raises(ConfigurationProblemError) as told:
        one_of(MISTAKES, "ない誤り", "Mistake in the input")

    assert str(told.value).startswith('Mistake in the input "ない誤り": must be one of パスワードの不一致, ')


def test_a_constant_speaks_when_it_is_used() -> None:
    """It was made before the language was chosen."""
    assert str(NOT_ASKED) == "The server asked for no client certificate, so this is not the result of presenting one"


def test_a_moment_is_told_with_its_zone() -> None:
    """That of Japan."""
    assert _told(datetime(2026, 11, 26, 15, 0, tzinfo=UTC)) == "2026-11-27 00:00:00 (Japan time)"


def test_a_defect_of_the_mock_is_described() -> None:
    """As the mock describes it."""
    told = {one.name: one.breaks for one in catalogue()}

    assert told["renewal-opens-on-day-31"] == "Renewal is possible 31 days before the expiry."
