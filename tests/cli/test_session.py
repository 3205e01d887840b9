"""How a session ends from outside: what becomes of Ctrl-C on its way must not turn it into a defect of ours."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress

import pytest

from sekisho.cli import session
from sekisho.cli.session import Ended


def pressing(monkeypatch: pytest.MonkeyPatch, becomes: Exception | int) -> None:
    """Let pytest be interrupted by Ctrl-C, and that become an exception, or an exit code of pytest's."""

    def main(*_: object, **__: object) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            if isinstance(becomes, Exception):
                raise becomes from None
        assert isinstance(becomes, int)
        return becomes

    monkeypatch.setattr(pytest, "main", main)


@pytest.mark.parametrize(
    "becomes", [SystemError("AST constructor recursion depth mismatch"), 2, 3], ids=["another", "pytest", "internal"]
)
def test_ctrl_c_interrupts_whatever_became_of_it(monkeypatch: pytest.MonkeyPatch, becomes: Exception | int) -> None:
    """While a traceback was made, Python's parser made a SystemError of it: the run ended with code 3 and no report."""
    pressing(monkeypatch, becomes)
    before = signal.getsignal(signal.SIGINT)
    assert session.carry_out([], {}) == Ended(2, {}, interrupted=True)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_session_that_came_to_its_end_all_the_same_was_not_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything was carried out."""
    pressing(monkeypatch, 1)
    assert session.carry_out([], {}) == Ended(1, {}, interrupted=False)


def test_an_error_of_its_own_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has pressed anything."""

    def main(*_: object, **__: object) -> int:
        raise SystemError

    monkeypatch.setattr(pytest, "main", main)
    with pytest.raises(SystemError):
        session.carry_out([], {})


def test_ctrl_c_that_was_lost_on_its_way_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop that drives the browser swallowed it once, and waited for ever for a driver that had ended."""

    def main(*_: object, **__: object) -> int:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        threading.Event().wait(10)
        return 0

    monkeypatch.setattr(session, "TIDYING_SECONDS", 0.2)
    monkeypatch.setattr(pytest, "main", main)
    began = time.monotonic()
    assert session.carry_out([], {}) == Ended(2, {}, interrupted=True)
    assert time.monotonic() - began < 8
