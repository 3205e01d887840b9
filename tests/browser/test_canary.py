"""What is found out about a browser before the first scenario, said, kept, and heeded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sekisho import canary
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.canary import Report, Sighting, examining, keeping, trials
from sekisho.canary.portal import Portal, portal
from sekisho.native_ui import Surface, SurfaceError, need
from sekisho.verdict import EnvironmentProblemError, NotApplicableError


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The canary's own portal."""
    with portal(tmp_path_factory.mktemp("canary")) as running:
        yield running


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user's cache folder, and a process that has seen nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(canary, "_seen", {})
    return tmp_path / "sekisho" / "canary"


def report(**facts: object) -> Report:
    """A browser in which all is well."""
    usual: dict[str, object] = {
        "browser": "chromium 156.0.1.2",
        "build": "Chromium 156.0.1.2",
        "edge": False,
        "at_spi": "2.46.0",
        "seen": datetime.now(UTC),
        "seconds": 1.0,
    }
    return Report.model_validate(usual | facts)


def lacking(*surfaces: Surface) -> Report:
    """A browser in which some surfaces do not work."""
    return report(sightings=tuple(Sighting(surface=one, problem="ボタンが無い") for one in surfaces))


CHROMIUM = BrowserChoice("chromium", Path("/usr/bin/chromium"))


def test_this_machines_browser_can_do_everything(cache: Path) -> None:
    """Each surface once, and the outcome is kept for the next run."""
    choice = BrowserChoice.resolve("chromium")
    seen = canary.look(choice, "auto")
    assert {one.surface for one in seen.sightings} == set(Surface)
    assert seen.lacking == {}
    assert (seen.context_only, seen.lines(native=True), seen.edge) == ("", [], False)
    assert seen.browser == f"chromium {choice.version()}"
    assert seen.at_spi.startswith("2.")
    canary._seen.clear()
    assert canary.look(choice, "auto") == seen


def test_a_browser_that_dies_is_told_in_one_line(tmp_path: Path) -> None:
    """What to do, and its last words; nothing is kept, and no thread is left behind."""
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\n[ \"$1\" = --version ] && echo Chromium 1.2.3.4 && exit\necho 'oh no' >&2\nexit 7\n")
    broken.chmod(0o755)
    with pytest.raises(EnvironmentProblemError, match=r"起動できません.*入れ直す.*終了コード 7.*oh no") as problem:
        examining.examine(BrowserChoice.resolve(str(broken)), "native")
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("daemon", ["exit 1", "sleep 30"])
def test_a_bus_that_does_not_start_leaves_context_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, daemon: str
) -> None:
    """Whether it ends at once or never says a word."""
    (tmp_path / "dbus-daemon").write_text(f"#!/bin/sh\nexec {daemon}\n")
    (tmp_path / "dbus-daemon").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("sekisho.native_ui.helper.first_line.__defaults__", (0.5,))
    seen = examining.examine(BrowserChoice.resolve("chromium"), "native")
    assert "D-Bus が起動しません" in seen.no_store
    assert [one.surface for one in seen.sightings] == [Surface.WARNING_PAGE]
    assert canary.decide(seen, "auto") == ("context", seen.no_store)
    with pytest.raises(EnvironmentProblemError, match=r"--certs native は使えません: .*D-Bus"):
        canary.decide(seen, "native")


def test_a_browser_that_never_asks_leaves_context_mode() -> None:
    """As a headless shell: said with browser and bus, and refused where the browser's own store was asked for."""
    seen = lacking(Surface.CERTIFICATE_DIALOG, Surface.PIN_PROMPT)
    mode, reason = canary.decide(seen, "auto")
    assert mode == "context"
    assert reason == "chromium 156.0.1.2（at-spi 2.46.0）では、証明書の選択画面を操作できません（ボタンが無い）"
    assert canary.decide(seen, "context") == ("context", "")
    assert seen.lines(native=False) == []
    with pytest.raises(EnvironmentProblemError, match="--certs native は使えません"):
        canary.decide(seen, "native")


