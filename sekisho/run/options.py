"""The options of a run, each declared once.

From the declaration follow the parameter of `sekisho run` with its help, what the command tells pytest, what pytest
understands, and the command that repeats a scenario. What only the command has is declared in `sekisho/cli/options.py`,
what only pytest has in `fixtures/options.py`, in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

from sekisho.language import Language, language, say

Certs = Literal["auto", "native", "context"]


@dataclass(frozen=True)
class Said:
    """What is said of an option beside its type and its default."""

    help: str
    metavar: str | None = None
    name: str = ""
    """What it is called where not as its field."""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Options:
    """What the person asked for; None and empty mean that nothing was said."""

    target: Annotated[
        Path | None,
        Said(
            say(
                "対象を書いた TOML ファイル（既定: 内蔵の模擬認証局）",
                "The TOML file that describes the target (default: the built-in mock CA)",
            ),
            metavar="FILE",
        ),
    ] = None
    manuals: Annotated[
        list[str],
        Said(
            say("対象の手順書（くり返し可。既定: すべて）", "The manual concerned (repeatable; default: all)"),
            name="manual",
            metavar="NAME",
        ),
    ] = field(default_factory=list)
    browser: Annotated[
        str | None,
        Said(
            say(
                "ブラウザー: msedge、chrome、chromium、その -beta と -dev、または実行ファイル（既定: 見つかったもの）",
                "Browser: msedge, chrome, chromium, their -beta and -dev, or a program's path "
                "(default: one that is found)",
            ),
            metavar="NAME|PATH",
        ),
    ] = None
    certs: Annotated[
        Certs,
        Said(
            say(
                "証明書の置き場所。native: ブラウザー本来のストア",
                "Where certificates are kept. native: the browser's own store",
            )
        ),
    ] = "auto"
    connect: Annotated[
        str | None,
        Said(
            say(
                "別の機械のブラウザー。そこの Playwright サーバー（ws://ホスト:ポート/パス）",
                "A browser on another machine: the Playwright server there (ws://host:port/path)",
            ),
            metavar="WS",
        ),
    ] = None
    select: Annotated[
        list[str],
        Said(
            say(
                "項番、シナリオ名、結果の ID（* ? 可、くり返し可。既定: すべて）",
                "A row, a scenario's name or a result's id (* ? allowed, repeatable; default: all)",
            ),
            metavar="ID",
        ),
    ] = field(default_factory=list)
    shard: Annotated[
        str | None,
        Said(
            say(
                "M に等分した N 番目だけを実行します（merge でまとめます）",
                "Carry out only the Nth of M equal parts (to be joined by merge)",
            ),
            metavar="N/M",
        ),
    ] = None
    repeat: Annotated[
        int,
        Said(
            say(
                "各シナリオを N 回ずつ実行し、判定の安定を調べます",
                "Carry out each scenario N times, to see whether its verdict is steady",
            ),
            metavar="N",
            least=1,
            most=1000,
        ),
    ] = 1
    allow_destructive: Annotated[
        bool,
        Said(
            say(
                "対象の証明書の失効と再発行も行います（--target のとき）",
                "Also revoke and reissue certificates of the target (with --target)",
            )
        ),
    ] = False
    defects: Annotated[
        list[str],
        Said(
            say(
                "模擬認証局にこの欠陥を与えます（一覧: list --defects。くり返し可）",
                "Give the mock CA this defect (list --defects lists them; repeatable)",
            ),
            name="defect",
            metavar="NAME",
        ),
    ] = field(default_factory=list)
    hand_over: Annotated[
        Path | None,
        Said(
            say(
                "担当者に、このフォルダーのファイルで頼み、答えを待ちます（既定: 端末）",
                "Ask the portal's people by files in this folder, and wait for answers there (default: the terminal)",
            ),
            metavar="DIR",
        ),
    ] = None
    headed: Annotated[bool, Said(say("ブラウザーの画面を表示します", "Show the browser on the screen"))] = False


@dataclass(frozen=True)
class Option:
    """One declaration, read."""

    field: str
    name: str
    """As on a command line, without its hyphens."""
    type: Any
    usual: Any
    """What it is when nothing is said."""
    said: Said


_READ: dict[tuple[type[Options], Language], list[Option]] = {}


def declared(kind: type[Options]) -> list[Option]:
    """The options of a class, in the order in which they stand there, with their help in the chosen language.

    They are read once: every test of a session asks for them, and to read the annotations takes milliseconds.
    """
    known = _READ.get((kind, language()))
    if known is None:
        types = get_type_hints(kind, include_extras=True)
        known = _READ[kind, language()] = [_option(one, *get_args(types[one.name])) for one in fields(kind)]
    return known


def _option(one: Field[Any], its_type: Any, said: Said) -> Option:  # noqa: ANN401 - what an annotation says
    usual = one.default_factory() if callable(one.default_factory) else one.default
    return Option(one.name, said.name or one.name.replace("_", "-"), its_type, usual, said)


def given(options: Options, kind: type[Options] = Options) -> Iterator[tuple[str, str | None]]:
    """What was said of the options of a class, as a command line has it: name and value, or None for a switch's."""
    for one in declared(kind):
        value, name = getattr(options, one.field), f"--{one.name}"
        if isinstance(value, list):
            yield from ((name, str(each)) for each in value)
        elif value != one.usual:
            yield name, None if value is True else str(value)
