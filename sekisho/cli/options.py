"""The options of `sekisho run` as typer's parameters, and one of several commands."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from sekisho.cli.manuals import ManualDirs
from sekisho.language import say
from sekisho.layout import runs_named
from sekisho.run import options
from sekisho.run.options import Option, Said, declared

AsJson = Annotated[bool, typer.Option("--json", help=say("JSON で出力します", "Print JSON"))]
T = TypeVar("T", bound=options.Options)


@dataclass(frozen=True)
class Options(options.Options):
    """What was asked of the command."""

    jobs: Annotated[str, Said(say("並行して動かす数", "How many run at once"), metavar="auto|N")] = "auto"
    history: Annotated[
        Path | None,
        Said(
            say(
                "これまでの実行の記録を置くフォルダー。判定の変化を示します",
                "The folder with the record of earlier runs; changed verdicts are shown",
            ),
            metavar="DIR",
        ),
    ] = None
    skip_check: Annotated[
        bool,
        Said(
            say(
                "--target のとき、始めの点検（sekisho check）をしません",
                "With --target, leave out the check at the beginning (sekisho check)",
            )
        ),
    ] = False
    resume: Annotated[
        Path | None,
        Said(
            say(
                "この実行の待機中のシナリオのうち、時間の来たものの続きを実行します",
                "Go on with this run's waiting scenarios whose time has come",
            ),
            metavar="RUN",
        ),
    ] = None
    abandon: Annotated[
        bool,
        Said(
            say(
                "--resume のとき、待機中のシナリオをすべて実施不能として終わらせます",
                "With --resume, end all waiting scenarios as BLOCKED",
            )
        ),
    ] = False
    explore: Annotated[
        bool,
        Said(
            say(
                "シナリオのあとで、探索（sekisho explore）も行います",
                "After the scenarios, explore the procedures too (sekisho explore)",
            )
        ),
    ] = False
    kind: Annotated[
        list[str],
        Said(
            say(
                "探索の種類: faults（途中の障害）、tabs（二つのタブ）、boundaries（日と時刻の境目）、"
                "walks（続ける順番）（くり返し可。既定: すべて）",
                "Kind of exploration: faults (on the way), tabs (two of them), boundaries (of days and times), walks "
                "(what comes after what) (repeatable; default: all)",
            ),
            metavar="NAME",
        ),
    ] = field(default_factory=list)
    budget: Annotated[
        int | None,
        Said(
            say(
                "探索を、問題の見つかりやすい順に N セルだけにします",
                "Explore only N cells, the likeliest to show a problem first",
            ),
            metavar="N",
            least=1,
        ),
    ] = None
    each: Annotated[
        int | None,
        Said(
            say(
                "探索を、どの障害も N セルずつ、通信を順に変えて行います（抜き取り）",
                "Explore N cells of every fault, in one exchange after another (a sample)",
            ),
            metavar="N",
            least=1,
        ),
    ] = None
    depth: Annotated[
        int,
        Said(
            say(
                "2 なら、やり直しの途中の 2 つめの障害も探索します",
                "With 2, explore also a second fault while the procedure is done over",
            ),
            metavar="1|2",
            least=1,
            most=2,
        ),
    ] = 1
    pdf: Annotated[
        bool, Said(say("報告書を PDF（report.pdf）にも印刷します", "Print the report as PDF too (report.pdf)"))
    ] = False
    out: Annotated[
        Path | None,
        Said(
            say(
                f"結果を置く空のフォルダー（既定: {runs_named()}/<日時>）",
                f"An empty folder for the results (default: {runs_named()}/<time>)",
            ),
            metavar="DIR",
        ),
    ] = None


@dataclass(frozen=True)
class Exploring(Options):
    """What was asked of `sekisho explore`."""

    select: Annotated[
        list[str],
        Said(
            say(
                "手順の名前、項番、セルの ID（* ? 可、くり返し可。既定: すべて）",
                "A procedure's name, a row or a cell's id (* ? allowed, repeatable; default: all)",
            ),
            metavar="ID",
        ),
    ] = field(default_factory=list)
    resume: Annotated[
        Path | None,
        Said(
            say(
                "途中で終わった探索を、その結果のフォルダーで続けます",
                "Go on with an exploration that ended early, in the folder of its results",
            ),
            metavar="RUN",
        ),
    ] = None
    to_the_end: Annotated[
        bool,
        Said(
            say(
                "障害のあと別のセルと同じ状態になったセルも、最後まで実行します",
                "Carry a cell out to its end, also where the fault leaves all as another cell's does",
            )
        ),
    ] = False
    walks: Annotated[
        int,
        Said(
            say(
                "一つの始まりから歩く数（短くするための歩きは別）",
                "How many walks from one beginning (not counting those that shorten one)",
            ),
            metavar="N",
            least=1,
            most=100000,
        ),
    ] = 20
    walk_length: Annotated[
        int,
        Said(
            say("一つの歩きで行うことの最大の数", "The most moves in one walk"),
            metavar="N",
            least=1,
            most=100,
        ),
    ] = 6
    walk_minutes: Annotated[
        int,
        Said(
            say("一つの始まりから歩く時間の上限（分）", "The most minutes to walk from one beginning"),
            metavar="N",
            least=1,
        ),
    ] = 10
    seed: Annotated[
        int,
        Said(
            say(
                "歩きを選ぶ乱数の種。同じ種は同じ歩きを選びます",
                "The seed by which walks are drawn; the same seed draws the same walks",
            ),
            metavar="N",
        ),
    ] = 0
    walk: Annotated[
        str | None,
        Said(
            say(
                "この番号のことを順に行う歩きだけを実行します（例: 3,1,3）",
                "Carry out only the walk of the moves with these numbers (such as 3,1,3)",
            ),
            metavar="N,N,…",
        ),
    ] = None


EXTENT = frozenset({"--kind", "--budget", "--each", "--depth"})
"""What says how much is explored."""
NOT_EXPLORING = frozenset({"connect", "repeat", "hand_over", "abandon", "explore"})


def taking(kind: type[T], *, without: Container[str] = ()) -> Callable[[Callable[[T], None]], Callable[..., None]]:
    """Make a command of a function that takes options: each is a parameter, and --manual-dir with them.

    `without` some of them, by the names of their fields: the command has no use for these.
    """

    def made(work: Callable[[T], None]) -> Callable[..., None]:
        def command(**said: Any) -> None:  # noqa: ANN401 - of whatever type
            del said["manual_dir"]  # its callback has seen to it
            work(kind(**{name: value for name, value in said.items() if value is not None}))

        offered = [one for one in declared(kind) if one.field not in without]
        asked = [*map(_of, offered), _parameter("manual_dir", ManualDirs, None)]
        command.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined] # typer reads it
        command.__annotations__ = {one.name: one.annotation for one in asked}
        command.__name__, command.__doc__ = work.__name__, work.__doc__
        return command

    return made


def _of(one: Option) -> inspect.Parameter:
    """The parameter of an option; of a list, typer's default is None."""
    said, listed = one.said, isinstance(one.usual, list)
    how = typer.Option(f"--{one.name}", metavar=said.metavar, help=said.help, min=said.least, max=said.most)
    return _parameter(one.field, Annotated[one.type | None if listed else one.type, how], None if listed else one.usual)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:  # noqa: ANN401 - of whatever type
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