@pytest.mark.parametrize(
    ("surface", "then"),
    [
        (Surface.PIN_PROMPT, "要るシナリオは対象外になります"),
        (Surface.PROTOCOL_DIALOG, "要るシナリオは対象外になります"),
        (Surface.WARNING_PAGE, "要るシナリオは対象外になります"),
        (Surface.SETTINGS_MENU, "そのアドレスで開きます"),
        (Surface.CERTIFICATE_MANAGER, "証明書ストアそのものを読みます"),
        (Surface.CERTIFICATE_VIEWER, "証明書ストアそのものを読みます"),
        (Surface.TRUSTED_ROOTS, "証明書ストアそのものを読みます"),
    ],
)
def test_each_surface_that_does_not_work_has_its_line(surface: Surface, then: str) -> None:
    """Browser, bus, surface, reason, and what happens instead."""
    (line,) = lacking(surface).lines(native=True)
    assert line.startswith(f"chromium 156.0.1.2（at-spi 2.46.0）: 「{surface}」を操作できません（ボタンが無い）。")
    assert then in line
    with pytest.raises(NotApplicableError, match=f"「{surface}」を操作できない（ボタンが無い）"):
        need(surface, lacking(surface).lacking)
    need(surface, {})


def test_unread_switches_are_said() -> None:
    """The browser is started with Playwright's own."""
    (line,) = report(switches_unread=True).lines(native=True)
    assert "Playwright が切る機能の一覧を読めない" in line


# --- the trials, each with what can go wrong -------------------------------------------------------------------------


def fake(**shown: object) -> Any:  # noqa: ANN401 - stands for a Pc
    """A PC whose browser shows what a test says."""

    def visit(*_: object, **__: object) -> SimpleNamespace:
        if isinstance(raised := shown.get("raises"), Exception):
            raise raised
        return SimpleNamespace(**({"dialog": None, "refused": None, "prompts": (), "page": None} | shown))

    return SimpleNamespace(visit=visit, window=lambda: SimpleNamespace(close=lambda: None))


@pytest.mark.parametrize(
    ("shown", "problem"),
    [
        ({}, "サーバーが証明書を求めても、選択画面が出ない"),
        ({"dialog": "a dialog"}, "選んだ証明書が、サーバーに届かない"),
        ({"raises": SurfaceError(Surface.CERTIFICATE_DIALOG, "「OK」がありません。\nmore")}, "「OK」がありません"),
        ({"raises": ValueError()}, "ValueError"),
    ],
)
def test_a_choice_is_proved_from_the_handshake(ours: Portal, shown: dict[str, Any], problem: str) -> None:
    """A dialog alone proves nothing."""
    seen = trials._tried(Surface.CERTIFICATE_DIALOG, lambda: trials._choose(fake(**shown), ours))
    assert (seen.surface, seen.problem) == (Surface.CERTIFICATE_DIALOG, problem)


@pytest.mark.parametrize(
    ("shown", "problem"),
    [({}, "PIN の入力画面が出ない"), ({"prompts": ("one",)}, "PIN を入力しても、証明書がサーバーに届かない")],
)
def test_a_pin_is_proved_from_the_handshake(ours: Portal, shown: dict[str, Any], problem: str) -> None:
    """A prompt alone proves nothing."""
    assert trials.pin(fake(**shown), ours, "pin").problem == problem


def test_a_server_without_a_warning_is_noticed(ours: Portal) -> None:
    """A browser that trusts everybody."""
    assert trials.warning(fake(), ours).problem == "信頼できないサーバーの画面が、警告なしに開く"


def test_a_way_that_nobody_walked_is_not_said_to_work() -> None:
    """As Edge's on Linux, which is left alone."""
    edge = fake()
    edge.bus_address, edge.browser_name, edge.lacking = "unix:path=/none", "msedge", {}
    seen = trials._tried(Surface.SETTINGS_MENU, lambda: trials._walk(edge))
    assert "Edge" in seen.problem


def test_a_trial_gets_a_second_chance() -> None:
    """A busy machine is no browser's fault."""
    times: list[int] = []

    def trial() -> None:
        times.append(1)
        if len(times) == 1:
            raise SurfaceError(Surface.PIN_PROMPT, "too late")

    assert trials._tried(Surface.PIN_PROMPT, trial).problem == ""
    assert len(times) == 2


def test_a_browser_that_is_not_on_the_bus_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, ours: Portal) -> None:
    """Every surface of the bus at once, with one reason."""
    monkeypatch.setattr(trials, "_seen", lambda _: False)
    found = list(trials.with_store(fake(), ours))
    assert {one.surface for one in found} == set(Surface) - {Surface.WARNING_PAGE, Surface.PIN_PROMPT}
    assert {one.problem for one in found} == {trials.nothing_there()}


