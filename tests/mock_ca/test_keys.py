"""Where a mock's keys come from: they are new, but for tests, whose mocks share theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from mock_ca.authority.keys import BITS, SHARED, KeyMaker, key_to_der, source


def taken(*, fresh: bool = True) -> list[bytes]:
    """The first keys of one mock."""
    keys = KeyMaker(source(fresh=fresh))
    try:
        return [key_to_der(one) for one in keys.at_once(4)]
    finally:
        keys.close()


def test_mocks_that_share_have_the_same_keys_and_each_has_different_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first one makes, the second one finds."""
    monkeypatch.setenv(SHARED, str(tmp_path))

    one, other = taken(), taken()

    assert set(one) == set(other)
    assert len(set(one)) == len(one)


def test_a_mock_that_goes_on_with_its_registry_takes_no_key_that_it_may_have_given_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not know which of the shared ones those were."""
    monkeypatch.setenv(SHARED, str(tmp_path))

    assert not set(taken()) & set(taken(fresh=False))


def test_keys_are_new_where_nobody_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in each run of a user's."""
    monkeypatch.delenv(SHARED, raising=False)

    one, other = source(fresh=True), source(fresh=True)

    assert key_to_der(one(BITS)) != key_to_der(other(BITS))


def test_keys_are_new_where_others_could_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's run is to leave private keys about, or to take some that lie there."""
    tmp_path.chmod(0o755)
    monkeypatch.setenv(SHARED, str(tmp_path))
    assert not set(taken()) & set(taken())
    assert list(tmp_path.iterdir()) == []


def test_shared_keys_are_for_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As private keys are."""
    monkeypatch.setenv(SHARED, str(tmp_path))
    taken()
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
