"""A user's token shows what RFC 6238 says."""

from __future__ import annotations

import base64
import time

import pytest

from sekisho.person.one_time_passwords import Token
from sekisho.verdict import ConfigurationProblemError

SEED = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("moment", "shown"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_test_vectors_of_the_standard(monkeypatch: pytest.MonkeyPatch, moment: int, shown: str) -> None:
    """RFC 6238, appendix B, the last six digits; zeros at the front stay."""
    monkeypatch.setattr(time, "time", lambda: moment)
    assert Token(SEED).shown() == shown
    assert Token(SEED.lower()).shown() == shown


def test_it_remembers_what_it_showed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes ago it showed something else."""
    monkeypatch.setattr(time, "time", lambda: 1111111109 + 600)
    assert Token(SEED).shown(seconds_ago=600) == "081804"
    assert Token(SEED).shown() != "081804"


def test_one_that_was_used_is_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next is shown a step early, and the one after it when the step is over."""
    clock = [1000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: clock.append(clock.pop() + seconds))
    spent = [Token(SEED).unspent([])]
    assert (spent[0], clock) == (Token(SEED).shown(seconds_ago=-30), [1000.0])
    assert Token(SEED).unspent(spent) not in spent
    assert clock == [1020.0]


@pytest.mark.parametrize("seed", ["", "not base32!", "GEZDGNBV", "1"])
def test_a_seed_that_is_none_is_refused(seed: str) -> None:
    """The text names the key of the target file, and not the seed."""
    with pytest.raises(ConfigurationProblemError, match="otp_seed") as refused:
        Token(seed)
    assert not seed or seed not in str(refused.value)