def test_what_a_real_browser_does_not_show_is_told(monkeypatch: pytest.MonkeyPatch, pc: Pc, ours: Portal) -> None:
    """Another name for the question about programs, another menu; the rest is unhurt, and nothing stays open."""
    monkeypatch.setattr("sekisho.native_ui.protocol_dialog.APPEARS_SECONDS", 0.5)
    monkeypatch.setattr("sekisho.native_ui.protocol_dialog._wait_for", _nothing)
    monkeypatch.setattr("sekisho.native_ui.certificate_manager.walk_to_certificates", _nothing)
    monkeypatch.setattr("sekisho.native_ui.certificate_list.read_viewer", _nothing)
    found = {one.surface: one.problem for one in trials.with_store(pc, ours)}
    assert {surface for surface, problem in found.items() if problem} == {
        Surface.PROTOCOL_DIALOG,
        Surface.SETTINGS_MENU,
        Surface.CERTIFICATE_VIEWER,
    }
    assert found[Surface.SETTINGS_MENU] == "「設定」が見つかりません"
    assert pc.lacking == {}


def _nothing(*args: object) -> object:
    raise SurfaceError(Surface.SETTINGS_MENU, "「設定」が見つかりません。")


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_report_is_kept_for_the_user_alone(cache: Path) -> None:
    """In a folder and file that nobody else can read or write; what somebody else could have written is not heeded."""
    keeping.keep("one", report())
    file = cache / "one.json"
    assert (file.stat().st_mode & 0o777, cache.stat().st_mode & 0o777) == (0o600, 0o700)
    assert keeping.kept("one") is not None
    file.chmod(0o666)
    assert keeping.kept("one") is None


@pytest.mark.parametrize("content", ["", "{}", '{"surface": 1}', "\x00"])
def test_an_unreadable_report_is_made_again(cache: Path, content: str) -> None:
    """As one of another version, or one that was cut off."""
    cache.mkdir(parents=True, mode=0o700)
    (cache / "one.json").write_text(content)
    (cache / "one.json").chmod(0o600)
    assert keeping.kept("one") is None


def test_bad_news_is_not_believed_for_long(cache: Path) -> None:
    """A busy machine may have been the reason; and what the machine lacks may be there by the next run."""
    old = datetime.now(UTC) - timedelta(hours=2)
    keeping.keep("good", report(seen=old))
    keeping.keep("bad", lacking(Surface.PIN_PROMPT).model_copy(update={"seen": old}))
    keeping.keep("new", lacking(Surface.PIN_PROMPT))
    keeping.keep("none", report(no_store="dbus-daemon がありません"))
    assert keeping.kept("good") is not None
    assert keeping.kept("new") is not None
    assert keeping.kept("bad") is None
    assert keeping.kept("none") is None


def test_a_cache_that_cannot_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The next run looks again."""
    (tmp_path / "sekisho").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    keeping.keep("one", report())
    assert keeping.kept("one") is None


def test_no_draft_is_left_where_a_report_cannot_be_put(cache: Path) -> None:
    """Every run would leave one more."""
    (cache / "one.json").mkdir(parents=True)
    keeping.keep("one", report())
    assert [path.name for path in cache.iterdir()] == ["one.json"]


def test_another_browser_has_another_report(tmp_path: Path) -> None:
    """Whatever lies beside its program counts: one that is unpacked further is another."""
    program = tmp_path / "chrome"
    program.write_text("#!/bin/sh\necho Chromium 1.2.3.4\n")
    program.chmod(0o755)
    choice = BrowserChoice.resolve(str(program))
    first = keeping.key(choice, "native")
    assert keeping.key(choice, "native") == first
    assert keeping.key(choice, "context") != first
    (tmp_path / "icudtl.dat").write_text("x")
    assert keeping.key(choice, "native") != first


def test_another_harness_or_machine_has_another_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness's own text, the bus's version, the programs that are there."""
    first = keeping.key(CHROMIUM)
    for change in (("at_spi", lambda: "9.9"), ("_digest", lambda *_: "x"), ("__version__", "9.9")):
        with monkeypatch.context() as other:
            other.setattr(keeping, *change)
            assert keeping.key(CHROMIUM) != first
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert keeping.key(CHROMIUM) != first


def test_doctor_looks_afresh(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a run heeds what is kept, once for the whole process."""
    looked: list[int] = []

    def examine(*_: object, **__: object) -> Report:
        looked.append(1)
        return report()

    monkeypatch.setattr(canary, "examine", examine)
    for afresh in (False, False, True, True, False):
        canary.look(CHROMIUM, "auto", afresh=afresh)
    assert len(looked) == 3
