"""Programs of ours that are killed or stopped from outside: noticed in time, started anew, and no portal's fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from fixtures import giving_up
from sekisho.browser import build, driver, guard, launch
from sekisho.browser.driver import Driver
from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.machine import stopped
from sekisho.machine.processes import Member, family, survivors
from sekisho.native_ui import AccessibilityBus
from sekisho.person.browsing import Browsing
from sekisho.verdict import BrokenError, DeviationError
from tests.processes import until

from .conftest import Noted
from .server import Hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def program(words: str) -> Member:
    """The one of this process's programs whose command line has some words."""
    return next(one for one in family(os.getpid())[1:] if words in one.command)


@pytest.fixture
def asleep() -> Iterator[subprocess.Popen[bytes]]:
    """A program that does nothing."""
    with subprocess.Popen(["sleep", "1000"], start_new_session=True) as process:
        yield process
        process.kill()


def test_a_program_that_stays_stopped_is_ended(asleep: subprocess.Popen[bytes]) -> None:
    """And named."""
    with stopped.ended(every=0.02) as told:
        asleep.send_signal(signal.SIGSTOP)
        assert asleep.wait(10) == -signal.SIGKILL
    assert told == ["sleep 1000"]


def test_a_program_that_works_or_goes_on_is_let_alone(asleep: subprocess.Popen[bytes]) -> None:
    """As after Ctrl-Z and fg."""
    with stopped.ended(every=0.2) as told:
        asleep.send_signal(signal.SIGSTOP)
        until(lambda: Member(asleep.pid, program("sleep 1000").started).state == "T", seconds=5)
        asleep.send_signal(signal.SIGCONT)
        time.sleep(1)  # a second, in which nothing must happen
        assert asleep.poll() is None
    assert told == []


def test_what_nobody_is_the_parent_of_belongs_to_its_session() -> None:
    """As AT-SPI's registry, which a bus starts and lets go."""
    script = "sleep 999 & exec sh -c 'sleep 998 & read line'"
    with subprocess.Popen(["setsid", "sh", "-c", script], stdin=subprocess.PIPE) as process:
        both = {"sleep 999", "sleep 998"}
        until(lambda: both <= {one.command for one in family(os.getpid())}, seconds=5)
        members = family(os.getpid())[1:]
        for one in members:
            if one.command.startswith("sleep 99"):
                one.kill()
        process.communicate()
    assert survivors([one for one in members if one.command.startswith("sleep 99")], 5) == []


def alone(work: Callable[[], None]) -> None:
    """Do something in a thread of its own, where Playwright may be started again."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for this alone

    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result(timeout=60)


def test_a_killed_driver_is_named_and_started_anew(hostile: Hostile, noted: Noted, tmp_path: Path) -> None:
    """The portal is not to blame, and nobody is told to install a browser; the next PC works."""

    def work() -> None:
        driver = Driver()
        before = {one.number for one in family(os.getpid())}
        pc = Pc.start(driver.playwright, BrowserChoice.resolve("chromium"), tmp_path / "one", "context")
        browsing = Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder
        browsing.open(f"{hostile.url}/fine")
        for one in family(os.getpid()):
            if "run-driver" in one.command and one.number not in before:
                one.kill()
        for error in (PlaywrightError("Connection closed"), DeviationError("画面に「Download」が現れない")):
            explained = browsing.explain(error)
            assert isinstance(explained, BrokenError)
            assert str(explained) == "ブラウザーを操作するプログラム（Playwright のドライバー）が、動作中に終了した"
        assert not pc.running
        pc.end_scenario()
        pc.close()
        another = Pc.start(driver.playwright, BrowserChoice.resolve("chromium"), tmp_path / "two", "context")
        assert another.running
        another.close()
        driver.stop()

    alone(work)


def test_a_browser_that_prints_for_ever_while_it_starts_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the driver, which would go on reading what was printed; a new one works."""
    monkeypatch.setattr(launch, "LAUNCH_SECONDS", 1)
    monkeypatch.setattr(launch, "ENDING_SECONDS", 1)
    noisy = tmp_path / "noisy"
    noisy.write_text("#!/bin/sh\n[ $1 = --version ] && exec echo Chromium 1.2.3.4\nyes noise >&2\n", encoding="utf-8")
    noisy.chmod(0o755)

    def work() -> None:
        one = Driver()
        began = time.monotonic()
        with pytest.raises(launch.SilentBrowserError, match="操作できる状態になりません"):
            launch.launch(one.playwright, BrowserChoice("chromium", noisy), tmp_path / "home", None)
        assert time.monotonic() - began < 20
        assert not [member for member in family(os.getpid())[1:] if str(noisy) in member.command]
        assert driver.answers(one.playwright)
        one.stop()

    alone(work)


