"""What the command line's library would say in English only: its help pages' own words, and what is wrong with a call.

The library (typer) is asked for what it knows; what it says of it is left unsaid. A kind of error that nobody knew of
when this was written is told in the library's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from sekisho.language import LANGUAGES, OPTION, Pair, say

WHOLE = 1000  # characters of a command's help: none is cut off
Abort = typer.Abort
WrongCall = typer.TyperException

# What typer writes into the brackets behind an option's help.
REMARKS = {"default: ": Pair("既定: ", "default: "), "required": Pair("必須", "required")}


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own types are private
    """Write the first line of a help page, without the braces that typer puts around what is required."""
    pieces = " ".join(command.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, prefix=say("使い方: ", "Usage: "))


def _write_options(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
    """Write what a command takes; with the language, which is taken out of the command line before typer sees it."""
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for one in command.get_params(ctx):
        if record := one.get_help_record(ctx):
            kind = one.param_type_name
            rows[kind].append((_name(one) if kind == "argument" else record[0], _remarked(record[1])))
    rows["option"].insert(-1, (f"{OPTION} {'|'.join(LANGUAGES)}", _of_language()))
    for kind, heading in (("argument", say("引数", "Arguments")), ("option", say("オプション", "Options"))):
        if rows[kind]:
            with formatter.section(heading):
                formatter.write_dl(rows[kind])


class Command(TyperCommand):
    """A command whose help page is in the run's language."""

    allow_extra_args = True  # by typer; what is left over is told of here
    format_usage = _write_usage
    format_options = _write_options

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Refuse what no argument takes."""
        rest = _placed(ctx, lambda: super(Command, self).parse_args(ctx, args))
        if rest:
            ctx.fail(say(f"余分な引数があります: {' '.join(rest)}", f"unexpected arguments: {' '.join(rest)}"))
        return rest

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Say what it does."""
        return _helping(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is in the run's language."""

    command_class = Command
    format_usage = _write_usage

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Take two dashes and nothing else for nothing, which shows the help."""
        given = [] if set(args) == {"--"} else args
        return _placed(ctx, lambda: super(Group, self).parse_args(ctx, given))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Refuse a command that there is none of, with the nearest."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            ctx.fail(_with_nearest(say("そのようなコマンドはありません", "no such command"), name, [*self.commands]))
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Say what it does."""
        return _helping(super().get_help_option(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write options, then commands."""
        _write_options(self, ctx, formatter)
        rows = [(name, one.get_short_help_str(WHOLE)) for name, one in self.commands.items() if not one.hidden]
        with formatter.section(say("コマンド", "Commands")):
            formatter.write_dl(rows)


class App(typer.Typer):
    """A group of sekisho's commands; without a command it shows its help."""

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - as typer takes it
        """Make it as typer does, in plain text."""
        super().__init__(cls=Group, no_args_is_help=True, rich_markup_mode=None, **how)

    def command(self, name: str | None = None, **how: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - as above
        """Make a command of a function."""
        return super().command(name, cls=Command, **how)


def carry_out(app: typer.Typer, words: list[str]) -> int:
    """Run the command of these words; gives its exit code. Raises typer.TyperException for a wrong call."""
    ended = app(words, standalone_mode=False)
    return ended if isinstance(ended, int) else 0


def wrong(problem: typer.TyperException) -> str:
    """What is wrong with a call, and how it is made."""
    told = _told(problem)
    if (ctx := getattr(problem, "ctx", None)) is None:
        return told
    usage, helped = ctx.get_usage(), f"{ctx.command_path} {ctx.help_option_names[0]}"
    return f"{told}\n{usage}\n" + say(f"くわしくは {helped}", f"For more: {helped}")


def is_help(problem: typer.TyperException) -> bool:
    """Whether it only shows the help of a group that was called without a command."""
    return _kind(problem) == "NoArgsIsHelpError"


def _kind(problem: typer.TyperException) -> str:
    return type(problem).__name__  # typer's classes are private, their names are those that click documents


def _told(problem: Any) -> str:  # noqa: ANN401 - of several classes
    match _kind(problem):
        case "NoSuchOption":
            known = [name for one in _options(problem) for name in one.opts]
            what = say("そのようなオプションはありません", "no such option")
            return _with_nearest(what, problem.option_name, known)
        case "BadOptionUsage":
            return _misused(problem)
        case "MissingParameter":
            name = _name(problem.param)
            return say(f"{name} がありません。指定してください。", f"{name} is missing.")
        case "BadParameter":
            return _refused(problem)
        case _:
            return str(problem.format_message())


def _with_nearest(what: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known)
    meant = say(f"近い名前: {'、'.join(near)}。", f" Nearest: {', '.join(near)}.") if near else ""
    return f"{name}: " + say(f"{what}。{meant}", f"{what}.{meant}")


def _options(problem: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    if problem.ctx is not None:
        yield from (one for one in problem.ctx.command.get_params(problem.ctx) if one.param_type_name == "option")


def _misused(problem: Any) -> str:  # noqa: ANN401 - as above
    name = problem.option_name
    if any(name in one.opts and one.is_flag for one in _options(problem)):
        return say(f"{name} は値を取りません。", f"{name} takes no value.")
    return say(f"{name} には値が要ります。", f"{name} needs a value.")


def _refused(problem: Any) -> str:  # noqa: ANN401 - as above
    """A value of the wrong kind; where typer does not tell the value and what is allowed, its own words."""
    name, allowed = _name(problem.param), _allowed(problem.param)
    errors = getattr(problem.__cause__, "errors", None)
    if errors is None or not allowed:
        return f"{name}: {problem.message}"
    value = errors()[0].get("input", "")
    return f"{name} {value}: " + say(f"{allowed}を指定してください。", f"must be {allowed}.")


def _allowed(param: Any) -> str:  # noqa: ANN401 - as above
    described = param.type_descriptor
    if choices := described.choices:
        return say(f"{'、'.join(choices)} のどれか", f"one of {', '.join(choices)}")
    least, most = described.parameter_info.min, described.parameter_info.max
    if least is None and most is None:
        return say("整数", "a whole number") if described.annotation in {int, int | None} else ""
    if most is None:
        return say(f"{least} 以上の整数", f"a whole number from {least}")
    return say(f"{least} から {most} の整数", f"a whole number from {least} to {most}")


def _name(param: Any) -> str:  # noqa: ANN401 - as above
    if param is None:
        return ""
    return str(max(param.opts, key=len)) if param.param_type_name == "option" else str(param.metavar or param.name)


def _placed(ctx: Any, parsing: Callable[[], list[str]]) -> list[str]:  # noqa: ANN401 - as above
    """Let what is wrong know at which command it is."""
    try:
        return parsing()
    except typer.TyperException as problem:
        if getattr(problem, "ctx", ctx) is None:
            problem.ctx = ctx  # type: ignore[attr-defined] # a usage error has one
        raise


def _helping(option: Any) -> Any:  # noqa: ANN401 - as above
    if option is not None:
        option.help = say("この説明を表示します", "Show this help")
    return option


def _of_language() -> str:
    return say(
        "話す言語（既定: 環境変数 SEKISHO_LANG、または機械のロケール）",
        "The language to speak (default: the variable SEKISHO_LANG, or the machine's locale)",
    )


def _remarked(text: str) -> str:
    """An option's help, with what typer adds to it in brackets said in the run's language."""
    said, bracket, remarks = text.rpartition("  [")
    for theirs, ours in REMARKS.items():
        remarks = remarks.replace(theirs, str(ours))
    return f"{said}{bracket}{remarks}" if bracket else text
