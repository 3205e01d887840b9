"""`sekisho run`: pytest over features/ in this process, then the reports and what they come to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho import canary
from sekisho.browser import driver, sandbox
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.remote import RemoteBrowser
from sekisho.cli import closing, defects, exploration, folders, going_on, session
from sekisho.cli.asked import arguments
from sekisho.cli.exit import Exit
from sekisho.cli.jobs import workers
from sekisho.cli.options import Options
from sekisho.language import say
from sekisho.machine import stopped, tempfolders
from sekisho.machine.os_errors import said
from sekisho.machine.remedies import command
from sekisho.manual import mocks
from sekisho.manual.citations import CitedScenario
from sekisho.manual.folders import elsewhere
from sekisho.manual.folders import options as manual_options
from sekisho.manual.selection import chosen
from sekisho.manual.shards import members, parse
from sekisho.results import read_run, write
from sekisho.run import waiting
from sekisho.run.history import prepared
from sekisho.target_file import read as read_target
from sekisho.target_file.browser_choice import browser_elsewhere, browser_for
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError
from sekisho.visible import visible

SHOWN = 120  # letters of a program's command line


def run(options: Options) -> Exit:
    """Carry out the scenarios and write the reports. Raises what `sekisho.cli.main` turns into an exit code."""
    tempfolders.sweep()
    with stopped.ended() as programs:
        code = _gone_on(options) if options.resume or options.abandon else _carried_out(options)
    for one in programs:
        program = visible(one[:SHOWN])
        sys.stderr.write(
            say(
                f"停止されたまま（SIGSTOP）だったので、終了させました: {program}\n",
                f"was left stopped (SIGSTOP), and was ended: {program}\n",
            )
        )
    return code


def _carried_out(asked: Options) -> Exit:
    options = with_target(asked) if asked.target else _with_mock(asked)
    if options.defects:
        check_defects(options)
    totals = _totals(options)
    exploration.check_second_half(options)
    waiting.check_key()
    jobs = workers(options.jobs, sum(totals.values()), shared_accounts=options.target is not None)
    browser = check_environment(options)
    if options.target and not options.skip_check:
        check_target(options.target, options, _of_shard(chosen(options.manuals, options.select), options.shard))
    history = prepared(options.history) if options.history else None
    folder = folders.new(options.out)
    with folders.claimed(folder), tempfolders.lent("files") as files:
        if options.explore:
            exploration.keep_spent(options, folder)
        ended = session.carry_out([*_words(options, folder, jobs), f"--basetemp={files / 'tests'}"], totals)
        if explored := options.explore and not ended.open_ended:
            ended = ended.then(exploration.carry_out(options, folder, files))
        left = explored and ended.open_ended
        code = conclude(folder, ended, options, history=history, browser=browser)
        if left and going_on.has_begun(folder):
            going_on.tell(asked, folder)
        return code


def _gone_on(options: Options) -> Exit:
    """The second halves of the scenarios whose time has come, in the folder of their run."""
    from sekisho.cli import resume  # noqa: PLC0415 - few runs wait

    folder, refused = resume.folder_of(options), resume.others(options)
    if refused:
        raise ConfigurationProblemError(
            say(
                f"--resume と {'、'.join(refused)} は一緒に使えません。",
                f"--resume does not go together with {', '.join(refused)}.",
            )
        )
    with folders.taken_up(folder):
        if options.abandon:
            with resume.as_begun(folder):
                resume.abandon(folder)
            return closing.close(folder, broken=False, pdf=options.pdf)
        due = resume.due(folder, options.target)
        if not due.results:
            return Exit.WAITING
        options = replace(options, **due.options)
        totals, jobs = _totals(options), workers(options.jobs, len(due.results), shared_accounts=True)
        browser = check_environment(options)
        history = prepared(options.history) if options.history else None
        words = [*_words(options, folder, jobs), *(f"--resume={one}" for one in due.results)]
        with tempfolders.lent("files") as files, resume.as_begun(folder):
            ended = session.carry_out([*words, f"--basetemp={files / 'tests'}"], totals)
        code = conclude(folder, ended, options, history=history, browser=browser)
        resume.tidy(folder)
        return code


def check_defects(options: Options) -> None:
    """Refuse what the mock does not know, and say where the scenarios are not about it: a green run would puzzle."""
    cited = {one for scenario in chosen(options.manuals, options.select) for one in scenario.ids}
    for one in defects.found(options.defects):
        if one.explored and not options.explore:
            finds = command("explore")
            sys.stderr.write(
                say(
                    f"--defect {one.name}: シナリオには現れません。{finds} が見つけます。\n",
                    f"--defect {one.name}: does not show in scenarios. {finds} finds it.\n",
                )
            )
        if cited.isdisjoint(one.rows):
            ids = " ".join(one.ids)
            sys.stderr.write(
                say(
                    f"--defect {one.name}: 選んだシナリオは、これが破る項番（{ids}）を引用していません。\n",
                    f"--defect {one.name}: the scenarios chosen do not cite the rows that it breaks ({ids}).\n",
                )
            )


def with_target(options: Options) -> Options:
    """Read the target file before anything starts; it says which manual its portal follows."""
    assert options.target is not None
    if options.defects:
        raise ConfigurationProblemError(
            say(
                "--defect は内蔵の模擬認証局のものです。--target と一緒には使えません。",
                "--defect is of the built-in mock CA. It does not go together with --target.",
            )
        )
    manual = read_target(options.target).manual
    if options.manuals and options.manuals != [manual]:
        asked = " ".join(options.manuals)
        raise ConfigurationProblemError(
            say(
                f"--manual {asked}: {options.target} の手順書は {manual} です。",
                f"--manual {asked}: the manual of {options.target} is {manual}.",
            )
        )
    return replace(options, manuals=[manual])


def _with_mock(options: Options) -> Options:
    """Of the manuals from elsewhere only those whose portal the mock plays: the others need a target file."""
    asked = dict.fromkeys(one.manual for one in chosen(options.manuals, options.select))
    played = [name for name in asked if mocks.plays(name)]
    if not (lacking := [name for name in asked if name not in played]):
        return options
    if options.manuals or options.select or not played:
        raise ConfigurationProblemError(_not_played(lacking) + mocks.remedy())
    sys.stderr.write(_left_out(lacking))
    return replace(options, manuals=played)


def _not_played(lacking: list[str]) -> str:
    init = _to_begin(lacking)
    return say(
        f"手順書 {'、'.join(lacking)} のポータルは内蔵の模擬認証局にありません。"
        f"ターゲットファイル（{init}）を --target で指定してください。",
        f"the built-in mock CA has no portal of the manual {', '.join(lacking)}. "
        f"Give a target file ({init}) by --target. ",
    )


def _left_out(lacking: list[str]) -> str:
    init = _to_begin(lacking)
    return say(
        f"手順書 {'、'.join(lacking)} のポータルは内蔵の模擬認証局にありません。"
        f"ターゲットファイル（{init}）を --target で指定するまで実行しません。\n",
        f"the built-in mock CA has no portal of the manual {', '.join(lacking)}. "
        f"It is not run until a target file ({init}) is given by --target.\n",
    )


def _to_begin(lacking: list[str]) -> str:
    return command("target", "init", lacking[0], *manual_options(), "--out", "portal.toml")


def _words(options: Options, folder: Path, jobs: int) -> list[str]:
    """What pytest is told."""
    return arguments(options, folder, jobs, {one.manual for one in chosen(options.manuals, options.select)})


def _totals(options: Options) -> Counter[tuple[str, str]]:
    """How many scenarios of each procedure there will be, by (manual, procedure)."""
    found = chosen(options.manuals, options.select)
    if not found:
        asked = " ".join(options.manuals)
        raise ConfigurationProblemError(
            say(f"--manual {asked}: シナリオがまだありません。", f"--manual {asked}: has no scenarios yet.")
        )
    its = _of_shard(found, options.shard)
    totals: Counter[tuple[str, str]] = Counter()
    for scenario in found:
        totals[scenario.manual, scenario.procedure] += sum(one in its for one in scenario.results) * options.repeat
    return +totals


def _of_shard(found: list[CitedScenario], shard: str | None) -> frozenset[str]:
    ids = [one for scenario in found for one in scenario.results]
    return members(ids, parse(shard)) if shard else frozenset(ids)


def check_environment(options: Options) -> BrowserChoice | None:
    """Find out before the run what would spoil it. Only a missing browser, or a store that was asked for, stops it.

    Gives the browser, if it is on this machine.
    """
    if broken := driver.problem():
        raise EnvironmentProblemError(broken)
    if options.connect is not None:
        _check_connection(options)
        return None
    choice = browser_for(options.browser, options.target)
    _check_browser(choice.path)
    report = canary.look(choice, options.certs, headed=options.headed)
    certs, reason = canary.decide(report, options.certs)
    if reason:
        sys.stderr.write(
            say(
                f"ブラウザー本来の証明書ストアは使わず、--certs context で続けます: {reason}\n",
                f"goes on with --certs context, without the browser's own certificate store: {reason}\n",
            )
        )
    for line in report.lines(native=certs == "native"):
        sys.stderr.write(f"{line}\n")
    return choice


def _check_browser(browser: Path) -> None:
    """Stop where this user may not start it."""
    if forbidden := sandbox.problem(browser):
        raise EnvironmentProblemError(
            say(f"{browser} を起動できません。{forbidden}。", f"{browser} cannot be started. {forbidden}.")
        )


def check_target(path: Path, options: Options, scenarios: Collection[str]) -> None:
    """Find what is wrong with the target file or its portal before the run: later it would look like deviations."""
    from sekisho.cli import check  # noqa: PLC0415 - a run against the mock has no use for it

    check.before_run(path, options.browser, scenarios, connect=options.connect is None)


def _check_connection(options: Options) -> None:
    """Ask the browser elsewhere for its version: what is wrong there is said before the run."""
    assert options.connect is not None
    if options.certs == "native":
        raise ConfigurationProblemError(
            say(
                "--connect と --certs native は一緒に使えません: 別の機械の証明書ストアと選択画面には手が届きません。",
                "--connect does not go together with --certs native: "
                "the certificate store and the dialog of another machine are out of reach.",
            )
        )
    RemoteBrowser.parse(options.connect, browser_elsewhere(options.browser, options.target)).version()


def conclude(
    folder: Path, ended: session.Ended, options: Options, *, history: Path | None, browser: BrowserChoice | None
) -> Exit:
    """From how pytest ended to the reports and the exit code.

    Of a part (--shard) nothing but blocked scenarios, or none at all, is no defect: only `merge` sees the whole.
    """
    stopped = read_run(folder).stopped if (folder / "run.json").is_file() else ""
    if ended.problems.get("pytest") == stopped:  # the summary says it
        del ended.problems["pytest"]
    for where, text in ended.problems.items():
        sys.stderr.write(
            say(
                f"\n{where}: 判定に至りませんでした。\n{visible(text)}\n",
                f"\n{where}: came to no verdict.\n{visible(text)}\n",
            )
        )
    if not (folder / "run.json").is_file():
        return Exit.INTERRUPTED if ended.interrupted else _refused(ended.code)
    if options.resume is None:
        _note(folder, ended)
    broken = bool(ended.problems)
    code = closing.close(
        folder, broken=broken, history=history, pdf=options.pdf, browser=browser, target=options.target
    )
    if ended.interrupted:
        return Exit.INTERRUPTED
    return Exit.CONFORMANT if options.shard is not None and code is Exit.USAGE else code


def _note(folder: Path, ended: session.Ended) -> None:
    """What whoever reads the results later must know: an interrupted run has no end, a broken test no verdict."""
    run = read_run(folder)
    if ended.interrupted:
        run = run.model_copy(update={"finished": None})
    if ended.problems and not run.stopped:
        undecided = say(
            f"判定に至らなかったもの: {'、'.join(ended.problems)}", f"came to no verdict: {', '.join(ended.problems)}"
        )
        run = run.model_copy(update={"stopped": undecided})
    try:
        write(run, folder / "run.json")
    except OSError as problem:  # the reports are made from what is there
        sys.stderr.write(f"sekisho: {visible(said(problem))}\n")


def _refused(code: int) -> Exit:
    """The run gave up before the first scenario, with a code of its own (`fixtures.run`) or one of pytest's."""
    theirs = code == pytest.ExitCode.USAGE_ERROR and elsewhere()  # the conftest of a manual that is not ours
    return Exit.USAGE if code == Exit.USAGE or theirs else Exit.ENVIRONMENT