def test_a_browser_that_stands_still_without_a_window_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the making of a window would return."""
    monkeypatch.setattr(guard, "ASKED_EVERY", 1)

    def work() -> None:
        driver = Driver()
        pc = Pc.start(driver.playwright, BrowserChoice.resolve("chromium"), tmp_path / "home", "context")
        pc.guard.longest_stillness = 3
        browser = next(one for one in family(os.getpid()) if one.number == pc.guard._process)
        os.kill(browser.number, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(PlaywrightError):
            pc.window()
        assert time.monotonic() - began < 15
        assert isinstance(pc.guard.offence, BrokenError)
        assert "何にも応じない" in str(pc.guard.offence)
        assert not pc.running
        assert survivors([browser], 5) == []
        pc.end_scenario()
        pc.close()
        driver.stop()

    alone(work)


def test_a_browser_that_answers_is_never_taken_for_one_that_stands_still(
    pc: Pc, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked again and again, and each answer begins the count anew."""
    monkeypatch.setattr(guard, "ASKED_EVERY", 1)
    page = pc.window().new_page()
    page.goto(f"{hostile.url}/fine")
    pc.guard._still = guard.LONGEST_STILLNESS // 2  # the rest is for a machine that itself stands still
    began = time.monotonic()
    while pc.guard._still > 5 and time.monotonic() - began < guard.LONGEST_STILLNESS:
        page.wait_for_timeout(200)
    assert pc.guard._still <= 5
    assert pc.guard.offence is None
    assert pc.running


def test_a_sign_of_life_from_one_browser_counts_for_the_others(pc: Pc) -> None:
    """Nobody waits for a browser while another one is used."""

    class Other:
        _silence = 30

    other = Other()
    guard._guards.add(other)  # type: ignore[arg-type] # as much of one as it takes
    pc.guard.alive()
    assert other._silence == 0


def test_a_bus_that_was_killed_is_missed() -> None:
    """A PC without one is started anew."""
    bus = AccessibilityBus.start()
    assert bus.running
    program(str(bus.folder / "bus.conf")).kill()
    until(lambda: not bus.running, seconds=5)
    bus.stop()


@pytest.mark.parametrize(
    ("script", "text", "problem"),
    [
        ("yes Chromium 1.2.3.4", "Chromium 1.2.3.4", ""),
        ("sleep 1000", "", "答えません"),
        ("exec >/dev/null 2>&1; sleep 1000", "", "答えません"),
        ("yes | tr -d '\\n' >&2", "", ""),
    ],
)
def test_a_program_that_never_answers_or_never_ends_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, text: str, problem: str
) -> None:
    """And what it has started ends with it."""
    monkeypatch.setattr(build, "ANSWER_SECONDS", 1)
    file = tmp_path / "browser"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    found = build.build_of(file)
    assert found.text == text
    assert problem in found.problem
    assert not [one for one in family(os.getpid())[1:] if str(file) in one.command or one.command == "sleep 1000"]


def test_three_breakages_in_a_row_are_enough() -> None:
    """The reason says on whose side it was; a scenario in between that got through makes it begin again."""

    class Session:
        shouldstop: object = False
        config = type("Config", (), {"workerinput": {}})()

    def report(found: object) -> object:
        told: list[tuple[str, object]] = [("sekisho", {}), *([(giving_up.HOPELESS, found)] if found else [])]
        return type("Report", (), {"user_properties": told, "when": "call"})()

    session = Session()
    count = giving_up._Count(session)  # type: ignore[arg-type] # all that it asks of a session
    for found in ([False, "一"], [False, "二"], None, [False, "一"], [False, "二"]):
        count.pytest_runtest_logreport(report(found))  # type: ignore[arg-type] # and of a report
        assert session.shouldstop is False
    count.pytest_runtest_logreport(report([True, "三"]))  # type: ignore[arg-type] # as above
    assert session.shouldstop == (
        "3 件のシナリオが続けてこのパソコンの問題で判定できなかったため、実行を打ち切りました。\n一\n二\n三"
    )
